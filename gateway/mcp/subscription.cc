#include "gateway/mcp/subscription.h"

#include "absl/strings/str_cat.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {

bool HonoursAnything(const Message& listen) {
  return Member(Member(listen.params, "notifications"), "toolsListChanged") == "true";
}

std::string AcknowledgedText(const Message& listen) {
  return NotificationText(
      "notifications/subscriptions/acknowledged",
      absl::StrCat("{\"notifications\":{",
                   HonoursAnything(listen) ? "\"toolsListChanged\":true" : "", "},\"_meta\":{\"",
                   kMetaSubscription, "\":", listen.id, "}}"));
}

std::string ToolsChangedText(absl::string_view id) {
  constexpr char kMethod[] = "notifications/tools/list_changed";
  if (id.empty()) return NotificationText(kMethod, "{}");
  return NotificationText(kMethod,
                          absl::StrCat("{\"_meta\":{\"", kMetaSubscription, "\":", id, "}}"));
}

std::string CompletedText(absl::string_view id) {
  return ResultText(
      id, absl::StrCat("{\"resultType\":\"complete\",\"_meta\":{\"", kMetaSubscription, "\":", id,
                       ",\"", kMetaServer, "\":", ServerInfo(), "}}"));
}

}  // namespace portico::mcp
