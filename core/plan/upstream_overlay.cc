#include "core/plan/upstream_overlay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/authentication_overlay.h"
#include "core/plan/header_rules.h"

namespace portico::plan {
namespace {

using overlay::OverlayLog;

std::string HeaderProblem(const std::string& name, const std::string& value) {
  if (!IsHeaderName(name)) return "cannot be a header's name";
  if (absl::EqualsIgnoreCase(name, "Authorization")) {
    return "belongs under \"authentication\", so that it is kept out of texts and checked";
  }
  if (absl::EqualsIgnoreCase(name, "Content-Type")) {
    return "comes from an operation's \"bodyEncoding\" and \"contentType\"";
  }
  if (const std::string reason = ReasonNotToTake(name); !reason.empty()) {
    return absl::StrCat("is never sent as given: ", reason);
  }
  return IsHeaderValue(value) ? "" : "holds a character that may not stand in a header";
}

void OverlayHeaders(const v1::UpstreamOverlay& written, const std::string& key, OverlayLog* log,
                    Upstream* upstream) {
  std::vector<std::string> names;
  for (const auto& [name, value] : written.headers()) names.push_back(name);
  std::sort(names.begin(), names.end());  // a Protobuf map has no order
  for (const std::string& name : names) {
    const std::string& value = written.headers().at(name);
    const std::string problem = HeaderProblem(name, value);
    if (!problem.empty()) log->Error(absl::StrCat(key, ".", name), problem);
    auto& headers = upstream->headers;
    const auto same = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
      return absl::EqualsIgnoreCase(header.name, name);
    });
    if (same == headers.end()) {
      headers.push_back({name, value});
    } else {
      *same = {name, value};
    }
  }
}

void OverlayTls(const v1::TlsOverlay& written, const std::string& key, OverlayLog* log,
                Upstream* upstream) {
  if (written.certificate_file().empty() != written.key_file().empty()) {
    log->Error(key, "needs both certificateFile and keyFile, or neither");
  }
  if (!written.ca_file().empty()) upstream->tls.ca_file = written.ca_file();
  if (!written.certificate_file().empty()) {
    upstream->tls.certificate_file = written.certificate_file();
    upstream->tls.key_file = written.key_file();
  }
}

absl::Duration DurationOf(const google::protobuf::Duration& written) {
  return absl::Seconds(written.seconds()) + absl::Nanoseconds(written.nanos());
}

}  // namespace

void OverlayUpstream(const v1::UpstreamOverlay& written, const std::string& key, OverlayLog* log,
                     Upstream* upstream) {
  OverlayHeaders(written, absl::StrCat(key, ".headers"), log, upstream);
  const std::string authentication = absl::StrCat(key, ".authentication");
  if (written.authentication_size() > 0) {
    OverlayAuthentication(written, authentication, log, upstream);
  } else if (log->Has(authentication)) {
    log->Error(authentication, "is empty; to send no proof say \"- none: {}\"");
  }
  OverlayTimeouts(written.timeouts(), &upstream->timeouts);
  if (written.has_tls()) OverlayTls(written.tls(), absl::StrCat(key, ".tls"), log, upstream);
}

void OverlayTimeouts(const v1::TimeoutsOverlay& written, Timeouts* timeouts) {
  if (written.has_connect()) timeouts->connect = DurationOf(written.connect());
  if (written.has_total()) timeouts->total = DurationOf(written.total());
  if (written.has_idle()) timeouts->idle = DurationOf(written.idle());
}

}  // namespace portico::plan
