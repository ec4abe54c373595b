# shellcheck shell=bash
# Whether a process is the one that was started here. A number alone is not enough: after a crash or a reboot it may
# belong to something else.

# A process's number with the clock tick it started at.
identity() {
  local pid=$1 stat fields
  stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
  # The name, in parentheses, may itself contain spaces; the state and 18 more fields come before the start.
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] || return 1
  printf '%s %s' "$pid" "${fields[19]}"
}

was_started_with() {
  local pid=$1 wanted=$2 argument
  while IFS= read -r -d '' argument; do
    [[ $argument != "$wanted" ]] || return 0
  done 2>/dev/null <"/proc/$pid/cmdline"
  return 1
}

# Servers, and children a killed server has left, have the cluster as their working directory. In a container even root
# may not look at another account's, so that account looks itself.
cluster_processes() {
  local process directory
  "${AS[@]}" find /proc -mindepth 2 -maxdepth 2 -path '/proc/[0-9]*/cwd' -printf '%h %l\n' 2>/dev/null |
    while read -r process directory; do
      [[ $directory != "$CLUSTER" ]] || basename "$process"
    done || true
}

# Calls a yes/no question every 50 ms until it is yes.
wait_until() {
  local limit=$1 waited=0
  shift
  until "$@"; do
    ((waited < limit * 20)) || return 1
    sleep 0.05
    ((++waited % 20)) || progress "$((waited / 20)) s"
  done
}
