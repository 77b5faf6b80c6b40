"""`tipmine report`: writes the reports of a run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tipmine.cli.options import RunFolder
from tipmine.cli.runs import open_chosen
from tipmine.errors import RunError, UsageError


def report(
    run: RunFolder = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this folder instead of the run's own.")
    ] = None,
    forms: Annotated[
        Path | None, typer.Option(help="Write only the forms to send out, a Word file per agency, to this folder.")
    ] = None,
    thai_digits: Annotated[
        bool, typer.Option("--thai-digits", help="Write the report's own numbers in Thai digits.")
    ] = False,
) -> None:
    """Write the reports again. Columns that people filled in stay in the workbook.

    Example: tipmine report --run outputs/sample
    """
    from tipmine.report import write_agency_forms, write_reports
    from tipmine.store.database import may_write

    if forms is not None and output is not None:
        raise UsageError("--output and --forms", "cannot be written together", "one of them")
    with open_chosen(run) as opened:
        if forms is None and output is None and not may_write(opened.folder):
            raise RunError(str(opened.folder), "may only be read", "a folder for the reports", "add --output FOLDER")
        if forms is not None:
            paths = write_agency_forms(opened, forms, thai_digits=thai_digits)
        else:
            paths = write_reports(opened, output, thai_digits=thai_digits)
    for name, path in paths.items():
        typer.echo(f"{name}: {path}")
