#include "gateway/openapi/openapi_writer.h"

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/face.h"
#include "gateway/openapi/parameters.h"
#include "gateway/openapi/proto_comments.h"
#include "gateway/openapi/responses.h"
#include "gateway/openapi/schema_writer.h"
#include "gateway/openapi/security_writer.h"

namespace portico::openapi {
namespace {

Json Info() {
  return {
      {"title", "Portico"},
      {"version", "0.1.0"},
      {"summary", "REST APIs behind one door, as their capability files describe them."},
      {"description",
       "Every route calls one operation of an upstream API and passes on its status, its headers "
       "and its bytes as they are. The field `Portico-Source` of a response says whose words they "
       "are: `upstream`, or `portico` for problems of Portico's own.\n\nA caller that will not "
       "wait for long says so by `X-Request-Timeout` (seconds, or `1500ms`) or `Grpc-Timeout`.\n\n"
       "The same operations are served through gRPC and MCP; each one's samples show how."},
      {"contact", {{"name", "Whoever runs this Portico"}}},
      {"license",
       {{"name", "The terms of each upstream API"}, {"identifier", "LicenseRef-upstream-terms"}}}};
}

// One tag for each upstream that a route calls.
Json TagsOf(const plan::Plan& plan, const std::vector<Face>& faces) {
  Json tags = Json::array();
  for (const plan::Upstream& upstream : plan.upstreams()) {
    const Face* first = nullptr;
    for (const Face& face : faces) {
      if (first == nullptr && face.operation->space == upstream.space) first = &face;
    }
    if (first == nullptr) continue;
    std::string description = first->method == nullptr
                                  ? ""
                                  : CommentOn(first->method->descriptor->service()->full_name());
    if (description.empty()) {
      description = absl::StrCat("The operations of `", upstream.space, "`.");
    }
    tags.push_back({{"name", upstream.space}, {"description", description}});
  }
  return tags;
}

std::string DescriptionOf(const Face& face) {
  const plan::Operation& operation = *face.operation;
  std::string text = face.method == nullptr ? "" : CommentOn(face.method->descriptor->full_name());
  if (text.empty()) text = operation.description;
  absl::StrAppend(&text, text.empty() ? "" : "\n\n", "Calls `", operation.http_method, " ",
                  operation.path.text(), "` of `", operation.space, "`.");
  if (face.method != nullptr) {
    absl::StrAppend(&text, " In gRPC: `", face.method->path.substr(1), "`.");
  }
  if (face.tool != nullptr) absl::StrAppend(&text, " In MCP: `", face.tool->name, "`.");
  return text;
}

std::string SummaryOf(const Face& face) {
  for (const std::string* text : {&face.route->description, &face.operation->description}) {
    if (!text->empty()) return *text;
  }
  return face.operation->name;
}

class Writer {
 public:
  explicit Writer(const Doors& doors) : doors_(doors), responses_(&schemas_) {}

  void Add(const Face& face) {
    paths_[PathOf(face)][absl::AsciiStrToLower(face.route->http_method)] = OperationOf(face);
  }

  Json Paths() { return std::move(paths_); }

  Json Components() {
    Json written = Json::object();
    for (const auto& [name, schema] : schemas_.components()) written["schemas"][name] = schema;
    for (const auto& [name, answer] : responses_.responses()) written["responses"][name] = answer;
    written["headers"] = ResponsesWriter::Headers();
    if (!security_.schemes().empty()) written["securitySchemes"] = security_.schemes();
    return written;
  }

 private:
  Json OperationOf(const Face& face) {
    Json written = {{"tags", {face.operation->space}},
                    {"summary", SummaryOf(face)},
                    {"description", DescriptionOf(face)},
                    {"operationId", face.id}};
    Json parameters = ParametersOf(face, &schemas_);
    if (!parameters.empty()) written["parameters"] = std::move(parameters);
    if (TakesBody(face)) written["requestBody"] = RequestBodyOf(face, &schemas_);
    written["responses"] = responses_.ResponsesOf(face);
    if (face.route->access != nullptr) written["security"] = security_.Of(*face.route->access);
    Json samples = CodeSamplesOf(face, doors_);
    if (!samples.empty()) written["x-codeSamples"] = std::move(samples);
    return written;
  }

  const Doors& doors_;
  SchemaWriter schemas_;
  ResponsesWriter responses_;
  SecurityWriter security_;
  Json paths_ = Json::object();
};

}  // namespace

Json WriteOpenApi(const plan::Plan& plan, const Doors& doors) {
  const std::vector<Face> faces = FacesOf(plan);
  Writer writer(doors);
  for (const Face& face : faces) writer.Add(face);
  Json document = {{"openapi", "3.1.0"},
                   {"info", Info()},
                   {"servers", Json::array({{{"url", "/"}}})},
                   {"security", Json::array()},
                   {"tags", TagsOf(plan, faces)}};
  document["paths"] = writer.Paths();
  document["components"] = writer.Components();
  return document;
}

}  // namespace portico::openapi
