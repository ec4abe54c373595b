# shellcheck shell=bash
# The server as a child: signals are handed on to it, and the database that was brought up for it goes down after it.

SERVER_PID=
COMPILER_PID=

run_server() {
  local flags command
  read -ra flags <"$PROJECT/config/node-flags"
  command=(node "${flags[@]}" dist/src/server.js)
  if [[ ${1:-} == --watch ]]; then
    start_compiler
    command=(node "${flags[@]}" --watch-path=dist/src --watch-path=dist/jobs --watch-path=dist/config --watch-path=views
      --watch-preserve-output dist/src/server.js)
  fi
  # A process group of its own: Ctrl-C reaches it once, through the trap, and not twice.
  set -m
  "${command[@]}" &
  SERVER_PID=$!
  set +m
  trap 'hand_on INT' INT
  trap 'hand_on TERM' TERM HUP
  wait_for_server
}

hand_on() { kill "-$1" "$SERVER_PID" 2>/dev/null || true; }

# A signal interrupts `wait`; the server's own status is known once it has really ended.
wait_for_server() {
  local status=0
  wait "$SERVER_PID" || status=$?
  while kill -0 "$SERVER_PID" 2>/dev/null; do
    status=0
    wait "$SERVER_PID" || status=$?
  done
  SERVER_PID=
  exit "$status"
}

start_compiler() {
  node node_modules/typescript/bin/tsc -p config/tsconfig.build.json --watch --preserveWatchOutput </dev/null >&2 &
  COMPILER_PID=$!
}

finish() {
  local status=$?
  trap '' INT TERM HUP
  stop_step
  [[ -z $COMPILER_PID ]] || kill "$COMPILER_PID" 2>/dev/null || true
  release_database || true
  exit "$status"
}
