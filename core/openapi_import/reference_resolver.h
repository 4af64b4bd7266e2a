// Follows the `$ref`s of an OpenAPI document. Only references into the document itself are
// followed ("#/components/..."): what another file holds is not fetched.
//
// Not thread-safe. Document and log must outlive the resolver.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_REFERENCE_RESOLVER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_REFERENCE_RESOLVER_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace portico::openapi_import {

using capability::YamlNode;

class ReferenceResolver {
 public:
  // References that name references; more are a circle.
  static constexpr int kMaxHops = 16;

  ReferenceResolver(const YamlNode& root, capability::FindingLog* log) : root_(root), log_(log) {}

  // `node`, or what it refers to; null when that cannot be had, which is logged once for
  // each reference. Null for null.
  const YamlNode* Resolve(const YamlNode* node);
  // The value of `key` in the mapping `node`, resolved; null when absent.
  const YamlNode* Member(const YamlNode& node, absl::string_view key) {
    return Resolve(node.Find(key));
  }
  // The scalar of `key`, or "".
  std::string TextOf(const YamlNode& node, absl::string_view key);
  // `true` of `key`, else `otherwise`.
  bool FlagOf(const YamlNode& node, absl::string_view key, bool otherwise = false);

 private:
  const YamlNode* Find(const std::string& reference, int line);

  const YamlNode& root_;
  capability::FindingLog* log_;
  absl::flat_hash_map<std::string, const YamlNode*> found_;  // null: said already
};

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_REFERENCE_RESOLVER_H_
