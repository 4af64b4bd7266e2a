// One HTTP header, of a request or a response.
#ifndef PORTICO_CORE_PLAN_HEADER_H_
#define PORTICO_CORE_PLAN_HEADER_H_

#include <string>

namespace portico::plan {

struct Header {
  std::string name;
  std::string value;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_HEADER_H_
