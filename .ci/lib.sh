# What the scripts beside it share. To be sourced from the root of the repository.
# shellcheck shell=bash
set -euo pipefail

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR=$target
binary=${FACTFIGURES:-$target/release/factfigures}

step() { printf '\n=== %s (%s s)\n' "$1" "$SECONDS"; }

# Prints the folder of programs of a virtual environment with what FILE requires, made anew when FILE changes.
venv() {
  local file=$1 folder
  folder=$target/ci-venv/$(sha256sum "$file" | cut -c1-16)
  if [ ! -e "$folder/complete" ]; then
    if ! python3 -m venv --clear "$folder" >&2; then
      # Debian ships venv apart from python3.
      { apt-get update -q && apt-get install -qy python3-venv; } >&2
      python3 -m venv --clear "$folder" >&2
    fi
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$file" >&2
    touch "$folder/complete"
  fi
  echo "$folder/bin"
}

# Starts the release binary on free ports of loopback; sets server, address and admin. It ends with the script.
start_server() {
  local log=$target/ci-serve.log
  [ -x "$binary" ] || cargo build --locked --release
  rm -f "$log"
  "$binary" serve --address 127.0.0.1:0 --admin-address 127.0.0.1:0 "$@" >"$log" 2>"$log.err" &
  server=$!
  # shellcheck disable=SC2064
  trap "kill -9 $server 2>/dev/null || true" EXIT
  for _ in $(seq 100); do
    # The second line is printed after the first.
    admin=$(sed -n 's,.*: http://\(.*\)/metrics,\1,p' "$log" 2>/dev/null || true)
    address=$(sed -n 's/.* listens on //p' "$log" 2>/dev/null || true)
    [ -n "$admin" ] && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  cat "$log" "$log.err" >&2
  return 1
}

# Ends the server by SIGTERM; it must end well.
stop_server() {
  local code=0
  kill -TERM "$server"
  wait "$server" || code=$?
  trap - EXIT
  [ "$code" = 0 ] || { cat "$target/ci-serve.log.err" >&2; echo "serve ended with $code" >&2; return 1; }
}
