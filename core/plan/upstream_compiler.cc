#include "core/plan/upstream_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "core/plan/authentication_compiler.h"
#include "core/plan/loopback_host.h"
#include "core/plan/variable_text.h"

namespace portico::plan {
namespace {

using capability::FindingLog;

// Takes "https://" or "http://" off the front of `*uri`.
bool ConsumeScheme(absl::string_view* uri) {
  return absl::ConsumePrefix(uri, "https://") || absl::ConsumePrefix(uri, "http://");
}

absl::string_view HostOf(absl::string_view uri) {
  if (!ConsumeScheme(&uri)) return "";
  uri = uri.substr(0, uri.find('/'));
  return absl::StartsWith(uri, "[") ? uri.substr(0, uri.find(']') + 1)
                                    : uri.substr(0, uri.find(':'));
}

std::string CompileBaseUri(const capability::Consume& consume,
                           const std::vector<capability::Bind>& binds,
                           const BaseUriValues& environment, FindingLog* log) {
  const std::string& written = consume.base_uri.text;
  const std::string key = absl::StrCat(consume.position.key, ".baseUri");
  const int line = consume.base_uri.present() ? consume.base_uri.line : consume.position.line;
  const std::string way_out =
      absl::StrCat("; set it with --upstream ", consume.space.text, "=BASE_URI or in an overlay");
  if (written.empty()) {
    log->Warn(capability::Rule::kNoBaseUri, line, key,
              absl::StrCat("is not given: calls will be refused", way_out));
    return "";
  }
  FilledBaseUri filled = FillBaseUri(written, environment);
  std::string& uri = filled.uri;
  if (!filled.missing.empty() || uri.find_first_of("{}") != std::string::npos) {
    std::vector<std::string> unset;
    for (const std::string& name : filled.missing) {
      unset.push_back(EnvironmentVariableOf(name, VariablesOf(binds)));
    }
    log->Warn(capability::Rule::kNoBaseUri, line, key,
              absl::StrCat("holds a placeholder that only the operator can fill: calls will be "
                           "refused",
                           way_out, unset.empty() ? "" : ", or in the environment: ",
                           absl::StrJoin(unset, ", ")));
    return "";
  }
  if (const std::string problem = BaseUriProblem(uri); !problem.empty()) {
    log->Error(capability::Rule::kBadBaseUri, line, key,
               uri == written ? problem : absl::StrCat("as the environment fills it, ", problem));
  }
  return uri;
}

}  // namespace

std::string BaseUriProblem(absl::string_view uri) {
  const bool odd = std::any_of(uri.begin(), uri.end(), [](char c) {
    return !absl::ascii_isgraph(c) || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  if (odd) return "holds a character that may not stand in a URI";
  absl::string_view rest = uri;
  if (!ConsumeScheme(&rest)) return "must begin with https:// or http://";
  const absl::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority[0] == ':') return "names no host";
  if (authority.find('@') != absl::string_view::npos) {
    return "must hold no user name or password; use \"authentication\"";
  }
  if (rest.find_first_of("?#") != absl::string_view::npos) {
    return "must hold no query and no fragment";
  }
  return "";
}

bool SendsInClear(absl::string_view uri) {
  return absl::StartsWith(uri, "http://") && !IsLoopbackHost(HostOf(uri));
}

bool SendsSecretsInClear(const Upstream& upstream) {
  return upstream.authentication.scheme != AuthenticationScheme::kNone &&
         SendsInClear(upstream.base_uri);
}

Upstream CompileUpstream(const capability::Consume& consume,
                         const std::vector<capability::Bind>& binds,
                         const std::string* override_uri, const BaseUriValues& environment,
                         FindingLog* log) {
  Upstream upstream;
  upstream.space = consume.space.text;
  upstream.place = {log->file(), consume.position.line};
  upstream.base_uri =
      override_uri != nullptr ? *override_uri : CompileBaseUri(consume, binds, environment, log);
  if (consume.authentication.has_value()) {
    upstream.authentication = AuthenticationCompiler(*consume.authentication, log).Compile();
  }
  upstream.authentication.variables = VariablesOf(binds);
  if (override_uri == nullptr && consume.authentication.has_value() &&
      SendsInClear(upstream.base_uri)) {
    log->Warn(capability::Rule::kClearTextSecret, consume.base_uri.line,
              absl::StrCat(consume.position.key, ".baseUri"),
              "is http: the secret of \"authentication\" goes over the network in clear text");
  }
  return upstream;
}

}  // namespace portico::plan
