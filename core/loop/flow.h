// What one who takes bytes or events says to one who brings them.
#ifndef PORTICO_CORE_LOOP_FLOW_H_
#define PORTICO_CORE_LOOP_FLOW_H_

namespace portico::loop {

// kPause: bring no more until told to go on. What was just brought is taken.
enum class Flow { kContinue, kPause };

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_FLOW_H_
