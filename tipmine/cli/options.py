"""Options that several commands share, so that they are spelled and explained alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass
class GlobalOptions:
    """The options of `tipmine` itself, given before the command."""

    debug: bool = False
    """Whether tracebacks are shown."""


GLOBAL_OPTIONS = GlobalOptions()
"""Those of this call; `cli.main` sets them before the command runs."""

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the terminal.")]
Format = Annotated[
    str, typer.Option("--format", help="table, json, csv or xlsx; by default as the name of --output ends.")
]
RunFolder = Annotated[Path | None, typer.Option("--run", help="The run folder; the newest by default.")]
Password = Annotated[str | None, typer.Option(help="Password of an encrypted PDF.")]
