#include "tests/fakes/overlaid_portico.h"

#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"

namespace portico::fakes {

std::string WriteTestFile(const std::string& name, const std::string& text) {
  std::string path = absl::StrCat(testing::TempDir(), "/", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string PetsCapability(const std::string& base_uri) {
  return absl::StrCat(R"(naftiko: 1.0.0-alpha2
capability:
  consumes:
  - namespace: pets
    baseUri: ")",
                      base_uri, R"("
    authentication: {type: bearer, token: '{{env.PETS_KEY}}'}
    resources:
    - path: /pets
      operations:
      - name: list
        method: GET
        inputParameters:
        - {name: X-Version, in: header, type: string}
        - {name: tags, in: query, type: array}
      - name: add
        method: POST
        inputParameters: [{name: body, in: body, type: object, required: true}]
  exposes:
  - type: rest
    resources:
    - path: /v1/pets
      operations: [{method: GET, call: pets.list}, {method: POST, call: pets.add}]
  - type: mcp
    tools:
    - {name: add-pet, call: pets.add, description: Add a pet}
)");
}

OverlaidPortico::OverlaidPortico(const std::string& base_uri, const std::string& overlay)
    : portico_({.upstream = "", .configure = [&](server::ServeOptions& options) {
                  options.capabilities = {WriteTestFile("pets.yaml", PetsCapability(base_uri))};
                  options.grpc.address = "off";
                  if (overlay.empty()) return;
                  options.overlays = {WriteTestFile("pets.overlay.yaml",
                                                    absl::StrCat("overlay:\n pets:\n", overlay))};
                }}) {}

HttpCaller::Response OverlaidPortico::Call(absl::string_view method, absl::string_view target,
                                           absl::string_view fields, absl::string_view body) {
  HttpCaller caller(portico_.rest_address());
  caller.Request(method, target, fields, body);
  return caller.ReadResponse();
}

HttpCaller::Response OverlaidPortico::Post(absl::string_view target, absl::string_view content_type,
                                           absl::string_view body) {
  HttpCaller caller(portico_.rest_address());
  caller.Send(absl::StrCat("POST ", target, " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ",
                           content_type, "\r\nContent-Length: ", body.size(), "\r\n\r\n", body));
  return caller.ReadResponse();
}

}  // namespace portico::fakes
