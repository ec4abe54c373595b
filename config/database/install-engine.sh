# shellcheck shell=bash
# Fetches PostgreSQL with DocumentDB from the machine's own Debian mirror and unpacks it in the cache. Nothing is
# installed on the machine, and root is not needed.

ensure_engine() {
  ENGINE=$(find_engine)
  if [[ -n $ENGINE ]]; then
    find_programs
    return
  fi
  mkdir -p "$CACHE" || fail "$CACHE cannot be created: set XDG_CACHE_HOME to a directory you can write to."
  lock_cache
  ENGINE=$(find_engine)
  [[ -n $ENGINE ]] || install_engine
  exec 8>&-
  find_programs
}

find_engine() {
  local major='*'
  [[ ! -f $CLUSTER/PG_VERSION ]] || major=$(<"$CLUSTER/PG_VERSION")
  compgen -G "$CACHE/engine-$major-$(engine_key)" | sort -V | tail -n 1 || true
}

engine_key() { cat "$PARTS"/{package-lists,install-engine,prune-engine}.sh <(uname -m) | sha256sum | cut -c1-12; }

install_engine() {
  local tool work log=$CACHE/install.log major
  for tool in apt-get dpkg; do command -v $tool >/dev/null || fail "$OUTSIDE_DEBIAN"; done
  need_space "$CACHE" 1500 'The database engine'
  rm -rf "$CACHE"/engine-new.* # left by an interrupted one; the lock says nobody else is at it
  work=$(mktemp -d "$CACHE/engine-new.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  : >"$log"
  read_package_lists "$work" "$log"
  major=$(choose_major) || exit 1
  download_packages "$major" "$log"
  unpack_packages "$work" "$log"
  prune_engine "$work/root" "$major" "$log"
  relocate_engine "$work/root" "$CACHE/engine-$major-$(engine_key)" "$log"
  check_engine "$work/root" "$log"
  ENGINE=$CACHE/engine-$major-$(engine_key)
  chmod -R a+rX "$work/root"
  mv -T "$work/root" "$ENGINE"
  rm -rf "$work"
  trap - EXIT
  find_programs
  "$PG_BIN/postgres" --version >>"$log" 2>&1 || fail "The database engine does not run on this machine: look at $log. Set MONGODB_URI to any MongoDB of version 7 or later."
}

find_programs() {
  local name=${ENGINE##*/engine-}
  engine_paths "$ENGINE" "${name%%-*}"
}

choose_major() {
  local offered wanted
  offered=$(apt_here apt-cache pkgnames postgresql- | sed -nE 's/^postgresql-([0-9]+)-documentdb$/\1/p' | sort -n)
  wanted=$(tail -n 1 <<<"$offered")
  if [[ -f $CLUSTER/PG_VERSION ]]; then
    wanted=$(<"$CLUSTER/PG_VERSION")
    grep -qx "$wanted" <<<"$offered" ||
      fail "The data in $CLUSTER are PostgreSQL $wanted, and only $(tail -n 1 <<<"$offered") is offered now: run bin/database backup where the old engine still is, then start with an empty DATA_DIR and run bin/database restore."
  fi
  printf '%s' "$wanted"
}

download_packages() {
  local major=$1 log=$2 kind percent _
  begin 'Downloading the database engine'
  apt_here apt-get -y -o APT::Status-Fd=3 --download-only install "postgresql-$major-documentdb" patchelf 3>&1 >>"$log" 2>&1 |
    while IFS=: read -r kind _ percent _; do
      [[ $kind != dlstatus ]] || progress "${percent%.*} %"
    done || fail "The engine's packages could not be downloaded: look at $log, then try again."
  end
}

unpack_packages() {
  local work=$1 log=$2 package count=0 total
  total=$(find "$work/cache/archives" -name '*.deb' | wc -l)
  begin 'Unpacking the database engine'
  for package in "$work"/cache/archives/*.deb; do
    dpkg -x "$package" "$work/root" 2>>"$log" || fail "$package could not be unpacked: look at $log."
    progress "$((++count)) of $total packages"
  done
  end
}
