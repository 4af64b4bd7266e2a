// Compiles capability texts for tests.
#ifndef PORTICO_CORE_PLAN_COMPILE_FIXTURE_H_
#define PORTICO_CORE_PLAN_COMPILE_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/plan/plan.h"
#include "core/plan/plan_compiler.h"

namespace portico::plan {

struct Compiled {
  std::shared_ptr<const Plan> plan;   // null after errors
  std::vector<std::string> findings;  // as printed
};

// The first six lines of a capability file, up to and with `resources:` of the
// API `tasks`. What a test adds begins in line 7 with four spaces.
std::string ApiHead();

// `text` as "f.yaml".
Compiled CompileText(const std::string& text, const CompileOptions& options = {});

// Pairs of file name and text.
Compiled CompileTexts(const std::vector<std::pair<std::string, std::string>>& files,
                      const CompileOptions& options = {});

// "caller->parameter" or "='constant'->parameter" of each binding.
std::vector<std::string> Printed(const std::vector<Binding>& bindings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_COMPILE_FIXTURE_H_
