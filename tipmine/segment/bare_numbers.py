"""Item numbers with nothing after them: `1 กระทรวงแรงงานควร...`, as in circles and tabs.

Sentences, too, begin with a number and a space (`14 จังหวัดรายงาน...`), so a single line proves nothing. A list is
recognised by its lines together: they count from 1, begin at the same place, and the lines between them are indented
past the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tipmine.digits import DIGITS, arabic_digits
from tipmine.records import Line
from tipmine.segment import depths
from tipmine.segment.numbering import Marker, marker_of

FEWEST_ITEMS = 3
"""Fewest items of such a list. Lower: two sentences that begin with an amount become a list."""
SAME_PLACE = 2.0
"""Points by which the beginnings of the items may differ. Higher: amounts in tables without rules become items."""
DIGIT = 0.6
"""Greatest width of a digit, in ems."""
SET_IN = 0.6
"""Least indent of the other lines of an item, in ems. Lower: running text becomes part of a list."""

_LAST_OF_ONE_DIGIT = 9
_BARE = re.compile(rf"\s*(?P<number>[{DIGITS}]{{1,2}})\s+(?=[^\W\d]|[\u201c\"(])")

Place = tuple[int, int]
"""Page and number of a line."""


class LineMarkers:
    """The markers of the lines of a document's running text; a bare number is one only in a list of such numbers."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._bare = bare_numbers(lines)

    def of(self, line: Line) -> Marker | None:
        """The marker with which a line begins."""
        return bare_marker(line.text) if self.is_bare(line) else marker_of(line.text)

    def is_bare(self, line: Line) -> bool:
        """Whether a line begins an item whose number has no stop or bracket after it."""
        return (line.page, line.number) in self._bare


def bare_marker(text: str) -> Marker | None:
    """The bare number with which `text` begins as the marker of an item; None if it begins with none.

    >>> bare_marker("๒ แพลตฟอร์มต้องยืนยันตัวตน").path
    (2,)
    """
    match = _BARE.match(text)
    if not match:
        return None
    return Marker(match["number"], match.end(), "bare", depths.DECIMAL, (int(arabic_digits(match["number"])),))


def bare_numbers(lines: Iterable[Line]) -> frozenset[Place]:
    """The places of the lines that begin items with bare numbers; `lines` are running text in reading order."""
    items: set[Place] = set()
    run: list[tuple[Line, int]] = []
    for line in lines:
        if line.role != "body":
            continue  # a heading between two steps, or a box with one, does not end a list
        marker = bare_marker(line.text)
        number = marker.path[0] if marker else 0
        if run and number == run[-1][1] + 1 and _alike(run[0][0], line, wider=number > _LAST_OF_ONE_DIGIT):
            run.append((line, number))
        elif not run or not _is_set_in(run[-1][0], line):
            items |= _places(run)
            run = [(line, 1)] if number == 1 else []
    return frozenset(items | _places(run))


def _places(run: Sequence[tuple[Line, int]]) -> set[Place]:
    return {(line.page, line.number) for line, _ in run} if len(run) >= FEWEST_ITEMS else set()


def _alike(first: Line, line: Line, *, wider: bool) -> bool:
    """Whether two lines begin equally far from the left, even on different pages; true if neither has a box.

    A number with one digit more than the first (`wider`) may be centred on the same point, as in a circle.
    """
    if first.box is None or line.box is None:
        return first.box is line.box
    left = first.box.x0 - line.box.x0
    return -SAME_PLACE <= left <= SAME_PLACE + (DIGIT * line.size if wider else 0)


def _is_set_in(item: Line, line: Line) -> bool:
    """Whether a line is indented to the text of an item, right of its number."""
    if item.box is None or line.box is None:
        return False
    return line.box.x0 - item.box.x0 >= SET_IN * max(item.size, 1.0)
