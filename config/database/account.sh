# shellcheck shell=bash
# PostgreSQL refuses to run as root, so root hands it to an account without rights.

AS=()

choose_account() {
  if ((EUID != 0)); then
    own_data
    return 0
  fi
  need setpriv 'to start PostgreSQL from root'
  local owner group
  owner=$(account_id %u nobody) group=$(account_id %g "$(id -gn nobody)")
  ACCOUNT=$owner:$group
  AS=(setpriv "--reuid=$owner" "--regid=$group" --clear-groups --no-new-privs)
}

own_data() {
  [[ $EUID == 0 || ! -d $DATABASE || -O $DATABASE ]] ||
    fail "The data in $DATABASE belong to $(stat -c %U "$DATABASE"): run this as that user, or as root."
}

account_id() {
  local place id
  for place in "$DATABASE" "$PROJECT"; do
    [[ -d $place ]] || continue
    id=$(stat -c %u "$place")
    if ((id != 0)) && { [[ $place == "$DATABASE" ]] || getent passwd "$id" >/dev/null; }; then
      stat -c "$1" "$place"
      return
    fi
  done
  if [[ $1 == %u ]]; then id -u "$2"; else getent group "$2" | cut -d: -f3; fi
}

make_data_dir() {
  mkdir -p "$DATABASE" 2>/dev/null || fail "$DATABASE cannot be created: set DATA_DIR to a directory you can write to."
  chmod 700 "$DATABASE"
  ((EUID != 0)) || chown "$ACCOUNT" "$DATABASE"
}

# The data or the cache may be below a directory only root may enter, such as root's home. Containers often lack the
# first of these capabilities. Without no_setuid_fixup, access(2) would overlook them, and PostgreSQL asks access(2)
# about its programs.
allow_paths() {
  ((EUID == 0)) || return 0
  local plain=("${AS[@]}") capability only
  may_enter && return
  for capability in dac_read_search dac_override; do
    only="-all,+$capability"
    AS=("${plain[@]}" "--inh-caps=$only" "--ambient-caps=$only" "--bounding-set=$only" --securebits=+no_setuid_fixup)
    may_enter && return
  done
  fail "The account that runs PostgreSQL cannot reach $DATABASE and $CACHE: set DATA_DIR and XDG_CACHE_HOME to directories that everybody may enter."
}

may_enter() { "${AS[@]}" test -r "$DATABASE" -a -r "$ENGINE/usr" -a -x "$GATEWAY" 2>/dev/null; }

# A clean environment: PGHOST, PGUSER, LD_LIBRARY_PATH and the like must not reach these programs.
as_account() { "${AS[@]}" env -i "PATH=$PATH" LC_ALL=C "HOME=$DATABASE" "$@"; }

short_socket_dir() {
  local parent=${TMPDIR:-/tmp} name
  name=answerable-$(printf '%s %s' "$CLUSTER" "$(stat -c %u "$DATABASE")" | sha256sum | cut -c1-16)
  # A socket's whole path may have 107 bytes.
  ((${#parent} + ${#name} < 85)) || parent=/tmp
  SOCKETS=$parent/$name
  if [[ ! -e $SOCKETS && ! -L $SOCKETS ]]; then
    mkdir -m 700 "$SOCKETS" || fail "$SOCKETS cannot be created: set TMPDIR to a directory you can write to."
    ((EUID != 0)) || chown "$ACCOUNT" "$SOCKETS"
  fi
  [[ ! -L $SOCKETS && $(stat -c '%u %a' "$SOCKETS") == "$(stat -c %u "$DATABASE") 700" ]] ||
    fail "$SOCKETS is not a private directory of the account that runs the database: look who made it, and remove it."
}
