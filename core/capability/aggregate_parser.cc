#include "core/capability/aggregate_parser.h"

#include <utility>

#include "core/capability/part_reader.h"
#include "core/capability/recipe_reader.h"

namespace portico::capability {
namespace {

Function ReadFunction(MapReader& reader) {
  Function function;
  function.position = reader.position();
  function.name = reader.Required("name");
  function.description = reader.Optional("description");
  reader.Nested("semantics", "the semantics of a function", [&](MapReader& item) {
    function.safe = item.Bool("safe");
    function.idempotent = item.Bool("idempotent");
    item.Ignore({"cacheable"});
  });
  ReadRecipe(reader, &function);
  if (function.ref.present()) {
    reader.Error("ref", function.ref.line, "a function cannot stand for another: write \"steps\"");
  }
  reader.Ignore({"label", "display", "tags", "outputMediaType"});
  return function;
}

}  // namespace

Aggregate ReadAggregate(MapReader& reader) {
  Aggregate aggregate;
  aggregate.position = reader.position();
  if (reader.Has("import")) {
    aggregate.import = ReadImport(reader);
    const Text& alias = aggregate.import->alias;
    aggregate.space = alias.present() ? alias : aggregate.import->space;
    return aggregate;
  }
  aggregate.space = reader.Required("namespace");
  for (const char* key : {"functions", "flows"}) {  // before 1.0.0-beta, and since
    reader.Each(key, "name", "a function of an aggregate",
                [&](MapReader& item) { aggregate.functions.push_back(ReadFunction(item)); });
  }
  reader.Ignore({"label", "display", "description", "tags"});
  return aggregate;
}

}  // namespace portico::capability
