"""`tipmine extract`: documents to lines of text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from tipmine.errors import TipmineError
from tipmine.records import OcrMode


def extract(
    files: Annotated[list[Path], typer.Argument(help="PDF, DOCX or TXT files.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Plain text: a line a line, a form feed between pages.")] = False,
    password: Annotated[str | None, typer.Option(help="Password of an encrypted PDF.")] = None,
    ocr: Annotated[OcrMode, typer.Option(help="Send pages to Tesseract: auto, those without usable text.")] = "auto",
) -> None:
    """Give back what is printed, line by line, with page, box and every repair.

    Example: tipmine extract --text corpora/sample/documents/*.pdf | head
    """
    failures: list[TipmineError] = []
    if text:
        _write_text(files, output, password, ocr, failures)
    else:
        from tipmine.cli.jsonl import write_records

        write_records(_lines(files, password, ocr, failures), output)
    for error in failures:
        typer.echo(str(error), err=True)
    if failures:
        raise typer.Exit(failures[0].exit_code)


def _lines(
    files: list[Path], password: str | None, ocr: OcrMode, failures: list[TipmineError]
) -> Iterator[dict[str, Any]]:
    from tipmine.extract import extract_document

    for path in files:
        try:
            document = extract_document(path, password=password, ocr=ocr)
        except TipmineError as error:
            failures.append(error)
            continue
        for line in document.lines:
            yield line.as_json()


def _write_text(
    files: list[Path], output: Path | None, password: str | None, ocr: OcrMode, failures: list[TipmineError]
) -> None:
    from tipmine.extract import extract_document

    texts = []
    for path in files:
        try:
            texts.append(extract_document(path, password=password, ocr=ocr).plain_text())
        except TipmineError as error:
            failures.append(error)
    content = "\f".join(texts)
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
        sys.stdout.write(content)
    else:
        output.write_text(content, encoding="utf-8", newline="\n")
