"""Page images for the reader: finds the file of a document of the run, draws its pages and caches them.

This is the only module of the desk that opens documents. A visitor names a document by its id. The file's path comes
from the run and the corpus folder and must be inside that folder, and the file must be unchanged since the run read it:
an image that does not match the text would be worse than none.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from tipmine.ids import file_sha256
from tipmine.records import DocumentInfo, Page

WIDTHS = (700, 1100, 1600)
"""Widths in pixels in which an image can be requested: for phones, for desktops, and for close reading."""
_SECONDS = 25
"""Seconds after which drawing a page is abandoned."""
_AT_ONCE = 2
"""Most pages drawn at the same time."""
_REMEMBERED = 48
"""Most images in the cache; each takes about 100 to 400 kB."""


Missing = Literal["", "type", "folder", "file", "changed"]
"""Why there is no image: not a PDF, no corpus folder, no such file in it, or a changed file; empty if there is one."""


class Source(NamedTuple):
    """The PDF from which a document's pages are drawn, or the reason why there is none."""

    path: Path | None
    missing: Missing


def find_file(info: DocumentInfo, corpus: Path | None) -> Source:
    """The PDF of a document in the corpus folder or, if the folder is unknown, the file that the run read."""
    if not info.doc.lower().endswith(".pdf"):
        return Source(None, "type")
    places = [Path(info.path)] if info.path else []
    if corpus is not None:
        places = [corpus / "documents" / info.doc, corpus / info.doc, *places]
    missing: Missing = "folder" if corpus is None or not corpus.is_dir() else "file"
    for place in places:
        path = place.resolve()
        inside = corpus is None or path.is_relative_to(corpus.resolve())
        if inside and path.is_file():
            if _unchanged(path, info.sha256):
                return Source(path, "")
            missing = "changed"
    return Source(None, missing)


def _unchanged(path: Path, sha256: str) -> bool:
    state = path.stat()
    return not sha256 or _sha256(str(path), state.st_mtime_ns, state.st_size) == sha256


@lru_cache(maxsize=512)
def _sha256(path: str, _changed: int, _size: int) -> str:
    return file_sha256(Path(path))


class Pictures:
    """Draws pages in separate processes and caches the last ones."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[str, int, int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def page(self, path: Path, page: Page, width: int) -> bytes | None:
        """A page as PNG in one of `WIDTHS`; None if it cannot be drawn."""
        key = (str(path), path.stat().st_mtime_ns, page.number, width)
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        with self._slots:
            picture = _draw(path, page, width)
        if picture is not None:
            with self._lock:
                self._drawn[key] = picture
                while len(self._drawn) > _REMEMBERED:
                    self._drawn.popitem(last=False)
        return picture


def _draw(path: Path, page: Page, width: int) -> bytes | None:
    numbers = (page.number, width, page.width, page.height)
    command = [sys.executable, "-m", "tipmine.web.draw", str(path), *map(str, numbers)]
    try:
        # The path is that of a document of the run; from a request, only checked numbers reach the command.
        result = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 -- see above
    except subprocess.TimeoutExpired:
        return None
    return result.stdout if result.returncode == 0 and result.stdout else None
