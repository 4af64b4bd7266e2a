#include "gateway/mcp/argument_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace portico::mcp {
namespace {

using testing::ElementsAre;
using Type = InputSchema::Type;

InputSchema Of(Type type) {
  InputSchema schema;
  schema.type = type;
  return schema;
}

// What the check makes of `text`, or the problems that it finds.
std::string Checked(const InputSchema& schema, const std::string& text) {
  JsonValue value = *ParseJson(text);
  const std::vector<std::string> problems = CheckArgument(schema, &value);
  return problems.empty() ? WriteJson(value) : problems.front();
}

TEST(ArgumentCheckTest, TakesWhatClientsSpellAsAString) {
  EXPECT_EQ(Checked(Of(Type::kInteger), R"("5")"), "5");
  EXPECT_EQ(Checked(Of(Type::kNumber), R"("1.50")"), "1.50");
  EXPECT_EQ(Checked(Of(Type::kBoolean), R"("true")"), "true");
  EXPECT_EQ(Checked(Of(Type::kObject), R"("{\"a\": [1.0]}")"), R"({"a":[1.0]})");
  EXPECT_EQ(Checked(Of(Type::kArray), R"("[1]")"), "[1]");
}

TEST(ArgumentCheckTest, NeverMakesAnythingOfAStringThatIsOne) {
  EXPECT_EQ(Checked(Of(Type::kString), R"("{\"a\":1}")"), R"("{\"a\":1}")");
  EXPECT_EQ(Checked(Of(Type::kString), R"("5")"), R"("5")");
  EXPECT_EQ(Checked(Of(Type::kAny), R"("5")"), R"("5")");
}

TEST(ArgumentCheckTest, SaysWhatWasExpectedAndWhatCame) {
  EXPECT_EQ(Checked(Of(Type::kString), "5"), "arguments: expected a string, got the number 5");
  EXPECT_EQ(Checked(Of(Type::kInteger), "5.5"),
            "arguments: expected an integer, got the number 5.5");
  EXPECT_EQ(Checked(Of(Type::kInteger), R"("five")"),
            "arguments: expected an integer, got the string \"five\"");
  EXPECT_EQ(Checked(Of(Type::kBoolean), R"("yes")"),
            "arguments: expected a boolean, got the string \"yes\"");
}

TEST(ArgumentCheckTest, AnIntegerMayBeSpelledWithAFraction) {
  EXPECT_EQ(Checked(Of(Type::kInteger), "5.0"), "5");
  EXPECT_EQ(Checked(Of(Type::kInteger), "2e3"), "2000");
  EXPECT_EQ(Checked(Of(Type::kInteger), "123456789012345678901234567890"),
            "123456789012345678901234567890");
}

TEST(ArgumentCheckTest, NegativeOnesAreRefusedWhereZeroIsTheLeast) {
  InputSchema schema = Of(Type::kInteger);
  schema.not_negative = true;
  EXPECT_EQ(Checked(schema, "-1"), "arguments: must be 0 or more, got -1");
}

TEST(ArgumentCheckTest, OneValueStandsForAListOfOne) {
  InputSchema schema = Of(Type::kArray);
  schema.element = std::make_shared<const InputSchema>(Of(Type::kString));
  EXPECT_EQ(Checked(schema, R"("a")"),
            "arguments: expected an array of strings, got the string \"a\"");
  schema.takes_one = true;
  EXPECT_EQ(Checked(schema, R"("a")"), R"(["a"])");
  EXPECT_EQ(Checked(schema, R"("[\"a\"]")"), R"(["a"])");
}

InputSchema Person() {
  InputSchema schema = Of(Type::kObject);
  schema.closed = true;
  schema.members.push_back({"name", "name", true, Of(Type::kString)});
  schema.members.push_back({"age", "age", false, Of(Type::kInteger)});
  return schema;
}

TEST(ArgumentCheckTest, AllProblemsAreFoundAtOnce) {
  JsonValue value = *ParseJson(R"({"nam":"x","age":"old"})");
  EXPECT_THAT(CheckArgument(Person(), &value),
              ElementsAre("nam: is unknown; did you mean \"name\"? (the tool takes name, age)",
                          "age: expected an integer, got the string \"old\"",
                          "name: is required: expected a string, got nothing"));
}

TEST(ArgumentCheckTest, NullForAnOptionalMemberIsNothing) {
  EXPECT_EQ(Checked(Person(), R"({"age":null,"name":"x"})"), R"({"name":"x"})");
  EXPECT_EQ(Checked(Person(), R"({"name":null})"), "name: expected a string, got null");
}

TEST(ArgumentCheckTest, MembersThatOccurTwiceAreRefused) {
  EXPECT_EQ(Checked(Person(), R"({"name":"a","name":"b"})"), "name: is given twice");
}

TEST(ArgumentCheckTest, PathsLeadIntoListsAndOpenObjects) {
  InputSchema list = Of(Type::kArray);
  list.element = std::make_shared<const InputSchema>(Person());
  InputSchema map = Of(Type::kObject);
  map.element = std::make_shared<const InputSchema>(std::move(list));
  EXPECT_EQ(Checked(map, R"({"a":[{"name":"x"},{"name":1}]})"),
            "a[1].name: expected a string, got the number 1");
}

TEST(ArgumentCheckTest, StopsAtTwentyProblems) {
  InputSchema list = Of(Type::kArray);
  list.element = std::make_shared<const InputSchema>(Of(Type::kString));
  JsonValue value = *ParseJson("[" + std::string(99, '1') + "]");
  EXPECT_THAT(CheckArgument(list, &value), testing::SizeIs(1));
  std::string many = "[1";
  for (int i = 0; i < 99; ++i) many += ",1";
  value = *ParseJson(many + "]");
  EXPECT_THAT(CheckArgument(list, &value), testing::SizeIs(20));
}

}  // namespace
}  // namespace portico::mcp
