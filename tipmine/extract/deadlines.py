"""When the time for a document ends."""

from __future__ import annotations

import time
from dataclasses import dataclass

AFTER_OCR = 0.1
"""Share of a document's time that OCR leaves for what follows: repair, and in a run passages and tags. Lower: the whole
document may be lost for lack of time; higher: pages stay unread that could have been read."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When the time for a document ends, and when it ends for OCR, whose pages may also be left unread.

    Both are times of `time.monotonic`.
    """

    whole: float
    ocr: float
    seconds: float
    """The time for the document, from its beginning to `whole`."""


def deadlines(seconds: float) -> Deadlines:
    """The deadlines of a document that may take so many seconds from now."""
    now = time.monotonic()
    return Deadlines(now + seconds, now + (1 - AFTER_OCR) * seconds, seconds)
