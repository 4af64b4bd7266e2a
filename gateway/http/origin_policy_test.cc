#include "gateway/http/origin_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::http {
namespace {

RequestHead Request(absl::string_view host, std::vector<RequestField> fields = {},
                    absl::string_view method = "GET") {
  RequestHead head;
  head.method = method;
  head.host = host;
  head.fields = std::move(fields);
  return head;
}

std::string Refusal(const OriginPolicy& policy, const RequestHead& head) {
  const auto problem = policy.Refusal(head);
  return problem.has_value() ? problem->reason : "";
}

TEST(OriginPolicyTest, ThisMachinesNamesAreNoForeignHosts) {
  const OriginPolicy policy(OriginOptions{});
  for (const char* host :
       {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.3.2.1", "[::1]:1", "[::1]", ""}) {
    EXPECT_EQ(Refusal(policy, Request(host)), "") << host;
  }
}

TEST(OriginPolicyTest, AForeignNameOnLoopbackIsRefused) {
  const OriginPolicy policy(OriginOptions{});
  for (const char* host : {"evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example",
                           "10.0.0.1", "[::2]:8080"}) {
    EXPECT_EQ(Refusal(policy, Request(host)), "FOREIGN_HOST") << host;
  }
}

TEST(OriginPolicyTest, NamedHostsAndPublicListenersAreServed) {
  OriginOptions options;
  options.hosts = {"portico.example"};
  EXPECT_EQ(Refusal(OriginPolicy(options), Request("Portico.example:443")), "");
  options = OriginOptions{};
  options.loopback = false;
  EXPECT_EQ(Refusal(OriginPolicy(options), Request("any.example")), "");
}

TEST(OriginPolicyTest, OnlyPagesOfThisOriginMayCallUnlessAllowed) {
  OriginOptions options;
  const OriginPolicy strict(options);
  EXPECT_EQ(Refusal(strict, Request("localhost:80", {{"Origin", "http://localhost:80"}})), "");
  for (const char* origin : {"http://localhost:81", "https://localhost:80", "null",
                             "https://evil.example", "http://localhost:80.evil.example"}) {
    EXPECT_EQ(Refusal(strict, Request("localhost:80", {{"Origin", origin}})), "FOREIGN_ORIGIN")
        << origin;
  }
  options.cors_origins = {"https://app.example"};
  EXPECT_EQ(
      Refusal(OriginPolicy(options), Request("localhost:80", {{"origin", "https://app.example"}})),
      "");
}

std::string Shown(const std::vector<plan::Header>& fields) {
  std::string shown;
  for (const plan::Header& field : fields) shown += field.name + ": " + field.value + "\n";
  return shown;
}

TEST(OriginPolicyTest, OwnPagesMayBeLeftOut) {
  OriginOptions options;
  options.loopback = false;
  const RequestHead own = Request("h.example", {{"Origin", "http://h.example"}});
  EXPECT_EQ(Refusal(OriginPolicy(options), own), "");
  options.own_pages = false;
  EXPECT_EQ(Refusal(OriginPolicy(options), own), "FOREIGN_ORIGIN");
  options.cors_origins = {"http://h.example"};
  EXPECT_EQ(Refusal(OriginPolicy(options), own), "");
}

TEST(OriginPolicyTest, CorsFieldsAreOnlyForAllowedOrigins) {
  OriginOptions options;
  const auto from = [](absl::string_view origin) {
    return Request("localhost", {{"Origin", origin}});
  };
  EXPECT_EQ(Shown(OriginPolicy(options).FieldsFor(from("https://app.example"))), "");
  options.cors_origins = {"https://app.example"};
  const OriginPolicy policy(options);
  EXPECT_EQ(Shown(policy.FieldsFor(from("https://evil.example"))), "Vary: Origin\n");
  EXPECT_EQ(Shown(policy.FieldsFor(from("https://app.example"))),
            "Vary: Origin\nAccess-Control-Allow-Origin: https://app.example\n"
            "Access-Control-Expose-Headers: *\n");
}

TEST(OriginPolicyTest, APreflightIsToldWhatItMaySend) {
  OriginOptions options;
  options.cors_origins = {"https://app.example"};
  const RequestHead head = Request("localhost",
                                   {{"Origin", "https://app.example"},
                                    {"Access-Control-Request-Method", "DELETE"},
                                    {"Access-Control-Request-Headers", "content-type"}},
                                   "OPTIONS");
  EXPECT_TRUE(OriginPolicy::IsPreflight(head));
  EXPECT_THAT(Shown(OriginPolicy(options).FieldsFor(head)),
              testing::HasSubstr("Access-Control-Allow-Headers: content-type\n"));
}

}  // namespace
}  // namespace portico::http
