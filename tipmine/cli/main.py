"""`tipmine`: the group of commands, and what happens when one of them fails.

Nothing heavy is imported here: `tipmine --help` answers at once, and each command loads what it needs.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Annotated

import typer

from tipmine import __version__
from tipmine.cli import (
    doctor,
    evaluate,
    explain,
    export,
    extract,
    query,
    repair,
    report,
    review,
    serve,
    tag,
    themes,
    trace,
    train,
)
from tipmine.cli import run as run_command
from tipmine.cli.options import GLOBAL_OPTIONS
from tipmine.errors import TipmineError

app = typer.Typer(
    name="tipmine",
    help="Reads Thai documents on work against human trafficking: repairs, tags, finds themes, traces recommendations.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tipmine {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version_asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")] = False,
) -> None:
    """Options before the command."""
    GLOBAL_OPTIONS.debug = debug


app.command("run")(run_command.run)
app.command("extract")(extract.extract)
app.command("repair")(repair.repair)
app.command("explain")(explain.explain)
app.command("tag")(tag.tag)
app.command("themes")(themes.themes)
app.command("trace")(trace.trace)
app.command("query", cls=query.QueryCommand)(query.query)
app.command("report")(report.report)
app.command("export")(export.export)
app.add_typer(review.app, name="review")
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.command("verify")(doctor.verify)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(train.app, name="train")


def run() -> None:
    """The console script: run a command; if it raises an error, exit with the code of the error's class."""
    try:
        app()
    except (TipmineError, OSError, sqlite3.Error) as error:
        if GLOBAL_OPTIONS.debug:
            raise
        message, code = _message_and_exit_code(error)
        typer.echo(message, err=True)
        sys.exit(code)


def _message_and_exit_code(error: TipmineError | OSError | sqlite3.Error) -> tuple[str, int]:
    """The line to print for an error, and the code to exit with."""
    if isinstance(error, OSError):
        wrong = f"{error.filename or 'tipmine'}: cannot be read or written: {error.strerror or error}"
        return wrong, TipmineError.exit_code
    if isinstance(error, sqlite3.Error):
        from tipmine.store.database import database_error

        error = database_error(error)
    return str(error), error.exit_code
