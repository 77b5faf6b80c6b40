"""The query desk: server-rendered pages over one run, without a build step or requests to other servers.

    extract -> segment -> tokenize -> tag -> themes -> trace -> store -> [web]

Start at `app.py` (the routes), then `desk.py` (what all pages share) and `guard.py` (security checks of every
request). Pages read through the store and the report tables; only `actions.py` writes.
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

    `corpus` is the folder with the documents, from which page images are drawn; by default the one recorded in the
    run. If `token` is not empty, every visitor must give it. `reviewer` signs all decisions; if empty, each visitor
    gives a name. `host` is the address that the server listens on. Raises RunError if there is no run in the folder.
    """
    from tipmine.web.app import build

    return build(run_folder, corpus=corpus, token=token, reviewer=reviewer, host=host)
