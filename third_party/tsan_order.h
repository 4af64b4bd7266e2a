// Tells ThreadSanitizer of an order that a library of Debian's guarantees but
// that it cannot see, because the library is not instrumented: what the giver
// did before GiveTo(x) happens before what the taker does after TakeFrom(x).
//
// gRPC is the case in point: what comes before StartRead, StartWrite or Finish
// happens before the callback that answers it. So a reactor gives itself before
// each of these calls and takes itself first thing in each callback, OnDone
// included. std::mutex and std::atomic need no such marks.
//
// Any thread. No code at all outside `--config=tsan`. The address only names
// the hand-over; nothing is read or written there.
#ifndef PORTICO_THIRD_PARTY_TSAN_ORDER_H_
#define PORTICO_THIRD_PARTY_TSAN_ORDER_H_

#ifdef PORTICO_TSAN

// Part of ThreadSanitizer's public interface (sanitizer/tsan_interface.h).
extern "C" void __tsan_acquire(void* address);  // NOLINT(bugprone-reserved-identifier)
extern "C" void __tsan_release(void* address);  // NOLINT(bugprone-reserved-identifier)

namespace portico::tsan {
inline void GiveTo(void* taker) { __tsan_release(taker); }
inline void TakeFrom(void* giver) { __tsan_acquire(giver); }
}  // namespace portico::tsan

#else

namespace portico::tsan {
inline void GiveTo(void* /*taker*/) {}
inline void TakeFrom(void* /*giver*/) {}
}  // namespace portico::tsan

#endif  // PORTICO_TSAN

#endif  // PORTICO_THIRD_PARTY_TSAN_ORDER_H_
