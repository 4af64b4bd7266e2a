#include "server/public_doors.h"

#include "absl/strings/str_cat.h"
#include "server/listen_address.h"

namespace portico::server {
namespace {

// The first of `faces` that is open, as `name_of` calls it; empty when none is.
template <typename Faces, typename NameOf>
std::string FirstOpen(const Faces& faces, NameOf name_of) {
  for (const auto& face : faces) {
    if (face.access == nullptr) return name_of(face);
  }
  return "";
}

}  // namespace

absl::Status CheckPublicDoors(const plan::Plan& plan, const DoorAddresses& addresses) {
  const std::string method =
      FirstOpen(plan.methods(), [](const plan::Method& one) { return one.path.substr(1); });
  const std::string route = FirstOpen(plan.routes(), [](const plan::Route& one) {
    return absl::StrCat(one.http_method, " ", one.path.text());
  });
  std::string tool = FirstOpen(
      plan.tools(), [](const plan::Tool& one) { return absl::StrCat("the tool ", one.name); });
  if (tool.empty()) {
    tool = FirstOpen(plan.resources(), [](const plan::Resource& one) {
      return absl::StrCat("the resource ", one.uri);
    });
  }
  if (tool.empty()) {
    tool = FirstOpen(plan.prompts(),
                     [](const plan::Prompt& one) { return absl::StrCat("the prompt ", one.name); });
  }
  absl::Status status = CheckPublicAddress("--grpc", addresses.grpc, method);
  status.Update(CheckPublicAddress("--rest", addresses.rest, route));
  status.Update(CheckPublicAddress("--mcp", addresses.mcp, tool));
  return status;
}

}  // namespace portico::server
