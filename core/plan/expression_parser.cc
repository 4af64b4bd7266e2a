#include "core/plan/expression_parser.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::plan {
namespace {

using Piece = Expression::Piece;

// `path` begins with the name of a step or an input.
absl::StatusOr<Piece> Reference(const JsonPath& path, absl::string_view written, Scope* scope) {
  const std::optional<std::string> head = path.Head();
  if (!head.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", written, "\" names no step: write \"$.STEP.FIELD\""));
  }
  if (const auto step = scope->FindStep(*head)) {
    return Piece{Piece::Source::kStep, "", *step, path.Tail()};
  }
  if (const auto input = scope->FindInput(*head)) {
    return Piece{Piece::Source::kInput, "", *input, path.Tail()};
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", *head, "\" is neither an input nor a step before this", scope->Suggest(*head)));
}

// `inside`: of the braces.
absl::StatusOr<Piece> Placeholder(absl::string_view inside, Scope* scope) {
  inside = absl::StripAsciiWhitespace(inside);
  if (inside.empty()) return absl::InvalidArgumentError("has an empty \"{{}}\"");
  const std::size_t dot = inside.find('.');
  if (dot != absl::string_view::npos && scope->IsCallersSpace(inside.substr(0, dot)) &&
      !scope->FindStep(inside.substr(0, dot)).has_value()) {
    return Piece{Piece::Source::kInput, "", scope->TakeInput(inside.substr(dot + 1)), {}};
  }
  const std::string path = absl::StrCat(absl::StartsWith(inside, "$") ? "" : "$.", inside);
  absl::StatusOr<JsonPath> parsed = JsonPath::Parse(path);
  if (!parsed.ok()) return parsed.status();
  return Reference(*parsed, inside, scope);
}

absl::StatusOr<Expression> Template(absl::string_view text, Scope* scope) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == absl::string_view::npos ? open : text.find("}}", open);
    const bool last = close == absl::string_view::npos;
    const absl::string_view before = text.substr(0, last ? text.size() : open);
    if (!before.empty()) pieces.push_back({Piece::Source::kText, std::string(before), 0, {}});
    if (last) break;
    absl::StatusOr<Piece> piece = Placeholder(text.substr(open + 2, close - open - 2), scope);
    if (!piece.ok()) return piece.status();
    pieces.push_back(*std::move(piece));
    text.remove_prefix(close + 2);
  }
  return Expression(std::move(pieces));
}

}  // namespace

absl::StatusOr<Expression> ParseExpression(absl::string_view text, Scope* scope) {
  if (absl::StartsWith(text, "$.") || absl::StartsWith(text, "$[")) {
    absl::StatusOr<JsonPath> path = JsonPath::Parse(text);
    if (!path.ok()) return path.status();
    absl::StatusOr<Piece> piece = Reference(*path, text, scope);
    if (!piece.ok()) return piece.status();
    return Expression({*std::move(piece)});
  }
  const std::size_t dot = text.find('.');
  if (dot != absl::string_view::npos && scope->IsCallersSpace(text.substr(0, dot))) {
    const absl::string_view name = text.substr(dot + 1);
    if (name.empty()) {
      return absl::InvalidArgumentError("names no value of the caller after the \".\"");
    }
    return Expression::Input(scope->TakeInput(name));
  }
  if (!absl::StrContains(text, "{{")) return Expression::Text(std::string(text));
  return Template(text, scope);
}

}  // namespace portico::plan
