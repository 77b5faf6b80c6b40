"""`tipmine export`: a run as exchange files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipmine.cli.options import RunFolder
from tipmine.cli.runs import open_chosen
from tipmine.errors import UsageError

if TYPE_CHECKING:
    from tipmine.store.run import Run

File = Path | None
"""A file to write, if that format is wanted."""


def export(
    run: RunFolder = None,
    qdpx: Annotated[File, typer.Option(help="REFI-QDA project, for QualCoder, MAXQDA, ATLAS.ti, NVivo.")] = None,
    qdc: Annotated[File, typer.Option(help="REFI-QDA codebook.")] = None,
    csv: Annotated[
        File, typer.Option(help="One row per passage, labels as 0/1 columns; UTF-8 for spreadsheets.")
    ] = None,
    parquet: Annotated[File, typer.Option(help="The same rows with types, for pandas and R.")] = None,
    jsonld: Annotated[File, typer.Option(help="W3C Web Annotations.")] = None,
) -> None:
    """Write the coded corpus for other programs. Several formats can be written at once.

    Example: tipmine export --qdpx sample.qdpx --csv passages.csv
    """
    asked = {"qdpx": qdpx, "qdc": qdc, "csv": csv, "parquet": parquet, "jsonld": jsonld}
    wanted = {name: path for name, path in asked.items() if path is not None}
    if not wanted:
        raise UsageError("export", "nothing to write", " ".join(f"--{name} FILE" for name in asked))
    with open_chosen(run) as opened:
        for name, path in wanted.items():
            _writer(name)(opened, path)
            typer.echo(f"{name}: {path}")


def _writer(name: str) -> Callable[[Run, Path], object]:
    """The function that writes a run in the format `name`."""
    from tipmine.report import exchange

    return exchange.WRITERS[name]
