// Every value of real capability files, in turn replaced by one of another kind: no crash,
// and nothing is dropped in silence.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "core/capability/finding.h"
#include "core/capability/yaml_json.h"
#include "core/capability/yaml_tree.h"
#include "core/plan/composition.h"
#include "core/synthesis/proto_source.h"
#include "gateway/openapi/openapi_writer.h"
#include "server/describe_json.h"
#include "server/plan_loader.h"

namespace portico {
namespace {

namespace fs = std::filesystem;
using capability::Finding;
using capability::YamlNode;
using Kind = YamlNode::Kind;

constexpr char kNumber[] = "98765";
constexpr char kEmpty[] = "\"\"";

std::string Read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// Writes a tree as YAML, each value on a line of its own or behind its key. The value with
// the number `at` (in the order of the text) is replaced, or left out with its key.
class Writer {
 public:
  Writer(int at, std::optional<std::string> replacement)
      : at_(at), replacement_(std::move(replacement)) {}

  std::string Write(const YamlNode& root) {
    Items(root, 0);
    return std::move(text_);
  }

  int values() const { return values_; }
  const YamlNode* replaced() const { return replaced_; }
  int line() const { return line_; }
  const std::string& key() const { return key_; }  // of the nearest mapping

 private:
  void Items(const YamlNode& node, int indent) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (values_ == at_ && !replacement_.has_value()) {
        ++values_;
        text_.append(LinesOf(*node.items[i]), '\n');
        continue;
      }
      text_.append(static_cast<std::size_t>(indent), ' ');
      if (node.kind == Kind::kMap) {
        nearest_ = node.keys[i].text;
        absl::StrAppend(&text_, Quoted(nearest_), ":");
      } else {
        text_.push_back('-');
      }
      Value(*node.items[i], indent + 2);
    }
  }

  void Value(const YamlNode& node, int indent) {
    if (values_++ == at_) {
      replaced_ = &node;
      key_ = nearest_;
      line_ = 1 + static_cast<int>(std::count(text_.begin(), text_.end(), '\n'));
      // All that follows stays in its line.
      absl::StrAppend(&text_, " ", *replacement_, std::string(LinesOf(node), '\n'));
    } else if (node.items.size() == 1 && values_ == at_ && !replacement_.has_value()) {
      ++values_;
      absl::StrAppend(&text_, node.kind == Kind::kMap ? " {}" : " []",
                      std::string(LinesOf(node), '\n'));
    } else if (!node.items.empty()) {
      text_.push_back('\n');
      Items(node, indent);
    } else if (node.kind == Kind::kScalar) {
      const bool plain = !node.quoted && !absl::StrContains(node.text, '\n');
      absl::StrAppend(&text_, " ", plain ? node.text : Quoted(node.text), "\n");
    } else {
      const char* const empty = node.kind == Kind::kMap        ? " {}"
                                : node.kind == Kind::kSequence ? " []"
                                                               : "";
      absl::StrAppend(&text_, empty, "\n");
    }
  }

  static std::size_t LinesOf(const YamlNode& node) {
    std::size_t lines = 1;
    for (const auto& item : node.items) lines += LinesOf(*item);
    return lines;
  }

  static std::string Quoted(const std::string& text) {
    YamlNode node;
    node.kind = Kind::kScalar;
    node.quoted = true;
    node.text = text;
    return capability::YamlAsJson(node);
  }

  const int at_;
  const std::optional<std::string> replacement_;
  std::string text_;
  std::string nearest_;
  int values_ = 0;
  const YamlNode* replaced_ = nullptr;
  int line_ = 0;
  std::string key_;
};

void AddTexts(const plan::Expression& expression, std::string* meaning) {
  for (const plan::Expression::Piece& piece : expression.pieces()) {
    absl::StrAppend(meaning, piece.text, "|");
  }
}

void AddComposition(const plan::Composition& composition, std::string* meaning) {
  for (const plan::Step& step : composition.steps) {
    absl::StrAppend(meaning, step.name, "|");
    for (const plan::StepArgument& argument : step.arguments) AddTexts(argument.value, meaning);
    if (step.body.has_value()) AddTexts(*step.body, meaning);
  }
}

// All that callers of any door can see of a plan, and what it sends of its own.
std::string MeaningOf(const plan::Plan& plan) {
  std::set<std::string> protos;
  for (const plan::Method& method : plan.methods()) {
    if (method.synthesised) protos.insert(synthesis::ProtoSource(*method.descriptor->file()));
  }
  std::string meaning =
      absl::StrCat(server::DescribeAsJson(plan), openapi::WriteOpenApi(plan).dump());
  for (const std::string& proto : protos) absl::StrAppend(&meaning, proto);
  const auto add = [&](const plan::Tool& tool) {
    absl::StrAppend(&meaning, tool.name, tool.description, tool.hints.read_only,
                    tool.hints.destructive, tool.hints.idempotent, tool.hints.open_world);
    for (const plan::Binding& binding : tool.bindings) {
      absl::StrAppend(&meaning, binding.caller_name, "=", binding.constant, ">", binding.parameter);
    }
  };
  for (const plan::Tool& tool : plan.tools()) add(tool);
  for (const plan::Route& route : plan.routes()) {
    for (const plan::Binding& binding : route.bindings) {
      absl::StrAppend(&meaning, binding.caller_name, "=", binding.constant, ">", binding.parameter);
    }
  }
  for (const auto& operation : plan.operations()) {
    for (const plan::Constant& constant : operation->constants) {
      absl::StrAppend(&meaning, constant.name, constant.text);
    }
    absl::StrAppend(&meaning, operation->constant_body.value_or(""));
    if (operation->composition != nullptr) AddComposition(*operation->composition, &meaning);
  }
  return meaning;
}

struct Loaded {
  capability::Findings findings;
  std::string meaning;  // empty: does not load
  bool Shows(absl::string_view text, const Loaded& good) const {
    return absl::StrContains(meaning, text) || findings.size() > good.findings.size();
  }
  std::string Replaced(absl::string_view from, absl::string_view to) const {
    return absl::StrReplaceAll(meaning, {{from, to}});
  }
  std::string AsText() const {
    std::string text;
    for (const Finding& finding : findings) absl::StrAppend(&text, ToString(finding), "\n");
    return absl::StrCat(text, meaning);
  }
  bool SaysOf(int line) const {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.place.line == line; });
  }
};

class MisplacedValueTest : public testing::TestWithParam<const char*> {
 protected:
  MisplacedValueTest() : folder_(testing::TempDir() + "/misplaced") {
    fs::create_directories(folder_ / "shared");
    fs::copy_file("tests/language/shared/lending.yml", folder_ / "shared" / "lending.yml",
                  fs::copy_options::overwrite_existing);
    capability::Findings findings;
    capability::FindingLog log("f.yaml", &findings);
    tree_ = capability::ParseYaml(Read(GetParam()), &log);
  }

  Loaded Load(const std::string& text) {
    const fs::path file = folder_ / "f.yaml";
    std::ofstream(file, std::ios::binary) << text;
    server::PlanSources sources;
    sources.paths = {file.string()};
    Loaded loaded;
    const auto plan = server::LoadPlan(sources, &loaded.findings);
    EXPECT_EQ(plan == nullptr, HasErrors(loaded.findings));
    if (plan != nullptr) loaded.meaning = MeaningOf(*plan);
    return loaded;
  }

  const fs::path folder_;
  std::shared_ptr<const YamlNode> tree_;
};

// A number is a text like any other, so it shows in what is served, or something else is
// said to miss the text that it replaces. Nothing means what a missing key does, and an
// empty text either that or a text like any other. All else is said in its line.
TEST_P(MisplacedValueTest, IsSaidWhereItStandsOrMeansWhatItSays) {
  ASSERT_NE(tree_, nullptr);
  Writer whole(-1, "");
  const Loaded good = Load(whole.Write(*tree_));
  ASSERT_NE(good.meaning, "") << ToString(good.findings.at(0));
  ASSERT_GT(whole.values(), 20);
  for (int at = 0; at < whole.values(); ++at) {
    const Loaded without = Load(Writer(at, std::nullopt).Write(*tree_));
    const Loaded number = Load(Writer(at, kNumber).Write(*tree_));
    for (const char* replacement :
         {&kNumber[0], "[oddly, placed]", "{oddly: placed}", "~", &kEmpty[0]}) {
      Writer writer(at, replacement);
      const Loaded odd = Load(writer.Write(*tree_));
      if (odd.SaysOf(writer.line()) || odd.meaning == good.meaning) continue;
      const bool text = writer.replaced()->kind == Kind::kScalar;
      if (text && replacement == kNumber && odd.Shows(kNumber, good)) continue;
      if (replacement == kEmpty && odd.meaning == number.Replaced(kNumber, "")) continue;
      const bool nothing = *replacement == '~' || (text && replacement == kEmpty);
      if (!nothing || odd.meaning != without.meaning) {
        ADD_FAILURE() << writer.key() << " (" << writer.replaced()->KindName() << ", line "
                      << writer.line() << ") is " << replacement << ":\n"
                      << odd.AsText().substr(0, 500);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, MisplacedValueTest,
                         testing::Values("capabilities/northflank-jobs.yaml",
                                         "capabilities/render-workflow-tasks-beta.yaml",
                                         "capabilities/scaffolder-tasks.yaml",
                                         "tests/conformance/dialect/26-typed-body.yaml",
                                         "tests/language/library.yaml"));

}  // namespace
}  // namespace portico
