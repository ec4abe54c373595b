# shellcheck shell=bash
# up, down and status.

database_up() {
  if is_up; then
    uri
    return
  fi
  need_gateway_or_go
  choose_account
  make_data_dir
  need_space "$DATABASE" 200 'The database'
  lock_data
  ensure_engine
  ensure_gateway
  allow_paths
  short_socket_dir
  if ! is_up; then
    cd "$DATABASE" || fail "$DATABASE cannot be entered."
    stop_gateway
    if postgres_pid && ! postgres_answers; then stop_postgres; fi
    postgres_pid || start_postgres
    start_gateway
  fi
  uri
}

is_up() { gateway_pid && postgres_pid && gateway_answers; }

uri() { printf 'mongodb://127.0.0.1:%s/answerable?directConnection=true\n' "$(gateway_port)"; }

database_down() {
  if [[ -d $DATABASE ]]; then
    choose_account
    lock_data
    stop_gateway
    stop_postgres
    remove_socket_dir
  fi
  say "The database is down."
}

remove_socket_dir() {
  local dir
  dir=$(sed -n "s/^unix_socket_directories = '\(.*\)'$/\1/p" "$DATABASE/postgresql.conf" 2>/dev/null) || return 0
  rmdir "$dir" 2>/dev/null || true
}

database_status() {
  own_data
  local state=0
  if gateway_pid && gateway_answers; then
    say_part gateway "up, process $GATEWAY_PID, $(uri)"
  else
    say_part gateway "${GATEWAY_PID:+does not answer, process }${GATEWAY_PID:-down}"
    state=3
  fi
  if postgres_pid; then
    say_part postgresql "up, process $POSTGRES_PID"
  else
    say_part postgresql down
    state=3
  fi
  say_part data "$(du -sh "$CLUSTER" 2>/dev/null | cut -f1 | grep . || echo nothing yet) in $DATABASE"
  exit "$state"
}

say_part() { printf '%-11s %s\n' "$1" "$2"; }

# Its own session, so that Ctrl-C at the terminal does not reach it; no lock, so that it does not keep one.
launch() {
  local log=$1
  shift
  "${AS[@]}" setsid env -i "PATH=$PATH" LC_ALL=C "HOME=$DATABASE" "$@" </dev/null >>"$log" 2>&1 8>&- 9>&- &
}

shorten_log() {
  local log=$1
  [[ ! -f $log || $(stat -c %s "$log") -lt 10000000 ]] || mv "$log" "$log.old"
}
