# shellcheck shell=bash
# ./dev test. Sourced by ./dev, which sets `cache`.
: "${cache:?}"

# ThreadSanitizer of gcc 12 cannot place its shadow where the kernel spreads
# mappings over more than 28 bits; such tests run without that spread.
tsan_run_under() {
  local bits
  bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 28)
  ((bits <= 28)) || echo --run_under='/usr/bin/setarch --addr-no-randomize'
}

run_test() {
  set_up build test
  local argument flags=() targets=()
  for argument; do
    case $argument in
      --asan) flags+=(--config=asan) ;;
      --tsan)
        flags+=(--config=tsan)
        mapfile -t -O "${#flags[@]}" flags < <(tsan_run_under)
        ;;
      -//* | -:* | [!-]*) targets+=("$argument") ;;
      *) flags+=("$argument") ;;
    esac
  done
  if [[ " ${flags[*]} " == *" --config="[at]"san "* ]]; then
    # Such as measurements, which a sanitizer would falsify.
    flags+=(--build_tests_only --test_tag_filters=-no-sanitizer)
  fi
  ((${#targets[@]})) || targets=(//...)

  local events=$cache/test-events.json status=0
  rm -f "$events"
  bazel test --keep_going --build_event_json_file="$events" "${flags[@]}" -- "${targets[@]}" ||
    status=$?
  /usr/bin/python3 tools/count_tests.py "$events" "$status"
}
