"""`tipmine doctor` and `tipmine verify`: is the installation complete, is a run folder consistent?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipmine.cli.runs import open_chosen
from tipmine.cli.tables import print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipmine.checkup import Check


def doctor() -> None:
    """Check the installation: Python, parts, models, fonts, OCR, disk. Exit 1 if something is missing.

    Example: tipmine doctor
    """
    from tipmine.checkup import check_installation

    _show(check_installation(Path.cwd()))


def verify(run: Annotated[Path | None, typer.Argument(help="The run folder; the newest by default.")] = None) -> None:
    """Check a run folder: database, edits, places, index. Exit 1 if something is wrong.

    Example: tipmine verify outputs/sample
    """
    from tipmine.checkup import check_run

    with open_chosen(run) as opened:
        _show(check_run(opened))


def _show(checks: Sequence[Check]) -> None:
    print_table(
        [
            {"check": c.name, "is": "ok" if c.ok else "WRONG", "found": c.found, "do": "" if c.ok else c.do}
            for c in checks
        ]
    )
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
