#include "server/config_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/capability/finding_log.h"
#include "core/capability/suggestion.h"
#include "core/capability/yaml_tree.h"
#include "server/serve_flags.h"

namespace portico::server {
namespace {

using capability::YamlNode;

// Blank lines and comments alone.
bool SaysNothing(absl::string_view text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const absl::string_view content = absl::StripAsciiWhitespace(line);
    if (!content.empty() && content.front() != '#') return false;
  }
  return true;
}

class Configuration {
 public:
  Configuration(const std::string& file, CommandLine* line) : log_(file, &findings_), line_(line) {}

  void Read(absl::string_view text) {
    if (SaysNothing(text)) return;
    const auto root = capability::ParseYaml(text, &log_);
    if (root == nullptr) return;
    if (root->kind != YamlNode::Kind::kMap) {
      return log_.Error(capability::Rule::kWrongValue, root->line, "",
                        absl::StrCat("must be a mapping, not ", root->KindName()));
    }
    for (std::size_t i = 0; i < root->keys.size(); ++i) {
      ReadKey(root->keys[i].text, root->keys[i].line, *root->items[i]);
    }
  }

  absl::Status Finish() {
    log_.Close();
    if (findings_.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrJoin(findings_, "\n", [](std::string* out, const capability::Finding& finding) {
          out->append(ToString(finding));
        }));
  }

 private:
  void ReadKey(const std::string& key, int line, const YamlNode& value) {
    std::vector<std::string> names;
    for (const Flag& flag : ServeFlags()) {
      const std::string name = flag.name + 2;  // without the dashes
      if (name == key && name != "config") return ReadValue(flag, key, value);
      names.push_back(name);
    }
    log_.Error(capability::Rule::kUnknownKey, line, key,
               absl::StrCat("is no setting", capability::DidYouMean(key, names)));
  }

  void ReadValue(const Flag& flag, const std::string& key, const YamlNode& value) {
    switch (value.kind) {
      case YamlNode::Kind::kScalar:
        return flag.value == nullptr ? Switch(flag, key, value)
                                     : Set(flag, key, value.line, value.text);
      case YamlNode::Kind::kSequence:
        if (!flag.repeats) break;
        for (const auto& item : value.items) {
          if (item->kind == YamlNode::Kind::kScalar) {
            Set(flag, key, item->line, item->text);
          } else {
            log_.Error(capability::Rule::kWrongValue, item->line, key,
                       absl::StrCat("takes texts, not ", item->KindName()));
          }
        }
        return;
      case YamlNode::Kind::kMap:
        if (key != "upstream") break;
        for (std::size_t i = 0; i < value.keys.size(); ++i) {
          Set(flag, key, value.keys[i].line,
              absl::StrCat(value.keys[i].text, "=", value.items[i]->text));
        }
        return;
      case YamlNode::Kind::kNull:
        break;
    }
    log_.Error(capability::Rule::kWrongValue, value.line, key,
               absl::StrCat("takes one value, not ", value.KindName()));
  }

  void Switch(const Flag& flag, const std::string& key, const YamlNode& value) {
    if (value.text == "true") return Set(flag, key, value.line, "");
    if (value.text != "false")
      log_.Error(capability::Rule::kWrongValue, value.line, key, "is true or false");
  }

  void Set(const Flag& flag, const std::string& key, int line, const std::string& value) {
    const absl::Status set = flag.set(value, line_);
    if (!set.ok()) log_.Error(capability::Rule::kWrongValue, line, key, std::string(set.message()));
  }

  capability::Findings findings_;
  capability::FindingLog log_;
  CommandLine* const line_;
};

}  // namespace

absl::Status ApplyConfig(const std::string& file, absl::string_view text, CommandLine* line) {
  Configuration configuration(file, line);
  configuration.Read(text);
  return configuration.Finish();
}

absl::Status ApplyConfigFile(const std::string& file, CommandLine* line) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code unknown;
  if (!stream || std::filesystem::is_directory(file, unknown)) {
    return absl::InvalidArgumentError(absl::StrCat(file, ": cannot be read: does it exist?"));
  }
  return ApplyConfig(file, std::string(std::istreambuf_iterator<char>(stream), {}), line);
}

}  // namespace portico::server
