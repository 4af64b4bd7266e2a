#!/usr/bin/env bash
# Writes the table behind ExampleFiles(): embed_examples.sh FILE.json... > OUT
set -euo pipefail

cat <<'END'
#include "gateway/openapi/examples.h"

namespace portico::openapi {

absl::Span<const ExampleFile> ExampleFiles() {
  static constexpr ExampleFile kFiles[] = {
END
for file; do
  name=${file##*/}
  printf '      {"%s", R"PORTICO(' "${name%.json}"
  cat "$file"
  printf ')PORTICO"},\n'
done
cat <<'END'
  };
  return kFiles;
}

}  // namespace portico::openapi
END
