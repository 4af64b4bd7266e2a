#include "core/invoke/lookup.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "core/plan/name_folding.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;
using Kind = JsonValue::Kind;

// Files spell the names of members with dashes where APIs have underscores.
const JsonValue* Member(const JsonValue& entry, const std::string& name) {
  if (const JsonValue* exact = entry.Find(name)) return exact;
  const std::string folded = plan::FoldName(name);
  for (std::size_t i = 0; i < entry.names.size(); ++i) {
    if (plan::FoldName(entry.names[i]) == folded) return &entry.elements[i];
  }
  return nullptr;
}

bool IsScalar(const JsonValue& value) {
  return value.kind == Kind::kString || value.kind == Kind::kNumber || value.kind == Kind::kBoolean;
}

class Index {
 public:
  Index(const plan::Lookup& lookup, const JsonValue& index, codec::JsonAllowance* allowance)
      : lookup_(lookup), allowance_(allowance) {
    if (index.kind == Kind::kArray) {
      for (const JsonValue& entry : index.elements) Add(entry);
    } else {
      Add(index);
    }
  }

  std::optional<JsonValue> Find(const JsonValue& value) const {
    const auto found = IsScalar(value) ? entries_.find(value.text) : entries_.end();
    if (found == entries_.end()) return std::nullopt;
    if (lookup_.fields.empty()) return Copy(*found->second);
    const JsonValue null;
    JsonValue kept = JsonValue::Object();
    if (!allowance_->Take(kept)) return std::nullopt;
    for (const std::string& field : lookup_.fields) {
      const JsonValue* member = Member(*found->second, field);
      std::optional<JsonValue> copy = Copy(member == nullptr ? null : *member);
      if (!copy.has_value()) return std::nullopt;
      kept.Add(field, *std::move(copy));
    }
    return kept;
  }

 private:
  std::optional<JsonValue> Copy(const JsonValue& value) const {
    if (!allowance_->Take(value)) return std::nullopt;
    return value;
  }

  void Add(const JsonValue& entry) {
    const JsonValue* key = entry.kind == Kind::kObject ? Member(entry, lookup_.match) : nullptr;
    if (key != nullptr && IsScalar(*key)) entries_.try_emplace(key->text, &entry);
  }

  const plan::Lookup& lookup_;
  codec::JsonAllowance* const allowance_;
  absl::flat_hash_map<std::string, const JsonValue*> entries_;
};

}  // namespace

std::optional<JsonValue> LookUp(const plan::Lookup& lookup, const JsonValue& index,
                                const JsonValue& value, codec::JsonAllowance* allowance) {
  const Index entries(lookup, index, allowance);
  if (value.kind != Kind::kArray) return entries.Find(value);
  JsonValue found = JsonValue::Array();
  for (const JsonValue& one : value.elements) {
    std::optional<JsonValue> entry = entries.Find(one);
    if (entry.has_value()) found.elements.push_back(*std::move(entry));
  }
  if (found.elements.empty() || allowance->exceeded()) return std::nullopt;
  return found;
}

}  // namespace portico::invoke
