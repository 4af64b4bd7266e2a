#include "core/invoke/output_shaper.h"

#include <string>
#include <utility>

namespace portico::invoke {
namespace {

using codec::JsonValue;
using plan::Output;
using Kind = JsonValue::Kind;
using Type = Output::Type;

// A template makes texts; the type says what is meant by them.
JsonValue Typed(JsonValue value, Type type) {
  if (type == Type::kString && value.kind != Kind::kString && value.kind != Kind::kNull) {
    return JsonValue::String(plan::TextOf(value));
  }
  const bool number = type == Type::kNumber || type == Type::kInteger;
  if (value.kind != Kind::kString || !(number || type == Type::kBoolean)) return value;
  std::optional<JsonValue> read = codec::ParseJson(value.text);
  if (!read.has_value() || read->kind != (number ? Kind::kNumber : Kind::kBoolean)) return value;
  return *std::move(read);
}

std::optional<JsonValue> Copy(const JsonValue& value, const plan::Values& values) {
  if (!values.Take(value)) return std::nullopt;
  return value;
}

std::optional<JsonValue> ShapeObject(const Output& output, const JsonValue* base,
                                     const plan::Values& values) {
  if (base != nullptr && base->kind == Kind::kNull) return Copy(JsonValue(), values);
  JsonValue object = JsonValue::Object();
  if (!values.Take(object)) return std::nullopt;
  for (const Output& property : output.properties) {
    std::optional<JsonValue> value = ShapeOutput(property, base, values);
    if (value.has_value()) object.Add(property.name, *std::move(value));
  }
  return object;
}

std::optional<JsonValue> ShapeArray(const Output& output, const JsonValue* base,
                                    const plan::Values& values) {
  JsonValue array = JsonValue::Array();
  if (!values.Take(array)) return std::nullopt;
  if (base == nullptr) {
    if (output.items.empty()) return array;
    std::optional<JsonValue> only = ShapeOutput(output.items[0], nullptr, values);
    if (only.has_value()) array.elements.push_back(*std::move(only));
    return array;
  }
  if (base->kind != Kind::kArray) return JsonValue();
  for (const JsonValue& element : base->elements) {
    std::optional<JsonValue> value = ShapeOutput(output.items[0], &element, values);
    if (!value.has_value()) return std::nullopt;  // too much: in a document all is found or null
    array.elements.push_back(*std::move(value));
  }
  return array;
}

}  // namespace

std::optional<JsonValue> ShapeOutput(const Output& output, const JsonValue* document,
                                     const plan::Values& values) {
  if (output.value.has_value()) {
    std::optional<JsonValue> made = output.value->Evaluate(values);
    if (made.has_value()) return Typed(*std::move(made), output.type);
    if (document == nullptr) return std::nullopt;
    return Copy(JsonValue(), values);
  }
  std::optional<JsonValue> mapped;
  const JsonValue* base = document;
  if (output.mapping.has_value() && document != nullptr && !output.mapping->whole()) {
    mapped = output.mapping->Find(*document, values.allowance);
    if (!mapped.has_value()) return Copy(JsonValue(), values);
    base = &*mapped;
  } else if (output.constant.has_value() && !output.mapping.has_value()) {
    return Copy(*output.constant, values);
  }
  if (!output.properties.empty()) return ShapeObject(output, base, values);
  if (output.type == Type::kArray && (base == nullptr || !output.items.empty())) {
    return ShapeArray(output, base, values);
  }
  if (mapped.has_value()) return mapped;
  if (base == nullptr) return std::nullopt;
  return Copy(*base, values);
}

}  // namespace portico::invoke
