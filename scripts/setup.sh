# Sourced by the other scripts: goes to the top of the repository and puts the command of uv into $uv.
#
# Needs python3 and pip, nothing else: where uv is not on the machine it is installed into .tools/, in this
# folder. Debian and Ubuntu forbid pip to install into the system's own Python, but not into a folder.
# shellcheck shell=sh
set -eu
cd "$(dirname "$0")/.."

UV_LEAST=0.9
if command -v uv >/dev/null 2>&1; then
  uv=uv
else
  uv=.tools/bin/uv
  [ -x "$uv" ] || python3 -m pip install --quiet --disable-pip-version-check --target .tools "uv>=$UV_LEAST"
fi
