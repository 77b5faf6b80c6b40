"""`tipmine serve`: the query desk in a browser."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from typing import Annotated

import typer

from tipmine.cli.options import RunFolder
from tipmine.cli.runs import open_chosen
from tipmine.errors import MissingFileError, UsageError

_TOKEN_BYTES = 18
"""Random bytes in the token, too many to guess; in the address they become a third more letters."""
_WAITING = 128
"""Connections that may wait while the server is busy."""


def serve(
    run: RunFolder = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any free one.")] = 8470,
    reviewer: Annotated[str, typer.Option(help="Who signs decisions; without it each visitor gives a name.")] = "",
    corpus: Annotated[Path | None, typer.Option(help="Where the documents are, if they were moved.")] = None,
) -> None:
    """Open a run in the browser, to search, read, review and trace.

    Example: tipmine serve --run outputs/sample --reviewer somsri
    """
    import uvicorn

    from tipmine.web import create_app
    from tipmine.web.guard import LOOPBACK

    with open_chosen(run) as opened:
        folder = opened.folder
    _check_corpus(folder, corpus)
    token = "" if host in LOOPBACK else secrets.token_urlsafe(_TOKEN_BYTES)
    app = create_app(folder, corpus=corpus, token=token, reviewer=reviewer, host=host)
    with _listen(host, port) as listening:
        typer.echo(f"{folder}: {_address(host, listening.getsockname()[1], token)}")
        if token:
            typer.echo("Whoever has this address can read and decide; it changes with every start.", err=True)
        typer.echo("Press Ctrl+C to stop.", err=True)
        # The access log would hold what was searched for, and the token.
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        uvicorn.Server(config).run(sockets=[listening])


def _check_corpus(folder: Path, corpus: Path | None) -> None:
    """Raises MissingFileError if `corpus` does not exist; warns if the run's own corpus does not."""
    from tipmine.store.runfile import corpus_path, find_corpus

    if corpus is not None and not corpus.is_dir():
        raise MissingFileError(str(corpus), "no such folder", "the folder of the run's documents")
    if corpus is None and find_corpus(folder) is None:
        was = corpus_path(folder)
        wrong = "the documents are not there any more" if was else "the run does not say where its documents are"
        typer.echo(f"{was or folder}: {wrong}; pages are shown without pictures; do: --corpus FOLDER", err=True)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket on the address. Raises UsageError if it is in use or not an address of this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # From here on a visitor waits instead of being refused while the server starts.
        listening.listen(_WAITING)
    except OSError as error:
        wrong = f"cannot listen there: {error.strerror or error}"
        raise UsageError(f"{host}:{port}", wrong, "a free port of this machine", "choose another --port") from error
    return listening


def _address(host: str, port: int, token: str) -> str:
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104 -- compared only
    name = f"[{shown}]" if ":" in shown else shown
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
