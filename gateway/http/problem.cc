#include "gateway/http/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::http {
namespace {

using Json = nlohmann::ordered_json;

std::string TypeOf(const std::string& reason) {
  std::string kebab = absl::AsciiStrToLower(reason);
  std::replace(kebab.begin(), kebab.end(), '_', '-');
  return absl::StrCat("urn:portico:problem:", kebab);
}

}  // namespace

Problem MakeProblem(int status, std::string reason, std::string title, std::string detail) {
  Problem problem;
  problem.status = status;
  problem.reason = std::move(reason);
  problem.title = std::move(title);
  problem.detail = std::move(detail);
  return problem;
}

std::string ToJson(const Problem& problem) {
  Json json = {{"type", TypeOf(problem.reason)},
               {"title", problem.title},
               {"status", problem.status},
               {"detail", problem.detail},
               {"reason", problem.reason}};
  for (const auto& [field, description] : problem.violations) {
    json["errors"].push_back({{"field", field}, {"description", description}});
  }
  // Metadata never takes the place of a member that RFC 9457 or this file defines.
  for (const auto& [name, value] : problem.metadata) json.emplace(name, value);
  // Detail may quote bytes from outside that are no UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ResponseHead HeadOf(const Problem& problem) {
  ResponseHead head(problem.status);
  head.Add("Content-Type", kProblemType);
  head.Add(kSourceField, "portico");
  return head;
}

}  // namespace portico::http
