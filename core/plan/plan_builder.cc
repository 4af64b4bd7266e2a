#include "core/plan/plan_builder.h"

#include <google/protobuf/descriptor.h>

#include <utility>

namespace portico::plan {

std::shared_ptr<const Plan> PlanBuilder::Build(PlanDraft draft) {
  std::shared_ptr<Plan> plan(new Plan());
  plan->descriptors_ = std::move(draft.descriptors);
  if (plan->descriptors_ == nullptr) {
    // The program's own, which nobody destroys.
    plan->descriptors_.reset(google::protobuf::DescriptorPool::generated_pool(),
                             [](const auto*) {});
  }
  plan->upstreams_ = std::move(draft.upstreams);
  for (std::unique_ptr<DraftOperation>& drafted : draft.operations) {
    const Operation* operation = drafted->operation.get();
    plan->operations_by_id_.emplace(operation->id, operation);
    plan->operations_.push_back(std::move(drafted->operation));
  }
  plan->routes_ = std::move(draft.routes);
  plan->tools_ = std::move(draft.tools);
  plan->resources_ = std::move(draft.resources);
  plan->prompts_ = std::move(draft.prompts);
  plan->accesses_ = std::move(draft.accesses);
  plan->methods_ = std::move(draft.methods);
  for (const Method& method : plan->methods_) plan->methods_by_path_.emplace(method.path, &method);
  return plan;
}

}  // namespace portico::plan
