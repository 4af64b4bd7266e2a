#include "core/plan/plan_table.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/plan/composition.h"

namespace portico::plan {
namespace {

using Row = std::array<std::string, 5>;

absl::string_view SchemeName(AuthenticationScheme scheme) {
  switch (scheme) {
    case AuthenticationScheme::kBearer:
      return "bearer token";
    case AuthenticationScheme::kBasic:
      return "basic authentication";
    case AuthenticationScheme::kApiKey:
      return "API key";
    case AuthenticationScheme::kClientCredentials:
      return "OAuth 2.0 client credentials";
    case AuthenticationScheme::kNone:
      break;
  }
  return "no authentication";
}

std::string SchemesOf(const Upstream& upstream) {
  std::string names(SchemeName(upstream.authentication.scheme));
  for (const Authentication& further : upstream.further_authentication) {
    absl::StrAppend(&names, " and ", SchemeName(further.scheme));
  }
  return names;
}

// What the operation asks of its upstream.
std::string Asked(const Operation& operation) {
  if (operation.composition == nullptr) {
    return absl::StrCat(operation.http_method, " ", operation.path.text(),
                        operation.stream ? " =>" : "");
  }
  std::vector<std::string> called;
  for (const Step& step : operation.composition->steps) {
    if (step.operation != nullptr) called.push_back(step.operation->id);
  }
  return called.empty() ? "(none)" : absl::StrJoin(called, ", ");
}

// Every face of one operation, as many rows as it has of the most frequent one.
std::vector<Row> RowsOf(const Plan& plan, const Operation& operation) {
  std::vector<std::string> rpcs, routes, tools;
  for (const Method& method : plan.methods()) {
    if (method.operation == &operation) rpcs.push_back(method.path.substr(1));
  }
  for (const Route& route : plan.routes()) {
    if (route.operation == &operation) {
      routes.push_back(absl::StrCat(route.http_method, " ", route.path.text()));
    }
  }
  for (const Tool& tool : plan.tools()) {
    if (tool.operation == &operation) tools.push_back(tool.name);
  }
  const std::size_t count = std::max({std::size_t{1}, rpcs.size(), routes.size(), tools.size()});
  const auto cell = [](const std::vector<std::string>& cells, std::size_t i) {
    return i < cells.size() ? cells[i] : std::string(i == 0 ? "-" : "");
  };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    Row row = {"", "", cell(rpcs, i), cell(routes, i), cell(tools, i)};
    if (i == 0) {
      row[0] = operation.name;
      row[1] = Asked(operation);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

void Append(const std::vector<Row>& rows, std::string* text) {
  std::array<std::size_t, 5> widths = {};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&line, " ", row[i], std::string(widths[i] - row[i].size() + 1, ' '));
    }
    line.resize(line.find_last_not_of(' ') + 1);
    absl::StrAppend(text, line, "\n");
  }
}

void AppendOperations(const Plan& plan, std::size_t upstream, std::string* text) {
  std::vector<Row> rows = {{"OPERATION", "UPSTREAM", "RPC", "ROUTE", "TOOL"}};
  for (const auto& operation : plan.operations()) {
    if (operation->upstream != upstream) continue;
    for (Row& row : RowsOf(plan, *operation)) rows.push_back(std::move(row));
  }
  Append(rows, text);
}

std::string CallersOf(const Access* access) {
  if (access == nullptr) return "anybody";
  std::string callers;
  for (const Authentication& one : access->accepted) {
    absl::StrAppend(&callers, callers.empty() ? "" : " or ", SchemeName(one.scheme));
  }
  return callers;
}

// What MCP clients read, as rows like those of operations.
std::vector<Row> LibraryRowsOf(const Plan& plan) {
  std::vector<Row> rows;
  for (const Resource& resource : plan.resources()) {
    rows.push_back({"resource", resource.name, resource.uri,
                    resource.call.has_value() ? resource.call->operation->id
                                              : absl::StrCat(resource.files.size(), " files"),
                    CallersOf(resource.access)});
  }
  for (const Prompt& prompt : plan.prompts()) {
    rows.push_back({"prompt", prompt.name, "", absl::StrCat(prompt.arguments.size(), " arguments"),
                    CallersOf(prompt.access)});
  }
  return rows;
}

// Who may call what is closed to others: one line for each access, with what it opens.
void AppendAccesses(const Plan& plan, std::string* text) {
  for (const auto& access : plan.accesses()) {
    std::size_t methods = 0, routes = 0, tools = 0;
    for (const Method& method : plan.methods()) methods += method.access == access.get() ? 1 : 0;
    for (const Route& route : plan.routes()) routes += route.access == access.get() ? 1 : 0;
    for (const Tool& tool : plan.tools()) tools += tool.access == access.get() ? 1 : 0;
    absl::StrAppend(text, "  callers with ", CallersOf(access.get()), " (", access->place.file, ":",
                    access->place.line, "): ", methods, " RPCs, ", routes, " routes, ", tools,
                    " tools\n");
  }
}

}  // namespace

std::string DescribePlan(const Plan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.upstreams().size(); ++i) {
    const Upstream& upstream = plan.upstreams()[i];
    absl::StrAppend(&text, i == 0 ? "" : "\n", upstream.space, "  ",
                    upstream.base_uri.empty() ? "(no base URI)" : upstream.base_uri, "  ",
                    SchemesOf(upstream), "\n");
    AppendOperations(plan, i, &text);
  }
  const auto& operations = plan.operations();
  if (std::any_of(operations.begin(), operations.end(),
                  [](const auto& operation) { return operation->upstream == kNoUpstream; })) {
    absl::StrAppend(&text, text.empty() ? "" : "\n", "(of several APIs, or none)\n");
    AppendOperations(plan, kNoUpstream, &text);
  }
  if (!plan.accesses().empty()) absl::StrAppend(&text, "\nNot for everybody\n");
  AppendAccesses(plan, &text);
  const std::vector<Row> read = LibraryRowsOf(plan);
  if (read.empty()) return text;
  std::vector<Row> rows = {{"KIND", "NAME", "URI", "FROM", "CALLERS"}};
  rows.insert(rows.end(), read.begin(), read.end());
  absl::StrAppend(&text, "\nFor MCP clients to read\n");
  Append(rows, &text);
  return text;
}

}  // namespace portico::plan
