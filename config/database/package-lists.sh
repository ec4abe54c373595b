# shellcheck shell=bash
# apt with a state of its own, that knows one source: sid, at the mirror this machine already uses.

OUTSIDE_DEBIAN="This machine offers no Debian packages: set MONGODB_URI to any MongoDB of version 7 or later."

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

# Known by what the package lists say of themselves; where no list was ever read, guessed from a release's name, which
# for Debian's own is one word.
debian_mirrors() {
  # shellcheck disable=SC2016
  local format='$(CREATED_BY)|$(COMPONENT)|$(ORIGIN)|$(LABEL)|$(RELEASE)|$(REPO_URI)' known
  known=$(apt-get indextargets --format "$format" | awk -F'|' '$1 $2 $3 $4 == "PackagesmainDebianDebian" { print $6 }')
  [[ -n $known ]] || known=$(apt-get indextargets --no-release-info --format "$format" |
    awk -F'|' '$1 $2 == "Packagesmain" && $5 ~ /^[a-z]+$/ { print $6 }')
  sort -u <<<"$known"
}
