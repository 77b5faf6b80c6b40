#!/bin/sh
# Installs what the tests need and runs them, the linter and the type checker. Arguments go to pytest.
. "$(dirname "$0")/setup.sh"
"$uv" sync --quiet --frozen --all-groups
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
# Three at a time, since tests of runs, kills and browsers wait a third of their time on two cores. Each file in one
# process: files share fixtures that take long, such as a run of the sample.
exec .venv/bin/python -X warn_default_encoding -m pytest -n 3 --dist loadfile "$@"
