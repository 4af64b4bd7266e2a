#include "core/capability/enum_spelling.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace portico::capability {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// "ArrayStyle" -> "ARRAY_STYLE_".
std::string PrefixOf(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix.push_back('_');
    prefix.push_back(absl::ascii_toupper(c));
  }
  return prefix + "_";
}

}  // namespace

std::string SpellingOf(const EnumValueDescriptor& value) {
  absl::string_view name = value.name();
  absl::ConsumePrefix(&name, PrefixOf(*value.type()));
  std::string spelling;
  bool upper = false;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    spelling.push_back(upper ? c : absl::ascii_tolower(c));
    upper = false;
  }
  return spelling;
}

std::vector<std::string> Spellings(const EnumDescriptor& type) {
  std::vector<std::string> spellings;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) spellings.push_back(SpellingOf(*type.value(i)));
  }
  return spellings;
}

const EnumValueDescriptor* FindSpelling(const EnumDescriptor& type, absl::string_view text) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0 && SpellingOf(*type.value(i)) == text) return type.value(i);
  }
  return nullptr;
}

}  // namespace portico::capability
