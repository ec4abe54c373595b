# shellcheck shell=bash
# Words to the person at the terminal, and long steps that show they are alive.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "bin/${0##*/}: $*"
  exit 1
}

need_space() {
  local place=$1 megabytes=$2 what=$3 free
  free=$(df -Pk "$place" | awk 'NR == 2 { print int($4 / 1024) }')
  ((free >= megabytes)) || fail "$what needs $megabytes MB in $place, and only $free MB are free there."
}

# Two starts of the same clone wait for each other.
lock_project() {
  exec 7<"$PROJECT"
  flock -n 7 && return
  say 'Waiting for another start of the same project.'
  flock -w 600 7 || fail "Another start has been at work in $PROJECT for ten minutes; look whether it still runs."
}

unlock_project() { exec 7<&-; }

STEP_PID=
# Runs a command quietly; shows the seconds it has taken, and what it said only if it fails.
step() {
  local what=$1 began=$SECONDS gone shown=0 log
  shift
  log=$(mktemp)
  [[ ! -t 2 ]] || printf '%s …' "$what" >&2
  (cd "$PROJECT" && exec "$@") </dev/null >"$log" 2>&1 7<&- &
  STEP_PID=$!
  while kill -0 "$STEP_PID" 2>/dev/null; do
    sleep 0.1
    gone=$((SECONDS - began))
    ((gone > shown)) || continue
    shown=$gone
    if [[ -t 2 ]]; then
      printf '\r\033[K%s … %s s' "$what" "$gone" >&2
    elif ((gone % 5 == 0)); then
      say "$what … $gone s"
    fi
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
  if wait "$STEP_PID"; then
    STEP_PID=
    say "$what: $((SECONDS - began)) s"
    rm -f "$log"
  else
    STEP_PID=
    step_failed "$what" "$log"
  fi
}

step_failed() {
  local what=$1 log=$2
  if grep -qE 'ENOSPC|[Nn]o space left' "$log"; then
    rm -f "$log"
    fail "$what did not succeed: the disk is full."
  fi
  grep -vE '^(npm (error|ERR!) )?(A complete log|[[:space:]]*$)' "$log" | head -n 20 | sed 's/^/  /' >&2
  rm -f "$log"
  fail "$what did not succeed, for the reason above."
}

stop_step() {
  [[ -z $STEP_PID ]] || kill "$STEP_PID" 2>/dev/null || true
}
