#include "core/invoke/form_body.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/plan/percent_encoding.h"

namespace portico::invoke {
namespace {

using plan::ArrayStyle;
using Kind = BodyValue::Kind;

std::string Encoded(absl::string_view text) {
  std::string encoded;
  plan::AppendEncoded(text, &encoded);
  return encoded;
}

class FormWriter {
 public:
  explicit FormWriter(ArrayStyle style) : style_(style) {}

  void WriteMembers(const BodyValue& object, const std::string& prefix) {
    for (std::size_t i = 0; i < object.elements.size(); ++i) {
      if (!Spend(prefix.size() + object.names[i].size())) return;
      const std::string name = Encoded(object.names[i]);
      Write(object.elements[i], prefix.empty() ? name : absl::StrCat(prefix, "[", name, "]"));
    }
  }

  absl::StatusOr<std::string> TakeText() {
    if (spent_ > kMaxEncodedBytes) return EncodedTooLarge();
    return std::move(text_);
  }

 private:
  void Write(const BodyValue& value, const std::string& name) {
    if (value.kind == Kind::kObject) {
      WriteMembers(value, name);
    } else if (value.kind == Kind::kList) {
      WriteList(value, name);
    } else {
      WritePair(name, Encoded(value.text));
    }
  }

  void WriteList(const BodyValue& list, const std::string& name) {
    const bool scalars = std::all_of(list.elements.begin(), list.elements.end(),
                                     [](const BodyValue& element) { return element.is_scalar(); });
    if (!scalars || style_ == ArrayStyle::kDeepObject) {
      for (std::size_t i = 0; i < list.elements.size() && Spend(name.size()); ++i) {
        Write(list.elements[i], absl::StrCat(name, "[", i, "]"));
      }
    } else if (style_ == ArrayStyle::kRepeat || style_ == ArrayStyle::kBrackets) {
      const std::string each = style_ == ArrayStyle::kRepeat ? name : name + "[]";
      for (const BodyValue& element : list.elements) WritePair(each, Encoded(element.text));
    } else if (!list.elements.empty()) {
      WriteJoined(list, name);
    }
  }

  void WriteJoined(const BodyValue& list, const std::string& name) {
    const char* separator = style_ == ArrayStyle::kComma  ? ","
                            : style_ == ArrayStyle::kPipe ? "%7C"
                                                          : "%20";
    std::string joined;
    for (std::size_t i = 0; i < list.elements.size(); ++i) {
      absl::StrAppend(&joined, i == 0 ? "" : separator, Encoded(list.elements[i].text));
    }
    WritePair(name, joined);
  }

  // Also for names that nothing is written of in the end: they are made.
  bool Spend(std::size_t bytes) {
    spent_ += bytes;
    return spent_ <= kMaxEncodedBytes;
  }

  void WritePair(absl::string_view name, absl::string_view value) {
    if (!Spend(name.size() + value.size())) return;
    absl::StrAppend(&text_, text_.empty() ? "" : "&", name, "=", value);
  }

  const ArrayStyle style_;
  std::size_t spent_ = 0;
  std::string text_;
};

}  // namespace

absl::StatusOr<std::string> ToForm(const BodyValue& body, ArrayStyle style) {
  if (body.kind != Kind::kObject) return NotAnObject(kFormType);
  FormWriter writer(style);
  writer.WriteMembers(body, "");
  return writer.TakeText();
}

}  // namespace portico::invoke
