#include "gateway/mcp/subscription.h"

#include "absl/strings/str_cat.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_view.h"

namespace portico::mcp {

namespace {

struct Row {
  bool ListKinds::*kind;
  const char* filter;  // its member of the filter
  const char* method;  // of what tells of it
};
constexpr Row kRows[] = {
    {&ListKinds::tools, "toolsListChanged", "notifications/tools/list_changed"},
    {&ListKinds::resources, "resourcesListChanged", "notifications/resources/list_changed"},
    {&ListKinds::prompts, "promptsListChanged", "notifications/prompts/list_changed"},
};

}  // namespace

ListKinds HonouredLists(const Message& listen) {
  ListKinds kinds;
  const absl::string_view filter = Member(listen.params, "notifications");
  for (const Row& row : kRows) kinds.*row.kind = Member(filter, row.filter) == "true";
  return kinds;
}

std::string AcknowledgedText(const Message& listen) {
  const ListKinds honoured = HonouredLists(listen);
  std::string filter;
  for (const Row& row : kRows) {
    if (!(honoured.*row.kind)) continue;
    absl::StrAppend(&filter, filter.empty() ? "" : ",", "\"", row.filter, "\":true");
  }
  return NotificationText("notifications/subscriptions/acknowledged",
                          absl::StrCat("{\"notifications\":{", filter, "},\"_meta\":{\"",
                                       kMetaSubscription, "\":", listen.id, "}}"));
}

std::vector<std::string> ChangedTexts(ListKinds changed, absl::string_view id) {
  const std::string params =
      id.empty() ? "{}" : absl::StrCat("{\"_meta\":{\"", kMetaSubscription, "\":", id, "}}");
  std::vector<std::string> texts;
  for (const Row& row : kRows) {
    if (changed.*row.kind) texts.push_back(NotificationText(row.method, params));
  }
  return texts;
}

std::string CompletedText(absl::string_view id) {
  return ResultText(
      id, absl::StrCat("{\"resultType\":\"complete\",\"_meta\":{\"", kMetaSubscription, "\":", id,
                       ",\"", kMetaServer, "\":", ServerInfo(), "}}"));
}

}  // namespace portico::mcp
