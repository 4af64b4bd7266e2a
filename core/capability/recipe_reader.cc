#include "core/capability/recipe_reader.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/capability/part_reader.h"
#include "core/capability/suggestion.h"

namespace portico::capability {
namespace {

void ReadWith(MapReader& owner, Call* call) {
  std::vector<Entry> with;
  if (owner.Entries("with", &with)) call->with = std::move(with);
}

}  // namespace

Call ReadCall(MapReader& owner) {
  Call call;
  call.operation = owner.Required("call");
  ReadWith(owner, &call);
  return call;
}

namespace {

Step ReadStep(MapReader& item) {
  Step step;
  step.position = item.position();
  step.name = item.Required("name");
  step.type = item.Optional("type");
  const std::string& type = step.type.text;
  if (type == "lookup") {
    step.index = item.Required("index");
    step.match = item.Required("match");
    step.lookup_value = item.Required("lookupValue");
    step.fields = item.Texts("outputParameters");
  } else if (type == "call" || !step.type.present()) {
    step.call = ReadCall(item);
  } else if (type == "script") {
    item.Error("type", step.type.line, "script steps are not served: no code of a file is run");
    item.Ignore({"language", "location", "file", "dependencies", "with"});
  } else {
    item.Error("type", step.type.line,
               absl::StrCat("\"", type, "\" is no kind of step; \"call\" and \"lookup\" are",
                            DidYouMean(type, {"call", "lookup"})));
  }
  item.Ignore({"label", "display", "description"});
  return step;
}

StepMapping ReadMapping(MapReader& item) {
  StepMapping mapping;
  mapping.position = item.position();
  const bool earlier = !item.Has("target") && item.Has("targetName");
  mapping.target = item.Required(earlier ? "targetName" : "target");
  mapping.value = item.Required("value");
  item.Ignore({"description"});
  return mapping;
}

// `call` has no effect beside what is done instead.
void CheckBeside(MapReader& owner, const Recipe& recipe) {
  const char* instead = !recipe.steps.empty() ? "steps" : recipe.ref.present() ? "ref" : nullptr;
  if (instead != nullptr && recipe.call.operation.present()) {
    owner.Error("call", recipe.call.operation.line,
                absl::StrCat("stands beside \"", instead, "\": write one of the two"));
  } else if (!recipe.steps.empty() && recipe.ref.present()) {
    owner.Error("ref", recipe.ref.line, "stands beside \"steps\": write one of the two");
  }
}

}  // namespace

void ReadRecipe(MapReader& owner, Recipe* recipe) {
  recipe->inputs = ReadInputs(owner);
  recipe->ref = owner.Optional("ref");
  owner.Each("steps", "name", "a step",
             [&](MapReader& item) { recipe->steps.push_back(ReadStep(item)); });
  owner.Each("mappings", "target", "a mapping",
             [&](MapReader& item) { recipe->mappings.push_back(ReadMapping(item)); });
  recipe->outputs = ReadOutputs(owner, "mapping");
  const bool answers = recipe->ref.present() || !recipe->steps.empty() || !recipe->outputs.empty();
  recipe->call.operation = answers ? owner.Optional("call") : owner.Required("call");
  ReadWith(owner, &recipe->call);
  CheckBeside(owner, *recipe);
  if (recipe->steps.empty() && !recipe->mappings.empty()) {
    owner.Warn("mappings", recipe->mappings[0].position.line,
               "has no effect without \"steps\"; shape the answer of a call by \"mapping\" in "
               "\"outputParameters\"");
  }
}

}  // namespace portico::capability
