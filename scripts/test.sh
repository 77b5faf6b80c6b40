#!/bin/sh
# Installs what the tests need and runs them, the linter and the type checker. Arguments go to pytest.
. "$(dirname "$0")/setup.sh"
"$uv" sync --quiet --frozen --all-groups
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
exec .venv/bin/python -X warn_default_encoding -m pytest "$@"
