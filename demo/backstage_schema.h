// Checks a template's values against its JSON Schema and words the findings as
// Backstage does (the `jsonschema` package): the second shape of its 400s.
//
// Threads: any.
#ifndef PORTICO_DEMO_BACKSTAGE_SCHEMA_H_
#define PORTICO_DEMO_BACKSTAGE_SCHEMA_H_

#include "demo/json.h"

namespace portico::demo {

// An array of {path, property, message, schema, instance, name, argument, stack},
// empty when `values` fit. Known keywords: type, pattern, enum, minimum, maximum,
// required, properties, items; others are accepted, as all unknown ones are. A
// schema that is an array holds the pages of a form: all must fit, and the first
// that does not is reported.
Json SchemaErrors(const Json& values, const Json& schema);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_SCHEMA_H_
