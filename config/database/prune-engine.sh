# shellcheck shell=bash
# Of 540 MB unpacked the server and the libraries it loads are a third: these alone are kept, and made to use
# nothing of the machine's, not even its C library.

PROGRAMS=(postgres initdb psql)

engine_paths() {
  local root=$1 major=$2
  LIBRARIES=$root/usr/lib/loaded
  PG_BIN=$root/usr/lib/postgresql/$major/bin
  PG_LIB=$root/usr/lib/postgresql/$major/lib
  PG_SHARE=$root/usr/share/postgresql/$major
}

prune_engine() {
  local root=$1 major=$2 log=$3 system loader
  begin 'Keeping what the engine uses'
  engine_paths "$root" "$major"
  system=$(dirname "$(compgen -G "$root/usr/lib/*/libc.so.6")")
  loader=$(compgen -G "$system/ld-linux*.so.*" | head -n 1)
  # Debian makes this name through alternatives.
  [[ -e $PG_SHARE/extension/postgis.control ]] || ln -s postgis-3.control "$PG_SHARE/extension/postgis.control"
  rm -rf "$PG_LIB"/{bitcode,pgxs} "$PG_LIB"/{postgis_*,pg_documentdb_distributed}.so "$PG_SHARE"/{man,contrib}
  find "$PG_BIN" -type f -regextype posix-extended ! -regex ".*/($(IFS='|' && printf '%s' "${PROGRAMS[*]}"))" -delete

  mkdir "$LIBRARIES"
  cp "$loader" "$LIBRARIES/"
  LOADER=$LIBRARIES/$(basename "$loader")
  local search=$PG_LIB:$system:$system/blas:$system/lapack
  find "$PG_BIN" "$PG_LIB" "$root/usr/bin/patchelf" -type f |
    while read -r file; do "$loader" --library-path "$search" --list "$file" 2>>"$log" || true; done |
    awk '$3 ~ "^/" { print $3 }' | sort -u | grep "^$system/" |
    while read -r library; do cp -L -n "$library" "$LIBRARIES/"; done
  mv "$root/usr/bin/patchelf" "$LIBRARIES/"
  find "$root" -mindepth 1 -maxdepth 1 ! -name usr -exec rm -rf {} +
  find "$root/usr" -mindepth 1 -maxdepth 1 ! -name lib ! -name share -exec rm -rf {} +
  find "$root/usr/lib" -mindepth 1 -maxdepth 1 ! -name postgresql ! -name loaded -exec rm -rf {} +
  find "$root/usr/share" -mindepth 1 -maxdepth 1 ! -name postgresql -exec rm -rf {} +
  end
}

edit() {
  "$LOADER" --library-path "$LIBRARIES" "$LIBRARIES/patchelf" "$@" >>"$log" 2>&1 ||
    fail "${*: -1} could not be fitted to its place: look at $log."
}

# Only a loader's own path has to be absolute; everything else is found relative to the file that asks for it. It is
# an RPATH and not a RUNPATH because the extensions bring a RUNPATH that would hide the one of the server.
relocate_engine() {
  local root=$1 final=$2 log=$3 file
  begin 'Fitting the engine to its place'
  for file in "${PROGRAMS[@]/#/$PG_BIN/}"; do
    edit --set-interpreter "$final/usr/lib/loaded/$(basename "$LOADER")" "$file"
    edit --force-rpath --set-rpath "\$ORIGIN/../lib:\$ORIGIN/../../../loaded" "$file"
  done
  for file in "$PG_LIB"/*.so; do
    edit --force-rpath --set-rpath "\$ORIGIN:\$ORIGIN/../../../loaded" "$file"
  done
  end
}

check_engine() {
  local root=$1 log=$2 file outside
  for file in "${PROGRAMS[@]/#/$PG_BIN/}" "$PG_LIB"/pg_{cron,documentdb,documentdb_core}.so "$PG_LIB"/{postgis-3,vector}.so; do
    outside=$("$LOADER" --list "$file" 2>&1 | grep -vE "linux-vdso|=> $root/|^[[:space:]]+$root/|statically linked") || continue
    printf '%s: %s\n' "$file" "$outside" >>"$log"
    fail "The unpacked engine is not complete on this machine: look at $log."
  done
}
