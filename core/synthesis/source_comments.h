// Comments of a file that no text was written for: they travel as source info, so
// that reflection and printed .proto files show them.
//
// Not thread-safe. The file must outlive it.
#ifndef PORTICO_CORE_SYNTHESIS_SOURCE_COMMENTS_H_
#define PORTICO_CORE_SYNTHESIS_SOURCE_COMMENTS_H_

#include <google/protobuf/descriptor.pb.h>

#include <initializer_list>

#include "absl/strings/string_view.h"

namespace portico::synthesis {

class SourceComments {
 public:
  explicit SourceComments(google::protobuf::FileDescriptorProto* file) : file_(*file) {}

  // Of the element at `path` (descriptor.proto, SourceCodeInfo.Location). Lines are
  // wrapped at 80 columns; an empty text adds nothing.
  void Add(std::initializer_list<int> path, absl::string_view text);

 private:
  google::protobuf::FileDescriptorProto& file_;
};

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_SOURCE_COMMENTS_H_
