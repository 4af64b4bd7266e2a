// Operations that are more than one call, through every door: what goes upstream, and
// what comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/reflected_descriptors.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::GrpcCaller;
using fakes::HttpCaller;
using fakes::RecordedRequest;
using fakes::ReflectedDescriptors;
using fakes::RunningPortico;
using fakes::ScriptedUpstream;
using nlohmann::json;
using testing::HasSubstr;

struct Answer {
  const char* request;  // "GET /catalog/books"
  int status;
  const char* body;
};

struct Case {
  const char* name;
  std::vector<Answer> answers;
  const char* rest;       // "METHOD target", and a body behind a space
  const char* tool;       // name, and arguments behind a space; null: no such tool
  const char* rpc;        // service, method and request
  const char* requests;   // upstream: method, target and body, one a line
  const char* json;       // of a success
  const char* tool_json;  // where MCP answers otherwise
  const char* message;    // of typed fields; null: `json`, wrapped
};

constexpr char kBook[] = R"({"title":"Momo","authors":["a2",1],"price":12.50})";
constexpr char kPeople[] =
    R"([{"author_id":1,"name":"Ann","born":1929},{"author_id":"a2","name":"Bo"}])";
constexpr char kLoan[] = R"({"isbn":"i 1","reader":"Kit","fine":9007199254740993})";

const std::vector<Case>& Cases() {
  static const auto* const kCases = new std::vector<Case>{
      {"AShapedList",
       {{"GET /catalog/books", 200,
         R"([{"name":"Momo","format":{"pages":300.0},"tags":[{"label":"x"},{"label":"y"}]},{}])"}},
       "GET /books?shelf=a%20b",
       R"(list-books {"shelf":"a b"})",
       R"(library_api.v1.LibraryApiService/ListBooks {"shelf":"a b"})",
       "GET /catalog/books?shelf=a%20b \n",
       R"([{"title":"Momo","pages":300.0,"tags":["x","y"],"kind":"book"},)"
       R"({"title":null,"pages":null,"tags":[],"kind":"book"}])",
       R"({"result":["Momo",null]})",
       R"({"result":[{"title":"Momo","tags":["x","y"],"kind":"book",)"
       R"("unmodeledJson":"{\"pages\":300.0}"},{"kind":"book",)"
       R"("unmodeledJson":"{\"title\":null,\"pages\":null,\"tags\":[]}"}]})"},
      {"StepsWithALookup",
       {{"GET /catalog/books/i%2F1", 200, kBook}, {"GET /catalog/authors", 200, kPeople}},
       "GET /books/i%2F1/authors",
       R"(authors-of {"isbn":"i/1"})",
       R"(library_tools.v1.LibraryToolsService/AuthorsOf {"isbn":"i/1"})",
       "GET /catalog/books/i%2F1 \nGET /catalog/authors?id=a2&id=1 \n",
       R"({"title":"Momo","authors":[{"name":"Bo","born":null},{"name":"Ann","born":1929}]})",
       nullptr,
       nullptr},
      {"AFunctionOverTwoApis",
       {{"GET /loans/loans/isbn%3Ai1", 200, kLoan}, {"GET /catalog/books/i%201", 200, kBook}},
       "GET /loans/i1",
       R"(who-has {"isbn":"i1"})",
       R"(desk.v1.DeskService/WhoHas {"isbn":"i1"})",
       "GET /loans/loans/isbn%3Ai1 \nGET /catalog/books/i%201 \n",
       R"({"reader":{"name":"Kit"},"title":"Momo","written-by":"a2","fine":9007199254740993})",
       nullptr,
       R"({"reader":{"name":"Kit"},"title":"Momo","written-by":"a2",)"
       R"("unmodeledJson":"{\"fine\":9007199254740993}"})"},
      {"AMock",
       {},
       R"(POST /greetings {"name":"Kit","times":2})",
       R"(greet {"name":"Kit","times":2})",
       R"(desk.v1.DeskService/Greet {"name":"Kit","times":2})",
       "",
       R"({"text":"Hello, Kit!","times":2,"open":true})",
       nullptr,
       R"({"text":"Hello, Kit!","times":"2","open":true})"},
      {"ABodyThatPassesThroughToAShapedAnswer",
       {{"POST /catalog/books/i1/reviews", 201, R"({"review":{"id":"r1"}})"}},
       R"(POST /books/i1/reviews {"stars":5.0})",
       R"(review {"isbn":"i1","body":{"stars":5.0}})",
       R"(library_api.v1.LibraryApiService/Review {"isbn":"i1","unmodeledJson":"{\"stars\":5.0}"})",
       "POST /catalog/books/i1/reviews {\"stars\":5.0}\n",
       R"({"id":"r1"})",
       R"({"result":"r1"})",
       R"({"id":"r1"})"},
      {"AnInputFromTheEnvironment",
       {{"GET /catalog/books", 200, R"({"books": []})"}},
       "GET /own-books",
       "own-books {}",
       "library_api.v1.LibraryApiService/OwnBooks {}",
       "GET /catalog/books?shelf=test-token \n",
       R"({"books": []})",
       R"({"books":[]})",
       nullptr},
      {"APlainCallBesideThem",
       {{"GET /catalog/books/i1", 200, "{ \"title\" : 1.0 }"}},
       "GET /books/i1",
       nullptr,
       R"(catalog.v1.CatalogService/GetBook {"isbn":"i1"})",
       "GET /catalog/books/i1 \n",
       "{ \"title\" : 1.0 }",
       nullptr,
       nullptr},
  };
  return *kCases;
}

void PrintTo(const Case& printed, std::ostream* out) { *out << printed.name; }

// "a b c" as {"a", "b c"}.
std::pair<std::string, std::string> Split(const std::string& text) {
  const std::size_t space = text.find(' ');
  return {text.substr(0, space), space == std::string::npos ? "" : text.substr(space + 1)};
}

class LanguageTest : public testing::TestWithParam<Case> {
 protected:
  LanguageTest()
      : portico_({"", "test-token", [this](server::ServeOptions& options) {
                    options.capabilities = {"tests/language/library.yaml"};
                    options.base_uris = {{"catalog", upstream_.base_uri() + "/catalog"},
                                         {"loans", upstream_.base_uri() + "/loans"}};
                  }}) {}

  void Script(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
      upstream_.On(answer.request, fakes::Script::Respond(answer.status, answer.body));
    }
  }

  std::string Requests() const {
    std::string lines;
    for (const RecordedRequest& request : upstream_.requests()) {
      absl::StrAppend(&lines, request.method, " ", request.target, " ", request.body, "\n");
    }
    return lines;
  }

  HttpCaller::Response Rest(const std::string& request) {
    const auto [method, rest] = Split(request);
    const auto [target, body] = Split(rest);
    HttpCaller caller(portico_.rest_address());
    caller.Request(method, target, "", body);
    return caller.ReadResponse();
  }

  json Tool(const std::string& call) {
    const auto [name, arguments] = Split(call);
    HttpCaller caller(portico_.mcp_address());
    caller.Request("POST", "/mcp", "", fakes::ToolCall(name, json::parse(arguments)).dump());
    return json::parse(caller.ReadResponse().body).at("result");
  }

  fakes::GrpcAnswer Rpc(const std::string& call) {
    const auto [path, request] = Split(call);
    const ReflectedDescriptors descriptors(portico_.address(), path.substr(0, path.find('/')));
    GrpcCaller caller(portico_.address(), &descriptors.pool());
    return caller.Call(path, request);
  }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
};

using LanguageCaseTest = LanguageTest;

TEST_P(LanguageCaseTest, HoldsThroughRest) {
  Script(GetParam().answers);
  const HttpCaller::Response response = Rest(GetParam().rest);
  EXPECT_EQ(Requests(), GetParam().requests);
  EXPECT_EQ(response.body, GetParam().json);
  EXPECT_EQ(response.status, GetParam().answers.empty() ? 200 : GetParam().answers.back().status);
  EXPECT_EQ(response.Header("content-type"), "application/json");
}

TEST_P(LanguageCaseTest, HoldsThroughMcp) {
  if (GetParam().tool == nullptr) return;
  Script(GetParam().answers);
  const json result = Tool(GetParam().tool);
  EXPECT_EQ(Requests(), GetParam().requests);
  const char* const otherwise = GetParam().tool_json;
  // The text holds the bytes, which a parsed number would not show.
  EXPECT_EQ(result.at("content").at(0).at("text"),
            otherwise == nullptr ? GetParam().json : otherwise);
  EXPECT_EQ(result.at("isError"), false);
}

TEST_P(LanguageCaseTest, HoldsThroughGrpc) {
  Script(GetParam().answers);
  const fakes::GrpcAnswer answer = Rpc(GetParam().rpc);
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(Requests(), GetParam().requests);
  const json got = json::parse(answer.json);
  if (GetParam().message != nullptr) {
    EXPECT_EQ(got, json::parse(GetParam().message));
    return;
  }
  const json want = json::parse(GetParam().json);
  EXPECT_EQ(got.contains("result") ? got.at("result")
                                   : json::parse(got.at("unmodeledJson").get<std::string>()),
            want);
}

INSTANTIATE_TEST_SUITE_P(Cases, LanguageCaseTest, testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param.name; });

class LanguageBodyTest : public LanguageTest {
 protected:
  LanguageBodyTest() {
    json pages = json::array();
    for (int i = 0; i < 20'000; ++i) pages.push_back(9007199254740993 + i);
    const std::string text = std::string(70'000, 'x') + "\"\n\u00e9";
    body_ = json{{"pages", pages}, {"stars", 5.0}, {"text", text}}.dump();
  }

  std::string body_;  // several times what any buffer on its way holds
};

TEST_F(LanguageBodyTest, ALargeBodyGoesUpstreamWholeFromEveryDoor) {
  ASSERT_GT(body_.size(), 400'000u);
  Script({{"POST /catalog/books/i1/reviews", 201, R"({"review":{"id":"r1"}})"}});
  EXPECT_EQ(Rest("POST /books/i1/reviews " + body_).body, R"({"id":"r1"})");
  EXPECT_EQ(Tool("review {\"isbn\":\"i1\",\"body\":" + body_ + "}").at("isError"), false);
  const fakes::GrpcAnswer answer = Rpc("library_api.v1.LibraryApiService/Review " +
                                       json{{"isbn", "i1"}, {"unmodeledJson", body_}}.dump());
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(json::parse(answer.json), json({{"id", "r1"}}));
  ASSERT_EQ(upstream_.requests().size(), 3u);
  for (const RecordedRequest& request : upstream_.requests()) {
    EXPECT_EQ(request.Header("content-length"), std::to_string(body_.size()));
    EXPECT_TRUE(request.body == body_) << request.body.size() << " bytes";
  }
}

class LanguageFailureTest : public LanguageTest {};

TEST_F(LanguageFailureTest, AStepThatFailsIsNamedByEveryDoor) {
  Script({{"GET /loans/loans/isbn%3Ai1", 200, kLoan},
          {"GET /catalog/books/i%201", 404, R"({"message":"no such book"})"}});
  const HttpCaller::Response response = Rest("GET /loans/i1");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.Header("portico-step"), "book");
  EXPECT_EQ(response.body, R"({"message":"no such book"})");

  const json result = Tool(R"(who-has {"isbn":"i1"})");
  EXPECT_EQ(result.at("isError"), true);
  EXPECT_THAT(result.at("content").at(0).at("text").get<std::string>(),
              HasSubstr("step book: GET /books/{{isbn}} answered 404: no such book"));

  const fakes::GrpcAnswer answer = Rpc(R"(desk.v1.DeskService/WhoHas {"isbn":"i1"})");
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(answer.error_info().metadata().at("step"), "book");
}

TEST_F(LanguageFailureTest, AnUpstreamThatIsGoneIsToldWithItsStep) {
  upstream_.On("GET /loans/loans/isbn%3Ai1", fakes::Script().Reset());
  const HttpCaller::Response response = Rest("GET /loans/i1");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("UPSTREAM_CONNECTION_LOST"));
  EXPECT_EQ(response.Header("portico-source"), "portico");
  EXPECT_THAT(response.body, HasSubstr("step loan"));
}

TEST_F(LanguageFailureTest, AMissingInputIsRefusedByEveryDoor) {
  EXPECT_EQ(Rest("POST /greetings {}").status, 400);
  EXPECT_EQ(Tool("greet {}").at("isError"), true);
  EXPECT_EQ(Rpc("desk.v1.DeskService/Greet {}").status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(LanguageFailureTest, EachStepCarriesTheCredentialOfItsApi) {
  Script({{"GET /loans/loans/isbn%3Ai1", 200, kLoan}, {"GET /catalog/books/i%201", 200, kBook}});
  Rest("GET /loans/i1");
  ASSERT_EQ(upstream_.requests().size(), 2u);
  EXPECT_EQ(upstream_.requests()[0].Header("authorization"), "Bearer test-token");
  EXPECT_EQ(upstream_.requests()[1].Header("authorization"), std::nullopt);
}

TEST_F(LanguageFailureTest, DescriptionsSayWhatIsAnswered) {
  const json document = json::parse(Rest("GET /openapi.json").body);
  const json& schema = document.at("paths")
                           .at("/loans/{isbn}")
                           .at("get")
                           .at("responses")
                           .at("200")
                           .at("content")
                           .at("application/json")
                           .at("schema");
  EXPECT_EQ(schema.at("properties").at("fine").at("type"), json({"number", "null"}));
}

}  // namespace
}  // namespace portico
