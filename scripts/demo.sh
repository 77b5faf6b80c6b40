#!/bin/sh
# Installs tipmine into .venv and runs it over the sample corpus; ends with the path of the report.
. "$(dirname "$0")/setup.sh"
"$uv" sync --quiet --frozen --no-default-groups
exec .venv/bin/tipmine run corpora/sample "$@"
