// The bearer token of one upstream, from an authorization server by client credentials
// (RFC 6749, 4.4): fetched when first needed, kept until shortly before it expires. One
// fetch at a time; all who need it wait for the same.
//
// Loop thread only: each loop has its own, so that nothing is locked. What it is made of
// must outlive it, and it its waiters.
#ifndef PORTICO_CORE_UPSTREAM_TOKEN_SOURCE_H_
#define PORTICO_CORE_UPSTREAM_TOKEN_SOURCE_H_

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "core/upstream/credential.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

struct Token {
  std::string header_value;  // "Bearer ..."
  std::uint64_t number = 0;  // of this source; for Discard
};

class TokenSource {
 public:
  // One of the two is called once, never from inside Await. The waiter may be destroyed.
  class Waiter {
   public:
    virtual void OnToken(const Token& token) = 0;
    // kTokenRefused: trying again does not help. kTokenUnavailable: it may.
    virtual void OnNoToken(const ExchangeEnd& end) = 0;

   protected:
    ~Waiter() = default;
  };
  using Clock = std::function<absl::Time()>;
  // The credential as it is now: its secret may be rotated. Must have a token_request,
  // if it is usable.
  using CredentialNow = std::function<std::shared_ptr<const Credential>()>;

  // A token endpoint that takes longer is unavailable.
  static constexpr absl::Duration kPatience = absl::Seconds(10);

  TokenSource(UpstreamClient& client, CredentialNow credential, Clock clock = &absl::Now);
  ~TokenSource();

  // Null when there is none, or it has expired.
  const Token* Current() const;
  // Whether it can be used or not: to know it where it comes back.
  const Token* Last() const { return token_.has_value() ? &*token_ : nullptr; }
  // After Current() was null.
  void Await(Waiter* waiter);
  // The waiter hears nothing more.
  void Forget(Waiter* waiter);
  // The upstream does not take this token; the next one is fetched.
  void Discard(std::uint64_t number);

 private:
  class Fetch;

  void Start();
  void OnFetched(int status, const std::string& body, const ExchangeEnd& end);
  ExchangeEnd Keep(int status, const std::string& body, const ExchangeEnd& end);

  UpstreamClient& client_;
  const CredentialNow credential_;
  const Clock clock_;
  std::optional<Token> token_;
  absl::Time expires_;
  std::uint64_t number_ = 0;
  std::uint64_t fetches_ = 0;
  std::unique_ptr<Fetch> fetch_;
  // Each with the fetch that it waits for, in order.
  std::list<std::pair<std::uint64_t, Waiter*>> waiters_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_TOKEN_SOURCE_H_
