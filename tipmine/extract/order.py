"""Puts the segments and tables of a page into reading order: columns, spreads, bands.

A page is searched for a gutter: a vertical strip that few segments cross, with running text on both sides. Whatever
crosses it (a title, a wide table) divides the page into bands; within a band the left side is read before the right.
Each side, and each band that is not divided, is searched again. If the sides are short, aligned entries (a form, a list
with hanging numbers, a table without rules), the strip is not a gutter, and lines are read across. If the lines of both
sides are on common baselines, it may be either; a file that draws one whole side before the other has columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from tipmine.extract.placed import Item, ItemRow

MIN_GUTTER, MIN_DRAWN_GUTTER = 0.55, 0.25
"""Narrowest gutter in em of the body size; the second value applies where the file draws one side before the other."""

MAX_CROSSING = 0.4
"""Largest share of rows that may cross a gutter (titles, wide tables)."""

REGION_ROWS = 4
"""Fewest rows on each side of two columns between rows that cross the page, where most of the page is in one column."""

MIN_ROWS = 3
"""Fewest rows on each side of a gutter between columns."""

ALIGNED, LOOSE = 0.9, 0.4
"""Share of rows that are on one baseline with a row of the other side: from ALIGNED on, the sides may be a form or a
table read across; up to LOOSE they are independent of each other."""

FILL_ALIGNED, FILL, FILL_LOOSE = 0.75, 0.6, 0.35
"""Least median of printed width over column width in running text, for rows that are aligned, between, and loose.
Lower: forms fall apart into columns."""

MIN_LETTERS, MIN_LOOSE = 10, 6
"""Least median number of clusters in the rows on each side: columns of figures are tables, read across. The second
value applies where the rows of the two sides are independent."""

LONG = 10
"""Rows on each side of an uncrossed gutter from which it is accepted although the columns are ragged."""

CENTRED = 0.5
"""Largest distance in em of a title's middle from the page's. Higher: heads of a middle column count as titles."""

CENTRED_OVER_COLUMNS = 0.08
"""The largest such distance, as a share of the page's width, where columns begin on one line right below."""

TITLE_LARGER = 1.1
"""Ratio of its size to that of the text below from which a centred line is a title without being bold."""

MOST_HEADS = 4
"""Most rows of a page's title."""

SAME_ROW = 0.3
"""Largest distance of baselines, in em of the smaller text, within one row."""
BESIDE = 2.0
"""Points by which something beside a table or box may begin above it or end below it."""
GUTTER_EDGE = 0.12
"""Share of the width at either side in which no gutter is sought: a margin of numbers or bullets is not a column."""
WIDTH_BONUS = 0.02
"""How many more rows may cross a gutter for each em that it is wider. Higher: wide gutters are preferred to empty
ones."""

MAX_DEPTH = 6
"""Greatest depth of columns within columns that are sought."""


class _SideRow(NamedTuple):
    """What a row has on one side of a gutter."""

    y: float
    x0: float
    x1: float
    ink: float
    letters: int


def in_reading_order(items: Sequence[Item], spread: bool = False) -> list[ItemRow]:
    """Rows in reading order, numbered by block. `spread`: two pages lie side by side on the sheet."""
    rows: list[ItemRow] = []
    for number, block in enumerate(_blocks(list(items), spread, 0)):
        for row in block:
            row.block = number
            rows.append(row)
    return rows


def _blocks(items: list[Item], spread: bool, depth: int) -> list[list[ItemRow]]:
    rows = _rows(items)
    gutter, region = None, False
    if depth < MAX_DEPTH and len(rows) >= MIN_ROWS:
        gutter = _gutter(items, rows, spread)
        if gutter is None:
            gutter, region = _gutter(items, rows, spread, region=True), True
    if gutter is None:
        return [rows] if rows else []
    blocks: list[list[ItemRow]] = []
    heads = _centred_heads(rows) if depth == 0 else 0
    if heads:
        inside = [item for row in rows[heads:] for item in row.items]
        return [rows[:heads], *_blocks(inside, spread, 1)]
    for band, parted in _bands(rows, gutter, spread, region=region):
        inside = [item for row in band for item in row.items]
        if not parted:
            # Another part of the page may have columns of another width.
            blocks += _blocks(inside, False, depth + 1) if len(band) < len(rows) else [band]
            continue
        blocks += _blocks([item for item in inside if _middle(item) < gutter], False, depth + 1)
        blocks += _blocks([item for item in inside if _middle(item) >= gutter], False, depth + 1)
    return blocks


def _centred_heads(rows: Sequence[ItemRow]) -> int:
    """Rows at the top that are a title over all columns: set around the page's middle, and bold or larger.

    Above two columns a title crosses the gutter; above three it would be given to the middle one.
    """
    below = [item for row in rows[1:] for item in row.items]
    if not below:
        return 0
    left, right = min(item.x0 for item in below), max(item.x1 for item in below)
    size = median(item.size for item in below)
    heads = 0
    for row, after in pairwise(rows[: MOST_HEADS + 1]):
        item = row.items[0]
        # Lines of ragged columns end before the page does, so that its middle is known roughly.
        slack = max(CENTRED * item.size, CENTRED_OVER_COLUMNS * (right - left) if len(after.items) > 1 else 0.0)
        if len(row.items) > 1 or item.segment is None or abs(_middle(item) - (left + right) / 2) > slack:
            break
        if item.size < TITLE_LARGER * size and not all(c.bold for c in item.segment.clusters if not c.is_space):
            break
        heads += 1
    return heads


def _overlap(item: Item, other: Item) -> bool:
    """Whether two items of one baseline are printed over each other: then they are not one line."""
    return min(item.x1, other.x1) - max(item.x0, other.x0) > min(item.size, 0.5 * min(item.ink, other.ink))


def _middle(item: Item) -> float:
    return (item.x0 + item.x1) / 2


def _rows(items: list[Item]) -> list[ItemRow]:
    """Items by baseline, top to bottom.

    Looser than the rows of letters in `lines.py`, as segments differ in type and size, but what is printed over other
    text and every table, box and chart has a row of its own.
    """
    rows: list[ItemRow] = []
    for item in sorted(items, key=lambda i: (i.y, i.x0)):
        last = rows[-1] if rows else None
        if (
            last is not None
            and item.segment is not None
            and last.items[0].segment is not None
            and abs(item.y - last.y) <= SAME_ROW * min(item.size, last.items[0].size)
            and not any(_overlap(item, other) for other in last.items)
        ):
            last.items.append(item)
        else:
            rows.append(ItemRow([item], item.y))
    for row in rows:
        row.items.sort(key=lambda i: i.x0)
    return rows


def _gutter(items: list[Item], rows: list[ItemRow], spread: bool, *, region: bool = False) -> float | None:
    """The middle of the best gutter, or None. `region` seeks one of a part of the page that most of its rows cross."""
    size = median(item.size for item in items) or 10.0
    left, right = min(item.x0 for item in items), max(item.x1 for item in items)
    edge = GUTTER_EDGE * (right - left)
    best: tuple[float, float] | None = None
    for start, end, crossing in _strips(items, left, right, (1 if region else MAX_CROSSING) * len(rows)):
        middle, wide = (start + end) / 2, (end - start) / size
        if wide < MIN_DRAWN_GUTTER or not left + edge < middle < right - edge:
            continue
        if not any(parted for _, parted in _bands(rows, middle, spread, region=region, drawn=wide < MIN_GUTTER)):
            continue
        score = crossing - WIDTH_BONUS * wide
        if best is None or score < best[0]:
            best = (score, middle)
    return best[1] if best else None


def _strips(items: list[Item], left: float, right: float, limit: float) -> list[tuple[float, float, int]]:
    """Maximal strips in which the number of crossing items is constant and within the limit: start, end, crossing."""
    events = sorted([(item.x0, 1) for item in items] + [(item.x1, -1) for item in items])
    strips: list[tuple[float, float, int]] = []
    depth, place = 0, left
    for x, change in events:
        if x > place and depth <= limit:
            strips.append((place, x, depth))
        depth += change
        place = max(place, x)
    return [strip for strip in strips if left < strip[0] and strip[1] < right]


def _bands(
    rows: list[ItemRow], gutter: float, spread: bool, *, region: bool, drawn: bool = False
) -> list[tuple[list[ItemRow], bool]]:
    """Runs of rows between those that cross the gutter; True for a run whose two sides are columns.

    `drawn`: only columns that the file draws one after the other are taken.
    """
    bands: list[tuple[list[ItemRow], bool]] = []
    run: list[ItemRow] = []
    whole: list[ItemRow] = []
    across = [item for row in rows for item in row.items if item.segment is None and item.x0 < gutter < item.x1]

    def end_run() -> None:
        nonlocal run, whole
        parted = _columns_in(run, gutter, spread, region=region, drawn=drawn)
        if parted is not None:
            whole += run[: parted.start]
            if whole:
                bands.append((whole, False))
            whole = run[parted.stop :]
            bands.append((run[parted.start : parted.stop], True))
        else:
            whole += run
        run = []

    for row in rows:
        if any(item.x0 < gutter < item.x1 for item in row.items) or any(_is_beside(row, part) for part in across):
            end_run()
            whole.append(row)
        else:
            run.append(row)
    end_run()
    if whole:
        bands.append((whole, False))
    return bands


def _is_beside(row: ItemRow, part: Item) -> bool:
    """Whether a row is to the left or right of a table or box: across its height no column runs on."""
    return part.top - BESIDE <= row.items[0].top and row.items[0].bottom <= part.bottom + BESIDE


def _columns_in(rows: list[ItemRow], gutter: float, spread: bool, *, region: bool, drawn: bool) -> slice | None:
    """The rows whose two sides of the gutter are columns; None if they are not."""
    inner = _between_headings(rows, gutter)
    if (
        inner is not None
        and _drawn_apart(rows[inner], gutter)
        and _are_columns(rows[inner], gutter, spread, region=region, apart=True)
    ):
        return inner
    apart = bool(rows) and _drawn_apart(rows, gutter)
    if rows and (apart or not drawn) and _are_columns(rows, gutter, spread, region=region, apart=apart):
        return slice(0, len(rows))
    return None


def _between_headings(rows: Sequence[ItemRow], gutter: float) -> slice | None:
    """The rows without those of only one side above and below columns: headings, and what follows the columns.

    These are on the side that is drawn first. Rows below the last row of both sides belong to a column if they are
    drawn before the other side. None if there is nothing to leave out.
    """
    sides = [{_middle(item) >= gutter for item in row.items} for row in rows]
    both = [at for at, side in enumerate(sides) if len(side) > 1]
    if not both:
        return None
    core = sorted((item for row in rows[both[0] : both[-1] + 1] for item in row.items), key=lambda item: item.drawn)
    first = {_middle(core[0]) >= gutter}
    start = both[0] if all(side == first for side in sides[: both[0]]) else 0
    stop = len(rows)
    while stop - 1 > both[-1] and sides[stop - 1] == first and rows[stop - 1].items[0].drawn > core[-1].drawn:
        stop -= 1
    return slice(start, stop) if stop - start < len(rows) else None


def _drawn_apart(rows: Sequence[ItemRow], gutter: float) -> bool:
    """Whether the file draws all of one side before the other: as columns, since tables are drawn row by row."""
    items = sorted((item for row in rows for item in row.items), key=lambda item: item.drawn)
    sides = [_middle(item) >= gutter for item in items]
    return sum(one != other for one, other in pairwise(sides)) == 1 and all(i.segment is not None for i in items)


def _are_columns(rows: list[ItemRow], gutter: float, spread: bool, *, region: bool, apart: bool) -> bool:
    """Whether both sides of the gutter hold running text; in a region of a page they must be independent and full.

    `apart`: the file draws all of one side before the other.
    """
    sides = _sides(rows, gutter)
    if any(len(side) < MIN_ROWS for side in sides):
        return False
    fewest = min(len(side) for side in sides)
    # Both sides of a row have exactly the same y.
    shared = len({row.y for row in sides[0]} & {row.y for row in sides[1]}) / fewest
    least = MIN_LETTERS if shared > LOOSE else MIN_LOOSE
    if any(median(row.letters for row in side) < least for side in sides):
        return False
    if spread or (apart and all(_fill(side) >= FILL for side in sides)):
        return True
    if region:
        enough = fewest >= REGION_ROWS and shared <= LOOSE
        return enough and all(_fill(side) >= FILL for side in sides)
    wanted = FILL_ALIGNED if shared >= ALIGNED else FILL if shared > LOOSE and fewest < LONG else FILL_LOOSE
    return all(_fill(side) >= wanted for side in sides)


def _sides(rows: Sequence[ItemRow], gutter: float) -> tuple[list[_SideRow], list[_SideRow]]:
    """The rows left and right of a gutter."""
    sides: tuple[list[_SideRow], list[_SideRow]] = [], []
    for row in rows:
        for right, side in enumerate(sides):
            items = [item for item in row.items if (_middle(item) >= gutter) == right]
            if items:
                ink, letters = sum(i.ink for i in items), sum(i.letters for i in items)
                side.append(_SideRow(row.y, min(i.x0 for i in items), max(i.x1 for i in items), ink, letters))
    return sides


def _fill(side: Sequence[_SideRow]) -> float:
    """Median share of a column's width that its rows print."""
    width = max(row.x1 for row in side) - min(row.x0 for row in side)
    return median(row.ink for row in side) / max(width, 1.0)
