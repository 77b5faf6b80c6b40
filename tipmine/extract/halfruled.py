"""Completes tables that are ruled only in part: rules between rows only, shaded rows, open sides, a page's cut.

A table finder needs all four sides of a cell. The columns of such a table are still visible: its rules (or shades)
begin and end at the same places, and between them the same strips are free of letters from row to row. Where the drawn
edges leave text without a cell, the missing edges are returned, and the finder does the rest. Text in columns, lists
and forms between rules are not tables: their bands hold full lines, or have no strips in common.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tipmine.extract.angles import UPRIGHT
from tipmine.extract.drafts import row_height
from tipmine.extract.listener import Glyph
from tipmine.extract.strips import (
    LEAST_COLUMNS,
    LEAST_STRIP,
    MOST_CROSSED,
    SAME,
    Edge,
    Stretch,
    alike_rules,
    by_baseline,
    column_at,
    free_strips,
)

PROSE = 0.7
"""Share of the width that a line without a strip fills in running text; a table's heading is shorter."""

SAME_LINE = 0.5
"""How much lower than the first glyph of a line another glyph of it may be, in em. More than for clusters, since
programs may draw a mark higher or lower than its base."""

LEAST_ROWS = 3
"""Fewest rows with text in two columns or more."""

MOST_LINES = 12
"""Most printed lines of a row, on average: columns of running text between rules have more."""

FULL_LINE, FULL_LINES = 0.75, 0.6
"""Least share of its columns that a line fills to be a row by itself; share of such lines above which a band holds
several rows. A wrapped row has one full line."""

MOST_UNRULED = 0.33
"""Share of the lines in such bands from which the table is not completed: its rules do not separate its rows."""

LEAST_LACKING = 0.15
"""Least share of the letters, headings aside, that are not in any cell yet. Lower: text between two tables is made part
of them."""

MOST_MERGED = 0.5
"""Largest share of the next row's column rules across which the entries of a first or last row without rules may go.
Lower: heads over several columns are left out; higher: a paragraph with a wide gap becomes a row."""

NEXT_LINE = 1.9
"""Largest distance in em to the next line of an open row."""

MOST_OPEN = 6
"""Most lines of an open row."""

OPEN_BY = 8.0
"""Least distance in points by which column rules must run beyond the last row rule to form a row that a page cuts."""

MOST_EDGES = 1_500
"""Most edges of a page that is examined; a page with more is a drawing."""


CellsBeside = Callable[[float, float], int]
"""Gives the number of cells in the already found row that contains a point; 0 outside all rows."""


@dataclass(slots=True)
class _Band:
    """What is printed between two rules: its lines, and the stretches of x that no strip divides."""

    top: float
    bottom: float
    glyphs: list[Glyph] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    lines: list[list[Glyph]] = field(default_factory=list)
    ruled: list[float] = field(default_factory=list)
    """Where column rules are drawn."""
    has_sides: bool = False
    """Whether a rule is drawn at its left or right end."""


def missing_edges(edges: Sequence[Edge], glyphs: Iterable[Glyph], cells_beside: CellsBeside) -> list[Edge]:
    """The edges that tables on this page lack."""
    if len(edges) > MOST_EDGES:
        return []
    horizontal = [edge for edge in edges if not edge.vertical]
    vertical = [edge for edge in edges if edge.vertical]
    inked = sorted((g for g in glyphs if g.angle == UPRIGHT and g.text.strip() and g.x1 - g.x0 > 0.1), key=_height)
    missing = _cut_rows(horizontal, vertical, inked)
    for stack in alike_rules(horizontal):
        if len(stack) <= LEAST_ROWS:
            continue
        left, right = median(edge.start for edge in stack), median(edge.end for edge in stack)
        inside = [g for g in inked if left - SAME <= g.x0 and g.x1 <= right + SAME]
        for run in _runs(_bands(stack, inked, vertical), left, right):
            missing += _complete(run, left, right, inside, cells_beside)
    return missing


def _height(glyph: Glyph) -> float:
    return row_height(glyph.y, glyph.size)


def _bands(stack: Sequence[Edge], glyphs: Sequence[Glyph], vertical: Sequence[Edge]) -> list[_Band]:
    left, right = stack[0].start + SAME, stack[0].end - SAME
    bands = [_Band(above.at, below.at) for above, below in pairwise(stack)]
    heights = [_height(g) for g in glyphs]
    for band in bands:
        beside = glyphs[bisect.bisect(heights, band.top) : bisect.bisect(heights, band.bottom)]
        band.glyphs = [g for g in beside if left <= (g.x0 + g.x1) / 2 <= right]
        band.stretches = [part for part in _stretches(beside) if part[1] > left and part[0] < right]
        band.lines = by_baseline(band.glyphs, SAME_LINE)
        middle = (band.top + band.bottom) / 2
        beside_middle = [e.at for e in vertical if e.start <= middle <= e.end]
        band.ruled = sorted(at for at in beside_middle if left < at < right)
        band.has_sides = any(min(abs(at - stack[0].start), abs(at - stack[0].end)) <= SAME for at in beside_middle)
    return bands


def _stretches(glyphs: Sequence[Glyph]) -> list[Stretch]:
    """The letters' extents from left to right, joined where no strip lies between them."""
    joined: list[Stretch] = []
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        if joined and glyph.x0 - joined[-1][1] < LEAST_STRIP * glyph.size:
            joined[-1] = (joined[-1][0], max(joined[-1][1], glyph.x1))
        else:
            joined.append((glyph.x0, glyph.x1))
    return joined


def _is_free(stretches: Sequence[Stretch], x: float) -> bool:
    """Whether there is no letter at `x`."""
    return not any(left < x < right for left, right in stretches)


def _columns(stretches: Sequence[Stretch], gutters: Sequence[float]) -> set[int]:
    """Numbers of the columns that have text."""
    return {column_at((start + end) / 2, gutters) for start, end in stretches}


def _runs(bands: Sequence[_Band], left: float, right: float) -> list[list[_Band]]:
    """Runs of bands of one table, without empty bands, headings and text outside the table at their ends.

    Running text separates tables, and so do white space without rules and different columns.
    """
    runs: list[list[_Band]] = [[]]
    ruled: list[float] = []
    for band in bands:
        parts = _is_prose(band, left, right) or not (band.glyphs or band.ruled or band.bottom - band.top < OPEN_BY)
        if parts or (ruled and band.ruled and not _same_columns(ruled, band.ruled)):
            runs.append([])
            ruled = []
        if not parts:
            runs[-1].append(band)
            ruled = ruled or band.ruled
    for run in runs:
        while run and (len(run[0].stretches) < 2 or _is_outside(run[0], run[1:])):
            run.pop(0)
        while run and (len(run[-1].stretches) < 2 or _is_outside(run[-1], run[-2::-1])):
            run.pop()
    return [run for run in runs if len(run) >= LEAST_ROWS]


def _is_outside(band: _Band, rest: Sequence[_Band]) -> bool:
    """Whether a first or last band is outside the table that the `rest` are, the next one first.

    It has no rule from top to bottom, and its text goes on where the columns are divided, by rules in the next band or
    by strips in all of them: it is between the table and a rule that is as long by chance, that of a heading or of a
    frame. A head without rules is in columns.
    """
    if band.ruled or band.has_sides or not rest:
        return False
    divided = rest[0].ruled or (_gutters(rest) if len(rest) >= LEAST_ROWS else [])
    if len(divided) + 1 < LEAST_COLUMNS:
        return False
    return sum(not _is_free(band.stretches, x) for x in divided) > MOST_MERGED * len(divided)


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the rules of one row are among those of the other; cells may be merged."""
    few, many = sorted((one, other), key=len)
    return all(any(abs(x - y) <= SAME for y in many) for x in few)


def _is_prose(band: _Band, left: float, right: float) -> bool:
    """Whether a band holds lines of running text: without a strip, or from beyond the rules."""
    parts = band.stretches
    if parts and (parts[0][0] < left - SAME or parts[-1][1] > right + SAME):
        return True
    return len(parts) == 1 and parts[0][1] - parts[0][0] > PROSE * (right - left)


def _complete(
    run: Sequence[_Band],
    left: float,
    right: float,
    glyphs: Sequence[Glyph],
    cells_beside: CellsBeside,
) -> list[Edge]:
    """The missing edges of one table; none if it is complete, or not a table."""
    gutters = _gutters(run)
    filled = [band for band in run if len(_columns(band.stretches, gutters)) >= 2]
    if len(gutters) + 1 < LEAST_COLUMNS or len(filled) < LEAST_ROWS:
        return []
    lines = sum(len(band.lines) for band in filled)
    if lines > MOST_LINES * len(filled) or sum(_unruled_rows(band, gutters) for band in filled) > MOST_UNRULED * lines:
        return []
    edges: list[Edge] = []
    lacking = 0
    for band in run:
        columns = _columns(band.stretches, gutters)
        alone = cells_beside((left + right) / 2, (band.top + band.bottom) / 2) == 1
        if columns == {0} or (alone and 2 * len(columns) <= len(gutters) + 1):
            continue
        edges += [Edge(True, x, band.top, band.bottom) for x in gutters if _is_free(band.stretches, x)]
        lacking += sum(cells_beside((g.x0 + g.x1) / 2, _height(g)) < 2 for g in band.glyphs)
    if lacking < LEAST_LACKING * sum(len(band.glyphs) for band in run):
        return []
    top, bottom = run[0].top, run[-1].bottom
    for end, over in ((top, True), (bottom, False)):
        open_to = _open_row(end, gutters, glyphs, over=over)
        if open_to != end:
            top, bottom = min(top, open_to), max(bottom, open_to)
            edges += [Edge(True, x, min(end, open_to), max(end, open_to)) for x in gutters]
            edges.append(Edge(False, open_to, left, right))
    return edges + [Edge(True, x, top, bottom) for x in (left, right)]


def _gutters(run: Sequence[_Band]) -> list[float]:
    """The boundaries of columns: rules that are drawn in some of the rows, and the middles of strips without a rule."""
    drawn: list[float] = []
    for x in sorted(x for band in run for x in band.ruled):
        if not drawn or x - drawn[-1] > SAME:
            drawn.append(x)
    written = [band for band in run if len(band.stretches) > 1]
    stretches = (stretch for band in written for stretch in band.stretches)
    sizes = [g.size for band in written for g in band.glyphs]
    if not sizes:
        # All letters are across the outer borders.
        return drawn
    strips = free_strips(stretches, most=MOST_CROSSED * len(written), least=LEAST_STRIP * median(sizes))
    bare = [strip for strip in strips if not any(strip[0] - 1 <= x <= strip[1] + 1 for x in drawn)]
    gutters = sorted(drawn + [sum(_freest(strip, written)) / 2 for strip in bare])
    for gutter in [x for x in gutters if x not in drawn]:
        number = gutters.index(gutter)
        if not any({number, number + 1} <= _columns(band.stretches, gutters) for band in written):
            # No row has text on both sides of it: a heading in the middle of a column of entries at the left.
            gutters.remove(gutter)
    return gutters


def _unruled_rows(band: _Band, gutters: Sequence[float]) -> int:
    """Number of lines of a band that holds several rows, as most of its lines fill most of its columns; else 0."""
    most = FULL_LINE * len(_columns(band.stretches, gutters))
    full = sum(len(_columns(_stretches(line), gutters)) >= most for line in band.lines)
    return len(band.lines) if len(band.lines) >= 3 and full > FULL_LINES * len(band.lines) else 0


def _freest(strip: tuple[float, float], bands: Sequence[_Band]) -> tuple[float, float]:
    """The widest part of a strip that as many bands as possible leave free."""
    ends = {x for band in bands for stretch in band.stretches for x in stretch if strip[0] < x < strip[1]}
    parts = list(pairwise(sorted({*strip, *ends})))
    crossed = {part: sum(not _is_free(band.stretches, (part[0] + part[1]) / 2) for band in bands) for part in parts}
    least = min(crossed.values())
    return max((part for part in parts if crossed[part] == least), key=lambda part: part[1] - part[0])


def _open_row(end: float, gutters: Sequence[float], glyphs: Sequence[Glyph], *, over: bool) -> float:
    """The far end of a row above the first rule, or below the last; `end` if there is no such row.

    Its lines follow at once, are in columns, and fill more than half of them; whatever comes after is further away.
    """
    far, last, columns = end, end, set[int]()
    beyond = by_baseline((g for g in glyphs if (_height(g) < end) == over), SAME_LINE)
    for number, line in enumerate(reversed(beyond) if over else beyond):
        size, y = line[0].size, line[0].y
        stretches = _stretches(line)
        if abs(y - last) > NEXT_LINE * size:
            break
        if number == MOST_OPEN or not all(_is_free(stretches, x) for x in gutters):
            return end
        last, columns = y, columns | _columns(stretches, gutters)
        far = min(g.top for g in line) - 1 if over else max(g.bottom for g in line) + 1
    return far if 2 * len(columns) > len(gutters) + 1 else end


def _cut_rows(horizontal: Sequence[Edge], vertical: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Edge]:
    """Horizontal edges at the ends of column rules that run beyond the last row rule, where a page cuts the row.

    The text there must be in columns, and no rule may cut it.
    """
    ends: list[Edge] = []
    for side in (0, 1):

        def end_of(edge: Edge, side: int = side) -> float:
            return edge.end if side else edge.start

        for group in _alike(sorted(vertical, key=end_of), end_of):
            at = median(end_of(edge) for edge in group)
            left, right = min(edge.at for edge in group), max(edge.at for edge in group)
            crossing = [
                edge.at
                for edge in horizontal
                if edge.start <= left + SAME
                and edge.end >= right - SAME
                and all(e.start - SAME <= edge.at <= e.end + SAME for e in group)
            ]
            near = any(abs(e.at - at) <= OPEN_BY and e.start < right and e.end > left for e in horizontal)
            if len(group) < LEAST_COLUMNS or near or not crossing:
                continue
            start, end = (max(crossing), at) if side else (at, min(crossing))
            stretches = _stretches([g for g in glyphs if left <= g.x0 <= right and start < _height(g) < end])
            if len(stretches) > 1 and all(_is_free(stretches, edge.at) for edge in group):
                ends.append(Edge(False, at, left, right))
    return ends


def _alike(edges: Sequence[Edge], end_of: Callable[[Edge], float]) -> list[list[Edge]]:
    """Edges in groups that end at the same height."""
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and end_of(edge) - end_of(groups[-1][0]) <= SAME:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups
