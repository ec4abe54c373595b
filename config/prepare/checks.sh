# shellcheck shell=bash
# The checks of bin/test: each says whether it passed and how long it took; the last line counts them and the tests.

PASSED=0 FAILED=0 SKIPPED=0
RESULTS=

# The first of these programs that is there; root on a Debian-like machine gets the package.
ensure_program() {
  local package=$1 name
  shift
  for name; do ! command -v "$name" >/dev/null || return 0; done
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    step "Installing $package" bash config/prepare/install-package.sh "$package"
  else
    fail "$package is needed for the tests, and there is none. Install it (on Debian: apt-get install $package), then try again."
  fi
}

check() {
  local what=$1 began=$SECONDS
  shift
  say "$what …"
  if "$@" </dev/null >&2; then
    PASSED=$((PASSED + 1))
    say "$what: passed, $((SECONDS - began)) s"
  else
    FAILED=$((FAILED + 1))
    say "$what: failed, $((SECONDS - began)) s"
  fi
}

# What gives up with `exit` is a check that failed, not the end of the run.
in_subshell() (
  "$@"
)

check_shell_scripts() {
  local scripts
  mapfile -t scripts < <(git ls-files --cached --others --exclude-standard -- bin bench faults .ci config | while read -r file; do
    if [[ $file == *.sh ]] || head -n 1 "$file" | grep -q '^#!.*bash'; then printf '%s\n' "$file"; fi
  done)
  shellcheck --external-sources "${scripts[@]}"
}

run_jest() {
  local began=$SECONDS
  say 'Tests …'
  RESULTS=$(mktemp)
  # jest speaks on standard error; the counts are read from its own file
  node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --config config/jest.config.mjs \
    --json --outputFile "$RESULTS" "$@" </dev/null >/dev/null || true
  local passed failed skipped
  read -r passed failed skipped < <(node config/prepare/count-tests.mjs "$RESULTS")
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
  say "Tests: $((SECONDS - began)) s"
}

# The very last line of the run. In CI nothing may be skipped.
report() {
  release_database || true
  local line="$PASSED passed, $FAILED failed"
  ((SKIPPED == 0)) || line+=", $SKIPPED skipped"
  printf '%s\n' "$line"
  if ((FAILED > 0 || PASSED == 0)) || [[ -n ${CI:-} && $SKIPPED -gt 0 ]]; then exit 1; fi
}

finish_checks() {
  local status=$?
  trap '' INT TERM HUP
  stop_step
  [[ -z $RESULTS ]] || rm -f "$RESULTS"
  release_database || true
  exit "$status"
}
