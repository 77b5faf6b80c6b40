"""`tipmine extract`: documents to lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tipmine.cli.options import Output, Password
from tipmine.errors import TipmineError
from tipmine.records import Document, OcrMode


def extract(
    files: Annotated[list[Path], typer.Argument(help="PDF, DOCX or TXT files.")],
    output: Output = None,
    text: Annotated[
        bool, typer.Option("--text", help="Write plain text: one printed line per line, a form feed between pages.")
    ] = False,
    password: Password = None,
    ocr: Annotated[OcrMode, typer.Option(help="Read pages by Tesseract; auto: those without usable text.")] = "auto",
) -> None:
    """Extract the printed text, with page, box and every repair.

    Example: tipmine extract --text corpora/sample/documents/*.pdf | head
    """
    from tipmine.cli.jsonl import write_records
    from tipmine.cli.output import write_text

    failures: list[TipmineError] = []
    documents = _read(files, password, ocr, failures)
    if text:
        write_text("\f".join(document.plain_text() for document in documents), output)
    else:
        write_records((line.as_json() for document in documents for line in document.lines), output)
    for error in failures:
        typer.echo(str(error), err=True)
    if failures:
        raise typer.Exit(failures[0].exit_code)


def _read(
    files: Sequence[Path], password: str | None, ocr: OcrMode, failures: list[TipmineError]
) -> Iterator[Document]:
    """The documents of the files that can be read, one at a time; the errors of the others go to `failures`.

    Stderr names the documents with pages that need OCR: an empty answer must not look like an empty document. A
    document's id is the name of its file, or its path as given if another file has the same name.
    """
    from tipmine.cli.output import counted
    from tipmine.extract import extract_document

    names = Counter(path.name for path in files)
    for path in files:
        doc = path.name if names[path.name] == 1 else path.as_posix()
        try:
            document = extract_document(path, doc=doc, password=password, ocr=ocr)
        except TipmineError as error:
            failures.append(error)
            continue
        unread = [page.quality.reason for page in document.pages if page.quality.verdict == "needs_ocr"]
        if unread:
            why = "do: read it with --ocr auto" if ocr == "never" else f"the first of them: {unread[0]}"
            wrong = "has no usable text and needs OCR" if len(unread) == 1 else "have no usable text and need OCR"
            typer.echo(f"{doc}: {counted(len(unread), 'page')} {wrong}; {why}", err=True)
        yield document
