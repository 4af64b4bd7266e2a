#include "core/plan/expression.h"

namespace portico::plan {
namespace {

using codec::JsonValue;
using Piece = Expression::Piece;

std::optional<JsonValue> ValueOf(const Piece& piece, const Values& values) {
  if (piece.source == Piece::Source::kText) {
    JsonValue text = JsonValue::String(piece.text);
    if (!values.Take(text)) return std::nullopt;
    return text;
  }
  const auto& source = piece.source == Piece::Source::kInput ? values.inputs : values.steps;
  if (!source[piece.index].has_value()) return std::nullopt;
  std::optional<JsonValue> found = piece.path.Find(*source[piece.index], values.allowance);
  if (!found.has_value() && values.Take(JsonValue())) return JsonValue();
  return found;
}

}  // namespace

Expression Expression::Text(std::string text) {
  return Expression({{Piece::Source::kText, std::move(text), 0, {}}});
}

Expression Expression::Input(std::size_t index) {
  return Expression({{Piece::Source::kInput, "", index, {}}});
}

std::optional<JsonValue> Expression::Evaluate(const Values& values) const {
  if (pieces_.size() == 1) return ValueOf(pieces_[0], values);
  std::string text;
  bool found = false;
  for (const Piece& piece : pieces_) {
    const std::optional<JsonValue> value = ValueOf(piece, values);
    if (!value.has_value()) continue;
    text += TextOf(*value);
    found = found || piece.source != Piece::Source::kText;
  }
  if (!found) return std::nullopt;
  return JsonValue::String(std::move(text));
}

std::string TextOf(const JsonValue& value) {
  if (value.kind == JsonValue::Kind::kString) return value.text;
  return value.kind == JsonValue::Kind::kNull ? "" : codec::WriteJson(value);
}

}  // namespace portico::plan
