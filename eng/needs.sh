# What the scripts need from the machine. Sourced; says on stderr what is missing and how to get it.

say() { printf '%s\n' "$*" >&2; }
stop() { say "kinora: $*"; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    stop 'the .NET 10 SDK is missing. See https://dotnet.microsoft.com/download/dotnet/10.0 for your system.'
}

need_node() {
  command -v npm >/dev/null 2>&1 && [ "$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] 2>/dev/null ||
    stop 'Node.js 20 or later with npm is missing. See https://nodejs.org/en/download for your system.'
}

# need_clients: the foreign MCP clients that the tests run, once per lock file. No script of theirs is run.
need_clients() {
  cmp -s tests/clients/package-lock.json tests/clients/node_modules/.installed 2>/dev/null && return 0
  say 'Installing the foreign clients of the tests …'
  (cd tests/clients && npm ci --ignore-scripts --no-progress --loglevel=error) >&2 || stop 'the packages of tests/clients could not be installed.'
  cp tests/clients/package-lock.json tests/clients/node_modules/.installed
}

# need_page: what checks and tests of the page run, once per lock file.
need_page() {
  cmp -s web/package-lock.json web/node_modules/.installed 2>/dev/null && return 0
  say 'Installing what the page is built with …'
  (cd web && npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error) >&2 || stop 'the packages of web could not be installed.'
  cp web/package-lock.json web/node_modules/.installed
}

# need_debian PACKAGE PROGRAM…: installs a Debian package when one of its programs is missing, if that is allowed; else says the line to type.
need_debian() {
  package=$1; shift
  missing=
  for program in "$@"; do command -v "$program" >/dev/null 2>&1 || missing=$program; done
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null 2>&1 || stop "$missing is missing. Install $package with your system's package manager."
  if [ "$(id -u)" = 0 ]; then become=
  elif sudo -n true 2>/dev/null; then become='sudo -n'
  else stop "$missing is missing. Type:  sudo apt-get install -y $package"
  fi
  say "Installing $package …"
  $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >/dev/null 2>&1 ||
    { $become apt-get update -q >/dev/null 2>&1 && $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >/dev/null; } >&2 ||
    stop "$package could not be installed. Type:  sudo apt-get install -y $package"
}

# need_postgres: PostgreSQL's programs, which Debian keeps off PATH. Tests start servers of their own with them; one that the package starts is left alone.
need_postgres() {
  for programs in /usr/lib/postgresql/*/bin; do [ ! -x "$programs/initdb" ] || return 0; done
  need_debian postgresql initdb
}
