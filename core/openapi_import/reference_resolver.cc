#include "core/openapi_import/reference_resolver.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace portico::openapi_import {
namespace {

using Kind = YamlNode::Kind;

// A token of a JSON Pointer in a URI fragment (RFC 6901, 6): %-escapes, then ~1 and ~0.
std::string Unescaped(absl::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '%' && i + 2 < token.size() && absl::ascii_isxdigit(token[i + 1]) &&
        absl::ascii_isxdigit(token[i + 2])) {
      text += absl::HexStringToBytes(token.substr(i + 1, 2));
      i += 2;
    } else {
      text.push_back(token[i]);
    }
  }
  return absl::StrReplaceAll(text, {{"~1", "/"}, {"~0", "~"}});
}

const YamlNode* Step(const YamlNode& node, const std::string& token) {
  if (node.kind == Kind::kMap) return node.Find(token);
  std::size_t index = 0;
  if (node.kind != Kind::kSequence || !absl::SimpleAtoi(token, &index)) return nullptr;
  return index < node.items.size() ? node.items[index].get() : nullptr;
}

}  // namespace

const YamlNode* ReferenceResolver::Resolve(const YamlNode* node) {
  for (int hops = 0; node != nullptr; ++hops) {
    const YamlNode* reference = node->Find("$ref");
    if (reference == nullptr || reference->kind != Kind::kScalar) return node;
    if (hops == kMaxHops) {
      log_->Error(capability::Rule::kBadReference, reference->line, "$ref",
                  absl::StrCat("\"", reference->text, "\" leads in a circle, or through more than ",
                               kMaxHops, " references"));
      return nullptr;
    }
    node = Find(reference->text, reference->line);
  }
  return nullptr;
}

const YamlNode* ReferenceResolver::Find(const std::string& reference, int line) {
  const auto [at, fresh] = found_.try_emplace(reference, nullptr);
  if (!fresh) return at->second;
  absl::string_view pointer = reference;
  if (!absl::ConsumePrefix(&pointer, "#")) {
    log_->Error(capability::Rule::kBadReference, line, "$ref",
                absl::StrCat("\"", reference,
                             "\" stands in another file, which is not read; "
                             "bundle the document into one first (redocly bundle)"));
    return nullptr;
  }
  const YamlNode* node = &root_;
  if (absl::ConsumePrefix(&pointer, "/")) {
    for (const absl::string_view token : absl::StrSplit(pointer, '/')) {
      if (node != nullptr) node = Step(*node, Unescaped(token));
    }
  }
  if (node == nullptr) {
    log_->Error(capability::Rule::kBadReference, line, "$ref",
                absl::StrCat("\"", reference, "\" is not in the document"));
  }
  return at->second = node;
}

std::string ReferenceResolver::TextOf(const YamlNode& node, absl::string_view key) {
  const YamlNode* value = node.Find(key);
  return value != nullptr && value->kind == Kind::kScalar ? value->text : "";
}

bool ReferenceResolver::FlagOf(const YamlNode& node, absl::string_view key, bool otherwise) {
  const std::string text = TextOf(node, key);
  return text.empty() ? otherwise : text == "true";
}

}  // namespace portico::openapi_import
