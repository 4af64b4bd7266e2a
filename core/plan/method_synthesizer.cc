#include "core/plan/method_synthesizer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/service_planner.h"
#include "core/synthesis/answer_form.h"
#include "core/synthesis/field_names.h"
#include "core/synthesis/request_message.h"
#include "core/synthesis/service.h"
#include "core/synthesis/service_file.h"

namespace portico::plan {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using synthesis::Rpc;

class FirstError final : public DescriptorPool::ErrorCollector {
 public:
  const std::string& text() const { return text_; }

 private:
  void AddError(const std::string&, const std::string& element, const google::protobuf::Message*,
                ErrorLocation, const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(element, ": ", message);
  }
  std::string text_;
};

class Synthesizer {
 public:
  Synthesizer(PlanDraft* draft, capability::Findings* findings)
      : draft_(*draft), findings_(*findings) {}

  void Run() {
    const std::vector<PlannedService> services = PlanServices(draft_, &findings_);
    if (services.empty()) return;
    auto pool = std::make_shared<DescriptorPool>(DescriptorPool::generated_pool());
    for (const PlannedService& planned : services) Build(planned, pool.get());
    draft_.descriptors = std::move(pool);
  }

 private:
  void Build(const PlannedService& planned, DescriptorPool* pool) {
    const synthesis::Service& service = planned.service;
    std::vector<synthesis::Note> notes;
    const auto proto = synthesis::WriteServiceFile(service, &notes);
    for (synthesis::Note& note : notes) {
      Report(capability::Severity::kWarning, *note.rpc->operation, std::move(note.text));
    }
    FirstError error;
    const FileDescriptor* file = pool->BuildFileCollectingErrors(proto, &error);
    if (file == nullptr) {
      return Report(capability::Severity::kError, *service.rpcs.front().operation,
                    absl::StrCat("no gRPC service can be made of it: ", error.text()));
    }
    for (std::size_t i = 0; i < service.rpcs.size(); ++i) {
      Bind(service.rpcs[i], planned.constants[i], *file->service(0)->method(static_cast<int>(i)));
    }
  }

  void Bind(const Rpc& rpc, const std::vector<Binding>& constants,
            const MethodDescriptor& descriptor) {
    Method method;
    method.path = absl::StrCat("/", descriptor.service()->full_name(), "/", descriptor.name());
    method.descriptor = &descriptor;
    method.operation = rpc.operation;
    method.synthesised = true;
    method.constants = constants;
    for (std::size_t i = 0; i < rpc.inputs.size(); ++i) {
      for (const std::size_t parameter : rpc.inputs[i].parameters) {
        method.fields.push_back({descriptor.input_type()->field(static_cast<int>(i)), parameter});
      }
    }
    if (rpc.takes_body) {
      method.body_field = descriptor.input_type()->FindFieldByNumber(synthesis::kBodyNumber);
    }
    const synthesis::AnswerForm form = synthesis::AnswerFormOf(*rpc.operation);
    method.wraps_answer = form == synthesis::AnswerForm::kWrapped;
    if (form == synthesis::AnswerForm::kArray) {
      method.array_field = descriptor.output_type()->FindFieldByName(synthesis::kResultField);
    }
    draft_.methods.push_back(std::move(method));
  }

  void Report(capability::Severity severity, const Operation& operation, std::string message) {
    findings_.push_back(
        {severity, operation.place, operation.id, std::move(message), capability::Rule::kOther});
  }

  PlanDraft& draft_;
  capability::Findings& findings_;
};

}  // namespace

void SynthesizeMethods(PlanDraft* draft, capability::Findings* findings) {
  Synthesizer(draft, findings).Run();
}

}  // namespace portico::plan
