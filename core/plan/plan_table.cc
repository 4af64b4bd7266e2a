#include "core/plan/plan_table.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"

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
      row[1] = absl::StrCat(operation.http_method, " ", operation.path.text(),
                            operation.stream ? " =>" : "");
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

}  // namespace

std::string DescribePlan(const Plan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.upstreams().size(); ++i) {
    const Upstream& upstream = plan.upstreams()[i];
    absl::StrAppend(&text, i == 0 ? "" : "\n", upstream.space, "  ",
                    upstream.base_uri.empty() ? "(no base URI)" : upstream.base_uri, "  ",
                    SchemesOf(upstream), "\n");
    std::vector<Row> rows = {{"OPERATION", "UPSTREAM", "RPC", "ROUTE", "TOOL"}};
    for (const auto& operation : plan.operations()) {
      if (operation->upstream != i) continue;
      for (Row& row : RowsOf(plan, *operation)) rows.push_back(std::move(row));
    }
    Append(rows, &text);
  }
  return text;
}

}  // namespace portico::plan
