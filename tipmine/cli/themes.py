"""`tipmine themes`: the themes of what was said in focus groups."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipmine.cli.options import Output
from tipmine.cli.output import write_text
from tipmine.records import DEFAULT_SEED

if TYPE_CHECKING:
    from tipmine.records import TextUnit, ThemeSet


def themes(
    file: Annotated[str, typer.Argument(help="JSONL with id, doc, text, speaker; or - for standard input.")] = "-",
    seed: Annotated[int, typer.Option(help="Seed of every random step.")] = DEFAULT_SEED,
    vectors: Annotated[
        str, typer.Option(help="Folder of a local embedding model; empty: vectors from the corpus.")
    ] = "",
    seeds: Annotated[
        str, typer.Option(help="Guide the themes by a file with lines `name<TAB>word|word`, or by `pillars`.")
    ] = "",
    edits: Annotated[
        str, typer.Option(help="JSONL of renames, merges and splits made by hand, applied to the result.")
    ] = "",
    existing: Annotated[
        Path | None, typer.Option(help="A themes.json whose themes stay; new utterances in FILE join them.")
    ] = None,
    output: Output = None,
) -> None:
    """Group utterances into themes with terms and quotations.

    Each utterance needs an id of its own, also across transcripts.

    Example: tipmine themes turns.jsonl --seeds words.tsv --edits edits.jsonl -o themes.json
    """
    from tipmine import api
    from tipmine.cli.jsonl import read_records
    from tipmine.errors import UsageError
    from tipmine.theme_files import read_edits, read_guides
    from tipmine.themes import find_themes, replay

    if existing and seeds:
        raise UsageError("--existing", "existing themes cannot be guided", "--seeds without --existing")
    units = api.units(read_records(file, required=("id", "text")))
    if existing:
        theme_set = _extended(existing, units, seed, vectors)
    else:
        theme_set = find_themes(units, seed=seed, vectors=vectors, guides=read_guides(seeds))
    if edits:
        theme_set, missed = replay(theme_set, read_edits(edits), units)
        for sentence in missed:
            typer.echo(sentence, err=True)
    write_text(json.dumps(theme_set.as_json(), ensure_ascii=False, indent=2) + "\n", output)


def _extended(existing: Path, units: Sequence[TextUnit], seed: int, vectors: str) -> ThemeSet:
    """The themes of the file `existing`, with the utterances that it does not know added."""
    from tipmine.cli.jsonl import read_text
    from tipmine.errors import UsageError
    from tipmine.themes import assign_utterances, read_themes

    try:
        record = json.loads(read_text(str(existing)))
    except (ValueError, RecursionError) as error:
        raise UsageError(str(existing), "not a JSON file", "a file that `tipmine themes -o` wrote") from error
    theme_set = read_themes(record if isinstance(record, dict) else {}, str(existing))
    grouped = {member.id for theme in theme_set.themes for member in theme.members}
    seen = grouped | set(theme_set.outliers) | set(theme_set.set_aside)
    known, new = [u for u in units if u.id in seen], [u for u in units if u.id not in seen]
    return assign_utterances(theme_set, known, new, seed=seed, vectors=vectors)
