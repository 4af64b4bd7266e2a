// The scaffolder templates that the stand-in offers, with the expressions,
// schemas and metadata of the recorded ones (quick, failing, slow), and `ticker`,
// a steady source of events for load tests.
//
// Threads: any; a catalog never changes.
#ifndef PORTICO_DEMO_BACKSTAGE_TEMPLATE_H_
#define PORTICO_DEMO_BACKSTAGE_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "demo/json.h"

namespace portico::demo {

struct Template {
  std::string name;
  Json parameters;       // JSON Schema of the values
  Json steps;            // each with id, name, action and perhaps input
  Json output;           // with expressions
  std::string metadata;  // of the entity, as JSON text
  bool paced = false;    // its events leave at once and it takes no worker (ticker)
};

// The ids and names that Backstage gives to steps that lack them.
Json NameSteps(Json steps);

// A task's `spec`, as JSON text. `values` and `user` are JSON texts too.
std::string SpecText(const Template& source, absl::string_view values, absl::string_view user);

class TemplateCatalog {
 public:
  TemplateCatalog();

  // By name, in the namespace "default"; null when there is none. It lives as
  // long as the catalog.
  const Template* Find(absl::string_view name) const;

 private:
  std::vector<Template> templates_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_TEMPLATE_H_
