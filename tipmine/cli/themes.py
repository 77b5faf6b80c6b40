"""`tipmine themes`: what the utterances of focus groups speak of."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tipmine.records import TextUnit, ThemeSet

PILLARS = "pillars"
"""The seed words of the five pillars: the phrases of the pillar lexicon."""


def themes(
    file: Annotated[str, typer.Argument(help="JSONL with id, doc, text, speaker; or - for standard input.")] = "-",
    seed: Annotated[int, typer.Option(help="Seed of all that is random.")] = 7,
    vectors: Annotated[str, typer.Option(help="A local embedding model folder; empty: made from the corpus.")] = "",
    seeds: Annotated[
        str, typer.Option(help="Guide the themes: a file with a line `name<TAB>word|word` each, or `pillars`.")
    ] = "",
    edits: Annotated[
        Path | None, typer.Option(help="JSONL of renames, merges and splits by hand, done again after each run.")
    ] = None,
    existing: Annotated[
        Path | None, typer.Option(help="A themes.json: its themes stay, utterances new in FILE join them.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
) -> None:
    """Group utterances into themes with terms, stability and verbatim quotations.

    Example: tipmine themes turns.jsonl --seeds words.tsv --edits edits.jsonl -o themes.json
    """
    from tipmine import api
    from tipmine.cli.jsonl import read_records
    from tipmine.errors import UsageError
    from tipmine.themes import find_themes, replay

    if existing and seeds:
        raise UsageError("--existing", "existing themes cannot be guided", "--seeds without --existing")
    units = api.units(read_records(file, required=("id", "text")))
    if existing:
        found = _grown(existing, units, seed, vectors)
    else:
        found = find_themes(units, seed=seed, vectors=vectors, guides=_guides(seeds))
    if edits:
        found, missed = replay(found, read_records(str(edits), required=("do",)))
        for sentence in missed:
            typer.echo(sentence, err=True)
    content = json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
        sys.stdout.write(content)
    else:
        output.write_text(content, encoding="utf-8", newline="\n")


def _grown(existing: Path, units: Sequence[TextUnit], seed: int, vectors: str) -> ThemeSet:
    """The themes of the file with the utterances that it does not know."""
    from tipmine.cli.jsonl import read_text
    from tipmine.errors import UsageError
    from tipmine.themes import assign_utterances, read_themes

    try:
        record = json.loads(read_text(str(existing)))
    except json.JSONDecodeError as error:
        raise UsageError(str(existing), "no JSON", "a file that `tipmine themes -o` wrote") from error
    found = read_themes(record if isinstance(record, dict) else {})
    grouped = {member.id for theme in found.themes for member in theme.members}
    seen = grouped | set(found.outliers) | set(found.set_aside)
    known, new = [u for u in units if u.id in seen], [u for u in units if u.id not in seen]
    return assign_utterances(found, known, new, seed=seed, vectors=vectors)


def _guides(seeds: str) -> Mapping[str, Sequence[str]]:
    """Seed words by name, out of a file or of the pillar lexicon."""
    from tipmine.cli.jsonl import read_text
    from tipmine.errors import RecordError
    from tipmine.tag.codebook import seed_lexicon

    if not seeds:
        return {}
    guides: dict[str, list[str]] = {}
    if seeds == PILLARS:
        for phrase in seed_lexicon():
            guides.setdefault(phrase.pillar, []).append(phrase.text)
        return guides
    for number, line in enumerate(read_text(seeds).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition("\t")
        cells = [word.strip() for word in words.split("|") if word.strip()]
        if not name.strip() or not cells:
            raise RecordError(f"line {number}", "no seed words", "name, a tab, words joined by |")
        guides[name.strip()] = cells
    return guides
