#include "core/plan/method_binder.h"

#include <google/protobuf/descriptor.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/field_binder.h"
#include "core/plan/http_rule.h"
#include "core/plan/service_log.h"
#include "portico/v1/annotations.pb.h"

namespace portico::plan {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using google::protobuf::ServiceDescriptor;

std::optional<v1::OperationBinding> BindingOf(const MethodDescriptor& method) {
  if (!method.options().HasExtension(v1::operation)) return std::nullopt;
  return method.options().GetExtension(v1::operation);
}

// One RPC and its operation.
class MethodBinder {
 public:
  MethodBinder(const MethodDescriptor& descriptor, Operation& operation,
               const std::vector<Route>& routes, ServiceLog* log)
      : descriptor_(descriptor),
        operation_(operation),
        routes_(routes),
        rule_(HttpRuleOf(descriptor)),
        log_(log) {}

  Method Bind() {
    Method method;
    method.path = absl::StrCat("/", descriptor_.service()->full_name(), "/", descriptor_.name());
    method.descriptor = &descriptor_;
    method.operation = &operation_;
    CheckStream();
    CheckIdempotency();
    CheckRule();
    method.rest_is_body = BindBody();
    method.fields = BindFields(descriptor_, method.rest_is_body, &operation_, log_);
    method.array_field = ArrayField();
    return method;
  }

 private:
  void CheckStream() {
    if (descriptor_.client_streaming()) {
      log_->Error(descriptor_, "takes a stream, but an operation takes one request");
    }
    if (descriptor_.server_streaming() == operation_.stream) return;
    log_->Error(descriptor_,
                absl::StrCat(operation_.id, operation_.stream
                                                ? " is an event stream; \"returns (stream ...)\""
                                                : " is no event stream; \"returns (...)\""));
  }

  void CheckIdempotency() {
    const Hints& hints = operation_.hints;
    const MethodOptions::IdempotencyLevel wanted = hints.read_only ? MethodOptions::NO_SIDE_EFFECTS
                                                   : hints.idempotent
                                                       ? MethodOptions::IDEMPOTENT
                                                       : MethodOptions::IDEMPOTENCY_UNKNOWN;
    const MethodOptions::IdempotencyLevel given = descriptor_.options().idempotency_level();
    if (given == wanted) return;
    log_->Error(descriptor_,
                absl::StrCat("idempotency_level is ", MethodOptions::IdempotencyLevel_Name(given),
                             ", but the hints of ", operation_.id, " make it ",
                             MethodOptions::IdempotencyLevel_Name(wanted)));
  }

  void CheckRule() {
    std::vector<const Route*> routes;
    for (const Route& route : routes_) {
      if (route.operation == &operation_) routes.push_back(&route);
    }
    const std::string problem = CompareWithRoutes(rule_, descriptor_, routes);
    if (!problem.empty()) log_->Error(descriptor_, problem);
  }

  // Whether the fields that are no parameters are the body.
  bool BindBody() {
    if (!rule_.has_value()) return operation_.body != BodyUse::kNone;
    if (rule_->body == "*") {
      // A vendor may take a body that the file does not know of.
      if (operation_.body == BodyUse::kNone) operation_.body = BodyUse::kOptional;
      return true;
    }
    if (!rule_->body.empty()) {
      log_->Error(descriptor_, absl::StrCat("google.api.http has body: \"", rule_->body,
                                            "\"; only \"*\" is served"));
    } else if (operation_.body == BodyUse::kRequired) {
      log_->Error(descriptor_, absl::StrCat(operation_.id,
                                            " requires a body; google.api.http needs body: \"*\""));
    }
    return false;
  }

  const FieldDescriptor* ArrayField() {
    if (!rule_.has_value() || rule_->response_body.empty()) return nullptr;
    const FieldDescriptor* field = descriptor_.output_type()->FindFieldByName(rule_->response_body);
    if (field == nullptr || !field->is_repeated() || field->is_map()) {
      log_->Error(descriptor_, absl::StrCat("response_body \"", rule_->response_body,
                                            "\" must name a repeated field of ",
                                            descriptor_.output_type()->full_name()));
      return nullptr;
    }
    return field;
  }

  const MethodDescriptor& descriptor_;
  Operation& operation_;
  const std::vector<Route>& routes_;
  const std::optional<HttpRule> rule_;
  ServiceLog* log_;
};

class ServicesBinder {
 public:
  ServicesBinder(PlanDraft* draft, capability::Findings* findings)
      : draft_(draft), findings_(findings), log_(findings) {
    for (const Upstream& upstream : draft_->upstreams) spaces_.insert(upstream.space);
    for (const auto& drafted : draft_->operations) {
      operations_[drafted->operation->id] = drafted.get();
    }
  }

  void Bind(const ServiceDescriptor& service) {
    if (!Concerns(service)) return;
    std::map<std::string, const MethodDescriptor*> bound;
    for (int i = 0; i < service.method_count(); ++i) BindRpc(*service.method(i), &bound);
  }

  void CheckAllBound() {
    for (const auto& drafted : draft_->operations) {
      const Operation& operation = *drafted->operation;
      const auto service = bound_spaces_.find(operation.space);
      if (service == bound_spaces_.end() || bound_operations_.count(&operation) > 0) continue;
      findings_->push_back({capability::Severity::kError, operation.place, operation.id,
                            absl::StrCat("has no RPC in ", service->second),
                            capability::Rule::kServiceMismatch});
    }
  }

 private:
  // Whether an RPC of the service names a namespace that is loaded.
  bool Concerns(const ServiceDescriptor& service) const {
    for (int i = 0; i < service.method_count(); ++i) {
      const auto binding = BindingOf(*service.method(i));
      if (binding.has_value() && spaces_.count(binding->namespace_()) > 0) return true;
    }
    return false;
  }

  void BindRpc(const MethodDescriptor& rpc, std::map<std::string, const MethodDescriptor*>* bound) {
    const auto binding = BindingOf(rpc);
    if (!binding.has_value()) {
      log_.Error(rpc, "names no operation; it needs option (portico.v1.operation)");
      return;
    }
    if (spaces_.count(binding->namespace_()) == 0) return;
    bound_spaces_.emplace(binding->namespace_(), rpc.service()->full_name());
    const std::string id = absl::StrCat(binding->namespace_(), ".", binding->name());
    const auto found = operations_.find(id);
    if (found == operations_.end()) {
      std::vector<std::string> ids;
      for (const auto& [known, drafted] : operations_) ids.push_back(known);
      log_.Error(rpc, absl::StrCat("names unknown operation \"", id, "\"",
                                   capability::DidYouMean(id, ids)));
      return;
    }
    if (const auto [first, fresh] = bound->emplace(id, &rpc); !fresh) {
      log_.Error(rpc, absl::StrCat(id, " is already bound to ", first->second->name()));
      return;
    }
    bound_operations_.insert(found->second->operation.get());
    draft_->methods.push_back(
        MethodBinder(rpc, *found->second->operation, draft_->routes, &log_).Bind());
  }

  PlanDraft* draft_;
  capability::Findings* findings_;
  ServiceLog log_;
  std::set<std::string> spaces_;
  std::map<std::string, DraftOperation*> operations_;  // by id
  std::map<std::string, std::string> bound_spaces_;    // to the service that binds them
  std::set<const Operation*> bound_operations_;
};

}  // namespace

void BindMethods(const std::vector<const ServiceDescriptor*>& services, PlanDraft* draft,
                 capability::Findings* findings) {
  ServicesBinder binder(draft, findings);
  for (const ServiceDescriptor* service : services) binder.Bind(*service);
  binder.CheckAllBound();
}

}  // namespace portico::plan
