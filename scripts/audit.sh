#!/bin/sh
# Asks the advisory databases about every package of uv.lock, extras and development tools included. Needs the network;
# installs and changes nothing but .tools/. Ends with an error where an advisory is known, and where a package could not
# be looked up: behind a mirror of PyPI that has no advisories, try `sh scripts/audit.sh -s osv`.
. "$(dirname "$0")/setup.sh"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
"$uv" export --quiet --frozen --all-groups --all-extras --no-emit-project --format requirements-txt >"$list"
"$uv" tool run pip-audit --strict --require-hashes --disable-pip --requirement "$list" "$@"
