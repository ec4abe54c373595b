# shellcheck shell=bash
# Fetches PostgreSQL with DocumentDB from the machine's own Debian mirror and unpacks it in the cache. Nothing is
# installed on the machine, and root is not needed.

OUTSIDE_DEBIAN="This machine offers no Debian packages: set MONGODB_URI to any MongoDB of version 7 or later."

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

engine_key() { cat "$PARTS"/{install,prune}-engine.sh <(uname -m) | sha256sum | cut -c1-12; }

install_engine() {
  local tool work log=$CACHE/install.log major
  for tool in apt-get dpkg; do command -v $tool >/dev/null || fail "$OUTSIDE_DEBIAN"; done
  need_space "$CACHE" 1500 'The database engine'
  work=$(mktemp -d "$CACHE/engine-new.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  : >"$log"
  read_package_lists "$work" "$log"
  major=$(choose_major)
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

apt_here() {
  local tool=$1
  shift
  LC_ALL=C APT_CONFIG=$work/apt.conf "$tool" "$@"
}

read_package_lists() {
  local work=$1 log=$2 mirror keyring
  begin 'Reading the list of packages'
  mkdir -p "$work"/{state/lists,cache/archives}/partial
  : >"$work/status"
  # The machine's proxies and the like count, its hooks and its own state do not.
  apt-config dump | grep -vE -- '-Invoke|^(Dir|APT::Sandbox|Acquire::IndexTargets::deb::(DEP|Contents))' >"$work/apt.conf"
  cat >>"$work/apt.conf" <<CONF
Dir::State "$work/state"; Dir::State::status "$work/status"; Dir::Cache "$work/cache";
Dir::Etc::sourcelist "$work/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-"; Dir::Etc::main "-"; Dir::Etc::parts "$work/state";
APT::Install-Recommends "false"; APT::Sandbox::User "root"; Acquire::Languages "none";
Acquire::Check-Valid-Until "false"; APT::Keep-Downloaded-Packages "true";
CONF
  keyring=$(dpkg -L debian-archive-keyring 2>/dev/null | grep -E '/debian-archive-keyring\.(gpg|pgp)$' | head -n 1) || true
  for mirror in $(debian_mirrors); do
    printf 'deb %s %s sid main\n' "${keyring:+[signed-by=$keyring]}" "$mirror" >"$work/sources.list"
    if apt_here apt-get update >>"$log" 2>&1 && apt_here apt-cache pkgnames postgresql- | grep documentdb >/dev/null; then
      end
      return
    fi
  done
  fail "No Debian mirror of this machine offers postgresql-documentdb (see $log). $OUTSIDE_DEBIAN"
}

# Known by what the lists say of themselves, or where there are no lists yet, by a Debian release's name.
debian_mirrors() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(CREATED_BY)|$(COMPONENT)|$(ORIGIN)|$(LABEL)|$(RELEASE)|$(REPO_URI)' |
    awk -F'|' '$1 == "Packages" && $2 == "main" {
      if ($3 == "Debian" && $4 == "Debian") known[$6]
      else if ($5 ~ /^(stable|oldstable|testing|unstable|sid|[a-z]+)$/) guessed[$6]
    } END { for (uri in known) { print uri; found = 1 } if (!found) for (uri in guessed) print uri }'
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
