#include "core/codec/random_json.h"

#include <cstdio>

namespace portico::codec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kMaxDepth = 6;

}  // namespace

template <class... T>
std::string RandomJson::Pick(T... choices) {
  const std::string all[] = {choices...};
  return all[random_() % sizeof...(choices)];
}

void RandomJson::Space(std::string* out) {
  if (OneIn(12)) *out += Pick(" ", "\n", "\t ", "\r\n", "  \n    ");
}

std::string RandomJson::Object(const Descriptor& descriptor) {
  std::string out;
  Space(&out);
  Message(descriptor, 0, &out);
  Space(&out);
  return out;
}

std::string RandomJson::Array(const FieldDescriptor& field) {
  std::string out;
  Elements(field, 0, &out);
  return out;
}

void RandomJson::Message(const Descriptor& descriptor, int depth, std::string* out) {
  *out += '{';
  const int members = static_cast<int>(random_() % 8);
  for (int i = 0; i < members; ++i) {
    if (i > 0) *out += ',';
    Space(out);
    // Duplicates come by themselves.
    const FieldDescriptor* const field =
        descriptor.field_count() == 0
            ? nullptr
            : descriptor.field(static_cast<int>(random_() % descriptor.field_count()));
    if (field == nullptr || field->name() == "unmodeled_json" || Misfit()) {
      Key(Pick("x", "unmodeledJson", "unmodeled_json", "", "snake_case", "été", "a\\\"b",
               "constructor", "\\u0000", "__proto__"),
          out);
      Any(depth + 1, out);
    } else {
      Key(field->json_name(), out);
      Misfit() ? Any(depth + 1, out) : Field(*field, depth + 1, out);
    }
    Space(out);
  }
  *out += '}';
}

// `name` is raw JSON; sometimes its first letter is escaped.
void RandomJson::Key(const std::string& name, std::string* out) {
  *out += '"';
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z' && misfit_percent_ > 0 && OneIn(10)) {
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(name[0]));
    *out += escaped + name.substr(1);
  } else {
    *out += name;
  }
  *out += '"';
  Space(out);
  *out += ':';
  Space(out);
}

void RandomJson::Field(const FieldDescriptor& field, int depth, std::string* out) {
  if (field.is_map()) {
    *out += '{';
    const int entries = static_cast<int>(random_() % 4) + (Misfit() ? 0 : 1);
    for (int i = 0; i < entries; ++i) {
      if (i > 0) *out += ',';
      Key("k" + std::to_string(Misfit() ? 0 : i), out);
      Element(*field.message_type()->map_value(), depth, out);
    }
    *out += '}';
  } else if (field.is_repeated()) {
    Elements(field, depth, out);
  } else {
    Element(field, depth, out);
  }
}

void RandomJson::Elements(const FieldDescriptor& field, int depth, std::string* out) {
  *out += '[';
  int elements = static_cast<int>(random_() % 4) + (Misfit() ? 0 : 1);
  if (OneIn(40)) elements += 200;  // past a one-byte length
  for (int i = 0; i < elements; ++i) {
    if (i > 0) *out += ',';
    Space(out);
    Misfit() ? Any(depth + 1, out) : Element(field, depth + 1, out);
  }
  *out += ']';
}

void RandomJson::Element(const FieldDescriptor& field, int depth, std::string* out) {
  if (Misfit()) return Any(depth, out);
  switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
      *out += String();
      return;
    case FieldDescriptor::TYPE_BOOL:
      *out += Pick("true", "false");
      return;
    case FieldDescriptor::TYPE_DOUBLE:
      *out += FittingNumber();
      return;
    case FieldDescriptor::TYPE_MESSAGE:
      break;
    default:
      *out += Pick("0", "1", "7", "300", "2147483647", "65536");
      return;
  }
  const std::string& type = field.message_type()->full_name();
  if (type == "google.protobuf.Value") return Any(depth, out);
  if (type == "google.protobuf.Struct") return AnyObject(depth, out);
  if (type == "google.protobuf.ListValue") return AnyArray(depth, out);
  if (depth > kMaxDepth) {
    *out += "{}";
  } else {
    Message(*field.message_type(), depth, out);
  }
}

void RandomJson::Any(int depth, std::string* out) {
  const bool leaf = depth > kMaxDepth;
  switch (random_() % (leaf ? 4 : 7)) {
    case 0:
      *out += Pick("null", "true", "false");
      return;
    case 1:
      *out += Misfit() ? Number() : FittingNumber();
      return;
    case 2:
    case 3:
      *out += String();
      return;
    case 4:
      return AnyArray(depth, out);
    case 5:
      return AnyObject(depth, out);
    default:
      if (misfit_percent_ > 0 && OneIn(12)) return Deep(out);
      *out += Pick("{}", "[]", "\"\"", "0", "[[]]", "[{}]");
  }
}

void RandomJson::AnyArray(int depth, std::string* out) {
  *out += '[';
  for (int i = static_cast<int>(random_() % 5); i > 0; --i) {
    Any(depth + 1, out);
    Space(out);
    if (i > 1) *out += ',';
  }
  *out += ']';
}

void RandomJson::AnyObject(int depth, std::string* out) {
  *out += '{';
  int members = static_cast<int>(random_() % 5);
  if (OneIn(20)) members += 20;  // more than KeyDuplicates compares in pairs
  for (int i = 0; i < members; ++i) {
    if (i > 0) *out += ',';
    Space(out);
    const bool odd = Misfit();
    Key(odd ? Pick("m0", "", "\\ud800", "\\ud83d\\ude00", "ü") : "m" + std::to_string(i), out);
    Any(depth + (members > 8 ? kMaxDepth : 1), out);
  }
  *out += '}';
}

// Around the depth that Protobuf's parsers allow, and far beyond.
void RandomJson::Deep(std::string* out) {
  const int depth = OneIn(4) ? 400 : 20 + static_cast<int>(random_() % 90);
  const bool objects = OneIn(2);
  for (int i = 0; i < depth; ++i) *out += objects ? "{\"d\":" : "[";
  *out += Pick("1", "null", "{}", "[]", "\"x\"");
  for (int i = 0; i < depth; ++i) *out += objects ? '}' : ']';
}

std::string RandomJson::String() {
  std::string text = "\"";
  for (int i = static_cast<int>(random_() % 6); i > 0; --i) {
    text += Pick("a", "id", "completed", "2026-11-21T22:39:20.000Z", " ", "/", "été", "日本", "\\n",
                 "\\\"", "\\\\", "\\/", "\\u001b", "\\u00e9", "\\ud83d\\ude00", "😀", "\\u0000",
                 "\\b\\f\\r\\t", "\x7f", "{", "]", ":,");
  }
  if (Misfit() && OneIn(6)) text += Pick("\\ud800", "\\udc00x", "\\ud83d\\u0041", "\\uD83D");
  if (OneIn(30)) text += std::string(random_() % 300, 'z');
  return text + '"';
}

std::string RandomJson::FittingNumber() {
  return Pick("0", "1", "-1", "2", "13", "300", "1.5", "-0.25", "0.1", "1e+21", "1e-7", "0.000001",
              "9007199254740991", "9007199254740992", "123456.789", "5e-324",
              "1.7976931348623157e+308");
}

std::string RandomJson::Number() {
  return Pick("1.0", "1e2", "1.50", "-0", "-0.0", "9007199254740993", "18446744073709551616",
              "9223372036854775807", "9223372036854775808", "-9223372036854775808",
              "18446744073709551615", "4294967296", "2147483648", "-2147483649", "1E5", "1e-07",
              "0e0", "1e400", "-1e400", "0.1000", "100000000000000000000000", "1e21",
              "3.14159265358979323846",
              "123456789012345678901234567890123456789012345678901234567890");
}

}  // namespace portico::codec
