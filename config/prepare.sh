# shellcheck shell=bash
# What bin/start, bin/job and bin/test need before they can work. Each ensure_… does nothing where nothing is missing.
# The caller sets PROJECT. People read standard error; standard output is the caller's.

# shellcheck source=SCRIPTDIR/prepare/steps.sh
source "$PROJECT/config/prepare/steps.sh"

# Variables of .env that are not set already. Lines are read, not run: MAIL_FROM may hold spaces and < >.
read_env_file() {
  local line name value
  [[ -f $PROJECT/.env ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    value=${value%"${value##*[![:space:]]}"}
    [[ ! $value =~ ^\"(.*)\"$ && ! $value =~ ^\'(.*)\'$ ]] || value=${BASH_REMATCH[1]}
    [[ -n ${!name+set} ]] || export "$name=$value"
  done <"$PROJECT/.env"
}

# What is set for running the product changes nothing of what is tested or measured. .env.example names every setting; a
# test sees to that. Where the database is, and where its data are, is for the caller to say.
forget_settings() {
  local name
  while IFS= read -r name; do
    [[ $name == DATA_DIR || $name == MONGODB_URI ]] || unset "$name"
  done < <(sed -nE 's/^#? ?([A-Z_]+)=.*/\1/p' "$PROJECT/.env.example")
}

ensure_node() {
  command -v node >/dev/null || fail 'Node.js 20.19 or later is needed, and there is none. Install it, then try again.'
  local version major minor
  version=$(node --version) && IFS=. read -r major minor _ <<<"${version#v}"
  ((major > 20 || (major == 20 && minor >= 19))) ||
    fail "Node.js 20.19 or later is needed, and this is $version. Install a newer one, then try again."
}

ensure_packages() {
  if node "$PROJECT/config/prepare/installed.mjs"; then return; fi
  command -v npm >/dev/null || fail 'npm is needed to install the packages, and there is none. Install it, then try again.'
  lock_project
  if ! node "$PROJECT/config/prepare/installed.mjs"; then
    need_space "$PROJECT" 800 'Installing the packages'
    # NODE_ENV=production must not leave the compiler out.
    step 'Installing the packages' npm ci --include=dev --no-progress --loglevel=error
  fi
  unlock_project
}

ensure_build() {
  if is_built; then return; fi
  lock_project
  if ! is_built; then
    need_space "$PROJECT" 100 'Building'
    mkdir -p "$PROJECT/dist"
    touch "$PROJECT/dist/.begun"
    step 'Building' node node_modules/typescript/bin/tsc -p config/tsconfig.build.json --noEmitOnError
    mv "$PROJECT/dist/.begun" "$PROJECT/dist/.built"
  fi
  unlock_project
}

# Directories too: a source that was taken away leaves only its directory newer.
is_built() {
  [[ -f $PROJECT/dist/.built && -f $PROJECT/dist/src/server.js ]] || return 1
  local newer
  newer=$(cd "$PROJECT" && find config src jobs bench faults package-lock.json tsconfig.json \
    \( -name '*.ts' -o -name '*.json' -o -type d \) -newer dist/.built -print -quit)
  [[ -z $newer ]]
}

# Every wrong value is named before anything long is begun.
ensure_configuration() {
  MONGODB_URI=${MONGODB_URI:-mongodb://local} node --input-type=module -e "await import('$PROJECT/dist/config/index.js')" || exit 1
}

# Sets MONGODB_URI, and DATABASE_IS_OURS where it was down before: whoever brought it up takes it down.
DATABASE_IS_OURS=
ensure_database() {
  [[ -z ${MONGODB_URI:-} ]] || return 0
  "$PROJECT/bin/database" status >/dev/null 2>&1 || DATABASE_IS_OURS=yes
  if ! MONGODB_URI=$("$PROJECT/bin/database" up); then
    # It has said why; what it began is taken back without a word.
    [[ -z $DATABASE_IS_OURS ]] || "$PROJECT/bin/database" down >/dev/null 2>&1 || true
    DATABASE_IS_OURS=
    exit 1
  fi
  export MONGODB_URI
}

release_database() {
  [[ -n $DATABASE_IS_OURS ]] || return 0
  DATABASE_IS_OURS=
  "$PROJECT/bin/database" down
}

# Asked early, so that nobody waits a minute to learn it; the server asks again.
need_port() {
  local port=${PORT:-3000}
  [[ $port =~ ^[0-9]+$ ]] || return 0
  ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null ||
    fail "Port $port is taken. Stop what uses it, or set PORT to another one."
}
