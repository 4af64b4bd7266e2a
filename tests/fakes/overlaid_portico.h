// A Portico with a capability and an overlay of the test's own, in front of an upstream
// of the test's.
//
// Threads: one.
#ifndef PORTICO_TESTS_FAKES_OVERLAID_PORTICO_H_
#define PORTICO_TESTS_FAKES_OVERLAID_PORTICO_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/running_portico.h"

namespace portico::fakes {

// A file in the test's temporary directory; its path.
std::string WriteTestFile(const std::string& name, const std::string& text);

// The namespace `pets` with `list` (GET /pets, header X-Version and query `tags`, an
// array) and `add` (POST /pets, with a body), on the routes GET and POST /v1/pets.
// `base_uri` stands in the file; its authentication is `Bearer {{env.PETS_KEY}}`.
std::string PetsCapability(const std::string& base_uri);

class OverlaidPortico {
 public:
  // `overlay`: what stands below `pets:`, each line with two spaces before it. Every
  // environment variable in capitals is "test-token".
  OverlaidPortico(const std::string& base_uri, const std::string& overlay);

  // By REST.
  HttpCaller::Response Call(absl::string_view method, absl::string_view target,
                            absl::string_view fields = "", absl::string_view body = "");
  // With a type of its own in place of JSON's.
  HttpCaller::Response Post(absl::string_view target, absl::string_view content_type,
                            absl::string_view body);

  RunningPortico& portico() { return portico_; }

 private:
  RunningPortico portico_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_OVERLAID_PORTICO_H_
