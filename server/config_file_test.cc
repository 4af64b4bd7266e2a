#include "server/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace portico::server {
namespace {

using testing::HasSubstr;

TEST(ConfigFileTest, EverySettingIsAFlagWithoutItsDashes) {
  CommandLine line;
  const absl::Status status = ApplyConfig("p.yaml", R"(
rest: 127.0.0.1:0
demo: true
allow-public: false
capability: [a.yaml, b]
cors-origin: https://one.example
upstream:
  tasks: http://127.0.0.1:1/x=y
  jobs: https://jobs.example
shutdown-grace: 1m
max-in-flight: 7
)",
                                          &line);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(line.serve.rest.address, "127.0.0.1:0");
  EXPECT_TRUE(line.serve.demo);
  EXPECT_FALSE(line.serve.allow_public);
  EXPECT_EQ(line.serve.capabilities, (std::vector<std::string>{"a.yaml", "b"}));
  EXPECT_EQ(line.serve.rest.door.origins.cors_origins,
            std::vector<std::string>{"https://one.example"});
  ASSERT_EQ(line.serve.base_uris.size(), 2u);
  EXPECT_EQ(line.serve.base_uris[0].second, "http://127.0.0.1:1/x=y");
  EXPECT_EQ(line.serve.shutdown_grace, absl::Minutes(1));
  EXPECT_EQ(line.serve.invoke.max_in_flight, 7u);
}

TEST(ConfigFileTest, AllThatIsWrongIsToldAtOnceWithItsLine) {
  CommandLine line;
  const std::string message(ApplyConfig("p.yaml", R"(rest-max-boddy: 1
threads: many
demo: perhaps
rest: [a, b]
config: other.yaml
upstream: {tasks: not-a-uri}
)",
                                        &line)
                                .message());
  EXPECT_THAT(message, HasSubstr("p.yaml:1: error: rest-max-boddy: is no setting; did you mean "
                                 "\"rest-max-body\"?"));
  EXPECT_THAT(message, HasSubstr("p.yaml:2: error: threads: \"many\" is not a whole number"));
  EXPECT_THAT(message, HasSubstr("p.yaml:3: error: demo: is true or false"));
  EXPECT_THAT(message, HasSubstr("p.yaml:4: error: rest: takes one value, not a list"));
  EXPECT_THAT(message, HasSubstr("p.yaml:5: error: config: is no setting"));
  EXPECT_THAT(message, HasSubstr("p.yaml:6: error: upstream: \"not-a-uri\""));
}

TEST(ConfigFileTest, AnEmptyFileSetsNothing) {
  CommandLine line;
  EXPECT_TRUE(ApplyConfig("p.yaml", "# nothing\n", &line).ok());
}

TEST(ConfigFileTest, TheCommandLineHasTheLastWord) {
  const std::string file = testing::TempDir() + "/portico.yaml";
  std::ofstream(file) << "threads: 3\nmax-in-flight: 5\n";
  const auto line = ParseCommandLine({"serve", "--threads", "4", "--config=" + file});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->serve.threads, 4u);
  EXPECT_EQ(line->serve.invoke.max_in_flight, 5u);
}

TEST(ConfigFileTest, AFileThatCannotBeReadIsNamed) {
  EXPECT_THAT(
      std::string(ParseCommandLine({"serve", "--config", "/no/such.yaml"}).status().message()),
      HasSubstr("/no/such.yaml: cannot be read"));
}

}  // namespace
}  // namespace portico::server
