#include "core/plan/input_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class InputPlacesTest : public testing::Test {
 protected:
  // "location name", or "" when none is taken.
  std::string Take(const std::string& name, const std::string& in, std::size_t level = 0) {
    capability::InputParameter input;
    input.position = {3, "inputs[0]"};
    input.name = {name, 4};
    if (!in.empty()) input.location = {in, 5};
    const auto place = places_.Take(input, level);
    return place.has_value() ? absl::StrCat(place->location, " ", place->name) : "";
  }

  std::vector<std::string> Findings() const {
    std::vector<std::string> texts;
    for (const capability::Finding& finding : findings_) texts.push_back(ToString(finding));
    return texts;
  }

  const PathTemplate path_ = PathTemplate::Parse("/tasks/{taskId}").value();
  capability::Findings findings_;
  capability::FindingLog findings_log_{"f.yaml", &findings_};
  InputLog log_{&findings_log_};
  InputPlaces places_{path_, &log_};
};

TEST_F(InputPlacesTest, TakesWhatTheFileSays) {
  EXPECT_EQ(Take("q", "Query"), "query q");
  EXPECT_EQ(Take("X-A", "header"), "header X-A");
  EXPECT_THAT(Findings(), IsEmpty());
}

TEST_F(InputPlacesTest, GuessesWhatTheFileLeavesOutAndSaysSo) {
  EXPECT_EQ(Take("task_id", ""), "path task_id");
  EXPECT_EQ(Take("body", ""), "body body");
  EXPECT_EQ(Take("q", ""), "query q");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("read as \"path\""), HasSubstr("\"body\""),
                                      HasSubstr("\"query\"")));
}

TEST_F(InputPlacesTest, SendsWhatStandsBeforeARemark) {
  EXPECT_EQ(Take("q (optional)", "query"), "query q");
  EXPECT_EQ(Take(" ", "query"), "");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("holds white space"), HasSubstr("is blank")));
}

TEST_F(InputPlacesTest, TheEarlierOfTwoCounts) {
  EXPECT_EQ(Take("X-A", "header"), "header X-A");
  EXPECT_EQ(Take("x-a", "header", 1), "");
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_EQ(Take("x-A", "header", 1), "");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("stands twice in one list")));
}

}  // namespace
}  // namespace portico::plan
