// The steps of one composition.
//
// Not thread-safe. What the constructor is given must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_STEP_COMPILER_H_
#define PORTICO_CORE_PLAN_STEP_COMPILER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition.h"
#include "core/plan/input_scope.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class StepCompiler {
 public:
  StepCompiler(std::size_t file, const capability::Recipe& recipe,
               const std::vector<Upstream>& upstreams, CallResolver* resolver, InputScope* scope,
               capability::FindingLog* log)
      : file_(file),
        recipe_(recipe),
        upstreams_(upstreams),
        resolver_(resolver),
        scope_(scope),
        log_(log) {}

  // The only call of a composition, the `nth` of its name (CallResolver). What `with`
  // leaves out is the caller's, as of a plain call.
  std::optional<Step> CompileOnly(const capability::Call& call,
                                  const capability::Position& position, std::size_t nth);
  // One of several. What `with` leaves out is the input of the same name, where there is
  // one. The step counts as run afterwards.
  std::optional<Step> Compile(const capability::Step& written);

  // What steps call instead of a consumed operation (preset_operation.h), to be owned by the
  // draft under names of its own.
  std::vector<std::unique_ptr<DraftOperation>> TakePresets() { return std::move(presets_); }

 private:
  std::optional<Step> CompileCall(const capability::Call& call,
                                  const capability::Position& position, std::size_t nth);
  std::optional<Step> CompileLookup(const capability::Step& written);
  void Preset(const capability::Call& call);
  void CompileWith(const capability::Call& call, const capability::Position& position, Step* step);
  void Feed(const std::string& name, const Expression& value, Step* step);
  void FeedFromMappings(const std::string& step_name, Step* step);
  void FeedUnmentioned(const capability::Call& call, const capability::Position& position,
                       Step* step);
  void FeedBody(const capability::Call& call, Step* step);
  void AddParts(Step* step);
  std::optional<Expression> Read(const capability::Text& text, const std::string& key);
  bool IsFed(const Step& step, std::size_t parameter) const;
  void Error(int line, const std::string& key, std::string message);

  const std::size_t file_;
  const capability::Recipe& recipe_;
  const std::vector<Upstream>& upstreams_;
  CallResolver* resolver_;
  InputScope* scope_;
  capability::FindingLog* log_;
  const DraftOperation* called_ = nullptr;  // by the step at hand; null for a lookup
  std::vector<std::unique_ptr<DraftOperation>> presets_;
  bool only_ = false;
  bool failed_ = false;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_STEP_COMPILER_H_
