#include "server/command_line.h"

#include <gtest/gtest.h>

namespace portico::server {
namespace {

CommandLine Parse(const std::vector<std::string>& words) {
  auto line = ParseCommandLine(words);
  EXPECT_TRUE(line.ok()) << line.status();
  return line.value_or(CommandLine());
}

std::string ErrorOf(const std::vector<std::string>& words) {
  return std::string(ParseCommandLine(words).status().message());
}

TEST(CommandLineTest, ServesWithDefaults) {
  const CommandLine line = Parse({"serve"});
  EXPECT_EQ(line.command, "serve");
  EXPECT_EQ(line.serve.grpc.address, "127.0.0.1:50051");
  EXPECT_FALSE(line.serve.demo);
  EXPECT_TRUE(line.serve.capabilities.empty());
}

TEST(CommandLineTest, ReadsFlagsInBothSpellings) {
  const CommandLine line = Parse({"serve", "--demo", "--grpc=127.0.0.1:0", "--capability", "a.yaml",
                                  "--capability=b", "--upstream", "tasks=http://127.0.0.1:1/x=y",
                                  "--shutdown-grace", "1m", "--threads=3", "--log-format", "json"});
  EXPECT_TRUE(line.serve.demo);
  EXPECT_EQ(line.serve.grpc.address, "127.0.0.1:0");
  EXPECT_EQ(line.serve.capabilities, (std::vector<std::string>{"a.yaml", "b"}));
  EXPECT_EQ(line.serve.base_uris[0].first, "tasks");
  EXPECT_EQ(line.serve.base_uris[0].second, "http://127.0.0.1:1/x=y");
  EXPECT_EQ(line.serve.shutdown_grace, absl::Minutes(1));
  EXPECT_EQ(line.serve.threads, 3u);
  EXPECT_EQ(line.serve.log_format, LogFormat::kJson);
}

TEST(CommandLineTest, ReadsTheFlagsOfCommandsThatInspect) {
  const CommandLine line =
      Parse({"check", "--format", "sarif", "--strict", "a.yaml", "--overlay=o.yaml", "--notes"});
  EXPECT_EQ(line.files, std::vector<std::string>{"a.yaml"});
  EXPECT_EQ(line.overlays, std::vector<std::string>{"o.yaml"});
  EXPECT_EQ(line.format, "sarif");
  EXPECT_TRUE(line.strict);
  EXPECT_TRUE(line.notes);
  EXPECT_EQ(ErrorOf({"describe", "--format", "sarif"}), "--format: \"sarif\" is not text, json");
  EXPECT_EQ(ErrorOf({"check", "--strct"}), "unknown flag --strct; did you mean --strict?");
}

TEST(CommandLineTest, ReadsWhatToImport) {
  const CommandLine line = Parse({"import", "openapi", "-o", "apis", "--namespace=pets", "--tag",
                                  "A", "--tag", "B", "https://pets.example/openapi.json"});
  EXPECT_EQ(line.import.source, "https://pets.example/openapi.json");
  EXPECT_EQ(line.import.output, "apis");
  EXPECT_EQ(line.import.space, "pets");
  EXPECT_EQ(line.import.tags, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(ErrorOf({"import", "a.yaml"}), "import takes a kind and a source: import openapi FILE");
}

TEST(CommandLineTest, SuggestsTheNearestName) {
  EXPECT_EQ(ErrorOf({"serv"}), "unknown command serv; did you mean serve?");
  EXPECT_EQ(ErrorOf({"serve", "--capabilty", "x"}),
            "unknown flag --capabilty; did you mean --capability?");
}

TEST(CommandLineTest, NamesTheFlagWhoseValueIsWrong) {
  EXPECT_EQ(ErrorOf({"serve", "--threads", "many"}),
            "--threads: \"many\" is not a whole number above 0");
  EXPECT_EQ(ErrorOf({"serve", "--drain-delay", "5"}),
            "--drain-delay: \"5\" is not a duration like 30s, 5m or 1h30m");
  EXPECT_EQ(ErrorOf({"serve", "--upstream", "x"}), "--upstream: \"x\" is not NAMESPACE=BASE_URI");
  EXPECT_EQ(ErrorOf({"serve", "--grpc"}), "--grpc needs ADDR");
  EXPECT_EQ(ErrorOf({"serve", "--demo=yes"}), "--demo takes no value");
  EXPECT_EQ(ErrorOf({"serve", "a.yaml"}),
            "serve takes flags only; did you mean --capability a.yaml?");
}

TEST(CommandLineTest, OpenApiComesAsYamlWhenAsked) {
  EXPECT_FALSE(Parse({"openapi"}).yaml);
  EXPECT_TRUE(Parse({"openapi", "--yaml", "a.yaml"}).yaml);
  EXPECT_FALSE(ParseCommandLine({"describe", "--yaml"}).ok());
}

TEST(CommandLineTest, FilesBelongToTheInspectingCommands) {
  EXPECT_EQ(Parse({"check", "a.yaml", "b.yaml"}).files,
            (std::vector<std::string>{"a.yaml", "b.yaml"}));
  EXPECT_EQ(ErrorOf({"proto", "--demo"}), "unknown flag --demo");
}

TEST(CommandLineTest, ReadsTheFlagsOfTheMcpDoor) {
  EXPECT_EQ(Parse({"serve"}).serve.mcp.address, "127.0.0.1:9090");
  const CommandLine line =
      Parse({"serve", "--mcp", "off", "--mcp-max-body", "5", "--mcp-max-text", "70",
             "--mcp-tool-text", "list-tasks=9", "--mcp-event-time", "2s"});
  EXPECT_EQ(line.serve.mcp.address, "off");
  EXPECT_EQ(line.serve.mcp.door.max_body_bytes, 5u);
  EXPECT_EQ(line.serve.mcp.door.tools.limits.text_bytes, 70u);
  EXPECT_EQ(line.serve.mcp.text_bytes_of.at("list-tasks"), 9u);
  EXPECT_EQ(line.serve.mcp.door.tools.limits.event_time, absl::Seconds(2));
  EXPECT_EQ(ErrorOf({"serve", "--mcp-tool-text", "x"}), "--mcp-tool-text: \"x\" is not TOOL=BYTES");
}

TEST(CommandLineTest, McpTakesTheFlagsOfServeAndStdio) {
  const CommandLine line = Parse({"mcp", "--stdio", "--demo", "--threads", "1"});
  EXPECT_EQ(line.command, "mcp");
  EXPECT_TRUE(line.serve.demo);
  EXPECT_EQ(line.serve.threads, 1u);
  EXPECT_EQ(ErrorOf({"mcp"}), "mcp needs --stdio; over HTTP, `portico serve` serves MCP");
  EXPECT_EQ(ErrorOf({"mcp", "a.yaml"}), "mcp takes flags only; did you mean --capability a.yaml?");
  EXPECT_FALSE(ParseCommandLine({"serve", "--stdio"}).ok());
}

TEST(CommandLineTest, ReadsTheFlagsOfTheRestDoor) {
  const CommandLine line =
      Parse({"serve", "--rest", "127.0.0.1:0", "--rest-max-body", "5", "--cors-origin",
             "https://a.example", "--cors-origin=https://b.example", "--allow-host", "h.example"});
  EXPECT_EQ(Parse({"serve"}).serve.rest.address, "127.0.0.1:8080");
  EXPECT_EQ(line.serve.rest.address, "127.0.0.1:0");
  EXPECT_EQ(line.serve.rest.door.max_body_bytes, 5u);
  EXPECT_EQ(line.serve.rest.door.origins.cors_origins,
            (std::vector<std::string>{"https://a.example", "https://b.example"}));
  EXPECT_EQ(line.serve.rest.door.origins.hosts, std::vector<std::string>{"h.example"});
}

TEST(CommandLineTest, OriginsAndHostsThatCouldNeverMatchAreRefused) {
  for (const char* origin : {"*", "app.example", "https://", "https://a.example/", "null"}) {
    EXPECT_FALSE(ParseCommandLine({"serve", "--cors-origin", origin}).ok()) << origin;
  }
  for (const char* host : {"", "a.example:80", "https://a.example", "*"}) {
    EXPECT_FALSE(ParseCommandLine({"serve", "--allow-host", host}).ok()) << host;
  }
}

TEST(CommandLineTest, TheUsageNamesEveryFlagItTakes) {
  const std::string usage = UsageText();
  for (const char* flag : {"--capability", "--upstream", "--demo", "--grpc", "--allow-public"}) {
    EXPECT_NE(usage.find(flag), std::string::npos) << flag;
  }
  EXPECT_EQ(Parse({}).command, "help");
  EXPECT_EQ(Parse({"serve", "--help"}).command, "help");
}

TEST(CommandLineTest, EveryCommandThatReadsFilesTakesOverlays) {
  for (const char* command : {"check", "describe", "proto", "openapi"}) {
    const auto line =
        ParseCommandLine({command, "a.yaml", "--overlay", "o.yaml", "--overlay=builtin"});
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_EQ(line->files, std::vector<std::string>{"a.yaml"});
    EXPECT_EQ(line->overlays, (std::vector<std::string>{"o.yaml", "builtin"}));
  }
}

}  // namespace
}  // namespace portico::server
