# shellcheck shell=bash
# ./dev check. Sourced by ./dev, which sets `cache` and `tools`.
: "${cache:?}" "${tools:?}"

changed_only=false

check_help() {
  cat <<'EOF'
./dev check [--changed] [STEPS]: all steps unless told which

  format   clang-format would change nothing
  build    buildifier would change nothing in BUILD files and has no warning
  shell    shellcheck has nothing to say
  proto    buf lint and buf format have nothing to say
  tidy     clang-tidy has nothing to say
  fuzz     no fuzz target finds anything in PORTICO_FUZZ_SECONDS (60) each

--changed: tidy only looks at sources that differ from the main branch.
EOF
}

# Committed or new files that match the patterns.
files() { git ls-files --cached --others --exclude-standard -- "$@"; }

check_format() {
  local file bad=0
  while read -r file; do
    if ! clang-format "$file" | cmp -s - "$file"; then
      echo "$file: run clang-format -i $file"
      bad=1
    fi
  done < <(files '*.cc' '*.h')
  return "$bad"
}

check_build() {
  # Rules of Bazel 4.2 are native; there is no rules_cc to load them from.
  files '*.bazel' '*.bzl' '*.BUILD' WORKSPACE |
    xargs -r buildifier -mode=check -lint=warn \
      -warnings=-native-cc-binary,-native-cc-common,-native-cc-import,-native-cc-library,-native-cc-test,-native-py,-native-sh-test
}

check_shell() {
  files | while read -r file; do
    if [[ -f $file && $(head -c 40 "$file" | tr -d '\0') =~ ^('#!'[^$'\n']*sh|'# shellcheck shell') ]]; then
      echo "$file"
    fi
  done | xargs -r shellcheck -x
}

check_proto() { BUF=$tools/bin/buf tests/proto/lint.sh; }

fuzz_targets() {
  [[ -d tests/fuzz ]] || return 0
  bazel query --ui_event_filters=-info 'filter("_fuzz$", kind(cc_binary, //tests/fuzz/...))'
}

# Sources to tidy: those with a compile command, or of them the changed ones and
# the sources beside changed headers.
tidy_sources() {
  local all
  all=$(sed -n 's/^  "file": "\(.*\)",$/\1/p' compile_commands.json)
  if ! $changed_only; then
    echo "$all"
    return
  fi
  local base
  base=$(git merge-base HEAD main 2>/dev/null || git merge-base HEAD origin/main)
  { git diff --name-only "$base" && git ls-files --others --exclude-standard; } |
    sed -n 's/\.h$/.cc/p; /\.cc$/p' | sort -u | comm -12 - <(sort -u <<<"$all")
}

check_tidy() {
  local targets
  mapfile -t targets < <(echo //... && fuzz_targets)
  bazel build "${targets[@]:0:1}" || return # makes the generated headers
  tools/compile_commands.py "${targets[@]}" || return
  tidy_sources | xargs -r -n 1 -P "$(nproc)" \
    clang-tidy -p . --quiet --extra-arg=-Wno-unknown-warning-option 2>&1 |
    grep -vE '^[0-9]+ warnings? (and [0-9]+ errors? )?generated|^$' || true
  ((PIPESTATUS[0] == 0))
}

# One fuzz target for a while, from its seeds and what earlier runs found.
fuzz_one() {
  local name=${1##*:} folder
  folder=${1%%:*}
  folder=${folder#//}
  local work=$cache/fuzz/$name corpora=("$cache/fuzz/$name/corpus")
  mkdir -p "${corpora[0]}"
  [[ ! -d $folder/corpus ]] || corpora+=("$folder/corpus")
  local words=()
  [[ ! -f $folder/dictionary ]] || words=("-dict=$folder/dictionary")
  if "bazel-bin/$folder/$name" -max_total_time="${PORTICO_FUZZ_SECONDS:-60}" -timeout=25 \
    -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$work/" "${words[@]}" "${corpora[@]}" \
    >"$work/log" 2>&1; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") runs, nothing found"
  else
    grep -E 'ERROR|SUMMARY|runtime error|Test unit written' "$work/log" || tail -20 "$work/log"
    echo "$name: FAILED, see .cache/fuzz/$name/log"
    return 1
  fi
}

check_fuzz() {
  local targets
  mapfile -t targets < <(fuzz_targets)
  ((${#targets[@]})) || return 0
  bazel build --config=fuzz "${targets[@]}" || return
  export -f fuzz_one
  export cache
  # shellcheck disable=SC2016  # the inner bash expands it
  printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'fuzz_one "$1"' fuzz {}
}

run_check() {
  local argument steps=() failed=()
  for argument; do
    case $argument in
      --changed) changed_only=true ;;
      format | build | shell | proto | tidy | fuzz) steps+=("$argument") ;;
      help | --help) check_help && return ;;
      *) check_help >&2 && fail "unknown step: $argument" ;;
    esac
  done
  ((${#steps[@]})) || steps=(format build shell proto tidy fuzz)
  set_up build check
  local step
  for step in "${steps[@]}"; do
    say "check $step"
    "check_$step" || failed+=("$step")
  done
  ((${#failed[@]} == 0)) || fail "failed: ${failed[*]}"
  say "all well: ${steps[*]}"
}
