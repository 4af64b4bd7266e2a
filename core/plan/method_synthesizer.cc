#include "core/plan/method_synthesizer.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/synthesis/identifier.h"
#include "core/synthesis/request_message.h"
#include "core/synthesis/service.h"
#include "core/synthesis/service_file.h"
#include "core/synthesis/unique_names.h"

namespace portico::plan {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using synthesis::Rpc;
using synthesis::Service;

// What the doors serve of one operation.
struct Exposure {
  const std::string* tool = nullptr;  // of several, the name that sorts first
  std::vector<const Route*> routes;
};

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

// Parameters of one name are one input: REST and MCP feed them alike.
std::vector<synthesis::Input> InputsOf(const Operation& operation) {
  std::vector<synthesis::Input> inputs;
  for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
    const std::string& name = operation.parameters[i].name;
    auto same = inputs.begin();
    while (same != inputs.end() && same->name != name) ++same;
    if (same == inputs.end()) {
      inputs.push_back({name, {i}});
    } else {
      same->parameters.push_back(i);
    }
  }
  return inputs;
}

class Synthesizer {
 public:
  Synthesizer(PlanDraft* draft, capability::Findings* findings)
      : draft_(*draft), findings_(*findings) {}

  void Run() {
    FindExposures();
    std::vector<Service> services = MakeServices();
    if (services.empty()) return;
    auto pool = std::make_shared<DescriptorPool>(DescriptorPool::generated_pool());
    for (const Service& service : services) Build(service, pool.get());
    draft_.descriptors = std::move(pool);
  }

 private:
  void FindExposures() {
    for (const Method& method : draft_.methods) bound_.insert(method.operation->space);
    for (const Route& route : draft_.routes) exposures_[route.operation].routes.push_back(&route);
    for (const Tool& tool : draft_.tools) {
      const std::string*& name = exposures_[tool.operation].tool;
      if (name == nullptr || tool.name < *name) name = &tool.name;
    }
  }

  std::vector<Service> MakeServices() {
    std::vector<synthesis::Name> spaces;
    std::vector<std::vector<const Operation*>> operations;
    absl::flat_hash_map<std::string, std::size_t> known;
    for (const auto& drafted : draft_.operations) {
      const Operation& operation = *drafted->operation;
      if (bound_.contains(operation.space) || !exposures_.contains(&operation)) continue;
      const auto [entry, fresh] = known.emplace(operation.space, spaces.size());
      if (fresh) {
        spaces.push_back({operation.space, synthesis::PackageIdentifier(operation.space)});
        operations.emplace_back();
      }
      operations[entry->second].push_back(&operation);
    }
    const std::vector<std::string> packages = synthesis::UniqueNames(spaces, "_");
    std::vector<Service> services;
    for (std::size_t i = 0; i < spaces.size(); ++i) {
      services.push_back(MakeService(packages[i], operations[i]));
    }
    return services;
  }

  Service MakeService(const std::string& package, const std::vector<const Operation*>& operations) {
    Service service;
    service.package = absl::StrCat(package, ".v1");
    service.name = absl::StrCat(synthesis::MethodIdentifier(package), "Service");
    service.description = DescriptionOf(operations.front()->space);
    std::vector<synthesis::Name> names;
    for (const Operation* operation : operations) {
      const std::string* tool = exposures_[operation].tool;
      names.push_back({operation->name,
                       synthesis::MethodIdentifier(tool != nullptr ? *tool : operation->name)});
    }
    const std::vector<std::string> unique = synthesis::UniqueNames(names, "");
    for (std::size_t i = 0; i < operations.size(); ++i) {
      const Operation& operation = *operations[i];
      service.rpcs.push_back({unique[i], operation.description, &operation, operation.hints,
                              InputsOf(operation), operation.body != BodyUse::kNone,
                              exposures_[&operation].routes});
    }
    return service;
  }

  std::string DescriptionOf(const std::string& space) const {
    for (const Upstream& upstream : draft_.upstreams) {
      if (upstream.space == space && !upstream.label.empty()) return upstream.label;
    }
    return space;
  }

  void Build(const Service& service, DescriptorPool* pool) {
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
      Bind(service.rpcs[i], *file->service(0)->method(static_cast<int>(i)));
    }
  }

  void Bind(const Rpc& rpc, const MethodDescriptor& descriptor) {
    Method method;
    method.path = absl::StrCat("/", descriptor.service()->full_name(), "/", descriptor.name());
    method.descriptor = &descriptor;
    method.operation = rpc.operation;
    method.synthesised = true;
    for (std::size_t i = 0; i < rpc.inputs.size(); ++i) {
      for (const std::size_t parameter : rpc.inputs[i].parameters) {
        method.fields.push_back({descriptor.input_type()->field(static_cast<int>(i)), parameter});
      }
    }
    if (rpc.takes_body) {
      method.body_field = descriptor.input_type()->FindFieldByNumber(synthesis::kBodyNumber);
    }
    draft_.methods.push_back(std::move(method));
  }

  void Report(capability::Severity severity, const Operation& operation, std::string message) {
    findings_.push_back({severity, operation.place, operation.id, std::move(message)});
  }

  PlanDraft& draft_;
  capability::Findings& findings_;
  absl::flat_hash_set<std::string> bound_;  // namespaces that hand-written services bind
  absl::flat_hash_map<const Operation*, Exposure> exposures_;
};

}  // namespace

void SynthesizeMethods(PlanDraft* draft, capability::Findings* findings) {
  Synthesizer(draft, findings).Run();
}

}  // namespace portico::plan
