#!/bin/sh
# Lints and checks the format of our Protobuf files with buf, without network:
# protoc builds the image that buf reads, so buf resolves no dependency.
#
#   BUF=path/to/buf tests/proto/lint.sh
#
# buf comes from the npm package @bufbuild/buf. GOOGLEAPIS is the folder that has
# google/api/*.proto (Debian: golang-github-gogo-googleapis-dev).
set -eu

buf=${BUF:?set BUF to the path of the buf program}
googleapis=${GOOGLEAPIS:-/usr/share/gocode/src/github.com/gogo/googleapis}
cd "$(dirname "$0")/../../proto"
image=$(mktemp --suffix=.binpb)
trap 'rm -f "$image"' EXIT

files=$(find backstage northflank portico render -name '*.proto' | sort)
# shellcheck disable=SC2086  # one word per file
protoc -I. -I"$googleapis" -I/usr/include --include_imports --include_source_info \
  --descriptor_set_out="$image" $files
"$buf" lint "$image" --config buf.yaml
for file in $files; do
  "$buf" format --diff --exit-code "$file"
done
echo "proto: $(echo "$files" | wc -l) files are clean"
