# shellcheck shell=bash
# shellcheck disable=SC2034  # the other parts use them
# Paths, words to the person at the terminal, and locks.

data_dir=${DATA_DIR:-data}
[[ $data_dir == /* ]] || data_dir=$PROJECT/$data_dir
DATABASE=$(realpath -m "$data_dir")/database
CLUSTER=$DATABASE/cluster
# Without HOME, the home directory of the account database.
[[ -n ${HOME:-} ]] || HOME=~
CACHE=$(realpath -m "${XDG_CACHE_HOME:-$HOME/.cache}")/answerable

say() { printf '%s\n' "$*" >&2; }

fail() {
  end_line
  say "bin/database: $*"
  exit 1
}

# One step is one line: what is being done, how far it is, and the seconds it took.
STEP=
begin() {
  STEP=$1 STEP_BEGAN=${EPOCHREALTIME/./} STEP_SHOWN=-2000000
  [[ ! -t 2 ]] || printf '%s …' "$STEP" >&2
}

seconds_gone() {
  local tenths=$(((${EPOCHREALTIME/./} - STEP_BEGAN) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

progress() {
  if [[ -t 2 ]]; then
    printf '\r\033[K%s … %s' "$STEP" "$1" >&2
  elif ((${EPOCHREALTIME/./} - STEP_BEGAN > STEP_SHOWN + 4000000)); then
    STEP_SHOWN=$((${EPOCHREALTIME/./} - STEP_BEGAN))
    say "$STEP … $1"
  fi
}

end() {
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
  say "$STEP: $(seconds_gone)"
  STEP=
}

end_line() { [[ ! -t 2 || -z $STEP ]] || printf '\n' >&2; }

need() {
  command -v "$1" >/dev/null || fail "$1 is needed ${2:-}. Install it, or set MONGODB_URI to any MongoDB of version 7 or later."
}

need_space() {
  local place=$1 megabytes=$2 what=$3 free
  free=$(df -Pk "$place" | awk 'NR == 2 { print int($4 / 1024) }')
  ((free >= megabytes)) || fail "$what needs $megabytes MB below $place, and only $free MB are free there."
}

# The lock is held until this process ends; whatever outlives it must be started with 9>&- (or 8>&-).
lock_data() { take_lock 9 "$DATABASE/lock" "another bin/database on the same data"; }
lock_cache() { take_lock 8 "$CACHE/lock" "another bin/database that installs the engine"; }

take_lock() {
  local descriptor=$1 file=$2 whom=$3
  need flock 'so that two starts do not collide'
  eval "exec $descriptor>>\"\$file\"" || fail "$file cannot be written."
  flock -n "$descriptor" && return
  say "Waiting for $whom."
  flock -w 600 "$descriptor" || fail "$whom has held $file for ten minutes; look whether it still runs."
}
