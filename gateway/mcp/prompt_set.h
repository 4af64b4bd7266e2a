// The prompts of one endpoint, and how one is filled in.
//
// Immutable; any thread. The Plan must outlive it.
#ifndef PORTICO_GATEWAY_MCP_PROMPT_SET_H_
#define PORTICO_GATEWAY_MCP_PROMPT_SET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/plan/library.h"

namespace portico::mcp {

class PromptSet {
 public:
  PromptSet() = default;
  explicit PromptSet(std::vector<const plan::Prompt*> prompts);

  // Of prompts/list: one Prompt object each, in the order of the files.
  const std::vector<std::string>& listed() const { return listed_; }

  // The members of a GetPromptResult. `arguments`: JSON text of an object, or empty. In a
  // value `{{x}}` is text like any other; an argument that is optional and not given is
  // the empty text. InvalidArgument for an unknown prompt or argument, and one that is
  // missing or neither text, number nor boolean.
  absl::StatusOr<std::string> Get(const std::string& name, absl::string_view arguments) const;

 private:
  std::vector<const plan::Prompt*> prompts_;
  std::vector<std::string> listed_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_PROMPT_SET_H_
