# shellcheck shell=bash
# shell, backup and restore are Node scripts on the project's own MongoDB driver.

run_tool() {
  local tool=$1
  shift
  need node 'for this'
  [[ -d $PROJECT/node_modules/mongodb ]] || fail "The MongoDB driver is missing: run npm ci in $PROJECT, then try again."
  if [[ -z ${MONGODB_URI:-} ]]; then
    is_up || fail "The database is not running: run bin/database up, or set MONGODB_URI."
    MONGODB_URI=$(uri)
  fi
  MONGODB_URI=$MONGODB_URI exec node "$PARTS/$tool.mjs" "$@"
}
