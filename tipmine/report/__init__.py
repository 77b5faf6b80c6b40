"""Reports of a run: HTML, XLSX, DOCX, CSV and JSON, and the exchange files of qualitative research.

extract -> segment -> tokenize -> tag -> themes -> trace -> store -> [report]

Start at `tables.py`, which computes every table from a run; the writers only format the tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tipmine.report.material import Material
    from tipmine.store.run import Run

__all__ = ["write_agency_forms", "write_reports"]


def write_reports(
    run: Run, folder: Path | None = None, *, material: Material | None = None, thai_digits: bool = False
) -> dict[str, Path]:
    """Write all reports of a run into `folder` (by default the run's own); returns name -> path.

    What people typed into an earlier workbook, in `folder` or else in the run folder, is carried into the new one.
    `material` is the run's material, for callers that need it themselves; otherwise it is gathered here, which takes
    seconds for a large run. `thai_digits` writes the report's own numbers in Thai digits; quotations stay as they are.
    Raises RunError if a file cannot be written.
    """
    from tipmine.report.write import write_all

    return write_all(run, folder or run.folder, material, thai_digits=thai_digits)


def write_agency_forms(run: Run, folder: Path, *, thai_digits: bool = False) -> dict[str, Path]:
    """Write a Word file for each agency to which recommendations are addressed; returns agency -> path.

    Raises RunError if a file cannot be written.
    """
    from tipmine.report.forms import write_forms
    from tipmine.report.material import gather

    return write_forms(folder, gather(run), thai_digits=thai_digits)
