#include "core/capability/map_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/capability/yaml_json.h"

namespace portico::capability {
namespace {

// Names are the author's and may be of any length; a path holds several.
std::string Shorten(absl::string_view name) {
  constexpr std::size_t kLongest = 64;
  if (name.size() <= kLongest) return std::string(name);
  std::size_t end = kLongest;
  while (end > 0 && (name[end] & 0xC0) == 0x80) --end;  // not within a UTF-8 sequence
  return absl::StrCat(name.substr(0, end), "...");
}

}  // namespace

using Kind = YamlNode::Kind;

MapReader::MapReader(const YamlNode& node, Position position, std::string what, FindingLog* log)
    : node_(&node), position_(std::move(position)), what_(std::move(what)), log_(log) {
  valid_ = node.kind == Kind::kMap;
  if (!valid_) WrongKind(node, position_.key, "a mapping");
}

const YamlNode* MapReader::Find(absl::string_view name) const {
  return valid_ ? node_->Find(name) : nullptr;
}

const YamlNode* MapReader::Take(absl::string_view name) {
  known_.emplace_back(name);
  const YamlNode* node = Find(name);
  return node == nullptr || node->kind == Kind::kNull ? nullptr : node;
}

std::string MapReader::KeyOf(absl::string_view name) const {
  return position_.key.empty() ? Shorten(name) : absl::StrCat(position_.key, ".", Shorten(name));
}

int MapReader::LineOf(absl::string_view name) const {
  for (const Text& key : node_->keys) {
    if (key.text == name) return key.line;
  }
  return position_.line;
}

void MapReader::WrongKind(const YamlNode& node, const std::string& key, absl::string_view wanted) {
  log_->Error(Rule::kWrongValue, node.line, key,
              absl::StrCat("must be ", wanted, ", but is ", node.KindName()));
}

Text MapReader::Scalar(const YamlNode& node, const std::string& key) {
  if (node.kind == Kind::kScalar || node.kind == Kind::kNull) return {node.text, node.line};
  WrongKind(node, key, "a text");
  return {};
}

Text MapReader::Optional(absl::string_view name) {
  known_.emplace_back(name);
  const YamlNode* node = Find(name);
  if (node != nullptr && node->kind != Kind::kNull) return Scalar(*node, KeyOf(name));
  return !id_name_.empty() && id_name_ == name ? id_ : Text{};
}

Text MapReader::Required(absl::string_view name) {
  Text text = Optional(name);
  if (!valid_) return text;
  if (!text.present()) {
    const YamlNode* node = Find(name);
    if (node == nullptr) {
      log_->Error(Rule::kMissingKey, position_.line, KeyOf(name),
                  absl::StrCat("is missing; ", what_, " needs it"));
    } else if (node->kind == Kind::kNull) {
      log_->Error(Rule::kMissingKey, LineOf(name), KeyOf(name),
                  absl::StrCat("is empty; ", what_, " needs it"));
    }
  } else if (text.text.empty()) {
    log_->Error(Rule::kMissingKey, text.line, KeyOf(name),
                absl::StrCat("is empty; ", what_, " needs it"));
  }
  return text;
}

Flag MapReader::Bool(absl::string_view name) {
  const YamlNode* node = Take(name);
  if (node == nullptr) return {};
  if (node->kind == Kind::kScalar && !node->quoted) {
    for (const char* text : {"true", "True", "TRUE"}) {
      if (node->text == text) return {true, node->line};
    }
    for (const char* text : {"false", "False", "FALSE"}) {
      if (node->text == text) return {false, node->line};
    }
  }
  Error(name, node->line, "must be true or false");
  return {};
}

bool MapReader::Entries(absl::string_view name, std::vector<Entry>* entries) {
  const YamlNode* node = Take(name);
  if (node == nullptr) {
    if (Has(name)) Warn(name, LineOf(name), "is empty; write {} for that, or leave it out");
    return Has(name);
  }
  if (node->kind != Kind::kMap) {
    WrongKind(*node, KeyOf(name), "a mapping");
    return true;
  }
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const Text& key = node->keys[i];
    const std::string path = absl::StrCat(KeyOf(name), ".", Shorten(key.text));
    if (node->items[i]->kind == Kind::kNull) {
      log_->Warn(Rule::kWrongValue, key.line, path,
                 "is empty and read as an empty text; write \"\" for that, or leave it out");
    }
    entries->push_back({key, Scalar(*node->items[i], path)});
  }
  return true;
}

std::vector<Text> MapReader::Texts(absl::string_view name) {
  std::vector<Text> texts;
  const YamlNode* node = Take(name);
  if (node == nullptr) return texts;
  if (node->kind != Kind::kSequence) {
    WrongKind(*node, KeyOf(name), "a list");
    return texts;
  }
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    texts.push_back(Scalar(*node->items[i], absl::StrCat(KeyOf(name), "[", i, "]")));
  }
  return texts;
}

Text MapReader::Json(absl::string_view name) {
  known_.emplace_back(name);
  const YamlNode* node = Find(name);
  return node == nullptr ? Text{} : Text{YamlAsJson(*node), node->line};
}

void MapReader::Peek(absl::string_view name,
                     const std::function<void(const MapReader&)>& look) const {
  const YamlNode* node = Find(name);
  if (node != nullptr && node->kind == Kind::kMap) look(MapReader(*node, position_, what_, log_));
}

bool MapReader::HoldsText(absl::string_view name) const {
  const YamlNode* node = Find(name);
  return node != nullptr && node->kind == Kind::kScalar;
}

bool MapReader::HoldsList(absl::string_view name) const {
  const YamlNode* node = Find(name);
  return node != nullptr && node->kind == Kind::kSequence;
}

bool MapReader::Nested(absl::string_view name, std::string what, const Visitor& visit) {
  const YamlNode* node = Take(name);
  if (node == nullptr) return false;
  MapReader item(*node, {LineOf(name), KeyOf(name)}, std::move(what), log_);
  visit(item);
  item.Finish();
  return true;
}

std::size_t MapReader::Each(absl::string_view name, absl::string_view id, const std::string& what,
                            const Visitor& visit) {
  const YamlNode* node = Take(name);
  if (node == nullptr) return 0;
  if (node->kind != Kind::kSequence && node->kind != Kind::kMap) {
    WrongKind(*node, KeyOf(name), "a list");
    return 0;
  }
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const bool keyed = node->kind == Kind::kMap;
    const int line = keyed ? node->keys[i].line : node->items[i]->line;
    std::string key = keyed ? absl::StrCat(KeyOf(name), ".", Shorten(node->keys[i].text))
                            : absl::StrCat(KeyOf(name), "[", i, "]");
    MapReader item(*node->items[i], {line, std::move(key)}, what, log_);
    if (keyed) {
      item.id_ = node->keys[i];
      item.id_name_ = std::string(id);
    }
    visit(item);
    item.Finish();
  }
  return node->items.size();
}

void MapReader::Ignore(std::initializer_list<absl::string_view> names) {
  for (absl::string_view name : names) known_.emplace_back(name);
}

bool MapReader::Unsupported(absl::string_view name, absl::string_view why) {
  known_.emplace_back(name);
  if (Has(name)) log_->Warn(Rule::kNotServed, LineOf(name), KeyOf(name), std::string(why));
  return Has(name);
}

bool MapReader::Refused(absl::string_view name, absl::string_view why) {
  known_.emplace_back(name);
  if (Has(name)) log_->Error(Rule::kNotServed, LineOf(name), KeyOf(name), std::string(why));
  return Has(name);
}

void MapReader::Finish() {
  if (!valid_) return;
  for (const Text& key : node_->keys) {
    if (std::find(known_.begin(), known_.end(), key.text) != known_.end()) continue;
    log_->Warn(Rule::kUnknownKey, key.line, KeyOf(key.text),
               absl::StrCat("is not a known key of ", what_, " and has no effect",
                            log_->full() ? std::string() : DidYouMean(key.text, known_)));
  }
}

void MapReader::Error(absl::string_view name, int line, std::string message) {
  log_->Error(Rule::kWrongValue, line, KeyOf(name), std::move(message));
}

void MapReader::Warn(absl::string_view name, int line, std::string message) {
  log_->Warn(Rule::kWrongValue, line, KeyOf(name), std::move(message));
}

}  // namespace portico::capability
