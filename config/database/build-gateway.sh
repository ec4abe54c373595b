# shellcheck shell=bash
# Builds the gateway in config/database/gateway once for each user of this machine.

# Asked before anything is fetched: without Go nothing of it is of use.
need_gateway_or_go() {
  local source=$PARTS/gateway key
  key=$(cat "$source"/{main.go,go.mod,go.sum} <(uname -m) | sha256sum | cut -c1-12)
  GATEWAY=$CACHE/gateway-$key
  [[ -x $GATEWAY ]] || need go 'to build the gateway'
}

ensure_gateway() {
  local source=$PARTS/gateway
  [[ ! -x $GATEWAY ]] || return 0
  mkdir -p "$CACHE"
  lock_cache
  [[ -x $GATEWAY ]] || build_gateway "$source"
  exec 8>&-
}

build_gateway() {
  local source=$1 log=$CACHE/gateway.log work count=0 total line
  need_space "$CACHE" 1000 'Building the gateway'
  : >"$log"
  rm -f "$CACHE"/gateway-new.*
  work=$(mktemp "$CACHE/gateway-new.XXXXXX")
  begin 'Fetching the sources of the gateway'
  (cd "$source" && go mod download 2>>"$log") ||
    fail "The gateway's sources could not be fetched: look at $log, and whether go can reach its module proxy."
  end
  begin 'Building the gateway'
  total=$(cd "$source" && go list -buildvcs=false -deps . 2>>"$log" | wc -l) || fail "The gateway's sources are not complete: look at $log."
  (cd "$source" && CGO_ENABLED=0 go build -v -buildvcs=false -mod=readonly -trimpath -ldflags '-s -w' -o "$work" . 2>&1) |
    while read -r line; do
      printf '%s\n' "$line" >>"$log"
      progress "package $((++count)) of at most $total"
    done || fail "The gateway could not be built: look at $log."
  chmod 755 "$work"
  mv -T "$work" "$GATEWAY"
  end
}
