#include "core/plan/service_planner.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/synthesis/identifier.h"
#include "core/synthesis/unique_names.h"

namespace portico::plan {
namespace {

using synthesis::Input;
using synthesis::Rpc;

constexpr char kBody[] = "body";

// A service that fills up.
struct Filling {
  std::vector<synthesis::Name> names;  // of its RPCs
  std::vector<capability::Place> places;
  PlannedService planned;
};

// What the doors serve of one operation.
struct Exposure {
  const std::string* tool = nullptr;  // of several, the name that sorts first
  std::vector<const Route*> routes;
};

// Adds `parameter` to the input `name`: what callers give under one name is one value.
void Feed(const std::string& name, std::size_t parameter, std::vector<Input>* inputs) {
  for (Input& input : *inputs) {
    if (input.name == name) return input.parameters.push_back(parameter);
  }
  inputs->push_back({name, {parameter}});
}

class ServicePlanner {
 public:
  ServicePlanner(const PlanDraft& draft, capability::Findings* findings)
      : draft_(draft), findings_(*findings) {}

  std::vector<PlannedService> Plan() {
    FindExposures();
    NamePackages();
    for (const DraftService& service : draft_.services) {
      for (const Tool& procedure : service.procedures) AddProcedure(service, procedure);
    }
    for (const auto& drafted : draft_.operations) AddOperation(*drafted);
    std::vector<PlannedService> services;
    for (Filling& filling : fillings_) {
      NameRpcs(&filling);
      services.push_back(std::move(filling.planned));
    }
    return services;
  }

 private:
  void FindExposures() {
    for (const Method& method : draft_.methods) bound_.insert(method.operation->space);
    for (const Route& route : draft_.routes) exposures_[route.operation].routes.push_back(&route);
    for (const Tool& tool : draft_.tools) {
      const std::string*& name = exposures_[tool.operation].tool;
      if (name == nullptr || tool.name < *name) name = &tool.name;
    }
    for (const DraftService& service : draft_.services) {
      services_.emplace(service.file, &service);
      for (const Tool& procedure : service.procedures) procedural_.insert(procedure.operation);
    }
  }

  // Of all namespaces, whatever is served of them: a name hangs on no operation.
  void NamePackages() {
    std::vector<synthesis::Name> names;
    for (const auto& drafted : draft_.operations) {
      const std::string& space = drafted->operation->space;
      if (packages_.emplace(space, "").second) {
        names.push_back({space, synthesis::PackageIdentifier(space)});
      }
    }
    const std::vector<std::string> unique = synthesis::UniqueNames(names, "_");
    for (std::size_t i = 0; i < names.size(); ++i) packages_[names[i].written] = unique[i];
  }

  void AddProcedure(const DraftService& service, const Tool& procedure) {
    Filling& filling = FillingOf(&service, procedure.operation->space);
    Rpc rpc = {"",
               procedure.description,
               procedure.operation,
               procedure.hints,
               {},
               false,
               exposures_[procedure.operation].routes};
    std::vector<Binding> constants;
    for (const Binding& binding : procedure.bindings) {
      if (binding.caller_name.empty()) {
        constants.push_back(binding);
      } else if (binding.parameter == kBody) {
        rpc.takes_body = true;
      }
      for (std::size_t i = 0; i < rpc.operation->parameters.size(); ++i) {
        if (binding.caller_name.empty() || rpc.operation->parameters[i].name != binding.parameter) {
          continue;
        }
        Feed(binding.caller_name, i, &rpc.inputs);
      }
    }
    Add({procedure.name, synthesis::MethodIdentifier(procedure.name)}, procedure.place,
        std::move(rpc), std::move(constants), &filling);
  }

  void AddOperation(const DraftOperation& drafted) {
    const Operation& operation = *drafted.operation;
    const auto exposure = exposures_.find(&operation);
    if (exposure == exposures_.end() || bound_.contains(operation.space) ||
        procedural_.contains(&operation)) {
      return;
    }
    const auto service = services_.find(drafted.file);
    Filling& filling =
        FillingOf(service == services_.end() ? nullptr : service->second, operation.space);
    Rpc rpc = {"",
               operation.description,
               &operation,
               operation.hints,
               {},
               operation.body != BodyUse::kNone,
               exposure->second.routes};
    for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
      Feed(operation.parameters[i].name, i, &rpc.inputs);
    }
    const std::string* tool = exposure->second.tool;
    Add({operation.id, synthesis::MethodIdentifier(tool == nullptr ? operation.name : *tool)},
        operation.place, std::move(rpc), {}, &filling);
  }

  static void Add(synthesis::Name name, const capability::Place& place, Rpc rpc,
                  std::vector<Binding> constants, Filling* filling) {
    filling->names.push_back(std::move(name));
    filling->places.push_back(place);
    filling->planned.service.rpcs.push_back(std::move(rpc));
    filling->planned.constants.push_back(std::move(constants));
  }

  // `service`: null, or what names it.
  Filling& FillingOf(const DraftService* service, const std::string& space) {
    std::string package = service == nullptr ? "" : service->package;
    std::string name = service == nullptr ? "" : service->name;
    const std::string& own = packages_[space];
    if (package.empty()) package = absl::StrCat(own, ".v1");
    if (name.empty()) name = absl::StrCat(synthesis::MethodIdentifier(own), "Service");
    const auto [known, fresh] =
        filling_by_name_.emplace(absl::StrCat(package, ".", name), fillings_.size());
    if (fresh) {
      Filling& filling = fillings_.emplace_back();
      filling.planned.service.package = package;
      filling.planned.service.name = name;
      filling.planned.service.description = service != nullptr && !service->description.empty()
                                                ? service->description
                                                : LabelOf(space);
    }
    return fillings_[known->second];
  }

  std::string LabelOf(const std::string& space) const {
    for (const Upstream& upstream : draft_.upstreams) {
      if (upstream.space == space && !upstream.label.empty()) return upstream.label;
    }
    return space;
  }

  void NameRpcs(Filling* filling) {
    std::vector<Rpc>& rpcs = filling->planned.service.rpcs;
    const std::vector<std::string> unique = synthesis::UniqueNames(filling->names, "");
    for (std::size_t i = 0; i < rpcs.size(); ++i) {
      rpcs[i].name = unique[i];
      if (unique[i] == filling->names[i].identifier) continue;
      findings_.push_back(
          {capability::Severity::kWarning, filling->places[i], filling->names[i].written,
           absl::StrCat("its RPC is called ", unique[i], ": another of ",
                        filling->planned.service.name, " is called ", filling->names[i].identifier),
           capability::Rule::kRepeatedName});
    }
  }

  const PlanDraft& draft_;
  capability::Findings& findings_;
  absl::flat_hash_set<std::string> bound_;  // namespaces that hand-written services bind
  absl::flat_hash_set<const Operation*> procedural_;
  absl::flat_hash_map<const Operation*, Exposure> exposures_;
  absl::flat_hash_map<std::size_t, const DraftService*> services_;  // by file, its first
  absl::flat_hash_map<std::string, std::string> packages_;          // by namespace
  std::vector<Filling> fillings_;
  absl::flat_hash_map<std::string, std::size_t> filling_by_name_;
};

}  // namespace

std::vector<PlannedService> PlanServices(const PlanDraft& draft, capability::Findings* findings) {
  return ServicePlanner(draft, findings).Plan();
}

}  // namespace portico::plan
