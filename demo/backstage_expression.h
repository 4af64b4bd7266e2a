// The expressions of scaffolder templates, as far as the demo needs them:
// `${{ parameters.name }}` and `${{ parameters.seconds | default(2) }}`.
//
// Threads: any.
#ifndef PORTICO_DEMO_BACKSTAGE_EXPRESSION_H_
#define PORTICO_DEMO_BACKSTAGE_EXPRESSION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "demo/json.h"

namespace portico::demo {

// `text` with every expression replaced by its value in `scope`; one that names
// nothing becomes "".
std::string RenderText(absl::string_view text, const Json& scope);

// `value` with all its strings rendered. A string that is one expression and
// nothing else becomes the value itself, with its type. `value` must not nest
// deeper than ParseJson allows.
Json Render(const Json& value, const Json& scope);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_EXPRESSION_H_
