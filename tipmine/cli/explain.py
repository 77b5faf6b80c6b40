"""`tipmine explain`: how one line of a document came to read as it does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tipmine.cli.options import Password
from tipmine.errors import UsageError


def explain(
    file: Annotated[Path, typer.Argument(help="A PDF, DOCX or TXT file.")],
    page: Annotated[int, typer.Option(help="The page, counted from 1.")] = 1,
    line: Annotated[int, typer.Option(help="The line on the page, counted from 1.")] = 1,
    password: Password = None,
) -> None:
    """Show a line as the file gave it, every repair in words, and the result.

    Example: tipmine explain report.pdf --page 3 --line 12
    """
    from tipmine.extract import extract_document
    from tipmine.extract.explain import explain_edits

    document = extract_document(file, password=password)
    # The lines of a file without pages are on page 0.
    page = page if any(each.number for each in document.pages) else 0
    found = [item for item in document.lines if (item.page, item.number) == (page, line)]
    if not found:
        last = max((item.number for item in document.lines if item.page == page), default=0)
        wrong = f"page {page} has no line {line}"
        raise UsageError(str(file), wrong, f"lines 1 to {last}" if last else f"pages 1 to {len(document.pages)}")
    chosen = found[0]
    typer.echo(f"raw    {chosen.raw}")
    for sentence in explain_edits(chosen.raw, chosen.edits):
        typer.echo(f"       {sentence}")
    typer.echo(f"text   {chosen.text}")
    quality = chosen.quality
    typer.echo(
        f"       {quality.verdict}, score {quality.score:.2f}" + (f": {quality.reason}" if quality.reason else "")
    )
    if chosen.box:
        typer.echo("box    " + ", ".join(f"{value:.1f}" for value in chosen.box) + " points from the top left")
