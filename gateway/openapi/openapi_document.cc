#include "gateway/openapi/openapi_document.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_format.h"
#include "gateway/openapi/openapi_writer.h"
#include "gateway/openapi/yaml.h"

namespace portico::openapi {
namespace {

// FNV-1a: the same bytes have the same tag in every process, which a seeded hash
// would not give. Nobody gains by a collision.
std::string EtagOf(const std::string& bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return absl::StrFormat("\"%016x\"", hash);
}

}  // namespace

OpenApiDocument::OpenApiDocument(std::shared_ptr<const plan::Plan> plan, Doors doors)
    : plan_(std::move(plan)), doors_(std::move(doors)) {}

const OpenApiDocument::Form& OpenApiDocument::json() const {
  std::call_once(json_once_, [this] {
    json_.bytes = WriteOpenApi(*plan_, doors_).dump(2) + "\n";
    json_.etag = EtagOf(json_.bytes);
  });
  return json_;
}

const OpenApiDocument::Form& OpenApiDocument::yaml() const {
  std::call_once(yaml_once_, [this] {
    yaml_.bytes = ToYaml(WriteOpenApi(*plan_, doors_));
    yaml_.etag = EtagOf(yaml_.bytes);
  });
  return yaml_;
}

}  // namespace portico::openapi
