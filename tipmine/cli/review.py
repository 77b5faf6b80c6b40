"""`tipmine review`: sheets for reviewers out, their decisions in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipmine.cli.options import Format, Output, RunFolder
from tipmine.cli.output import counted
from tipmine.cli.runs import open_chosen
from tipmine.cli.tables import target_format, write_table
from tipmine.errors import UsageError
from tipmine.records import DEFAULT_SEED

if TYPE_CHECKING:
    from tipmine.store.run import Run

app = typer.Typer(help="Export and import people's decisions, which outlive every rerun.", no_args_is_help=True)


@app.command("export")
def export_sheet(
    file: Annotated[Path, typer.Argument(help="The XLSX to write.")],
    run: RunFolder = None,
    least_sure: Annotated[int, typer.Option(min=0, help="Number of passages that the model is least sure about.")] = 60,
    at_random: Annotated[int, typer.Option(min=0, help="Number of passages drawn at random.")] = 40,
    seed: Annotated[int, typer.Option(help="Seed of the random choice.")] = DEFAULT_SEED,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file, including what a reviewer filled in.")
    ] = False,
) -> None:
    """Write a sheet for a reviewer. An existing file is left unchanged.

    Example: tipmine review export review.xlsx --least-sure 60 --at-random 40
    """
    from tipmine.review.sample import choose
    from tipmine.review.sheet import write_sheet

    if file.suffix.lower() != ".xlsx":
        raise UsageError(str(file), "not a name for a sheet", "a name that ends in .xlsx")
    if file.exists() and not force:
        wrong = "already exists, and a reviewer may have filled it in"
        raise UsageError(str(file), wrong, "a new file", "choose another name, or use --force to replace it")
    with open_chosen(run) as opened:
        items = choose(opened, least_sure=least_sure, at_random=at_random, seed=seed)
    write_sheet(file, items)
    typer.echo(f"{counted(len(items), 'passage')}: {file}")


@app.command("import")
def import_filled(
    file: Annotated[
        Path, typer.Argument(help="A review sheet or recommendation workbook that was filled in, or a codebook (.qdc).")
    ],
    reviewer: Annotated[str, typer.Option(help="Who filled it in.")],
    run: RunFolder = None,
) -> None:
    """Record what a person filled in, as decisions.

    From a review sheet: its reviewed rows with their notes. From the recommendation workbook: confirmed or rejected
    links and corrected pillars. From a codebook (.qdc, .qdpx): the names given to themes.

    Example: tipmine review import review.xlsx --reviewer somsri
    """
    with _deciding(run) as opened:
        recorded = _import(opened, file, reviewer)
    typer.echo(recorded)


def _import(run: Run, file: Path, reviewer: str) -> str:
    """Record the decisions in a file, whichever of the three kinds it is; returns a sentence on what was recorded."""
    from tipmine.report.answers import is_trace_workbook

    if file.suffix.lower() in (".qdc", ".qdpx"):
        return _import_codebook(run, file, reviewer)
    if is_trace_workbook(file):
        return _import_workbook(run, file, reviewer)
    return _import_sheet(run, file, reviewer)


def _import_codebook(run: Run, file: Path, reviewer: str) -> str:
    from tipmine.report.qdc import import_codebook

    codes = import_codebook(run, file, reviewer)
    unknown = f"; not of this run: {', '.join(codes.unknown)}" if codes.unknown else ""
    return f"{counted(codes.renamed, 'theme')} named by {reviewer}; {counted(codes.known, 'code')} of this run{unknown}"


def _import_workbook(run: Run, file: Path, reviewer: str) -> str:
    from tipmine.report.answers import import_answers
    from tipmine.report.files import WORKBOOK

    answers = import_answers(run, file, reviewer)
    rest = f"; {counted(answers.to_review, 'row')} to review first" if answers.to_review else ""
    rest += _missing(answers.missing)
    if answers.other_cells:
        others = counted(answers.other_cells, "other cell")
        rest += f"; {others} with \N{DAGGER} not taken: fill them in {run.folder / WORKBOOK}, "
        rest += "from where every report takes them over"
    decided = f"{counted(answers.links, 'link')} and {counted(answers.passages, 'passage')}"
    return f"{decided} decided by {reviewer}{rest}"


def _import_sheet(run: Run, file: Path, reviewer: str) -> str:
    from tipmine.report.labels import label
    from tipmine.review.sheet import import_sheet

    imported = import_sheet(run, file, reviewer)
    rest = _missing(imported.missing)
    if imported.unmarked:
        rest += f"; {counted(imported.unmarked, 'row')} filled in but not taken: {label('review', 'reviewed')} is empty"
    return f"{counted(imported.passages, 'passage')} decided by {reviewer}{rest}"


def _missing(rows: int) -> str:
    """The part of a sentence about rows that the run no longer holds; empty if there are none."""
    return f"; {counted(rows, 'row')} not in this run any more" if rows else ""


@app.command("list")
def list_decisions(run: RunFolder = None, format_: Format = "", output: Output = None) -> None:
    """List all decisions, oldest first, including undone ones.

    A table has titles, texts and local times; the other formats have the ids and times (UTC) of the run.

    Example: tipmine review list --format csv -o decisions.csv
    """
    from tipmine.review.listing import decision_rows
    from tipmine.store.decisions import history

    format_ = target_format(format_, output)
    columns = ("id", "subject", "field", "value", "reviewer", "at", "undone")
    with open_chosen(run) as opened:
        decided = history(opened.connection)
        rows = [{name: getattr(each, name) for name in columns} | {"field": str(each.field)} for each in decided]
        shown = decision_rows(opened, decided) if format_ == "table" else rows
    write_table(shown, format_, output, title="decisions", columns=columns)


@app.command("undo")
def undo_decision(
    number: Annotated[int, typer.Argument(help="The decision's id, from `review list`.")], run: RunFolder = None
) -> None:
    """Undo a decision; the one before it is in force again.

    Example: tipmine review undo 12
    """
    from tipmine.store.decisions import history, undo

    with _deciding(run) as opened:
        if any(decision.id == number and decision.undone for decision in history(opened.connection)):
            raise UsageError(str(number), "this decision was undone before", "a decision in force")
        undo(opened.connection, number)
    typer.echo(f"decision {number} undone")


@contextmanager
def _deciding(folder: Path | None) -> Iterator[Run]:
    """The chosen run, locked; its index is rebuilt at the end, so searches see the decisions made in the block.

    Raises RunError if another process writes into the folder, which would rebuild the index too.
    """
    from tipmine.store.database import write_lock
    from tipmine.store.entries import rebuild_index

    with open_chosen(folder) as opened, write_lock(opened.folder):
        yield opened
        rebuild_index(opened)
