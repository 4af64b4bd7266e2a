#include "core/synthesis/service_file.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/synthesis/http_binding.h"
#include "core/synthesis/identifier.h"
#include "core/synthesis/request_message.h"
#include "core/synthesis/response_message.h"
#include "core/synthesis/source_comments.h"
#include "google/api/annotations.pb.h"
#include "portico/v1/annotations.pb.h"

namespace portico::synthesis {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::MethodDescriptorProto;
using google::protobuf::MethodOptions;

class FileWriter {
 public:
  FileWriter(const Service& service, std::vector<Note>* notes)
      : service_(service), notes_(*notes), comments_(&file_) {}

  FileDescriptorProto Write() {
    file_.set_name(absl::StrCat(absl::StrReplaceAll(service_.package, {{".", "/"}}), "/",
                                PackageIdentifier(service_.name), ".proto"));
    file_.set_package(service_.package);
    file_.set_syntax("proto3");
    file_.add_service()->set_name(service_.name);
    comments_.Add({FileDescriptorProto::kServiceFieldNumber, 0}, service_.description);
    for (const Rpc& rpc : service_.rpcs) AddRpc(rpc);
    AddImports();
    return std::move(file_);
  }

 private:
  void AddRpc(const Rpc& rpc) {
    std::vector<std::string> problems;
    MessageText request = WriteRequest(rpc, &problems);
    MessageText response = WriteResponse(rpc, service_.package, &problems);
    for (std::string& problem : problems) notes_.push_back({&rpc, std::move(problem)});
    AddMethod(rpc, request);
    AddMessage(std::move(request), absl::StrCat("What ", rpc.name, " is asked."));
    AddMessage(std::move(response), rpc.operation->stream
                                        ? absl::StrCat("One event of ", rpc.name, ".")
                                        : absl::StrCat("What ", rpc.name, " answers."));
  }

  // Only what is used: protoc and buf complain of others.
  void AddImports() {
    const auto& methods = file_.service(0).method();
    if (std::any_of(methods.begin(), methods.end(), [](const MethodDescriptorProto& method) {
          return method.options().HasExtension(google::api::http);
        })) {
      file_.add_dependency("google/api/annotations.proto");
    }
    const auto& messages = file_.message_type();
    if (std::any_of(messages.begin(), messages.end(), HoldsAnyJson)) {
      file_.add_dependency("google/protobuf/struct.proto");
    }
    file_.add_dependency("portico/v1/annotations.proto");
  }

  static bool HoldsAnyJson(const google::protobuf::DescriptorProto& message) {
    const auto& fields = message.field();
    const auto& nested = message.nested_type();
    return std::any_of(fields.begin(), fields.end(),
                       [](const google::protobuf::FieldDescriptorProto& field) {
                         return absl::StartsWith(field.type_name(), ".google.protobuf.");
                       }) ||
           std::any_of(nested.begin(), nested.end(), HoldsAnyJson);
  }

  void AddMethod(const Rpc& rpc, const MessageText& request) {
    google::protobuf::ServiceDescriptorProto& service = *file_.mutable_service(0);
    comments_.Add(
        {FileDescriptorProto::kServiceFieldNumber, 0,
         google::protobuf::ServiceDescriptorProto::kMethodFieldNumber, service.method_size()},
        rpc.description.empty() ? absl::StrCat("Calls ", rpc.operation->id, ".") : rpc.description);
    MethodDescriptorProto& method = *service.add_method();
    method.set_name(rpc.name);
    method.set_input_type(absl::StrCat(".", service_.package, ".", rpc.name, "Request"));
    method.set_output_type(absl::StrCat(".", service_.package, ".", rpc.name, "Response"));
    if (rpc.operation->stream) method.set_server_streaming(true);
    SetOptions(rpc, request, method.mutable_options());
  }

  void SetOptions(const Rpc& rpc, const MessageText& request, MethodOptions* options) {
    if (rpc.hints.read_only) {
      options->set_idempotency_level(MethodOptions::NO_SIDE_EFFECTS);
    } else if (rpc.hints.idempotent) {
      options->set_idempotency_level(MethodOptions::IDEMPOTENT);
    }
    std::vector<std::string> names;
    for (const auto& field : request.message.field()) names.push_back(field.name());
    SetHttpRule(rpc, names, options);
    v1::OperationBinding* binding = options->MutableExtension(v1::operation);
    binding->set_namespace_(rpc.operation->space);
    binding->set_name(rpc.operation->name);
  }

  void AddMessage(MessageText text, const std::string& comment) {
    const int index = file_.message_type_size();
    comments_.Add({FileDescriptorProto::kMessageTypeFieldNumber, index}, comment);
    for (std::size_t i = 0; i < text.comments.size(); ++i) {
      comments_.Add({FileDescriptorProto::kMessageTypeFieldNumber, index,
                     google::protobuf::DescriptorProto::kFieldFieldNumber, static_cast<int>(i)},
                    text.comments[i]);
    }
    for (int i = 0; i < text.message.nested_type_size(); ++i) AddNestedComments(text, index, i);
    *file_.add_message_type() = std::move(text.message);
  }

  void AddNestedComments(const MessageText& text, int index, int nested) {
    using google::protobuf::DescriptorProto;
    comments_.Add({FileDescriptorProto::kMessageTypeFieldNumber, index,
                   DescriptorProto::kNestedTypeFieldNumber, nested},
                  "An object in the answer.");
    const std::vector<std::string>& comments = text.nested_comments[nested];
    for (std::size_t i = 0; i < comments.size(); ++i) {
      comments_.Add({FileDescriptorProto::kMessageTypeFieldNumber, index,
                     DescriptorProto::kNestedTypeFieldNumber, nested,
                     DescriptorProto::kFieldFieldNumber, static_cast<int>(i)},
                    comments[i]);
    }
  }

  const Service& service_;
  std::vector<Note>& notes_;
  FileDescriptorProto file_;
  SourceComments comments_;
};

}  // namespace

FileDescriptorProto WriteServiceFile(const Service& service, std::vector<Note>* notes) {
  return FileWriter(service, notes).Write();
}

}  // namespace portico::synthesis
