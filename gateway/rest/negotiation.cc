#include "gateway/rest/negotiation.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "core/codec/media_type.h"

namespace portico::rest {
namespace {

double WeightOf(absl::string_view range) {
  for (const absl::string_view parameter : absl::StrSplit(range, ';')) {
    const absl::string_view text = absl::StripAsciiWhitespace(parameter);
    double weight = 0;
    if (absl::StartsWithIgnoreCase(text, "q=") && absl::SimpleAtod(text.substr(2), &weight)) {
      return std::clamp(weight, 0.0, 1.0);
    }
  }
  return 1;
}

// How exactly `range` names `type`: 3 by name, 2 by "type/*", 1 by "*/*", 0 not at all.
int Specificity(absl::string_view range, absl::string_view type) {
  if (absl::EqualsIgnoreCase(range, type)) return 3;
  if (range == "*/*" || range == "*") return 1;
  const absl::string_view family = range.substr(0, range.find('/') + 1);
  return absl::EndsWith(range, "/*") && absl::StartsWithIgnoreCase(type, family) ? 2 : 0;
}

double WeightOf(absl::string_view accept, absl::string_view type) {
  int best = 0;
  double weight = 0;
  for (const absl::string_view range : absl::StrSplit(accept, ',')) {
    const int specificity = Specificity(codec::Essence(range), type);
    if (specificity > best) {
      best = specificity;
      weight = WeightOf(range);
    }
  }
  return weight;
}

}  // namespace

std::optional<absl::string_view> Negotiate(absl::string_view accept,
                                           absl::Span<const absl::string_view> offered) {
  if (absl::StripAsciiWhitespace(accept).empty()) return offered.front();
  std::optional<absl::string_view> best;
  double best_weight = 0;
  for (const absl::string_view type : offered) {
    const double weight = WeightOf(accept, type);
    if (weight > best_weight) {
      best = type;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace portico::rest
