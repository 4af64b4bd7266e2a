# shellcheck shell=bash
# Installs what the commands of ./dev need, and nothing when nothing is missing.
# Sourced by ./dev, which sets `cache` and `tools`.
: "${cache:?}" "${tools:?}"

# Debian 12 packages by purpose; set_up names the arrays.
# shellcheck disable=SC2034
{
  build_packages=(
    bazel-bootstrap bazel-rules-java bazel-rules-proto bazel-skylib bazel-platforms
    g++ libgrpc++-dev protobuf-compiler protobuf-compiler-grpc libprotobuf-dev libprotoc-dev libabsl-dev
    libcurl4-openssl-dev libssl-dev libyaml-dev nlohmann-json3-dev libsimdjson-dev
    libboost1.81-dev libgtest-dev libgmock-dev libbenchmark-dev
    grpc-proto golang-github-gogo-googleapis-dev ca-certificates
  )
  test_packages=(python3 python3-grpcio python3-protobuf curl chromium)
  bench_packages=(python3 nghttp2-client curl util-linux nginx-light wrk valgrind)
  check_packages=(clang clang-format clang-tidy libclang-rt-14-dev python3 shellcheck git)
}

# The newest grpcurl that Debian 12's Go can build.
grpcurl=github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.1

has() { # all of the commands named
  local name
  for name; do command -v "$name" >/dev/null || return; done
}

missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
      sed -n 's/^installed //p' | sort -u)
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    fail "not root and no sudo; run this as root: $*"
  fi
}

apt_install() {
  has apt-get dpkg-query ||
    fail "this is not Debian; Debian 12 has these packages: $*"
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  say "installing ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
  as_root "${apt[@]}" update &&
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# The packages that FOLDER's package-lock.json pins, into HOME; WHAT names them.
npm_install() { # FOLDER HOME WHAT
  local home=$2
  cmp -s "$1/package-lock.json" "$home/installed.json" && return
  has node npm || apt_install nodejs npm || return
  say "installing $3 into ${home#"$PWD"/}"
  rm -rf "$home"
  mkdir -p "$home"
  cp "$1/package.json" "$1/package-lock.json" "$home"
  # No script of theirs needs to run: what is binary among them is ready.
  (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 || return
  cp "$home/package-lock.json" "$home/installed.json"
}

npm_tools() {
  npm_install third_party/npm "$tools/npm" "buildifier and buf" || return
  ln -sf "$tools/npm/node_modules/.bin/buildifier" "$tools/npm/node_modules/.bin/buf" "$tools/bin"
}

# What the page at / is made with; the build takes it from there.
page_assets() { npm_install third_party/swagger_ui "$cache/swagger_ui" "Swagger UI"; }

openapi_tools() {
  npm_install tests/openapi/npm "$tools/openapi" "OpenAPI linters and a client generator"
}

mcp_tools() { npm_install tests/mcp/npm "$tools/mcp" "MCP clients and their conformance suite"; }

# The server that the MCP door is measured against. It is no package: its code comes along.
mcp_peer() {
  npm_install bench/mcp_peer "$tools/mcp_peer" "a server of the TypeScript SDK" || return
  cp bench/mcp_peer/server.mjs "$tools/mcp_peer"
}

build_grpcurl() {
  say "building grpcurl into .cache/tools (once, one to two minutes)"
  local work=$cache/go status=0
  GOBIN=$tools/bin GOPATH=$work GOCACHE=$work/cache GOFLAGS=-modcacherw GOTOOLCHAIN=local \
    go install "$grpcurl" >&2 || status=$?
  rm -rf "$work"
  return "$status"
}

# A reflecting gRPC client for the command line: grpcurl, or else `buf curl`.
grpc_client() {
  if has grpcurl || [[ -x $tools/bin/buf ]]; then return; fi
  if has go; then
    build_grpcurl && return
    say "grpcurl did not build; taking buf instead"
  fi
  npm_tools
}

# set_up PURPOSE...: of build, test, bench, check
set_up() {
  local purpose packages=()
  for purpose; do
    local -n list=${purpose}_packages
    packages+=("${list[@]}")
  done
  (
    flock 9 # two runs of ./dev at once
    apt_install "${packages[@]}"
    for purpose; do
      case $purpose in
        build) page_assets ;;
        test)
          openapi_tools
          mcp_tools
          grpc_client || say "no gRPC client for the command line; going on without"
          ;;
        bench) mcp_peer ;;
        check) npm_tools ;;
      esac
    done
  ) 9>"$cache/setup.lock"
}
