#include "gateway/http/origin_policy.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/loopback_host.h"

namespace portico::http {
namespace {

// "[::1]:8080" -> "[::1]".
absl::string_view WithoutPort(absl::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  const bool has_port =
      colon != absl::string_view::npos && (bracket == absl::string_view::npos || bracket < colon);
  return has_port ? host.substr(0, colon) : host;
}

}  // namespace

bool OriginPolicy::KnowsHost(absl::string_view host) const {
  const absl::string_view name = WithoutPort(host);
  if (!options_.loopback || host.empty() || plan::IsLoopbackHost(name)) return true;
  return std::any_of(options_.hosts.begin(), options_.hosts.end(),
                     [&](const std::string& known) { return absl::EqualsIgnoreCase(known, name); });
}

bool OriginPolicy::Allows(absl::string_view origin) const {
  const auto& allowed = options_.cors_origins;
  return std::find(allowed.begin(), allowed.end(), origin) != allowed.end();
}

std::optional<Problem> OriginPolicy::Refusal(const RequestHead& head) const {
  if (!KnowsHost(head.host)) {
    return MakeProblem(403, "FOREIGN_HOST", "Foreign Host",
                       absl::StrCat("Host \"", head.host,
                                    "\" is not this machine; start Portico with --allow-host ",
                                    WithoutPort(head.host), " if it is reached by that name"));
  }
  const absl::string_view* const origin = head.Find("origin");
  if (origin == nullptr || Allows(*origin)) return std::nullopt;
  const absl::string_view scheme = head.tls ? "https://" : "http://";
  const bool own = absl::EqualsIgnoreCase(*origin, absl::StrCat(scheme, head.host));
  if (own && options_.own_pages) return std::nullopt;
  return MakeProblem(
      403, "FOREIGN_ORIGIN", "Foreign Origin",
      absl::StrCat("pages of ", *origin, " may not call; start Portico with --cors-origin ",
                   *origin, " to let them"));
}

std::optional<Problem> OriginPolicy::CrossSiteRefusal(const RequestHead& head) {
  const absl::string_view* const site = head.Find("sec-fetch-site");
  if (site == nullptr || head.Find("origin") != nullptr ||
      (*site != "cross-site" && *site != "same-site"))
    return std::nullopt;
  return MakeProblem(403, "FOREIGN_ORIGIN", "Foreign Origin",
                     "a page of another site may not call by a link, an image or a script");
}

bool OriginPolicy::IsPreflight(const RequestHead& head) {
  return head.method == "OPTIONS" && head.Find("origin") != nullptr &&
         head.Find("access-control-request-method") != nullptr;
}

std::vector<plan::Header> OriginPolicy::FieldsFor(const RequestHead& head) const {
  const absl::string_view* const origin = head.Find("origin");
  if (options_.cors_origins.empty()) return {};
  std::vector<plan::Header> fields = {{"Vary", "Origin"}};
  if (origin == nullptr || !Allows(*origin)) return fields;
  fields.push_back({"Access-Control-Allow-Origin", std::string(*origin)});
  if (!IsPreflight(head)) {
    fields.push_back({"Access-Control-Expose-Headers", "*"});
    return fields;
  }
  // Every field that a door reads is harmless: the page may name what it likes.
  if (const absl::string_view* wanted = head.Find("access-control-request-headers")) {
    fields.push_back({"Access-Control-Allow-Headers", std::string(*wanted)});
  }
  fields.push_back({"Access-Control-Max-Age", "600"});
  return fields;
}

}  // namespace portico::http
