#include "server/grpc/method_table.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"

namespace portico::server {
namespace {

absl::StatusOr<ServedMethod> CompileMethod(const plan::Method& method) {
  std::vector<const google::protobuf::FieldDescriptor*> parameters;
  for (const plan::FieldBinding& binding : method.fields) parameters.push_back(binding.field);
  absl::StatusOr<codec::RequestCodec> request = codec::RequestCodec::Compile(
      method.descriptor->input_type(), parameters, method.rest_is_body, method.body_field);
  if (!request.ok()) return request.status();

  ServedMethod served{&method, *std::move(request), {}, {}, {}, {}};
  if (method.descriptor->server_streaming()) {
    auto event = codec::EventCodec::Compile(method.descriptor->output_type());
    if (!event.ok()) return event.status();
    served.event = *std::move(event);
  } else if (method.wraps_answer) {
    auto answer = codec::AnswerCodec::Compile(method.descriptor->output_type());
    if (!answer.ok()) return answer.status();
    served.answer = *std::move(answer);
  } else if (method.synthesised) {
    auto declared =
        codec::DeclaredAnswerCodec::Compile(method.descriptor->output_type(), method.array_field);
    if (!declared.ok()) return declared.status();
    served.declared = *std::move(declared);
  } else {
    auto response =
        codec::MessageCodec::Compile(method.descriptor->output_type(), method.array_field);
    if (!response.ok()) return response.status();
    served.response = *std::move(response);
  }
  return served;
}

}  // namespace

absl::StatusOr<MethodTable> MethodTable::Compile(const plan::Plan& plan) {
  MethodTable table;
  absl::flat_hash_set<const google::protobuf::ServiceDescriptor*> listed;
  for (const plan::Method& method : plan.methods()) {
    absl::StatusOr<ServedMethod> served = CompileMethod(method);
    if (!served.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(method.path, ": ", served.status().message()));
    }
    table.methods_.emplace(method.path, *std::move(served));
    const auto* const service = method.descriptor->service();
    if (listed.insert(service).second) table.services_.push_back(service->full_name());
  }
  return table;
}

const ServedMethod* MethodTable::Find(absl::string_view path) const {
  const auto it = methods_.find(path);
  return it == methods_.end() ? nullptr : &it->second;
}

std::string MethodTable::Nearest(absl::string_view path) const {
  std::vector<std::string> paths;
  for (const auto& [known, served] : methods_) paths.push_back(known);
  std::sort(paths.begin(), paths.end());
  return capability::Nearest(path, paths);
}

}  // namespace portico::server
