#include "core/openapi_import/server_reader.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/plan/upstream_compiler.h"

namespace portico::openapi_import {
namespace {

bool IsAbsolute(absl::string_view url) {
  return absl::StartsWith(url, "http://") || absl::StartsWith(url, "https://");
}

// Paths begin with "/", so the URI does not end in one.
std::string WithoutSlash(std::string uri) {
  while (!uri.empty() && uri.back() == '/') uri.pop_back();
  return uri;
}

}  // namespace

std::size_t ServerReader::Of(const YamlNode& root, const YamlNode& path_item,
                             const YamlNode& operation) {
  const YamlNode* written = nullptr;
  for (const YamlNode* owner : {&operation, &path_item, &root}) {
    const YamlNode* list = owner->Find("servers");
    if (written == nullptr && list != nullptr && !list->items.empty()) {
      written = list->items[0].get();
    }
  }
  const std::string url =
      written == nullptr || written->Find("url") == nullptr ? "/" : written->Find("url")->text;
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    if (!base_uri_.empty() || servers_[i].written == url) return i;
  }
  servers_.push_back(Read(written));
  servers_.back().written = url;
  return servers_.size() - 1;
}

ApiServer ServerReader::Read(const YamlNode* server) {
  ApiServer read;
  if (!base_uri_.empty()) {
    read.uri = read.template_uri = WithoutSlash(base_uri_);
    return read;
  }
  const YamlNode* url = server == nullptr ? nullptr : server->Find("url");
  const int line = server == nullptr ? 0 : server->line;
  read.template_uri = WithoutSlash(Absolute(url == nullptr ? "/" : url->text, line));
  read.uri = read.template_uri;
  if (server != nullptr) FillVariables(*server, &read);
  if (read.uri.find_first_of("{}") != std::string::npos) {
    // The operator has to fill them all; what fills some would be no overlay.
    read.uri = read.template_uri;
    read.variables.clear();
  } else if (const std::string problem = plan::BaseUriProblem(read.uri);
             !problem.empty() && !read.uri.empty()) {
    log_->Warn(capability::Rule::kNotImported, line, "servers",
               absl::StrCat("\"", read.uri, "\" ", problem,
                            "; give the base URI of the API with --base-uri"));
    read = {};
  }
  return read;
}

void ServerReader::FillVariables(const YamlNode& server, ApiServer* read) {
  const YamlNode* variables = server.Find("variables");
  if (variables == nullptr) return;
  for (std::size_t i = 0; i < variables->keys.size(); ++i) {
    const std::string& name = variables->keys[i].text;
    const YamlNode* initial = variables->items[i]->Find("default");
    const std::string placeholder = absl::StrCat("{", name, "}");
    if (initial == nullptr || !absl::StrContains(read->template_uri, placeholder)) continue;
    read->variables.emplace_back(name, initial->text);
    read->uri = absl::StrReplaceAll(read->uri, {{placeholder, initial->text}});
  }
}

std::string ServerReader::Absolute(const std::string& url, int line) {
  if (IsAbsolute(url)) return url;
  if (!IsAbsolute(document_url_)) {
    log_->Warn(capability::Rule::kNotImported, line, "servers",
               absl::StrCat("\"", url,
                            "\" does not say on which host the API is; give the whole "
                            "URI with --base-uri"));
    return "";
  }
  const std::size_t host = document_url_.find("://") + 3;
  const std::string origin = document_url_.substr(0, document_url_.find_first_of("/?#", host));
  if (absl::StartsWith(url, "//")) {
    return absl::StrCat(document_url_.substr(0, document_url_.find(':') + 1), url);
  }
  if (absl::StartsWith(url, "/")) return absl::StrCat(origin, url);
  const std::string path = document_url_.substr(0, document_url_.find_first_of("?#"));
  const std::size_t folder = path.rfind('/');
  return absl::StrCat(folder < host ? origin : path.substr(0, folder), "/",
                      absl::StartsWith(url, "./") ? url.substr(2) : url);
}

}  // namespace portico::openapi_import
