#include "gateway/rest/query_string.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/plan/percent_encoding.h"

namespace portico::rest {
namespace {

bool Decode(absl::string_view text, std::string* out) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return plan::AppendDecoded(spaced, out);
}

}  // namespace

absl::StatusOr<std::vector<QueryPair>> ParseQuery(absl::string_view query) {
  std::vector<QueryPair> pairs;
  while (!query.empty()) {
    const absl::string_view text = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), text.size() + 1));
    if (text.empty()) continue;
    const std::size_t equals = text.find('=');
    QueryPair pair;
    bool whole = Decode(text.substr(0, equals), &pair.name);
    if (equals != absl::string_view::npos) whole &= Decode(text.substr(equals + 1), &pair.value);
    if (!whole) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the query's \"", absl::CHexEscape(text.substr(0, 100)),
          "\" holds a \"%\" that two hex digits do not follow; a plain \"%\" is written %25"));
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace portico::rest
