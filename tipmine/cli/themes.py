"""`tipmine themes`: what the utterances of focus groups speak of."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def themes(
    file: Annotated[str, typer.Argument(help="JSONL with id, doc, text, speaker; or - for standard input.")] = "-",
    seed: Annotated[int, typer.Option(help="Seed of all that is random.")] = 7,
    vectors: Annotated[str, typer.Option(help="A local embedding model folder; empty: made from the corpus.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
) -> None:
    """Group utterances into themes with terms, stability and verbatim quotations.

    Example: tipmine themes turns.jsonl -o themes.json
    """
    from tipmine import api
    from tipmine.cli.jsonl import read_records

    found = api.find_themes(read_records(file, required=("id", "text")), seed=seed, vectors=vectors)
    content = json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
        sys.stdout.write(content)
    else:
        output.write_text(content, encoding="utf-8", newline="\n")
