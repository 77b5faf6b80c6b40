"""`tipmine evaluate`: figures with intervals against gold files, beside named baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from tipmine.cli.options import Format, Output
from tipmine.cli.tables import write_table
from tipmine.errors import RecordError

app = typer.Typer(help="Measure against gold files, with intervals and baselines.", no_args_is_help=True)

Gold = Annotated[Path, typer.Argument(help="A gold file (JSONL), in the form described above.")]
Reader = Annotated[
    Path | None,
    typer.Option(help="Another reader's labels (JSONL: id, pillars, actors), shown beside the machine's."),
]
Model = Annotated[Path | None, typer.Option(help="A model folder to use instead of the one that ships.")]


def _records(gold: Path, *required: str) -> list[dict[str, Any]]:
    """The records of a file. Raises RecordError if there are none, and what `read_records` raises."""
    from tipmine.cli.jsonl import read_records

    records = read_records(str(gold), required=required)
    if not records:
        raise RecordError(str(gold), "no record in it", "JSONL with one object per line")
    return records


def _show(rows: Sequence[Mapping[str, Any]], gold: Path, format_: str, output: Path | None) -> None:
    write_table(rows, format_, output, title=gold.name)


@app.command()
def repair(gold: Gold, format_: Format = "", output: Output = None) -> None:
    """Wrong characters per 1,000. GOLD lines hold `raw` and `gold`, in the order of their document.

    Example: tipmine evaluate repair lines.jsonl
    """
    from tipmine.extract.repair.evaluation import evaluate_repair

    _show(evaluate_repair(_records(gold, "raw", "gold")), gold, format_, output)


@app.command()
def extract(gold: Gold, format_: Format = "", output: Output = None) -> None:
    """Wrong characters per 1,000 and order. GOLD lines hold `file` and `truth`, paths from its folder.

    Example: tipmine evaluate extract corpora/sample/gold/extract.jsonl
    """
    from tipmine.extract.evaluation import evaluate_extract

    _show(evaluate_extract(_records(gold, "file", "truth"), gold.parent), gold, format_, output)


@app.command()
def pillars(
    gold: Gold, reader: Reader = None, model: Model = None, format_: Format = "", output: Output = None
) -> None:
    """Kappa, F1, reliability and coverage. GOLD lines hold `text` (or `marked`) and `pillars` or `label`.

    Lines with `label` (one pillar each) are judged by the pillar with the highest score, in rows of their own.

    Example: tipmine evaluate pillars corpora/labelled/report.jsonl
    """
    from tipmine.tag.evaluation import evaluate_pillars
    from tipmine.tokenize import PhraseFinder, tokenize_text

    other = _records(reader, "id", "pillars") if reader else []
    rows = evaluate_pillars(_records(gold), tokenize=tokenize_text, finder=PhraseFinder, model=model, reader=other)
    _show(rows, gold, format_, output)


@app.command()
def actors(gold: Gold, reader: Reader = None, model: Model = None, format_: Format = "", output: Output = None) -> None:
    """Spans and roles. GOLD lines hold `text` and `actors`, or `marked`.

    Example: tipmine evaluate actors corpora/labelled/report.jsonl
    """
    from tipmine.tag.actor_evaluation import evaluate_actors
    from tipmine.tokenize import PhraseFinder, tokenize_text

    other = _records(reader, "id") if reader else []
    rows = evaluate_actors(_records(gold), tokenize=tokenize_text, finder=PhraseFinder, model=model, reader=other)
    _show(rows, gold, format_, output)


@app.command()
def themes(gold: Gold, format_: Format = "", output: Output = None) -> None:
    """Agreement, NPMI, diversity and stability.

    GOLD lines hold `id`, `doc`, `text`, `speaker`, and `theme` where known.

    Example: tipmine evaluate themes corpora/sample/gold/themes.jsonl
    """
    from tipmine.themes.evaluation import evaluate_themes
    from tipmine.tokenize import words

    _show(evaluate_themes(_records(gold, "id", "text"), words), gold, format_, output)


@app.command()
def trace(gold: Gold, format_: Format = "", output: Output = None) -> None:
    """Recall and precision of links, gaps and orphans.

    GOLD lines are pairs `rec`, `resp`, `item`, or recommendations `rec`, `text` with their `evidence`, and `theme`
    lines with `members` and `answered_by`.

    Example: tipmine evaluate trace corpora/sample/gold/trace.jsonl
    """
    from tipmine.tokenize import words
    from tipmine.trace.evaluation import evaluate_trace

    _show(evaluate_trace(_records(gold), words), gold, format_, output)
