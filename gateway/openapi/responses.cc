#include "gateway/openapi/responses.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/openapi/examples.h"
#include "gateway/openapi/problem_schema.h"
#include "gateway/openapi/proto_comments.h"
#include "portico/v1/annotations.pb.h"

namespace portico::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// In every message of a stream: `data` as a message (services_test holds it so).
constexpr int kEventDataField = 5;

Json SourceHeader() {
  return {{kSourceField, {{"$ref", absl::StrCat("#/components/headers/", kSourceField)}}}};
}

// 200 also without a typed service, when any success may come.
int SuccessStatus(const Face& face) {
  if (face.method == nullptr) return 200;
  const int status =
      face.method->descriptor->options().GetExtension(v1::operation).success_status();
  return status == 0 ? 200 : status;
}

bool HasContent(const Face& face) {
  const int status = SuccessStatus(face);
  return status != 204 && status != 205 && face.route->http_method != "HEAD" &&
         face.route->http_method != "OPTIONS";
}

std::string SuccessDescription(const Face& face) {
  if (face.operation->stream) {
    return "The events as they happen: as the upstream sends them, or with `Accept: "
           "application/x-ndjson` one JSON object a line. When the upstream breaks off, the last "
           "one is a problem of Portico's, as event `portico-error` or in the line's `error`.";
  }
  const std::string comment =
      face.method == nullptr ? "" : CommentOn(face.method->descriptor->output_type()->full_name());
  if (face.operation->composition != nullptr) {
    return "What the capability file makes of the upstream's answers.";
  }
  const std::string first = comment.substr(0, comment.find("\n\n"));
  return first.empty() ? "What the upstream answers, byte for byte." : first;
}

// One line of application/x-ndjson, as gateway/rest/event_line.h writes it. `data` is
// the schema of events whose data is JSON.
Json EventLineSchema(const MethodDescriptor& method, Json data) {
  const auto described = [&](Json schema, const std::string& description) {
    schema["description"] = description;
    return schema;
  };
  const Descriptor& event = *method.output_type();
  const auto comment = [&](const char* field) {
    const FieldDescriptor* found = event.FindFieldByName(field);
    return found == nullptr ? "" : CommentOn(found->full_name());
  };
  const Json text = {{"type", "string"}};
  return {{"type", "object"},
          {"description", CommentOn(event.full_name())},
          {"properties",
           {{"id", described(text, comment("id"))},
            {"event", described(text, comment("event"))},
            {"retry", described({{"type", "integer"}, {"minimum", 0}}, comment("retry_ms"))},
            {"data", described(std::move(data), "The event's data, when it is JSON.")},
            {"text", described(text, "The event's data, when it is no JSON.")},
            {"error", described({{"$ref", "#/components/schemas/Problem"}},
                                "Why the stream broke off; alone on the last line.")}}}};
}

const char* TypeName(plan::Output::Type type) {
  using Type = plan::Output::Type;
  switch (type) {
    case Type::kString:
      return "string";
    case Type::kNumber:
      return "number";
    case Type::kInteger:
      return "integer";
    case Type::kBoolean:
      return "boolean";
    case Type::kArray:
      return "array";
    case Type::kObject:
      return "object";
    case Type::kAny:
      break;
  }
  return "";
}

// What the capability file says of an answer; each part is null where nothing is found.
Json OutputSchema(const plan::Output& output) {
  Json schema = Json::object();
  if (output.type != plan::Output::Type::kAny) schema["type"] = {TypeName(output.type), "null"};
  if (!output.description.empty()) schema["description"] = output.description;
  for (const plan::Output& property : output.properties) {
    schema["properties"][property.name] = OutputSchema(property);
  }
  if (output.type == plan::Output::Type::kArray) {
    schema["items"] = output.items.empty() ? Json::object() : OutputSchema(output.items[0]);
  }
  return schema;
}

}  // namespace

ResponsesWriter::ResponsesWriter(SchemaWriter* schemas)
    : schemas_(schemas), problem_({{"schema", schemas->Add("Problem", ProblemSchema())}}) {
  responses_["Problem"] = {
      {"description", "Portico's own: the upstream was not asked, or gave no answer."},
      {"headers", SourceHeader()},
      {"content", {{kProblemType, problem_}}}};
}

Json ResponsesWriter::Headers() {
  return {{kSourceField,
           {{"description",
             "Whose words these are: `upstream` for what is passed on, `portico` otherwise."},
            {"schema", {{"type", "string"}, {"enum", {"upstream", "portico"}}}}}}};
}

Json ResponsesWriter::ResponsesOf(const Face& face) {
  Json written = Json::object();
  written[absl::StrCat(SuccessStatus(face))] = Success(face);
  AddErrors(face, &written);
  if (face.route->access != nullptr) AddUnauthenticated(&written);
  written["default"] = {{"$ref", "#/components/responses/Problem"}};
  return written;
}

Json ResponsesWriter::Success(const Face& face) {
  Json written = {{"description", SuccessDescription(face)}, {"headers", SourceHeader()}};
  if (!HasContent(face)) return written;
  if (face.operation->stream) {
    written["content"] = EventContent(face);
    return written;
  }
  Json media = {{"schema", Json::object()}};
  if (face.operation->output.has_value()) media["schema"] = OutputSchema(*face.operation->output);
  if (face.method != nullptr) {
    const FieldDescriptor* array = face.method->array_field;
    media["schema"] = array != nullptr ? schemas_->Value(*array)
                                       : schemas_->Ref(*face.method->descriptor->output_type());
  }
  if (face.example.contains("response")) media["example"] = face.example["response"];
  written["content"] = {{"application/json", std::move(media)}};
  return written;
}

Json ResponsesWriter::EventContent(const Face& face) {
  Json stream = {{"schema", {{"type", "string"}}}};
  if (face.example.contains("events")) stream["example"] = face.example["events"];
  Json line = {{"schema", {{"type", "object"}, {"additionalProperties", true}}}};
  if (face.method != nullptr) {
    const Descriptor& event = *face.method->descriptor->output_type();
    const FieldDescriptor* data = event.FindFieldByNumber(kEventDataField);
    Json schema = data == nullptr ? Json::object() : schemas_->Value(*data);
    line["schema"] = schemas_->Add(event.full_name(),
                                   EventLineSchema(*face.method->descriptor, std::move(schema)));
  }
  if (face.example.contains("line")) line["example"] = face.example["line"];
  return {{"text/event-stream", std::move(stream)}, {"application/x-ndjson", std::move(line)}};
}

// The upstream may have a 401 of its own, which is told of Portico's credential.
void ResponsesWriter::AddUnauthenticated(Json* written) {
  if (written->contains("401")) return;
  responses_["Unauthenticated"] = {
      {"description", "The caller does not show what `security` says, or not the right one."},
      {"headers",
       {{kSourceField, SourceHeader()[kSourceField]},
        {"WWW-Authenticate",
         {{"description", "What to show, for each way in."}, {"schema", {{"type", "string"}}}}}}},
      {"content", {{kProblemType, problem_}}}};
  (*written)["401"] = {{"$ref", "#/components/responses/Unauthenticated"}};
}

void ResponsesWriter::AddErrors(const Face& face, Json* written) {
  if (face.method == nullptr) {
    (*written)["4XX"] = {
        {"description", "The upstream refuses the request, or Portico does."},
        {"headers", SourceHeader()},
        {"content", {{"*/*", {{"schema", Json::object()}}}, {kProblemType, problem_}}}};
    return;
  }
  const auto& service = *face.method->descriptor->service();
  const Json examples = ExampleOf(absl::StrCat(face.operation->space, ".errors"));
  for (const v1::ErrorAnswer& answer : service.options().GetExtension(v1::errors).answers()) {
    Json shapes = Json::array();
    for (const std::string& type : answer.types()) {
      const auto* message = service.file()->pool()->FindMessageTypeByName(
          absl::StrCat(service.file()->package(), ".", type));
      if (message != nullptr) shapes.push_back(schemas_->Ref(*message));
    }
    const std::string name = absl::StrCat(face.operation->space, ".", answer.status());
    responses_[name] = {{"description", answer.description()},
                        {"headers", SourceHeader()},
                        {"content", ErrorContent(shapes, examples.value(answer.status(), Json()))}};
    (*written)[answer.status()] = {{"$ref", absl::StrCat("#/components/responses/", name)}};
  }
}

Json ResponsesWriter::ErrorContent(const Json& shapes, const Json& example) const {
  Json content = Json::object();
  if (!shapes.empty()) {
    Json media = {{"schema", shapes.size() == 1 ? shapes[0] : Json{{"anyOf", shapes}}}};
    if (!example.is_null()) media["example"] = example;
    content["application/json"] = std::move(media);
  }
  content[kProblemType] = problem_;
  return content;
}

}  // namespace portico::openapi
