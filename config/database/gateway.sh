# shellcheck shell=bash
# The gateway: started, looked at, stopped. It keeps no data.

gateway_pid() {
  local recorded
  GATEWAY_PID=
  recorded=$(cat "$DATABASE/gateway.pid" 2>/dev/null) || return 1
  [[ -n $recorded && $(identity "${recorded%% *}") == "$recorded" ]] || return 1
  GATEWAY_PID=${recorded%% *}
}

gateway_has_stopped() { ! gateway_pid; }

gateway_port() { cat "$DATABASE/port" 2>/dev/null; }

# A port belongs to its data also while nobody listens there, after a crash for instance: a program that still speaks to it
# would otherwise read and write what belongs to another engine. `ports` in the cache notes whose each one is.
is_of_others() {
  local port=$1 owner
  owner=$(cat "$CACHE/ports/$port" 2>/dev/null) || return 1
  [[ $owner != "$DATABASE" && $(cat "$owner/port" 2>/dev/null) == "$port" ]]
}

# Its own port, or the first one above those of all others: from there the gateway looks for one that is free.
wished_port() {
  local own entry port first=27117
  if own=$(gateway_port) && ! is_of_others "$own"; then
    printf '%s\n' "$own"
    return
  fi
  for entry in "$CACHE"/ports/*; do
    port=${entry##*/}
    if [[ -f $entry ]] && is_of_others "$port" && ((port >= first)); then first=$((port + 1)); fi
  done
  printf '%s\n' "$first"
}

keep_port() {
  mkdir -p "$CACHE/ports"
  printf '%s\n' "$DATABASE" >"$CACHE/ports/$(gateway_port)"
}

# Through the gateway to PostgreSQL and back.
gateway_answers() {
  local program port
  program=$(cat "$DATABASE/gateway.path" 2>/dev/null) && port=$(gateway_port) && "$program" -ping "$port" 2>/dev/null
}

has_told_port() { [[ -f $DATABASE/port.told ]] || gateway_has_stopped; }

start_gateway() {
  begin 'Starting the gateway'
  local log=$DATABASE/gateway.log wished
  wished=$(wished_port)
  shorten_log "$log"
  rm -f "$DATABASE/port.told"
  as_account mkdir -p "$DATABASE/gateway"
  printf '%s\n' "$GATEWAY" >"$DATABASE/gateway.path"
  launch "$log" "$GATEWAY" -state "$DATABASE/gateway" -port "$wished" -port-file "$DATABASE/port.told" \
    -postgres "postgres://answerable@/postgres?host=${SOCKETS//\//%2F}"
  local started=$!
  identity "$started" >"$DATABASE/gateway.pid" || true
  wait_until 60 has_told_port || true
  [[ -f $DATABASE/port.told ]] || fail "The gateway did not start: look at the end of $log."
  mv "$DATABASE/port.told" "$DATABASE/port"
  keep_port
  wait_until 60 gateway_answers || fail "The gateway does not answer: look at $log and $DATABASE/postgres.log."
  end
}

stop_gateway() {
  gateway_pid || return 0
  begin 'Stopping the gateway'
  kill -TERM "$GATEWAY_PID"
  # It waits for its clients to leave; having no data of its own, it need not.
  wait_until 5 gateway_has_stopped || kill -KILL "$GATEWAY_PID" 2>/dev/null || true
  wait_until 5 gateway_has_stopped || fail "The gateway (process $GATEWAY_PID) does not end."
  end
}
