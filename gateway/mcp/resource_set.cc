#include "gateway/mcp/resource_set.h"

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/media_type.h"
#include "core/invoke/failure_table.h"
#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/input_schema_builder.h"
#include "gateway/mcp/json_view.h"
#include "gateway/mcp/media_content.h"
#include "gateway/mcp/tool_result.h"

namespace portico::mcp {
namespace {

using plan::Resource;

void AddText(absl::string_view member, absl::string_view text, std::string* json) {
  if (!text.empty()) absl::StrAppend(json, ",\"", member, "\":", Quoted(text));
}

// `name` tells a location's files apart.
std::string Listed(const Resource& resource, absl::string_view uri_member, absl::string_view uri,
                   absl::string_view name, absl::string_view mime_type) {
  std::string json =
      absl::StrCat("{\"", uri_member, "\":", Quoted(uri), ",\"name\":", Quoted(name));
  AddText("title", resource.title, &json);
  AddText("description", resource.description, &json);
  AddText("mimeType", mime_type, &json);
  return json + "}";
}

}  // namespace

ResourceSet::ResourceSet(const std::vector<const Resource*>& resources) {
  for (const Resource* const resource : resources) {
    resource->call.has_value() ? AddCall(*resource) : AddFiles(*resource);
  }
}

void ResourceSet::AddFiles(const Resource& resource) {
  for (const plan::ResourceFile& file : resource.files) {
    const std::string name =
        file.uri == resource.uri
            ? resource.name
            : absl::StrCat(resource.name, "/", file.uri.substr(file.uri.rfind('/') + 1));
    std::string json = Listed(resource, "uri", file.uri, name, file.mime_type);
    json.pop_back();
    listed_.push_back(absl::StrCat(json, ",\"size\":", file.bytes.size(), "}"));
    contents_.emplace(file.uri, ContentOf(file.mime_type, file.bytes));
  }
}

void ResourceSet::AddCall(const Resource& resource) {
  auto& list = resource.is_template() ? templates_ : listed_;
  list.push_back(Listed(resource, resource.is_template() ? "uriTemplate" : "uri", resource.uri,
                        resource.name, resource.mime_type));
  auto call = std::make_unique<Call>();
  call->resource = &resource;
  call->tool.name = resource.name;
  call->tool.title = resource.title;
  call->tool.tool = &*resource.call;
  call->tool.resource = &resource;
  call->tool.input =
      std::make_shared<const InputSchema>(BuildInputSchema(*resource.call, /*method=*/nullptr));
  calls_.push_back(std::move(call));
}

std::optional<ResourceSet::Reading> ResourceSet::Find(const std::string& uri) const {
  Reading reading;
  const auto content = contents_.find(uri);
  if (content != contents_.end()) {
    reading.content = &content->second;
    return reading;
  }
  for (const bool templates : {false, true}) {
    for (const auto& call : calls_) {
      if (call->resource->is_template() != templates) continue;
      const auto captured = call->resource->Match(uri);
      if (!captured.has_value()) continue;
      reading.call = &call->tool;
      for (const auto& [name, value] : *captured) {
        absl::StrAppend(&reading.arguments, reading.arguments.empty() ? "{" : ",", Quoted(name),
                        ":", Quoted(value));
      }
      reading.arguments += reading.arguments.empty() ? "{}" : "}";
      return reading;
    }
  }
  return std::nullopt;
}

std::string ContentOf(absl::string_view mime_type, absl::string_view bytes) {
  const std::string written(mime_type);
  const std::string type = MediaType(&written);
  const bool text = (IsTextType(type) || codec::IsJsonType(type)) && codec::IsUtf8(bytes);
  const std::string content = text ? Quoted(bytes) : Quoted(absl::Base64Escape(bytes));
  return absl::StrCat("{\"mimeType\":", Quoted(mime_type),
                      text ? ",\"text\":" : ",\"blob\":", content, "}");
}

std::string ContentOf(const ServedTool& call, const invoke::Outcome& outcome,
                      const plan::Upstream& upstream, absl::Time now) {
  const auto error = invoke::ErrorOf(outcome, call.operation(), upstream, now);
  if (error.has_value()) return ErrorResult(call, *error);
  const std::string* const sent = outcome.head.Find("content-type");
  const std::string& said = call.resource->mime_type;
  return ContentOf(!said.empty() ? said : MediaType(sent), outcome.body);
}

std::string ReadResult(absl::string_view uri, absl::string_view content) {
  content.remove_prefix(1);
  return absl::StrCat("{\"contents\":[{\"uri\":", Quoted(uri), ",", content, "]}");
}

}  // namespace portico::mcp
