#include "gateway/openapi/security_writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::openapi {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

Json SchemeOf(const Authentication& authentication) {
  if (authentication.scheme == AuthenticationScheme::kApiKey) {
    return {{"type", "apiKey"},
            {"in", authentication.in_query ? "query" : "header"},
            {"name", authentication.key_name}};
  }
  const bool basic = authentication.scheme == AuthenticationScheme::kBasic;
  return {{"type", "http"}, {"scheme", basic ? "basic" : "bearer"}};
}

}  // namespace

Json SecurityWriter::Of(const plan::Access& access) {
  Json any = Json::array();
  for (const Authentication& one : access.accepted) {
    Json requirement = Json::object();
    requirement[NameOf(access, one)] = Json::array();
    any.push_back(std::move(requirement));
  }
  return any;
}

std::string SecurityWriter::NameOf(const plan::Access& access,
                                   const Authentication& authentication) {
  std::string& known = names_[&authentication];
  if (!known.empty()) return known;
  // Names of components are of a few characters (OpenAPI 3.1, Components Object).
  std::string name = access.space.empty() ? "callers" : access.space;
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return !absl::ascii_isalnum(c) && c != '-' && c != '_' && c != '.'; },
      '-');
  std::string free = name;
  for (int i = 2; schemes_.contains(free); ++i) free = absl::StrCat(name, "-", i);
  schemes_[free] = SchemeOf(authentication);
  known = free;
  return known;
}

}  // namespace portico::openapi
