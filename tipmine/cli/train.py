"""`tipmine train`: models from labelled passages, and from what people decided in a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tipmine.cli.tables import print_table
from tipmine.section_paths import join_section

if TYPE_CHECKING:
    from tipmine.records import Passage, Tagging
    from tipmine.store.decisions import Decision
    from tipmine.tag.labelled import Labelled

app = typer.Typer(help="Train models from labelled passages, each with its card.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(help="Labelled JSONL: id, doc, kind, section, marked, pillars.")]
Runs = Annotated[list[Path] | None, typer.Option("--run", help="A run: passages that a person decided about, too.")]
Reader = Annotated[
    str | None, typer.Option(help="Another reader's labels (JSONL: id, pillars, actors): the card shows both.")
]


@app.command()
def pillars(
    files: Files,
    out: Annotated[Path, typer.Option(help="The model folder to write.")] = Path("models/pillars"),
    run: Runs = None,
    reader: Reader = None,
    seed: Annotated[int, typer.Option(help="Seed of the folds.")] = 7,
) -> None:
    """Train the pillar model and print its out-of-fold figures.

    Example: tipmine train pillars corpora/labelled/*.jsonl --out models/pillars
    """
    from tipmine.cli.jsonl import read_records
    from tipmine.tag.cards import interval
    from tipmine.tag.train import train_pillars
    from tipmine.tokenize import tokenize_text

    other = read_records(reader, required=("id", "pillars")) if reader else []
    figures = train_pillars(_labelled(files, run), out, tokenize=tokenize_text, seed=seed, reader=other)
    rows = [
        {
            "pillar": code,
            "passages": row["passages"],
            "F1": interval(row["f1"]),
            "kappa": round(row["kappa"], 3),
            "calibration error": round(row["calibration"], 3),
        }
        for code, row in figures.items()
    ]
    print_table(rows, f"out of fold; model and card: {out}")


@app.command()
def actors(
    files: Files,
    out: Annotated[Path, typer.Option(help="The model folder to write.")] = Path("models/actors"),
    run: Runs = None,
    reader: Reader = None,
    names: Annotated[
        Path | None, typer.Option(help="A folder of more labelled files, to learn names and sectors but no roles from.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the folds.")] = 7,
) -> None:
    """Train the actor model and print its out-of-fold figures.

    It finds names, and tells the roles and sectors of the actors.

    Example: tipmine train actors corpora/labelled/*.jsonl --out models/actors
    """
    from tipmine.cli.jsonl import read_records
    from tipmine.lexical.bootstrap import Interval
    from tipmine.tag.cards import interval
    from tipmine.tag.train import train_actors
    from tipmine.tokenize import tokenize_text
    from tipmine.tokenize.doc import PhraseFinder

    other = read_records(reader, required=("id",)) if reader else []
    more = _labelled(_files_in(names), None) if names else []
    figures = train_actors(
        _labelled(files, run), out, tokenize=tokenize_text, finder=PhraseFinder, seed=seed, reader=other, names=more
    )
    rows = [
        {"figure": name, "value": interval(value) if isinstance(value, Interval) else f"{value:.3f}"}
        for name, value in figures.items()
    ]
    print_table(rows, f"out of fold; model and card: {out}")


def _files_in(folder: Path) -> list[str]:
    from tipmine.errors import MissingFileError

    found = [str(path) for path in sorted(folder.glob("*.jsonl"))]
    if not found:
        raise MissingFileError(str(folder), "no JSONL file in it", "a folder with labelled JSONL files")
    return found


def _labelled(files: list[str], runs: list[Path] | None) -> list[Labelled]:
    from tipmine.cli.jsonl import read_records
    from tipmine.tag.labelled import read_labelled

    records: list[dict[str, Any]] = []
    for file in files:
        records += read_records(file, required=("kind",))
    for run in runs or ():
        records += decided_records(run)
    return read_labelled(records)


def decided_records(folder: Path) -> list[dict[str, Any]]:
    """The passages of a run on which a person decided, as labelled records; tags left as they were count as accepted.

    Raises RunError if there is no run in `folder`.
    """
    from tipmine.store.decisions import active
    from tipmine.store.run import open_run

    with open_run(folder) as run:
        decided = active(run.connection)
        passages = run.passages_by_id(decided)
        taggings = run.taggings(ids=passages)
        return [_record(passages[id_], taggings[id_], decided[id_]) for id_ in decided if id_ in passages]


def _record(passage: Passage, tagging: Tagging, decisions: Mapping[str, Decision]) -> dict[str, Any]:
    """A passage with its tags as a labelled record; `decisions` are those in force about it, by field."""
    record: dict[str, Any] = {
        "id": passage.id,
        "doc": passage.doc,
        "kind": tagging.kind,
        "section": join_section(passage.section),
        "speaker": passage.speaker,
        "text": passage.text,
        "pillars": [tag.code for tag in tagging.pillars],
    }
    from tipmine.store.decisions import is_actor

    if any(is_actor(field) for field in decisions):
        # Actors train the actor model only where a person looked at them.
        record["actors"] = [
            {"start": tag.start, "end": tag.end, "role": tag.role, "sector": tag.sector} for tag in tagging.actors
        ]
    return record
