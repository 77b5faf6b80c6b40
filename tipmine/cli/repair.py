"""`tipmine repair`: damaged text to what was printed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer


def repair(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Objects with `text` in and out; `edits` is added.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Each change with its rule and reason.")] = False,
) -> None:
    """Repair damaged Thai text, line for line.

    Example: echo 'ผู ้ที่ทำางานในระดับตำาบล' | tipmine repair --explain
    """
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
    if jsonl:
        _repair_records(file)
    else:
        _repair_text(file, explain)


def _repair_records(file: str) -> None:
    from tipmine.cli.jsonl import read_records, write_records
    from tipmine.extract.repair import repair_lines

    records = read_records(file, required=("text",))
    results = repair_lines([record["text"] for record in records])
    write_records(
        (
            record | {"text": result.text, "edits": [asdict(edit) for edit in result.edits]}
            for record, result in zip(records, results, strict=True)
        ),
        None,
    )


def _repair_text(file: str, explain: bool) -> None:
    from tipmine.cli.jsonl import read_text
    from tipmine.extract.repair import explain as in_words
    from tipmine.extract.repair import repair_lines

    text = read_text(file)
    lines = text.split("\n")
    for number, result in enumerate(repair_lines(lines), start=1):
        last = number == len(lines)
        if explain:
            for edit in result.edits:
                typer.echo(f"{number}: {in_words(edit)}")
        else:
            sys.stdout.write(result.text + ("" if last else "\n"))
