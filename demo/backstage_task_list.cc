#include "demo/backstage_task_list.h"

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "demo/http_message.h"

namespace portico::demo {
namespace {

bool Contains(const std::vector<std::string>& values, absl::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

absl::Status CheckNames(const Query& query) {
  for (const auto& [name, value] : query) {
    if (!Contains({"createdBy", "status", "order", "limit", "offset"}, name)) {
      return absl::InvalidArgumentError(absl::StrCat("Unknown query parameter '", name, "'"));
    }
    if (value.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("Empty value found for query parameter '", name, "'"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<TaskOrder> ParseOrder(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  if (parts.size() != 2 || !Contains({"asc", "desc"}, parts[0]) ||
      !Contains({"created_at", "status", "created_by"}, parts[1])) {
    return absl::InvalidArgumentError(absl::StrCat("Invalid order parameter \"", text,
                                                   "\", expected \"<asc or desc>:<field name>\""));
  }
  return TaskOrder{parts[0] == "desc", parts[1]};
}

// The one value of `name`, when it is given.
absl::StatusOr<std::optional<std::size_t>> ParseCount(const Query& query, absl::string_view name) {
  const std::vector<std::string> values = QueryValues(query, name);
  if (values.empty()) return std::nullopt;
  // Two values are an array to the vendor's parser, and no integer.
  const auto count = ParseInteger(name, values.size() == 1 ? values[0] : "");
  if (!count.ok()) return count.status();
  if (*count < 0) {
    return absl::InvalidArgumentError(absl::StrCat("request/query/", name, " must be >= 0"));
  }
  return static_cast<std::size_t>(*count);
}

int Compare(const Task& a, const Task& b, const std::string& field) {
  if (field == "status") return StatusName(a.status).compare(StatusName(b.status));
  if (field == "created_by") return a.created_by.compare(b.created_by);
  return a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0;
}

bool Precedes(const Task& a, const Task& b, const std::vector<TaskOrder>& orders) {
  for (const TaskOrder& order : orders) {
    const int difference = Compare(a, b, order.field);
    if (difference != 0) return order.descending ? difference > 0 : difference < 0;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::int64_t> ParseInteger(absl::string_view name, absl::string_view value) {
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(value, &number)) {
    return absl::InvalidArgumentError(absl::StrCat("request/query/", name, " must be integer"));
  }
  return number;
}

absl::StatusOr<TaskFilter> TaskFilter::Parse(absl::string_view text) {
  const Query query = ParseQuery(text);
  if (absl::Status status = CheckNames(query); !status.ok()) return status;
  TaskFilter filter;
  filter.created_by = QueryValues(query, "createdBy");
  filter.status = QueryValues(query, "status");
  for (const std::string& value : QueryValues(query, "order")) {
    auto order = ParseOrder(value);
    if (!order.ok()) return order.status();
    filter.order.push_back(*std::move(order));
  }
  const auto limit = ParseCount(query, "limit");
  if (!limit.ok()) return limit.status();
  filter.limit = *limit;
  const auto offset = ParseCount(query, "offset");
  if (!offset.ok()) return offset.status();
  filter.offset = offset->value_or(0);
  return filter;
}

std::string ListTasks(const TaskStore& store, const TaskFilter& filter) {
  std::vector<const Task*> chosen;
  // NOLINTNEXTLINE(modernize-loop-convert): backwards.
  for (auto task = store.tasks().rbegin(); task != store.tasks().rend(); ++task) {
    if (!filter.created_by.empty() && !Contains(filter.created_by, task->created_by)) continue;
    if (!filter.status.empty() && !Contains(filter.status, StatusName(task->status))) continue;
    chosen.push_back(&*task);
  }
  if (!filter.order.empty()) {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](const Task* a, const Task* b) { return Precedes(*a, *b, filter.order); });
  }
  const std::size_t begin = std::min(filter.offset, chosen.size());
  const std::size_t left = chosen.size() - begin;
  const std::size_t count = std::min(filter.limit.value_or(left), left);
  std::string text = "{\"tasks\":[";
  for (std::size_t i = 0; i < count; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",", TaskText(*chosen[begin + i], store.now()));
  }
  return absl::StrCat(text, "],\"totalTasks\":", chosen.size(), "}");
}

}  // namespace portico::demo
