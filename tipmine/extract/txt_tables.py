"""Tables typed in plain text: cells between bars, between tabs, or under each other with spaces between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count, takewhile
from typing import NamedTuple

LONGEST_LAST_CELL = 40
"""Most code points of the last cell of a row set with spaces. Longer ones are text: names of speakers are also set in a
column beside their words."""

_RULE = re.compile(r"[\s|+:=_-]*[|+-][\s|+:=_-]*")
"""A line that only divides rows: `|---|---|`, `+----+----+`."""
_GAP = re.compile(r"[ \u00a0]{3,}")

_Cells = tuple[str, ...]


class _Way(NamedTuple):
    """A way of setting tables: how a line is cut into cells, and the fewest rows and cells that are a table."""

    cells: Callable[[str], _Cells]
    rows: int
    columns: int


def table_rows(lines: Sequence[str]) -> dict[int, _Cells]:
    """The lines that are rows of tables, by their index in `lines`, each with its cells; lines that only divide rows of
    a table have none. Cells may be empty between bars and tabs.
    """
    rows: dict[int, _Cells] = {}
    at = 0
    while at < len(lines):
        run = next(filter(None, (_run(lines, at, way) for way in _WAYS)), {})
        rows |= run
        at = max(run, default=at) + 1
    return rows


def _run(lines: Sequence[str], start: int, way: _Way) -> dict[int, _Cells]:
    """The rows of one table from a line onwards; empty if none begins there."""
    width = len(way.cells(lines[start]))
    if width < way.columns:
        return {}
    below = takewhile(lambda at: at < len(lines) and _goes_on(lines[at], width, way), count(start))
    run = {at: () if _RULE.fullmatch(lines[at]) else way.cells(lines[at]) for at in below}
    while run and not run[max(run)]:
        del run[max(run)]
    return run if sum(map(bool, run.values())) >= way.rows else {}


def _goes_on(line: str, width: int, way: _Way) -> bool:
    return len(way.cells(line)) == width or (bool(line.strip()) and bool(_RULE.fullmatch(line)))


def _between_bars(line: str) -> _Cells:
    if line.count("|") < 2:
        return ()
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _between_tabs(line: str) -> _Cells:
    return tuple(cell.strip() for cell in line.strip(" ").split("\t")) if "\t" in line.strip() else ()


def _between_gaps(line: str) -> _Cells:
    cells = tuple(_GAP.split(line.strip()))
    return cells if len(cells[-1]) <= LONGEST_LAST_CELL else ()


_WAYS = (
    _Way(_between_bars, rows=2, columns=2),
    # A single tab is between a speaker and the words.
    _Way(_between_tabs, rows=3, columns=3),
    _Way(_between_gaps, rows=3, columns=2),
)
