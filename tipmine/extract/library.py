"""The PDF library as this package needs it while a PDF is open: within limits, quick with long maps, and silent.

It has no settings for any of these, so parts of its modules are replaced. As soon as no PDF is open here, the library
is unchanged again for a program that uses it itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack

from pdfminer import cmapdb, pdffont, pdftypes

from tipmine.extract.bounded import BoundedZlib, bounded_codes
from tipmine.extract.maps import RangeParser

_ABSENT = object()
_REPLACED = (
    (pdftypes, "zlib", BoundedZlib),
    (pdffont, "range", bounded_codes),
    (cmapdb, "range", bounded_codes),
    (pdffont, "CMapParser", RangeParser),
)
"""Module, name in it, and what replaces it meanwhile."""


class _Shared:
    """A change of the process that several users may need at a time: made for the first user, undone after the last."""

    def __init__(self, change: Callable[[ExitStack], None]) -> None:
        """`change` makes the change, and gives the stack what undoes it."""
        self._change = change
        self._lock = threading.Lock()
        self._users = 0
        self._undo = ExitStack()

    def __enter__(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._change(self._undo)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._undo.close()


def _replace(undo: ExitStack) -> None:
    for module, name, value in _REPLACED:
        old = vars(module).get(name, _ABSENT)
        if old is _ABSENT:
            undo.callback(delattr, module, name)
        else:
            undo.callback(setattr, module, name, old)
        setattr(module, name, value)


def _silence(undo: ExitStack) -> None:
    for logger in map(logging.getLogger, ("pdfminer", "fontTools")):
        undo.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.CRITICAL)


ADAPTED = _Shared(_replace)
"""Inside this context the library unpacks streams and reads fonts within the limits of `bounded`, and long maps at
once."""

SILENT = _Shared(_silence)
"""Inside this context the libraries do not warn of every irregularity of a font: a page's verdict says what matters."""
