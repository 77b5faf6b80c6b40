"""`tipmine train`: models from labelled passages, and from what people decided in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tipmine.cli.tables import print_table
from tipmine.records import DEFAULT_SEED
from tipmine.section_paths import join_section

if TYPE_CHECKING:
    from tipmine.records import ActorTag
    from tipmine.store.decisions import Decision
    from tipmine.store.fields import Field
    from tipmine.tag.labelled import Labelled

app = typer.Typer(help="Train models from labelled passages, each with its card.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(help="Labelled JSONL: id, doc, kind, section, marked, pillars.")]
Learnt = Literal["pillars", "actors"]
Reader = Annotated[
    str | None, typer.Option(help="Another reader's labels (JSONL: id, pillars, actors): the card shows both.")
]


@app.command()
def pillars(
    files: Files,
    out: Annotated[Path, typer.Option(help="The model folder to write.")] = Path("models/pillars"),
    run: Annotated[
        list[Path] | None, typer.Option(help="A run: its passages of which a person decided all five pillars, too.")
    ] = None,
    reader: Reader = None,
    seed: Annotated[int, typer.Option(help="Seed of every random step.")] = DEFAULT_SEED,
) -> None:
    """Train the pillar model and print its out-of-fold figures.

    Example: tipmine train pillars corpora/labelled/*.jsonl --out models/pillars
    """
    from tipmine.cli.jsonl import read_records
    from tipmine.tag.cards import interval
    from tipmine.tag.train import train_pillars
    from tipmine.tokenize import tokenize_text

    other = read_records(reader, required=("id", "pillars")) if reader else []
    figures = train_pillars(_labelled(files, run, "pillars"), out, tokenize=tokenize_text, seed=seed, reader=other)
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
    run: Annotated[
        list[Path] | None, typer.Option(help="A run: its passages of which a person decided every actor found, too.")
    ] = None,
    reader: Reader = None,
    names: Annotated[
        Path | None, typer.Option(help="A folder of more labelled files, to learn names and sectors but no roles from.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of every random step.")] = DEFAULT_SEED,
) -> None:
    """Train the actor model and print its out-of-fold figures.

    It finds names, and determines the roles and sectors of the actors.

    Example: tipmine train actors corpora/labelled/*.jsonl --out models/actors
    """
    from tipmine.cli.jsonl import read_records
    from tipmine.lexical.bootstrap import Interval
    from tipmine.tag.cards import interval
    from tipmine.tag.train import train_actors
    from tipmine.tokenize import tokenize_text
    from tipmine.tokenize.doc import PhraseFinder

    other = read_records(reader, required=("id",)) if reader else []
    more = _labelled(_files_in(names), None, "actors") if names else []
    labelled = _labelled(files, run, "actors")
    figures = train_actors(
        labelled, out, tokenize=tokenize_text, finder=PhraseFinder, seed=seed, reader=other, names=more
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


def _labelled(files: list[str], runs: list[Path] | None, learnt: Learnt) -> list[Labelled]:
    from tipmine.cli.jsonl import read_records
    from tipmine.tag.labelled import read_labelled

    records: list[dict[str, Any]] = []
    for file in files:
        records += read_records(file, required=("kind",))
    for run in runs or ():
        records += decided_records(run, learnt)
    return read_labelled(records)


def decided_records(folder: Path, learnt: Learnt) -> list[dict[str, Any]]:
    """The passages of a run for which a person decided all five pillars, or every actor, as labelled records.

    Partly decided passages are left out: their other tags are the machine's, which would learn its own guesses. Raises
    RunError if there is no run in `folder`.
    """
    from tipmine.store.decisions import active
    from tipmine.store.run import open_run

    with open_run(folder) as run:
        decided = active(run.connection)
        passages = run.passages_by_id(decided)
        found = run.machine_taggings(ids=passages)
        whole = [id_ for id_ in passages if _is_whole(decided[id_], found[id_].actors, learnt)]
        taggings = run.taggings(ids=whole)
    records = []
    for id_ in whole:
        passage, tagging = passages[id_], taggings[id_]
        record: dict[str, Any] = {
            "id": id_,
            "doc": passage.doc,
            "kind": tagging.kind,
            "section": join_section(passage.section),
            "speaker": passage.speaker,
            "text": passage.text,
        }
        if learnt == "pillars":
            record["pillars"] = [tag.code for tag in tagging.pillars]
        else:
            record["actors"] = [
                {"start": tag.start, "end": tag.end, "role": tag.role, "sector": tag.sector} for tag in tagging.actors
            ]
        records.append(record)
    return records


def _is_whole(decisions: Mapping[Field, Decision], actors: Sequence[ActorTag], learnt: Learnt) -> bool:
    """Whether the decisions in force about a passage, by field, cover all pillars, or all `actors` that were tagged."""
    from tipmine.records import PILLARS
    from tipmine.store.fields import actor_field, pillar_field

    if learnt == "pillars":
        return all(pillar_field(code) in decisions for code in PILLARS)
    return bool(actors) and all(actor_field(tag.start, tag.end) in decisions for tag in actors)
