"""Tables without rules between rows: without any rule, or with rules around the heads and at the end only.

Only a certain table is accepted: strips between its columns are free of letters through all of its lines, and every
column has a head. In addition, its rows are counted (1, 2, 3 in the first column), or there are rules above and below
the heads and at the end. The white space between rows, or the first column, shows where a row ends. Lists of numbered
names, text in columns and forms have no heads, or letters in the strips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tipmine.extract.drafts import row_height
from tipmine.extract.lines import SAME_BASELINE, Segment
from tipmine.extract.marks import Cluster
from tipmine.extract.strips import (
    LEAST_COLUMNS,
    LEAST_STRIP,
    MOST_CROSSED,
    Edge,
    alike_rules,
    by_baseline,
    column_at,
    free_strips,
)
from tipmine.extract.tables import Grid

LEAST_COUNTED = 3
"""Fewest rows that are counted. Lower: two numbers one below the other occur in any text."""

LEAST_ROWS = 2
"""Fewest rows below the heads between rules."""

MOST_HEADS = 3
"""Most lines of the heads between rules; more are a row."""

NEXT_LINE = 2.4
"""Largest distance in em to the next line of a table, unless its counted rows are further apart."""

SAME_STEP = 1.1
"""Largest ratio of the heads' distance from the counted rows to the distance between the lines of these."""

MOST_LINES = 400
"""Most lines of a page that is examined; a page with more is a drawing."""

MOST_DIGITS = 3
"""Most digits of a row's number; a year or an amount has more."""

RISE, DROP = 0.75, 0.2
"""Height of a line above and below its baseline, in em, for measuring the white space between lines."""

WIDER = 1.2
"""Least ratio of the white space between rows to that between the lines of a row. Lower: rows of lines at irregular
distances fall apart."""

FULL, MOST_FULL = 0.85, 0.5
"""Least share of its column that an entry of running text fills; largest share of such entries."""

_CLOSERS = ".)"


@dataclass(slots=True)
class _Line:
    """The letters on one baseline, from left to right, in parts that are set apart."""

    y: float
    size: float
    parts: list[list[Cluster]]

    @property
    def top(self) -> float:
        """Where its letters begin, in points."""
        return self.y - RISE * self.size

    @property
    def bottom(self) -> float:
        """Where they end."""
        return self.y + DROP * self.size

    def is_free(self, x: float) -> bool:
        """Whether there is no letter at `x`."""
        return not any(part[0].x0 < x < part[-1].x1 and any(c.x0 < x < c.x1 for c in part) for part in self.parts)

    def columns(self, gutters: Sequence[float]) -> set[int]:
        """Numbers of the columns in which the line has text."""
        return {column_at((c.x0 + c.x1) / 2, gutters) for part in self.parts for c in part}


def unruled_grids(segments: Sequence[Segment], horizontal: Sequence[Edge]) -> list[Grid]:
    """The cells of such tables among the segments of a page; `horizontal` are the rules that are drawn on it."""
    threes = list(_threes(horizontal))
    if not threes and sum(segment.clusters[0].text.isdecimal() for segment in segments) < LEAST_COUNTED:
        return []
    lines = _lines(segments)
    if len(lines) > MOST_LINES:
        return []
    grids: list[Grid] = []
    used: list[float] = []
    for run in _counted(lines):
        counted = _counted_table(lines, run)
        if counted is not None:
            grid, inside = counted
            grids.append(grid)
            used += [line.y for line in inside]
    free = [line for line in lines if line.y not in used]
    for before, top, under, end, after in threes:
        around = [_within(free, before, top), _within(free, end, after)]
        between = _ruled_table(_within(free, top, under), _within(free, under, end), around)
        if between is not None:
            grids.append(between)
    return grids


def _lines(segments: Sequence[Segment]) -> list[_Line]:
    inked = (segment for segment in segments if not all(cluster.is_space for cluster in segment.clusters))
    lines: list[_Line] = []
    for beside in by_baseline(inked, SAME_BASELINE):
        size = max(beside[0].size, 1.0)
        clusters = [cluster for segment in beside for cluster in segment.clusters if not cluster.is_space]
        lines.append(_Line(beside[0].y, size, _parts(clusters, size)))
    return lines


def _parts(clusters: list[Cluster], size: float) -> list[list[Cluster]]:
    clusters.sort(key=lambda cluster: cluster.x0)
    parts = [[clusters[0]]]
    for before, cluster in pairwise(clusters):
        if cluster.x0 - before.x1 >= LEAST_STRIP * size:
            parts.append([])
        parts[-1].append(cluster)
    return parts


def _number(part: Sequence[Cluster]) -> int | None:
    """The number that a part of a line consists of, as in the first column of a table; None if it is not a number."""
    if len(part) > MOST_DIGITS + 1:
        return None
    text = "".join(cluster.text for cluster in part).rstrip(_CLOSERS)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def _counted(lines: Sequence[_Line]) -> Iterator[list[int]]:
    """Places of lines whose leftmost parts count on from each other, one below the other."""
    run: list[int] = []
    last: int | None = None
    for at, line in enumerate(lines):
        number = _number(line.parts[0])
        if number is None:
            continue
        if run and last is not None and number == last + 1 and _overlap(line.parts[0], lines[run[-1]].parts[0]):
            run.append(at)
        else:
            if len(run) >= LEAST_COUNTED:
                yield run
            run = [at]
        last = number
    if len(run) >= LEAST_COUNTED:
        yield run


def _overlap(one: Sequence[Cluster], other: Sequence[Cluster]) -> bool:
    return min(one[-1].x1, other[-1].x1) > max(one[0].x0, other[0].x0)


def _counted_table(lines: Sequence[_Line], run: Sequence[int]) -> tuple[Grid, list[_Line]] | None:
    """The table whose rows are counted in the lines at these places, and its lines."""
    gutters = _gutters(lines[run[0] : run[-1] + 1])
    if len(gutters) + 1 < LEAST_COLUMNS or not _numbers_alone([lines[at] for at in run], gutters[0]):
        return None
    first, last = run[0], run[-1]
    steps = [below.y - above.y for above, below in pairwise(lines[first : last + 1])]
    most = max(NEXT_LINE * lines[first].size, SAME_STEP * max(steps))
    while first and lines[first].y - lines[first - 1].y <= most:
        wider = _with_line(lines[first : last + 1], lines[first - 1], gutters)
        if not wider:
            break
        gutters, first = wider, first - 1
    while last + 1 < len(lines) and lines[last + 1].y - lines[last].y <= most:
        wider = _with_line(lines[first : last + 1], lines[last + 1], gutters)
        if not wider:
            break
        gutters, last = wider, last + 1
    inside = lines[first : last + 1]
    counted = [at - first for at in run]
    heads = [at for at in range(counted[0]) if 0 in inside[at].columns(gutters)]
    if not heads:
        return None
    starts = _starts_by_space(inside, counted) or _starts_by_number(inside, counted, gutters)
    # All lines above the last one with a head of the number column belong to the heads, however many there are.
    body = [at for at in starts if at > heads[-1]]
    if not body or not _has_heads(inside[: body[0]], gutters):
        return None
    return _grid(inside, [0, *body], gutters), list(inside)


def _numbers_alone(lines: Sequence[_Line], gutter: float) -> bool:
    """Whether the numbers are in a column of their own; in a list beside other columns of text, words follow them."""
    beside = sum(1 for line in lines if len(line.parts) > 1 and line.parts[1][0].x0 < gutter)
    return 2 * beside < len(lines)


def _with_line(lines: Sequence[_Line], line: _Line, gutters: Sequence[float]) -> list[float]:
    """The gutters of a table's lines with one more line; empty if that is not a line of the table."""
    widest = max((right - left for left, right in pairwise([lines[0].parts[0][0].x0, *gutters])), default=0.0)
    if any(part[-1].x1 - part[0].x0 > widest for part in line.parts):
        return []
    wider = _gutters([*lines, line])
    return wider if len(wider) == len(gutters) else []


def _gutters(lines: Sequence[_Line]) -> list[float]:
    """The boundaries of columns: within the strips that nearly all lines leave free, where there is no letter."""
    parts = ((part[0].x0, part[-1].x1) for line in lines for part in line.parts)
    least = LEAST_STRIP * min(line.size for line in lines)
    gutters: list[float] = []
    for left, right in free_strips(parts, most=MOST_CROSSED * len(lines), least=least):
        # A left-aligned column leaves the right end of its strip free, a right-aligned one the left end.
        places = ((left + right) / 2, right - 1.0, left + 1.0)
        gutters += [place for place in places if all(line.is_free(place) for line in lines)][:1]
    return gutters


def _has_heads(lines: Sequence[_Line], gutters: Sequence[float]) -> bool:
    """Whether every column has a head."""
    return len(set().union(*(line.columns(gutters) for line in lines))) == len(gutters) + 1


def _spaces(lines: Sequence[_Line]) -> list[float]:
    """The white space above each line, in points: below 0 where lines of two columns overlap; 0 above the first."""
    spaces, bottom = [0.0], lines[0].bottom
    for line in lines[1:]:
        spaces.append(line.top - bottom)
        bottom = max(bottom, line.bottom)
    return spaces


def _starts_by_space(lines: Sequence[_Line], counted: Sequence[int]) -> list[int]:
    """Places of the lines that begin rows, if the white space between rows is wider than that within; else none."""
    spaces = _spaces(lines)
    between = [max(range(one + 1, two + 1), key=lambda at: spaces[at]) for one, two in pairwise(counted)]
    least = min(spaces[at] for at in between)
    inner = [spaces[at] for at in range(counted[0] + 1, counted[-1] + 1) if at not in between]
    if least <= 0 or (inner and max(inner) * WIDER > least):
        return []
    return [at for at in range(1, len(lines)) if spaces[at] >= least / WIDER]


def _starts_by_number(lines: Sequence[_Line], counted: Sequence[int], gutters: Sequence[float]) -> list[int]:
    """Places of the lines that begin rows without space between them: each row's number is level with its first line.

    Empty if numbers may be in the middle of their rows: then they are on lines of their own, or below other lines.
    """
    level = all(2 * len(lines[at].columns(gutters)) > len(gutters) + 1 for at in counted)
    return list(counted) if level and 0 in lines[counted[0] - 1].columns(gutters) else []


def _threes(horizontal: Sequence[Edge]) -> Iterator[tuple[float, ...]]:
    """Heights of three equal rules that follow each other: above the heads, below them, and at the end.

    Before and after them, the heights of the next such rules; the end of the three again where there is none.
    """
    for stack in alike_rules(horizontal):
        heights = [edge.at for edge in stack]
        padded = [heights[0], *heights, heights[-1]]
        yield from zip(*(padded[at:] for at in range(5)), strict=False)


def _within(lines: Sequence[_Line], top: float, bottom: float) -> list[_Line]:
    return [line for line in lines if top < row_height(line.y, line.size) < bottom]


def _ruled_table(heads: Sequence[_Line], body: Sequence[_Line], around: Sequence[Sequence[_Line]]) -> Grid | None:
    """The table of these heads and this body, each between two rules; None if it is not a table.

    `around` holds the lines above and below it up to the next rules of the same length: if they are in the same
    columns, the rules separate rows.
    """
    if not 1 <= len(heads) <= MOST_HEADS or len(body) < LEAST_ROWS:
        return None
    lines = [*heads, *body]
    gutters = _gutters(lines)
    if any(beside and all(line.is_free(x) for line in beside for x in gutters) for beside in around):
        return None
    if len(gutters) + 1 < LEAST_COLUMNS or not _has_heads(heads, gutters):
        return None
    starts = [
        at
        for at, line in enumerate(body)
        if 0 in (columns := line.columns(gutters)) and 2 * len(columns) > len(gutters)
    ]
    if len(starts) < LEAST_ROWS or starts[0] or len(starts) == len(lines) or _is_prose(body, gutters):
        return None
    return _grid(lines, [0, *(len(heads) + at for at in starts)], gutters)


def _is_prose(lines: Sequence[_Line], gutters: Sequence[float]) -> bool:
    """Whether most entries fill their columns, as the lines of running text do."""
    parts = [(part[0].x0, part[-1].x1) for line in lines for part in line.parts]
    sides = [min(left for left, _ in parts), *gutters, max(right for _, right in parts)]
    columns = [column_at(left, gutters) for left, _ in parts]
    full = sum(
        right - left >= FULL * (sides[at + 1] - sides[at]) for (left, right), at in zip(parts, columns, strict=True)
    )
    return full > MOST_FULL * len(parts)


def _grid(lines: Sequence[_Line], starts: Sequence[int], gutters: Sequence[float]) -> Grid:
    """Cells from the starts of rows and the gutters."""
    left, right = min(line.parts[0][0].x0 for line in lines), max(line.parts[-1][-1].x1 for line in lines)
    columns = [left - 1, *gutters, right + 1]
    heights = [lines[0].top - 1]
    for at in starts[1:]:
        heights.append((max(line.bottom for line in lines[:at]) + lines[at].top) / 2)
    heights.append(max(line.bottom for line in lines) + 1)
    return [[(left, top, right, bottom) for left, right in pairwise(columns)] for top, bottom in pairwise(heights)]
