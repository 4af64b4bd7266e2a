#!/bin/sh
# Generates the Python stubs and runs the client.
#
#   tests/clients/python/run.sh ADDRESS [OPTION]...
#
# Debian: protobuf-compiler protobuf-compiler-grpc python3-grpcio python3-protobuf
# golang-github-gogo-googleapis-dev. (python3-grpc-tools of Debian 12 is too old for
# `optional`.) PYTHON names another interpreter.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
protos=$here/../../../proto
googleapis=${GOOGLEAPIS:-/usr/share/gocode/src/github.com/gogo/googleapis}
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT

# The stubs import the options' modules, and the client the errors' details.
protoc -I"$protos" -I"$googleapis" -I/usr/include \
  --plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin \
  --python_out="$stubs" --grpc_out="$stubs" \
  backstage/scaffolder/v1/task.proto backstage/scaffolder/v1/tasks.proto \
  portico/v1/annotations.proto google/api/annotations.proto google/api/http.proto \
  google/rpc/error_details.proto google/rpc/status.proto
PYTHONPATH="$stubs" "${PYTHON:-/usr/bin/python3}" -B "$here/tasks_client.py" "$@"
