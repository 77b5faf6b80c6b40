"""Finds the run that a command means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tipmine.errors import RunError

if TYPE_CHECKING:
    from tipmine.store.run import Run

OUTPUTS = Path("outputs")


def open_chosen(folder: Path | None) -> Run:
    """The run in `folder`, or the newest one under `outputs/`; stderr says if it is not finished.

    Raises RunError if there is none.
    """
    from tipmine.store.run import open_run

    opened = open_run(_newest() if folder is None else folder)
    if missing := opened.unfinished():
        do = "continue it with tipmine run CORPUS"
        typer.echo(f"{opened.folder}: the run is not finished: {missing}; do: {do}", err=True)
    return opened


def _newest() -> Path:
    """The folder of the newest run under `outputs/`. Raises RunError if there is none."""
    from tipmine.store.database import DATABASE

    runs = sorted(OUTPUTS.glob(f"*/{DATABASE}"), key=lambda path: path.stat().st_mtime)
    if not runs:
        raise RunError(str(OUTPUTS), "no run here", "a run folder", "tipmine run CORPUS, or name one with --run")
    return runs[-1].parent


@contextmanager
def open_searchable(folder: Path | None) -> Iterator[Run]:
    """The run that `open_chosen` gives, its index holding all decisions so far; stderr says if it cannot be rebuilt."""
    from tipmine.store.entries import refresh_index

    with open_chosen(folder) as opened:
        if not refresh_index(opened):
            typer.echo("the index lacks decisions made since it was built, and cannot be rebuilt now", err=True)
        yield opened
