"""Item numbers with nothing after them: `1 กระทรวงแรงงานควร...`, as in circles and tabs.

Sentences, too, begin with a number and a space (`14 จังหวัดรายงาน...`), so a single line proves nothing. A list is
recognised by its lines together: they count from 1, begin at the same place, and the lines between them are indented
past the number. So is an analysis of strengths and weaknesses (`S1 ทีมสหวิชาชีพ...`, `W1 ...`): S1 alone may be a person.
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

FEWEST_COUNTED = 3
"""Fewest of the letters S, W, O, T that count from 1 in an analysis. Lower: codes of students and teachers, S1 and T1,
become numbers of items."""

_LAST_OF_ONE_DIGIT = 9
_BARE = re.compile(rf"\s*(?P<number>[{DIGITS}]{{1,2}})\s+(?=[^\W\d]|[\u201c\"(])")

_ANALYSED = re.compile(rf"\s*(?P<letter>[SWOT])(?P<number>[{DIGITS}]{{1,2}})\s+(?=[\u0e01-\u0e4e])")

Place = tuple[int, int]
"""Page and number of a line."""


class LineMarkers:
    """The markers of the lines of a document's running text; a bare number is one only in a list of such numbers."""

    def __init__(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self._bare = bare_numbers(lines) | bare_analysis(lines)

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
    >>> bare_marker("W2 ไม่มีล่ามในจังหวัด").text
    'W2'
    """
    if match := _BARE.match(text):
        return Marker(match["number"], match.end(), "bare", depths.DECIMAL, (_number(match),))
    if match := _ANALYSED.match(text):
        printed, family = match.group().strip(), f"swot:{match['letter']}"
        return Marker(printed, match.end(), family, depths.LETTER, (_number(match),))
    return None


def _number(match: re.Match[str]) -> int:
    return int(arabic_digits(match["number"]))


def bare_analysis(lines: Iterable[Line]) -> frozenset[Place]:
    """The places of the lines that begin strengths, weaknesses, opportunities and threats, numbered without a colon."""
    found: dict[str, list[tuple[Place, int]]] = {}
    for line in lines:
        if match := _ANALYSED.match(line.text):
            found.setdefault(match["letter"], []).append(((line.page, line.number), _number(match)))
    counted = [items for items in found.values() if [number for _, number in items] == [*range(1, len(items) + 1)]]
    if len(counted) < FEWEST_COUNTED:
        return frozenset()
    return frozenset(place for items in counted for place, _ in items)


def bare_numbers(lines: Iterable[Line]) -> frozenset[Place]:
    """The places of the lines that begin items with bare numbers; `lines` are running text in reading order."""
    items: set[Place] = set()
    run: list[tuple[Line, int]] = []
    for line in lines:
        if line.role != "body":
            continue  # a heading between two steps, or a box with one, does not end a list
        match = _BARE.match(line.text)
        number = _number(match) if match else 0
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
