#!/usr/bin/env bash
# Writes embedded_files.cc: the named files as string literals.
# Usage: embed_files.sh CAPABILITY... -- OVERLAY... -- PROTO... > embedded_files.cc
set -euo pipefail

table() {
  local name=$1
  shift
  echo "constexpr EmbeddedFile k${name}[] = {"
  for file in "$@"; do
    # The delimiter makes any text safe that does not hold it.
    printf '    {"%s", R"PORTICO(' "$file"
    cat "$file"
    printf ')PORTICO"},\n'
  done
  echo "};"
}

capabilities=()
while [[ $1 != "--" ]]; do
  capabilities+=("$1")
  shift
done
shift

overlays=()
while [[ $1 != "--" ]]; do
  overlays+=("$1")
  shift
done
shift

echo '#include "server/embedded_files.h"'
echo 'namespace portico::server {'
echo 'namespace {'
table Capabilities "${capabilities[@]}"
table Overlays "${overlays[@]}"
table Protos "$@"
echo '}  // namespace'
echo 'absl::Span<const EmbeddedFile> BuiltInCapabilities() { return kCapabilities; }'
echo 'absl::Span<const EmbeddedFile> BuiltInOverlays() { return kOverlays; }'
echo 'absl::Span<const EmbeddedFile> ProtoSources() { return kProtos; }'
echo '}  // namespace portico::server'
