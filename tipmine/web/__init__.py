"""The query desk in a browser: server-rendered pages over one run, without a build step or an outside address.

    extract -> segment -> tokenize -> tag -> themes -> trace -> store -> [web]

Start at `app.py` (which address is which page), then `desk.py` (what every page shares) and `guard.py` (what no
request gets past). Pages read through the store and the report tables; `actions.py` alone writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["create_app"]


def create_app(
    run_folder: Path, *, corpus: Path | None = None, token: str = "", reviewer: str = "", host: str = "127.0.0.1"
) -> Starlette:
    """The desk over the run in `run_folder` as an ASGI application.

    `corpus` is the folder with the documents, where page images are drawn from; without it the places are used that
    the run remembers. `token` must be given by every visitor where it is not empty. `reviewer` signs all decisions;
    where it is empty each visitor gives a name. `host` is the address that the server listens on.
    Raises RunError where there is no run in the folder.
    """
    from tipmine.web.app import build

    return build(run_folder, corpus=corpus, token=token, reviewer=reviewer, host=host)
