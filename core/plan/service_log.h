// Findings about Protobuf descriptors: the place is the .proto, the key the full
// name of what is meant.
//
// Not thread-safe. The Findings must outlive the log.
#ifndef PORTICO_CORE_PLAN_SERVICE_LOG_H_
#define PORTICO_CORE_PLAN_SERVICE_LOG_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <utility>

#include "core/capability/finding.h"

namespace portico::plan {

class ServiceLog {
 public:
  explicit ServiceLog(capability::Findings* findings) : findings_(findings) {}

  // `descriptor`: of a method or a field. Compiled-in ones have no line.
  template <typename Descriptor>
  void Error(const Descriptor& descriptor, std::string message) {
    google::protobuf::SourceLocation source;
    const int line = descriptor.GetSourceLocation(&source) ? source.start_line + 1 : 0;
    findings_->push_back({capability::Severity::kError,
                          {descriptor.file()->name(), line},
                          descriptor.full_name(),
                          std::move(message),
                          capability::Rule::kServiceMismatch});
  }

 private:
  capability::Findings* findings_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_SERVICE_LOG_H_
