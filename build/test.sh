# Sourced by ./redoubt test: every test, on real parts. Says all that is missing before it starts.
# home, maven, build, needs_build and fail come from the launcher.

missing=''
command -v mvn >/dev/null 2>&1 || missing="$missing maven"
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || missing="$missing python3-venv"
chromium=''
for name in chromium chromium-browser google-chrome; do
  [ -n "$chromium" ] || chromium=$(command -v "$name" 2>/dev/null) || chromium=''
done
[ -n "$chromium" ] || missing="$missing chromium"
if [ -n "$missing" ]; then
  fail "the tests need what is not here: on Debian, apt-get install$missing"
fi
if [ ! -x "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)" ]; then
  printf 'redoubt: PostgreSQL is not installed, so its tests will be skipped (Debian: apt-get install postgresql)\n' >&2
fi

if needs_build; then build; fi

# The other people's clients and checkers that prove our formats, at fixed versions, in an environment of their own.
venv=$home/target/venv
ready=$venv/ready-$(cat "$home/build/requirements-test.txt" "$home/build/constraints-test.txt" | cksum | cut -d' ' -f1)
if [ ! -f "$ready" ]; then
  printf 'redoubt: making the Python environment of the interoperability tests ...\n' >&2
  rm -rf "$venv"
  python3 -m venv "$venv" || fail 'python3 -m venv failed'
  "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$home/build/requirements-test.txt" \
    || fail 'pip could not install build/requirements-test.txt'
  : >"$ready"
fi

(run model pull) || fail 'the local model is not here: ./redoubt model pull says why'

REDOUBT_PYTHON=$venv/bin/python REDOUBT_CHROMIUM=$chromium PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
[ -n "${REDOUBT_SHARED:-}" ] || { [ -d "$home/../shared" ] && REDOUBT_SHARED=$(cd "$home/../shared" && pwd); } || true
export REDOUBT_PYTHON REDOUBT_CHROMIUM PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD
[ -z "${REDOUBT_SHARED:-}" ] || export REDOUBT_SHARED

maven "$@" verify
