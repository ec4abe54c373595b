# shellcheck shell=bash
# The PostgreSQL server: made once, started, looked at, stopped.

postgres_pid() {
  local pid
  POSTGRES_PID=
  [[ -r $CLUSTER/postmaster.pid ]] || return 1
  read -r pid <"$CLUSTER/postmaster.pid" || return 1
  identity "$pid" >/dev/null && was_started_with "$pid" "$CLUSTER" || return 1
  POSTGRES_PID=$pid
}

postgres_has_stopped() { ! postgres_pid; }

nobody_works_there() { [[ -z $(cluster_processes) ]]; }

has_started_or_ended() { postgres_answers || ! identity "$1" >/dev/null; }

postgres_answers() { sql 'select 1' >/dev/null 2>&1; }

sql() { as_account "$PG_BIN/psql" -qAtX -v ON_ERROR_STOP=1 -h "$SOCKETS" -U answerable -d postgres -c "$1"; }

start_postgres() {
  [[ -f $CLUSTER/PG_VERSION ]] || create_cluster
  clear_after_crash
  write_settings
  begin 'Starting PostgreSQL'
  shorten_log "$DATABASE/postgres.log"
  launch "$DATABASE/postgres.log" "$PG_BIN/postgres" -D "$CLUSTER" -c "config_file=$DATABASE/postgresql.conf"
  # After a crash the server first replays what it had logged.
  wait_until 600 has_started_or_ended "$!" || fail "PostgreSQL has not answered for ten minutes: look at $DATABASE/postgres.log."
  postgres_pid || fail "PostgreSQL did not start: look at the end of $DATABASE/postgres.log."
  prepare_documentdb >>"$DATABASE/postgres.log" 2>&1 ||
    fail "DocumentDB could not be set up in PostgreSQL: look at the end of $DATABASE/postgres.log."
  end
}

# The data may have been made by an earlier release of the extensions.
prepare_documentdb() {
  local extension
  for extension in documentdb_core documentdb documentdb_extended_rum; do
    sql "create extension if not exists $extension cascade" || return 1
    sql "alter extension $extension update" || return 1
  done
  # The gateway builds indexes at once, so nobody has to look every two seconds for some that wait.
  sql "update cron.job set active = false where command like '%build_index_concurrently%' and active"
}

create_cluster() {
  getent passwd "$(stat -c %u "$DATABASE")" >/dev/null ||
    fail "PostgreSQL needs an account that has a name, and number $(stat -c %u "$DATABASE") has none here: add one, or run this as another user."
  begin 'Creating the database'
  # What an interrupted first start has left is not yet anybody's data.
  rm -rf "$CLUSTER.new"
  as_account "$PG_BIN/initdb" -D "$CLUSTER.new" -U answerable --auth=trust --encoding=UTF8 --locale=C \
    --locale-provider=builtin --builtin-locale=C.UTF-8 --data-checksums >>"$DATABASE/postgres.log" 2>&1 ||
    fail "The database could not be created: look at the end of $DATABASE/postgres.log."
  mv -T "$CLUSTER.new" "$CLUSTER"
  end
}

write_settings() {
  {
    cat "$PARTS/postgresql.conf"
    printf "listen_addresses = ''\nunix_socket_directories = '%s'\n" "$SOCKETS"
    # DocumentDB connects back to its own server for what must not wait for a transaction.
    printf "documentdb.localhost_connection_string = 'host=%s user=answerable'\n" "$SOCKETS"
  } >"$DATABASE/postgresql.conf"
  ((EUID != 0)) || chown "$ACCOUNT" "$DATABASE/postgresql.conf"
}

# The server refuses to start beside what it believes to be another one, even if that is a dead process its parent
# has not yet noticed. Its lock files are removed only when no process works in the cluster any more.
clear_after_crash() {
  local locks=("$CLUSTER/postmaster.pid" "$SOCKETS/.s.PGSQL.5432.lock" "$SOCKETS/.s.PGSQL.5432")
  [[ -e ${locks[0]} || -e ${locks[1]} ]] || return 0
  begin 'Waiting for what a crash has left'
  wait_until 60 nobody_works_there ||
    fail "Processes of an earlier start still work on $CLUSTER (numbers: $(cluster_processes | xargs)): wait until they end."
  rm -f "${locks[@]}"
  end
}

stop_postgres() {
  postgres_pid || return 0
  begin 'Stopping PostgreSQL'
  kill -INT "$POSTGRES_PID"
  wait_until 300 postgres_has_stopped || fail "PostgreSQL (process $POSTGRES_PID) is still writing after five minutes: look at $DATABASE/postgres.log."
  end
}
