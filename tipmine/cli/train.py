"""`tipmine train`: models from labelled passages, and from what people decided in a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tipmine.cli.tables import print_table
from tipmine.records import DEFAULT_SEED

app = typer.Typer(help="Train models from labelled passages, each with its card.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(help="Labelled JSONL: id, doc, kind, section, marked, pillars.")]
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
    from tipmine import api
    from tipmine.cli.jsonl import read_records
    from tipmine.tag.cards import interval

    other = read_records(reader, required=("id", "pillars")) if reader else []
    figures = api.train_pillars(_records(files), out, runs=run or (), reader=other, seed=seed)
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
    from tipmine import api
    from tipmine.cli.jsonl import read_records
    from tipmine.lexical.bootstrap import Interval
    from tipmine.tag.cards import interval

    other = read_records(reader, required=("id",)) if reader else []
    more = _records(_files_in(names)) if names else []
    figures = api.train_actors(_records(files), out, runs=run or (), reader=other, names=more, seed=seed)
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


def _records(files: list[str]) -> list[dict[str, Any]]:
    from tipmine.cli.jsonl import read_records

    return [record for file in files for record in read_records(file, required=("kind",))]
