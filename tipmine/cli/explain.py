"""`tipmine explain`: shows how one line of a document came to read as it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipmine.cli.options import Password
from tipmine.errors import UsageError

if TYPE_CHECKING:
    from tipmine.records import Document


def explain(
    file: Annotated[Path, typer.Argument(help="A PDF, DOCX or TXT file.")],
    page: Annotated[int, typer.Option(help="The page, counted from 1.")] = 1,
    line: Annotated[int, typer.Option(help="The line on the page, counted from 1.")] = 1,
    password: Password = None,
) -> None:
    """Show how one line was read, with every repair in words.

    Example: tipmine explain report.pdf --page 3 --line 12
    """
    from tipmine.extract import extract_document
    from tipmine.extract.explain import explain_edits

    document = extract_document(file, password=password)
    chosen = next((item for item in document.lines if (item.page or page, item.number) == (page, line)), None)
    if chosen is None:
        raise _no_line(document, file, page, line)
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


def _no_line(document: Document, file: Path, page: int, line: int) -> UsageError:
    """The error for a line that the document does not have; the lines of a file without pages are on page 0."""
    place = f" on page {page}" if any(each.number for each in document.pages) else ""
    last = max((item.number for item in document.lines if item.page in (0, page)), default=0)
    if last:
        return UsageError(str(file), f"there is no line {line}{place}", f"lines 1 to {last}")
    filled = sorted({item.page for item in document.lines})
    pages = f"pages {filled[0]} to {filled[-1]}" if filled else "a file with text"
    return UsageError(str(file), f"there is no text{place}", pages)
