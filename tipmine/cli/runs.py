"""Which run a command means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tipmine.errors import RunError

if TYPE_CHECKING:
    from tipmine.store.run import Run

OUTPUTS = Path("outputs")


def open_chosen(folder: Path | None) -> Run:
    """The run in `folder`, or the newest one under `outputs/`. Raises RunError if there is none."""
    from tipmine.store.database import DATABASE
    from tipmine.store.run import open_run

    if folder is not None:
        return open_run(folder)
    runs = sorted(OUTPUTS.glob(f"*/{DATABASE}"), key=lambda path: path.stat().st_mtime)
    if not runs:
        raise RunError(str(OUTPUTS), "no run here", "a run folder", "tipmine run CORPUS, or name one with --run")
    return open_run(runs[-1].parent)
