#!/usr/bin/env bash
# Installs a Debian package for its programs alone. A server that comes with it is neither started nor begun with the next
# boot: the tests start their own. Only root can.
set -euo pipefail

PACKAGE=$1
# What Debian asks before it starts a service; where somebody has an answer already, that one stays.
POLICY=/usr/sbin/policy-rc.d

if [[ ! -e $POLICY ]]; then
  trap 'rm -f "$POLICY"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends "$PACKAGE"

if [[ $PACKAGE == dovecot-* ]]; then
  update-rc.d dovecot disable || true
  if command -v systemctl >/dev/null; then systemctl disable dovecot.service dovecot.socket || true; fi
fi
