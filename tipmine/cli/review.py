"""`tipmine review`: sheets for reviewers out, their decisions in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tipmine.cli.runs import open_chosen, write_table

app = typer.Typer(help="A person's decisions in and out; they outlive every rerun.", no_args_is_help=True)

RunFolder = Annotated[Path | None, typer.Option("--run", help="The run folder; the newest by default.")]


@app.command("export")
def export_sheet(
    file: Annotated[Path, typer.Argument(help="The XLSX to write.")],
    run: RunFolder = None,
    least_sure: Annotated[int, typer.Option(min=0, help="Passages of which the model is least sure.")] = 60,
    at_random: Annotated[int, typer.Option(min=0, help="Passages drawn at random.")] = 40,
    seed: Annotated[int, typer.Option(help="Seed of the random ones.")] = 7,
) -> None:
    """Write a sheet for a reviewer.

    Example: tipmine review export review.xlsx --least-sure 60 --at-random 40
    """
    from tipmine.review.sample import choose
    from tipmine.review.sheet import write_sheet

    with open_chosen(run) as opened:
        items = choose(opened, least_sure=least_sure, at_random=at_random, seed=seed)
    write_sheet(file, items)
    typer.echo(f"{len(items)} passages: {file}")


@app.command("import")
def import_filled(
    file: Annotated[Path, typer.Argument(help="A sheet that a reviewer filled in.")],
    reviewer: Annotated[str, typer.Option(help="Who filled it in.")],
    run: RunFolder = None,
) -> None:
    """Take the reviewed rows of a sheet as decisions.

    Example: tipmine review import review.xlsx --reviewer somsri
    """
    from tipmine.review.sheet import import_sheet
    from tipmine.store.entries import rebuild_index

    with open_chosen(run) as opened:
        count = import_sheet(opened, file, reviewer)
        rebuild_index(opened)
    typer.echo(f"{count} passages decided by {reviewer}")


@app.command("list")
def list_decisions(
    run: RunFolder = None,
    format_: Annotated[str, typer.Option("--format", help="table json csv xlsx")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
) -> None:
    """List all decisions, oldest first, undone ones too.

    Example: tipmine review list --format csv -o decisions.csv
    """
    from tipmine.store.decisions import history

    with open_chosen(run) as opened:
        decided = history(opened.connection)
    rows = [
        {"id": d.id, "subject": d.subject, "field": d.field, "value": d.value, "reviewer": d.reviewer, "at": d.at,
         "undone": d.undone}
        for d in decided
    ]  # fmt: skip
    write_table(rows, format_, output, title="decisions")


@app.command("undo")
def undo_decision(
    number: Annotated[int, typer.Argument(help="The decision's id, from `review list`.")], run: RunFolder = None
) -> None:
    """Take a decision back; the one before it is in force again.

    Example: tipmine review undo 12
    """
    from tipmine.store.decisions import undo

    with open_chosen(run) as opened:
        undo(opened.connection, number)
    typer.echo(f"decision {number} undone")
