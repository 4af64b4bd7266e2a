#include "gateway/openapi/examples.h"

namespace portico::openapi {

Json ExampleOf(absl::string_view name) {
  for (const ExampleFile& file : ExampleFiles()) {
    if (file.name == name) return Json::parse(file.text.begin(), file.text.end());
  }
  return Json::object();
}

}  // namespace portico::openapi
