#include "core/openapi_import/api_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::openapi_import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ApiReaderTest : public testing::Test {
 protected:
  // The API of a document whose `paths` and what follows are `rest`.
  Api Read(absl::string_view rest, const ImportOptions& options = {}) {
    findings_.clear();
    capability::FindingLog log("api.yaml", &findings_);
    const std::string text = absl::StrCat(
        "openapi: 3.0.3\ninfo: {title: Pet Store, version: '1'}\nservers: [{url: "
        "'https://pets.example/v1/'}]\n",
        rest);
    auto api = ReadApi(text, options, &log);
    EXPECT_TRUE(api.has_value()) << Said();
    return api.value_or(Api());
  }
  std::string Said() const {
    std::string text;
    for (const auto& finding : findings_) absl::StrAppend(&text, ToString(finding), "\n");
    return text;
  }

  capability::Findings findings_;
};

TEST_F(ApiReaderTest, ReadsNameServerAndOperation) {
  const Api api = Read(
      "paths:\n  /pets/{petId}:\n    get:\n      operationId: getPet\n      summary: Get a pet\n"
      "      description: All of it.\n      deprecated: true\n");
  EXPECT_EQ(api.space, "pet-store");
  EXPECT_EQ(api.servers[0].uri, "https://pets.example/v1");
  ASSERT_EQ(api.operations.size(), 1u);
  EXPECT_EQ(api.operations[0].name, "get-pet");
  EXPECT_EQ(api.operations[0].method, "GET");
  EXPECT_EQ(api.operations[0].summary, "Deprecated. Get a pet");
  EXPECT_EQ(api.operations[0].description, "Deprecated. Get a pet. All of it.");
  EXPECT_EQ(Said(), "");
}

// Each combines the next a hundred times: followed one by one they would never end.
TEST_F(ApiReaderTest, SchemasThatCombineOneAnotherOverAndOverEndSoon) {
  std::string schemas;
  for (int i = 0; i < 9; ++i) {
    absl::StrAppend(&schemas, "    S", i, ":\n      allOf:\n");
    for (int n = 0; n < 100; ++n) {
      absl::StrAppend(&schemas, "      - {$ref: '#/components/schemas/S", (i + 1) % 10, "'}\n");
    }
  }
  absl::StrAppend(&schemas, "    S9: {properties: {a: {type: string}}, required: [a]}\n");
  const Api api = Read(absl::StrCat(
      "paths:\n  /pets:\n    post:\n      operationId: addPet\n      requestBody:\n"
      "        content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}\n"
      "components:\n  schemas:\n",
      schemas));
  EXPECT_THAT(api.operations[0].body->description, HasSubstr("Members: a (string, required)."));
}

TEST_F(ApiReaderTest, OperationsReplaceParametersOfTheirPath) {
  const Api api = Read(R"(
paths:
  /pets/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: integer}}
    - {$ref: '#/components/parameters/Limit'}
    get:
      parameters:
      - {name: limit, in: query, description: Mine., schema: {type: integer, default: 20}}
      - {name: X-Trace, in: header, required: true, schema: {type: string}}
      - {name: Accept, in: header, schema: {type: string}}
components:
  parameters:
    Limit: {name: limit, in: query, description: Shared., schema: {type: string}}
)");
  const auto& parameters = api.operations[0].parameters;
  ASSERT_EQ(parameters.size(), 3u) << "Accept is said by the responses";
  EXPECT_EQ(parameters[0].type, "integer");
  EXPECT_TRUE(parameters[0].required);
  EXPECT_EQ(parameters[1].description, "Mine. Default: 20.");
  EXPECT_EQ(parameters[2].name, "X-Trace");
  EXPECT_EQ(parameters[2].location, "header");
}

TEST_F(ApiReaderTest, ReadsTheStylesOfListsAndObjects) {
  const Api api = Read(R"(
paths:
  /pets:
    get:
      parameters:
      - {name: a, in: query, schema: {type: array}}
      - {name: b, in: query, explode: false, schema: {type: array, items: {enum: [x, y]}}}
      - {name: c, in: query, style: pipeDelimited, schema: {type: array}}
      - {name: d, in: query, style: deepObject, explode: true, schema: {type: object}}
      - {name: e, in: query, schema: {type: object, required: [f], properties: {f: {type: string}}}}
      - {name: g, in: query, schema: {type: ['null', number]}}
)");
  std::vector<std::string> read;
  for (const ApiParameter& parameter : api.operations[0].parameters) {
    read.push_back(absl::StrCat(parameter.name, " ", parameter.type, " ", parameter.array_style));
  }
  EXPECT_THAT(read, ElementsAre("a array ", "b array comma", "c array pipe", "d object deepObject",
                                "f string ", "g number "));
  EXPECT_EQ(api.operations[0].parameters[1].description, "One of: x, y.");
}

TEST_F(ApiReaderTest, SaysWhichParametersAreLeftOut) {
  Read(R"(
paths:
  /pets:
    get:
      parameters:
      - {name: session, in: cookie, schema: {type: string}}
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: Host, in: header, schema: {type: string}}
      - {name: X(Y), in: header, schema: {type: string}}
      - {name: two words, in: query, schema: {type: string}}
      - {name: o, in: query, schema: {type: object, properties: {a: {}, b c: {}, '': {}}}}
)");
  EXPECT_THAT(Said(), HasSubstr("GET /pets: \"session\" is left out: parameters in \"cookie\""));
  EXPECT_THAT(Said(), HasSubstr("\"id\" is left out: the path /pets has no {id}"));
  EXPECT_THAT(Said(), HasSubstr("\"Host\" is left out"));
  EXPECT_THAT(Said(), HasSubstr("\"X(Y)\" is left out: it cannot be a header's name"));
  EXPECT_THAT(Said(), HasSubstr("\"two words\" is left out: no capability file can write"));
  EXPECT_THAT(Said(), HasSubstr("\"b c\" is left out: no capability file can write"));
  EXPECT_THAT(Said(), HasSubstr("\"\" is left out: it has no name"));
}

TEST_F(ApiReaderTest, LeavesOutPathsThatCannotBeCalled) {
  const Api api = Read(
      "paths:\n  /a: {get: {}}\n  b: {get: {}}\n  /c/{d: {get: {}}\n  /e#f: {get: {}}\n"
      "  '': {get: {}}\n");
  EXPECT_EQ(api.operations.size(), 1u);
  EXPECT_THAT(Said(), HasSubstr("api.yaml:6: warning: paths.b: is left out: column 1: a path"));
  EXPECT_THAT(Said(), HasSubstr("paths./c/{d: is left out: column 4: \"{\" is never closed"));
  EXPECT_THAT(Said(), HasSubstr("paths./e#f: is left out: column 3: \"#\" ends a path"));
  EXPECT_THAT(Said(), HasSubstr("paths.: is left out: a path begins with"));
}

TEST(TooManyOperationsTest, AreNotReadAtAll) {
  std::string text = "openapi: 3.0.0\npaths:\n";
  for (int i = 0; i <= 5000; ++i) {
    absl::StrAppend(&text, "  /a", i, ": {get: {operationId: same, tags: [t", i % 2, "]}}\n");
  }
  capability::Findings findings;
  capability::FindingLog log("api.yaml", &findings);
  EXPECT_FALSE(ReadApi(text, {}, &log).has_value());
  EXPECT_THAT(ToString(findings.back()), HasSubstr("paths: holds more than 5000 operations; ch"));
  ImportOptions options;
  options.tags = {"t1"};
  EXPECT_EQ(ReadApi(text, options, &log)->operations.back().name, "same-2500");
}

TEST_F(ApiReaderTest, LeavesOutOperationsOfTooManyInputs) {
  std::string parameters;
  for (int i = 0; i < 256; ++i) {
    absl::StrAppend(&parameters, "      - {name: p", i, ", in: query}\n");
  }
  const Api api =
      Read(absl::StrCat("paths:\n  /a:\n    put: {}\n    get:\n      parameters:\n", parameters));
  EXPECT_EQ(api.operations.size(), 1u);
  EXPECT_THAT(Said(), HasSubstr("GET /a: is left out: an operation takes at most 256 inputs"));
}

TEST_F(ApiReaderTest, PrefersJsonBodiesAndNamesTheirMembers) {
  const Api api = Read(R"(
paths:
  /pets:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {type: object}}
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        tag: {type: string}
        id: {type: integer, readOnly: true}
        name: {type: string}
        friend: {$ref: '#/components/schemas/Pet'}
)");
  const ApiBody& body = *api.operations[0].body;
  EXPECT_TRUE(body.required);
  EXPECT_EQ(body.encoding, "");
  EXPECT_EQ(body.description, "Members: name (string, required), tag (string), friend (object).");
}

TEST_F(ApiReaderTest, ReadsFormsPartsAndBytes) {
  const Api api = Read(R"(
paths:
  /a:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object}
            encoding: {expand: {style: deepObject, explode: true}}
  /b: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object}}}}}}
  /c: {post: {requestBody: {content: {application/octet-stream: {}}}}}
  /d: {post: {requestBody: {content: {text/csv: {}}}}}
)");
  EXPECT_EQ(api.operations[0].body->encoding, "form");
  EXPECT_EQ(api.operations[0].body->form_array_style, "deepObject");
  EXPECT_EQ(api.operations[1].body->encoding, "multipart");
  EXPECT_EQ(api.operations[2].body->content_type, "application/octet-stream");
  EXPECT_EQ(api.operations[2].body->type, "object");
  EXPECT_EQ(api.operations[3].body->type, "string");
}

TEST_F(ApiReaderTest, BodiesOfNoMediaTypeAreBytes) {
  const Api api = Read("paths: {/a: {post: {requestBody: {content: {csv: {}}}}}}\n");
  EXPECT_EQ(api.operations[0].body->content_type, "application/octet-stream");
  EXPECT_THAT(Said(), HasSubstr("POST /a: \"csv\" is no media type"));
}

TEST_F(ApiReaderTest, AStreamIsWhatAnswersEventsAlone) {
  const Api api = Read(R"(
paths:
  /a: {get: {responses: {'200': {content: {text/event-stream: {}}}}}}
  /b: {get: {responses: {'200': {content: {text/event-stream: {}, application/json: {}}}}}}
  /c: {get: {responses: {'500': {content: {text/event-stream: {}}}}}}
  /d: {get: {responses: {'200': {content: {application/x-ndjson: {}, text/event-stream: {}}}}}}
)");
  EXPECT_TRUE(api.operations[0].stream);
  EXPECT_FALSE(api.operations[1].stream);
  EXPECT_FALSE(api.operations[2].stream);
  EXPECT_TRUE(api.operations[3].stream);
  ASSERT_EQ(findings_.size(), 1u) << Said();
  EXPECT_THAT(Said(), HasSubstr("GET /b: may answer as an event stream as well"));
}

TEST_F(ApiReaderTest, FillsServerVariablesAndKeepsTheTemplate) {
  const Api api = Read(R"(
paths:
  /a:
    servers:
    - url: https://{region}.pets.example/
      variables: {region: {default: eu}}
    get: {}
  /b: {get: {}}
)");
  ASSERT_EQ(api.servers.size(), 2u);
  EXPECT_EQ(api.servers[0].uri, "https://eu.pets.example");
  EXPECT_EQ(api.servers[0].template_uri, "https://{region}.pets.example");
  EXPECT_EQ(api.operations[1].server, 1u);
  EXPECT_EQ(SpaceOf(api, 1), "pet-store-2");
}

TEST_F(ApiReaderTest, SaysWhichServersCannotBeCalled) {
  const Api api = Read(R"(
paths:
  /a: {get: {servers: [{url: 'https://pets.example/?key=1'}]}}
  /b: {get: {servers: [{url: 'https://{a}.{b}.example', variables: {a: {default: x}}}]}}
  /c: {get: {servers: [{url: 'https://{a}', variables: {a: {default: 'user@host'}}}]}}
)");
  ASSERT_EQ(api.servers.size(), 3u);
  EXPECT_EQ(api.servers[0].uri, "");
  EXPECT_THAT(Said(), HasSubstr("must hold no query and no fragment; give the base URI"));
  EXPECT_EQ(api.servers[1].uri, "https://{a}.{b}.example") << "the operator's, to be filled";
  EXPECT_THAT(api.servers[1].variables, IsEmpty());
  EXPECT_EQ(api.servers[2].template_uri, "");
  EXPECT_THAT(api.servers[2].variables, IsEmpty());
}

TEST(ServerTest, RelativeServersAreOfTheDocumentsHost) {
  capability::Findings findings;
  capability::FindingLog log("api.yaml", &findings);
  ImportOptions options;
  const std::string text = "openapi: 3.0.0\nservers: [{url: /api}]\npaths: {/a: {get: {}}}\n";
  options.document_url = "https://pets.example:8443/docs/openapi.json";
  EXPECT_EQ(ReadApi(text, options, &log)->servers[0].uri, "https://pets.example:8443/api");
  EXPECT_THAT(findings, IsEmpty());
  options.document_url.clear();
  EXPECT_EQ(ReadApi(text, options, &log)->servers[0].uri, "");
  EXPECT_THAT(ToString(findings.at(0)), HasSubstr("--base-uri"));
}

TEST_F(ApiReaderTest, ReadsSecuritySchemes) {
  const Api api = Read(R"(
security: [{}, {Digest: []}, {Key: [], OAuth: ['read']}]
paths: {/a: {get: {}}}
components:
  securitySchemes:
    Digest: {type: http, scheme: digest}
    Key: {type: apiKey, in: query, name: key}
    OAuth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://id.example/token', scopes: {read: R}}}
)");
  ASSERT_EQ(api.credentials.size(), 2u);
  EXPECT_EQ(api.credentials[0].kind, ApiCredential::Kind::kQueryKey);
  EXPECT_EQ(api.credentials[1].token_url, "https://id.example/token");
  EXPECT_THAT(api.credentials[1].scopes, ElementsAre("read"));
}

TEST_F(ApiReaderTest, SaysWhichSecuritySchemesCannotBeSent) {
  const Api api = Read(R"(
security: [{Words: []}, {Host: []}, {Bearer: [], Basic: []}, {Old: []}]
paths: {/a: {get: {}}}
components:
  securitySchemes:
    Words: {type: apiKey, in: header, name: my key}
    Host: {type: apiKey, in: header, name: host}
    Bearer: {type: http, scheme: bearer}
    Basic: {type: http, scheme: basic}
    Old: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.example/token?a=1'}}}
)");
  EXPECT_THAT(Said(), HasSubstr("Words: \"my key\" cannot be the name of a header"));
  EXPECT_THAT(Said(), HasSubstr("Host: \"host\" cannot be the name of a header"));
  EXPECT_THAT(Said(), HasSubstr("asks for two proofs in one place"));
  EXPECT_THAT(Said(), HasSubstr("tokenUrl: is no https:// URL without a query"));
  ASSERT_EQ(api.credentials.size(), 1u);
  EXPECT_EQ(api.credentials[0].kind, ApiCredential::Kind::kBearer);
}

TEST_F(ApiReaderTest, SaysWhichOperationsNeedOtherCredentials) {
  const std::string document = R"(
security: [{Key: []}]
paths:
  /a: {get: {}, put: {security: []}}
  /b: {get: {security: [{Token: []}]}, put: {security: [{Token: []}, {Key: []}]}}
  /c: {get: {security: [{Key: [], Token: []}, {Login: []}]}, put: {security: [{}, {Token: []}]}}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Key}
    Token: {type: http, scheme: bearer}
    Login: {type: http, scheme: basic}
)";
  const Api api = Read(document);
  ASSERT_EQ(api.credentials.size(), 1u);
  EXPECT_EQ(api.credentials[0].key, "X-Key");
  ASSERT_EQ(findings_.size(), 2u) << Said();
  EXPECT_THAT(ToString(findings_[0]), HasSubstr("api.yaml:8: warning: GET /b: needs the security "
                                                "scheme Token, which is left out"));
  EXPECT_THAT(ToString(findings_[1]), HasSubstr("GET /c: needs the security scheme Key with Token "
                                                "or Login, which is left out"));
  // Alone, they are called with their own.
  ImportOptions options;
  options.paths = {"/b"};
  const Api alone = Read(document, options);
  ASSERT_EQ(alone.credentials.size(), 1u);
  EXPECT_EQ(alone.credentials[0].kind, ApiCredential::Kind::kBearer);
  EXPECT_EQ(Said(), "");
}

TEST_F(ApiReaderTest, TakesTheCredentialsOfAnotherOperationWhereTheFirstsAreNotServed) {
  const Api api = Read(R"(
paths:
  /a: {get: {security: [{Digest: []}]}}
  /b: {get: {security: [{Token: []}]}}
components:
  securitySchemes:
    Digest: {type: http, scheme: digest}
    Token: {type: http, scheme: bearer}
)");
  EXPECT_EQ(api.credentials.size(), 1u);
  EXPECT_THAT(Said(), HasSubstr("GET /a: needs the security scheme Digest, which is left out"));
}

TEST_F(ApiReaderTest, AsksForTheScopesOfAllOperations) {
  const Api api = Read(R"(
paths:
  /a: {get: {security: [{OAuth: [read]}]}, put: {security: [{OAuth: [write, read]}]}}
components:
  securitySchemes:
    OAuth:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://id.example/token', scopes: {}}}
)");
  EXPECT_THAT(api.credentials.at(0).scopes, ElementsAre("read", "write"));
  EXPECT_EQ(Said(), "");
}

TEST_F(ApiReaderTest, SaysWhereAReferenceLeads) {
  Read(R"(
paths:
  /a: {get: {parameters: [{$ref: 'other.yaml#/p'}, {$ref: '#/no/such'}, {$ref: '#/x-a'}]}}
x-a: {$ref: '#/x-b'}
x-b: {$ref: '#/x-a'}
)");
  EXPECT_THAT(Said(), HasSubstr("\"other.yaml#/p\" stands in another file"));
  EXPECT_THAT(Said(), HasSubstr("\"#/no/such\" is not in the document"));
  EXPECT_THAT(Said(), HasSubstr("leads in a circle"));
}

TEST_F(ApiReaderTest, TakesOnlyWhatIsAskedFor) {
  const std::string paths = R"(
paths:
  /a: {get: {tags: [One]}}
  /b: {get: {tags: [Two]}, put: {}}
)";
  ImportOptions options;
  options.tags = {"Two"};
  EXPECT_EQ(Read(paths, options).operations.size(), 1u);
  options.tags = {};
  options.paths = {"/b"};
  EXPECT_EQ(Read(paths, options).operations.size(), 2u);
}

}  // namespace
}  // namespace portico::openapi_import
