#include "tests/conformance/grpc_conformance_door.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/status/status.h"
#include "core/codec/message_codec.h"

namespace portico::conformance {
namespace {

using nlohmann::json;

[[noreturn]] void Abort(const std::string& why) {
  std::fprintf(stderr, "GrpcConformanceDoor: %s\n", why.c_str());
  std::abort();
}

const plan::Method& MethodOf(const plan::Plan& plan, const std::string& operation) {
  for (const plan::Method& method : plan.methods()) {
    if (method.operation->id == operation) return method;
  }
  Abort("no RPC serves " + operation);
}

// As the field takes it: texts for a string, where the case has numbers.
json ValueFor(const google::protobuf::FieldDescriptor& field, const json& value) {
  if (field.type() != google::protobuf::FieldDescriptor::TYPE_STRING) return value;
  if (value.is_array()) {
    json texts = json::array();
    for (const json& element : value) texts.push_back(ValueFor(field, element));
    return texts;
  }
  return value.is_string() ? value : json(value.dump());
}

// The arguments under the names of the request's fields.
json FieldsOf(const plan::Method& method, const json& arguments) {
  json fields = json::object();
  for (const auto& [name, value] : arguments.items()) {
    bool found = false;
    for (const plan::FieldBinding& binding : method.fields) {
      if (method.operation->parameters[binding.parameter].name != name) continue;
      found = true;
      // A field without presence says "" by being absent.
      if (value == "" && !binding.field->has_presence()) continue;
      fields[binding.field->json_name()] = ValueFor(*binding.field, value);
    }
    if (!found) Abort(method.path + " has no field for " + name);
  }
  return fields;
}

// A body that is one field, or its text where the field would not hold it exactly.
std::string WholeBody(const plan::Method& method, const codec::MessageCodec& codec,
                      const json& body) {
  std::string wire;
  if (!codec.JsonToWire(json({{method.body_field->json_name(), body}}).dump(), &wire).ok()) {
    Abort("no body: " + body.dump());
  }
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(method.descriptor->input_type())->New());
  const auto* text = method.descriptor->input_type()->FindFieldByName("unmodeled_json");
  message->ParseFromString(wire);
  if (message->GetReflection()->GetString(*message, text).empty()) return wire;
  message->GetReflection()->SetString(message.get(), text, body.dump());
  return message->SerializeAsString();
}

// A request message of `method` that holds arguments and body: two messages'
// bytes one after the other are the two merged.
std::string WireOf(const plan::Method& method, const Case& request) {
  const auto codec = codec::MessageCodec::Compile(method.descriptor->input_type());
  if (!codec.ok()) Abort(std::string(codec.status().message()));
  std::string wire;
  auto add = [&](const json& part) {
    if (!codec->JsonToWire(part.dump(), &wire).ok()) Abort("no request: " + part.dump());
  };
  add(FieldsOf(method, request.arguments));
  if (request.body.has_value() && method.body_field != nullptr) {
    return wire + WholeBody(method, *codec, *request.body);
  }
  if (request.body.has_value()) add(*request.body);
  return wire;
}

void SetEnd(const fakes::GrpcAnswer& answer, Result* result) {
  result->code =
      absl::StatusCodeToString(static_cast<absl::StatusCode>(answer.status.error_code()));
  if (!answer.status.ok()) result->reason = answer.error_info().reason();
}

// The upstream's JSON in the message that wraps it; a message without any as it is.
json Unwrapped(const json& message) {
  if (message.contains("unmodeledJson")) {
    return json::parse(message["unmodeledJson"].get<std::string>());
  }
  return message.contains("result") ? message["result"] : message;
}

// The answer's JSON: of typed fields with what is beside them, or what is wrapped.
json AnswerOf(const plan::Method& method, const fakes::GrpcAnswer& answer) {
  if (!method.synthesised) return json::parse(answer.json);
  if (method.wraps_answer) return Unwrapped(json::parse(answer.json));
  const auto codec =
      codec::MessageCodec::Compile(method.descriptor->output_type(), method.array_field);
  std::string text;
  if (!codec.ok() || !codec->WireToJson(answer.wire, &text).ok()) {
    Abort("unreadable answer of " + method.path);
  }
  return json::parse(text);
}

}  // namespace

Result GrpcConformanceDoor::Call(const Case& request) {
  const plan::Method& method = MethodOf(plan_, request.operation);
  const std::string wire = WireOf(method, request);
  return method.operation->stream ? Follow(method, wire) : CallUnary(method, wire);
}

Result GrpcConformanceDoor::CallUnary(const plan::Method& method, const std::string& wire) {
  const fakes::GrpcAnswer answer = caller_.CallWithBytes(method.path.substr(1), wire);
  Result result;
  SetEnd(answer, &result);
  if (!answer.status.ok()) return result;
  result.json = AnswerOf(method, answer);
  return result;
}

Result GrpcConformanceDoor::Follow(const plan::Method& method, const std::string& wire) {
  const auto stream = caller_.OpenWithBytes(method.path.substr(1), wire);
  Result result;
  while (const auto text = stream->Next()) {
    json event = json::parse(*text);
    json plain = {{"data", event.at("data")}};
    for (const char* key : {"id", "event"}) {
      if (event.contains(key)) plain[key] = event.at(key);
    }
    result.events.push_back(std::move(plain));
  }
  SetEnd(stream->Finish(), &result);
  return result;
}

}  // namespace portico::conformance
