#include "core/codec/required_field.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::codec {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::Status FindFields(const Descriptor& descriptor, const char* kind, bool optional,
                        absl::Span<const RequiredField> fields) {
  for (const RequiredField& wanted : fields) {
    const FieldDescriptor* const field = descriptor.FindFieldByName(wanted.name);
    if (field == nullptr || field->type() != wanted.type || field->is_repeated() ||
        (optional && !field->has_optional_keyword())) {
      return absl::InvalidArgumentError(
          absl::StrCat(kind, " message \"", descriptor.full_name(), "\" must have a field `",
                       optional ? "optional " : "", FieldDescriptor::TypeName(wanted.type), " ",
                       wanted.name, "`"));
    }
    *wanted.number = field->number();
  }
  return absl::OkStatus();
}

}  // namespace portico::codec
