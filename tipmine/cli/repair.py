"""`tipmine repair`: damaged text in, the text that was printed out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tipmine.cli.output import utf8_stdout
from tipmine.errors import UsageError


def repair(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write JSON objects with `text`; `edits` is added.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show each change with its rule and reason.")] = False,
) -> None:
    """Repair damaged Thai text line by line.

    Example: echo 'ผูป้ฏบัิตงิานในระดับตำาบล' | tipmine repair --explain
    """
    if jsonl and explain:
        raise UsageError("--jsonl and --explain", "cannot be used together", "one of them")
    if jsonl:
        _repair_records(file)
    else:
        _repair_text(file, explain)


def _repair_records(file: str) -> None:
    from tipmine.cli.jsonl import read_records, write_records
    from tipmine.extract.repair import repair_lines

    records = read_records(file, required=("text",))
    # One font for all, since records need not be consecutive lines.
    results = repair_lines([record["text"] for record in records], [""] * len(records))
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

    stdout = utf8_stdout()
    results = repair_lines(read_text(file).split("\n"))
    if not explain:
        stdout.write("\n".join(result.text for result in results))
        return
    for number, result in enumerate(results, start=1):
        for edit in result.edits:
            stdout.write(f"{number}: {in_words(edit)}\n")
