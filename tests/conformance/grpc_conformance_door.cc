#include "tests/conformance/grpc_conformance_door.h"

#include <google/protobuf/descriptor.h>

#include <cstdio>
#include <cstdlib>

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
      fields[binding.field->json_name()] = value;
    }
    if (!found) Abort(method.path + " has no field for " + name);
  }
  return fields;
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
  if (request.body.has_value()) add(*request.body);
  return wire;
}

void SetEnd(const fakes::GrpcAnswer& answer, Result* result) {
  result->code =
      absl::StatusCodeToString(static_cast<absl::StatusCode>(answer.status.error_code()));
  if (!answer.status.ok()) result->reason = answer.error_info().reason();
}

}  // namespace

Result GrpcConformanceDoor::Call(const Case& request) {
  const plan::Method& method = MethodOf(plan_, request.operation);
  const std::string name = method.path.substr(1);
  const std::string wire = WireOf(method, request);
  return method.operation->stream ? Follow(name, wire) : CallUnary(name, wire);
}

Result GrpcConformanceDoor::CallUnary(const std::string& method, const std::string& wire) {
  const fakes::GrpcAnswer answer = caller_.CallWithBytes(method, wire);
  Result result;
  SetEnd(answer, &result);
  if (answer.status.ok()) result.json = json::parse(answer.json);
  return result;
}

Result GrpcConformanceDoor::Follow(const std::string& method, const std::string& wire) {
  const auto stream = caller_.OpenWithBytes(method, wire);
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
