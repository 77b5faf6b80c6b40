"""Page pictures for the reader: which file belongs to a document of the run, and its pages drawn and remembered.

The only place where the desk touches documents. A visitor names a document by its id; the file's path comes from the
run and the corpus folder, must lie inside that folder, and must still have the bytes that the run read: a picture
beside a text that does not belong to it would be worse than none.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from tipmine.ids import file_sha256
from tipmine.records import DocumentInfo, Page

WIDTHS = (700, 1100, 1600)
"""Widths that a picture may be asked in. Pixels: for phones, desks, and for looking closely."""
_SECONDS = 25
"""How long a page may take before it is given up. Seconds."""
_AT_ONCE = 2
"""Pages drawn at the same time."""
_REMEMBERED = 48
"""Pictures kept; each is some 100 to 400 kB."""


def find_file(info: DocumentInfo, corpus: Path | None) -> Path | None:
    """The PDF of a document, or None where there is none to draw: another type, gone, changed, or outside."""
    if not info.doc.lower().endswith(".pdf"):
        return None
    places = [Path(info.path)] if info.path else []
    if corpus is not None:
        places = [corpus / "documents" / info.doc, corpus / info.doc, *places]
    for place in places:
        path = place.resolve()
        inside = corpus is None or path.is_relative_to(corpus.resolve())
        if inside and path.is_file() and _unchanged(path, info.sha256):
            return path
    return None


def _unchanged(path: Path, sha256: str) -> bool:
    state = path.stat()
    return not sha256 or _sha256(str(path), state.st_mtime_ns, state.st_size) == sha256


@lru_cache(maxsize=512)
def _sha256(path: str, _changed: int, _size: int) -> str:
    return file_sha256(Path(path))


class Pictures:
    """Draws pages in a process of their own and remembers the last ones."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[str, int, int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def page(self, path: Path, page: Page, width: int) -> bytes | None:
        """A page as PNG in one of `WIDTHS`; None where it cannot be drawn."""
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
        # The path is that of a document of the run; of a request only checked numbers reach the command.
        result = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return result.stdout if result.returncode == 0 and result.stdout else None
