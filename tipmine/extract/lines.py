"""Clusters -> segments -> printed text: baselines, spaces, letter-spacing.

A segment is the text on one baseline without a wide gap; order.py decides whether two segments of one baseline are one
line or belong to two columns. Thai has no spaces between words, so a space is read only if one is printed and visible,
or if a gap is much wider than the line's usual one; the even letter-spacing of a justified line is not a space.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from statistics import median
from typing import TypeVar

from tipmine.extract.drafts import BoxTuple
from tipmine.extract.justified import Margins, are_letters, least_space
from tipmine.extract.listener import Glyph
from tipmine.extract.looks import ZERO_WIDTH
from tipmine.extract.marks import Cluster
from tipmine.thai import CARRIERS, join_sara_am

_BY_X = attrgetter("x0", "index")
_BY_INDEX = attrgetter("index")
_BY_PLACE = attrgetter("y", "x0")
_BY_LEFT = itemgetter(Glyph._fields.index("x0"), Glyph._fields.index("place"))

SAME_BASELINE = 0.25
"""Two clusters are on one baseline if their baselines differ by less than this. Em."""

SEGMENT_GAP = 0.7
"""Gap in em at which a baseline is cut into segments; order.py joins those of one column again."""

DRAWN_GAP = 0.25
"""Gap in em at which a baseline is cut where the file goes on elsewhere, as at a narrow gutter."""

DRAWN_LINE = 0.9
"""Least distance in em of the baseline on which the file then goes on. Lower: what follows a fraction is cut off from
it."""

DRAWN_SLACK = 3
"""Most glyphs that may be drawn between two neighbouring letters of a line that count as drawn in one go."""

DRAWN_LETTERS = 10
"""Fewest letters drawn in one go on either side of such a gap. Lower: formulas fall apart."""

SPACE_SEEN = 0.06
"""A printed space counts if the letters beside it are at least this far apart. Em."""

GAP_WITH_SPACES = 0.33
"""How much wider in em than the line's usual gap a gap without a printed space must be to count as a space, where the
document prints spaces. Too low: justified lines fall apart into words."""

ENOUGH_GAPS = 4
"""Fewest gaps without a printed space from which a line's letter-spacing is estimated."""

GAP_WITHOUT_SPACES = 0.15
"""As `GAP_WITH_SPACES`, where the document prints no spaces, and in a line whose spaces are made by moving the pen."""

GAP_AT_A_SIGN = 0.2
"""As `GAP_WITH_SPACES`, between a number or a sign and its neighbour, in a line without other gaps: a tab was set
there. Too low: figures in wide type fall apart."""

MOST_MOVED = 0.06
"""Share of the gaps of a line without a printed space that may be wider than `GAP_WITHOUT_SPACES` and still be spaces
made by moving the pen. A justified line has more of them: one between any two words. Too high: justified lines fall
apart into words."""

STRETCH_BACK, STRETCH_ON = 0.5, 4.0
"""How far in em the next letter of a stretch may be to the left of the end of the last one, and how far to the
right."""

PLAIN_GAP, PLAIN_GAP_EM = 3.0, 0.2
"""Gap in points, and in em, above which plain readers print a space (pdfplumber's `x_tolerance` is 3 points)."""

MOST_RAISED = 6
"""Longest raised or lowered text in letters."""
RAISED_SIZE = 0.85
"""Largest size of raised text, as a share of the size of the line beside it."""
RAISED_BY, RAISED_GAP = 0.6, 0.3
"""Largest shift of the baseline of raised text, and its largest distance from the line, in em of the line."""
NOTE_GAP = 2.5
"""Largest distance between a raised number and its note, in em of the line: a tab may come between them. Higher: raised
numbers of a column to the left are joined to the line."""
NOTE_RAISED_BY = 0.85
"""Largest shift of such a number's baseline, in em of the line; LibreOffice raises it higher than numbers in the
text."""
SHORTEST_NOTE = 10
"""Fewest letters of the first line of a note. Lower: exponents in formulas are joined to what is to their right."""
RAISED_NEAR = 12
"""Segments before and after raised text, from top to bottom, among which its line is sought."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """What decides on the spaces in a page's lines: whether the page prints any, and where its lines end."""

    prints_spaces: bool
    margins: Margins | None = None
    least_at_end: int = 1
    """Blanks from which the end of a line is that of a phrase."""


@dataclass(slots=True)
class Segment:
    """Clusters on one baseline without a wide gap, left to right."""

    clusters: list[Cluster]
    x0: float
    top: float
    x1: float
    bottom: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of a piece of a printed line: as read here, as other PDF readers print it, and its typography."""

    text: str
    plain: str
    rules: tuple[str, ...]
    """Glyph-level reasons why the two differ, most frequent first."""
    box: BoxTuple
    font: str
    size: float
    bold: bool
    spaced: bool = False
    """Whether a space is printed after the last letter: the phrase ends with the line."""
    drawn: bool = False
    """Whether its marks are drawn over their letters: in OCR layers, marks take room as letters do."""


def to_segments(clusters: Sequence[Cluster]) -> list[Segment]:
    """Cuts clusters of one writing direction into segments, from top to bottom."""
    segments: list[Segment] = []
    after: dict[Cluster, Cluster] = {}
    for row in chain.from_iterable(map(_layers, _rows(clusters))):
        row.sort(key=_BY_X)
        part: list[Cluster] = []
        edge = 0.0
        for place, cluster in enumerate(row):
            gap = (cluster.x0 - edge) / max(cluster.size, 1)
            cut = bool(part) and gap > SEGMENT_GAP
            if part and not cut and gap > DRAWN_GAP and not _in_one_go(row[place - 1], cluster):
                after = after or dict(pairwise(letter for letter in clusters if not letter.is_space))
                cut = _are_drawn_apart(row, place, after)
            if cut:
                segments.append(make_segment(part))
                part = []
            part.append(cluster)
            if not cluster.is_space:
                edge = max(edge, cluster.x1) if len(part) > 1 else cluster.x1
            elif len(part) == 1:
                part, edge = [], 0.0
        if part:
            segments.append(make_segment(part))
    return _join_raised(segments)


def _are_drawn_apart(row: Sequence[Cluster], place: int, after: Mapping[Cluster, Cluster]) -> bool:
    """Whether the file goes on with another line after the letters of a row before a place, and comes back later."""
    if place < DRAWN_LETTERS:
        return False
    last = next(cluster for cluster in reversed(row[:place]) if not cluster.is_space)
    if last not in after or abs(after[last].y - last.y) < DRAWN_LINE * last.size:
        return False
    parts = (row[place - DRAWN_LETTERS : place], row[place : place + DRAWN_LETTERS])
    return all(len(part) == DRAWN_LETTERS and all(_in_one_go(*pair) for pair in pairwise(part)) for part in parts)


def _in_one_go(one: Cluster, other: Cluster) -> bool:
    """Whether a letter is drawn right after another."""
    return one.index < other.index <= one.index + len(one.glyphs) + DRAWN_SLACK


def make_segment(clusters: list[Cluster]) -> Segment:
    """A segment with its bounds; spaces at its ends are left out of them."""
    inked = [cluster for cluster in clusters if not cluster.is_space] or clusters
    return Segment(clusters, *_bounds(inked), median([cluster.y for cluster in inked]), _most([c.size for c in inked]))


def _bounds(clusters: Sequence[Cluster]) -> BoxTuple:
    return (
        min([cluster.x0 for cluster in clusters]),
        min([cluster.top for cluster in clusters]),
        max([cluster.x1 for cluster in clusters]),
        max([cluster.bottom for cluster in clusters]),
    )


T = TypeVar("T")


def _most(values: list[T]) -> T:
    """The most frequent value; the first of equals."""
    counts = Counter(values)
    return max(counts, key=counts.__getitem__) if len(counts) > 1 else values[0]


def _rows(clusters: Sequence[Cluster]) -> list[list[Cluster]]:
    """Clusters by baseline. The baseline of a row is that of its first member, so that rows do not creep.

    The smaller size decides, unlike in `strips.by_baseline`: raised numbers get a row of their own, and `_join_raised`
    says where they belong.
    """
    rows: list[list[Cluster]] = []
    row: list[Cluster] = []
    base = size = 0.0
    for cluster in sorted([c for c in clusters if c.size > 0], key=_BY_PLACE):
        if row and abs(cluster.y - base) <= SAME_BASELINE * min(size, cluster.size):
            row.append(cluster)
        else:
            row = [cluster]
            rows.append(row)
            base, size = cluster.y, cluster.size
    return rows


def _layers(row: list[Cluster]) -> list[list[Cluster]]:
    """A row split into layers, if texts in it were drawn over each other.

    Each left-to-right stretch of the content stream goes to the first layer in which it overlaps no other.
    """
    stretches: list[list[Cluster]] = []
    for cluster in sorted(row, key=_BY_INDEX):
        last = stretches[-1][-1] if stretches else None
        if last is not None and -STRETCH_BACK * cluster.size < cluster.x0 - last.x1 < STRETCH_ON * cluster.size:
            stretches[-1].append(cluster)
        else:
            stretches.append([cluster])
    if len(stretches) == 1:
        return [row]
    layers: list[list[list[Cluster]]] = []
    for stretch in sorted(stretches, key=len, reverse=True):
        room = (layer for layer in layers if not any(_cross(stretch, other) for other in layer))
        layer = next(room, None)
        if layer is None:
            layers.append(layer := [])
        layer.append(stretch)
    return [[cluster for stretch in layer for cluster in stretch] for layer in layers]


def _cross(stretch: list[Cluster], other: list[Cluster]) -> bool:
    """Whether two stretches of letters are printed over each other by more than two letters."""
    inked, others = ([c for c in part if not c.is_space] for part in (stretch, other))
    if len(inked) < 3 or len(others) < 3:
        return False
    common = min(inked[-1].x1, others[-1].x1) - max(inked[0].x0, others[0].x0)
    if common <= 2 * inked[0].size:
        return False
    within = [c for c in inked if others[0].x0 < c.x0 < others[-1].x1]
    # A stretch may fill a gap that the other leaves (a field in a form); then no letter lies on another.
    return any(a.x0 + 0.2 * a.size < b.x1 and b.x0 + 0.2 * a.size < a.x1 for a in within[:8] for b in others)


def _join_raised(segments: list[Segment]) -> list[Segment]:
    """Joins raised and lowered small text (note numbers, ordinal signs) to the segment that it touches.

    That segment may itself be raised text that is joined already; then the text goes to the segment that now has its
    clusters.
    """
    kept: list[Segment] = []
    joined: dict[int, Segment] = {}
    """`id` of a segment that was joined -> the segment that it was joined to, which is larger."""
    for place, segment in enumerate(segments):
        host = None
        if len(segment.clusters) <= MOST_RAISED:
            near = segments[max(0, place - RAISED_NEAR) : place + RAISED_NEAR]
            larger = [other for other in near if other.size and segment.size <= RAISED_SIZE * other.size]
            host = next((other for other in larger if _touches(segment, other)), None)
            host = host or next((other for other in larger if _numbers(segment, other)), None)
        while id(host) in joined:
            host = joined[id(host)]
        if host is None:
            kept.append(segment)
        else:
            joined[id(segment)] = host
            host.clusters.extend(segment.clusters)
            host.clusters.sort(key=_BY_X)
            host.x0, host.x1 = min(host.x0, segment.x0), max(host.x1, segment.x1)
    return kept


def _touches(raised: Segment, line: Segment) -> bool:
    """Whether raised or lowered text is at, in or over a line."""
    gap = RAISED_GAP * line.size
    beside = raised.x0 - gap < line.x1 and line.x0 < raised.x1 + gap
    return beside and abs(line.y - raised.y) < RAISED_BY * line.size


def _numbers(raised: Segment, line: Segment) -> bool:
    """Whether raised text is the number of a note, and the line begins after it."""
    number = all(cluster.text.isdecimal() or cluster.is_space for cluster in raised.clusters)
    before = raised.x1 <= line.x0 < raised.x1 + NOTE_GAP * line.size
    text = len(line.clusters) > SHORTEST_NOTE
    return number and before and text and 0 < line.y - raised.y < NOTE_RAISED_BY * line.size


def print_line(segments: Sequence[Segment], spacing: Spacing) -> Printed:
    """The text of segments that are on one line, left to right."""
    clusters = [cluster for segment in sorted(segments, key=lambda s: s.x0) for cluster in segment.clusters]
    inked = [cluster for cluster in clusters if not cluster.is_space] or clusters
    typical = _in_the_type_of_the_line(inked)
    glyphs = [glyph for cluster in clusters for glyph in cluster.glyphs]
    rules = Counter([glyph.rule for glyph in glyphs if glyph.rule])
    blanks = clusters[-spacing.least_at_end :]
    return Printed(
        join_sara_am(_text_of(clusters, spacing)),
        _plain_text(glyphs),
        tuple(rule for rule, _ in rules.most_common()),
        _bounds(inked),
        _most([cluster.font for cluster in inked]),
        _most_rounded([cluster.size for cluster in typical]),
        2 * sum([cluster.bold for cluster in typical]) > len(typical),
        len(blanks) == spacing.least_at_end and all(cluster.is_space for cluster in blanks),
        not any(glyph.mark and glyph.x1 - glyph.x0 > ZERO_WIDTH * glyph.size for glyph in glyphs),
    )


def _in_the_type_of_the_line(clusters: Sequence[Cluster]) -> Sequence[Cluster]:
    """The clusters by which the type of a line is judged: its Thai letters, unless there are more Latin ones.

    Word keeps the type of Thai letters apart from that of all others: digits are often left larger or bold.
    """
    thai = [cluster for cluster in clusters if cluster.text[:1] in CARRIERS]
    latin = sum([cluster.text[:1].isascii() and cluster.text[:1].isalpha() for cluster in clusters])
    return thai if thai and len(thai) >= latin else clusters


def _most_rounded(sizes: list[float]) -> float:
    """The most frequent size, to a tenth of a point."""
    counts: Counter[float] = Counter()
    for size, count in Counter(sizes).items():
        counts[round(size, 1)] += count
    return max(counts, key=counts.__getitem__)


def _text_of(clusters: Sequence[Cluster], spacing: Spacing) -> str:
    inked: list[Cluster] = []
    spaced: list[bool] = []
    """Whether a space is printed before the cluster."""
    space = False
    for cluster in clusters:
        if cluster.is_space:
            space = True
        else:
            inked.append(cluster)
            spaced.append(space)
            space = False
    if not inked:
        return ""
    gaps = [(b.x0 - a.x1) / (b.size if b.size > 1 else 1) for a, b in pairwise(inked)]
    tight = [gap if gap > 0.0 else 0.0 for gap, after_space in zip(gaps, spaced[1:], strict=True) if not after_space]
    usual = median(tight) if len(tight) >= ENOUGH_GAPS else 0.0
    printed = spacing.prints_spaces and (any(spaced) or not _moves_the_pen(gaps, usual))
    limit = usual + (GAP_WITH_SPACES if printed else GAP_WITHOUT_SPACES)
    between, at_sign = limit, limit
    if spacing.margins is not None and not any(spaced):
        between = least_space(inked, gaps, limit, spacing.margins)
    else:
        less = usual + GAP_AT_A_SIGN
        apart = [place for place, gap in enumerate(gaps) if less < gap <= limit and not spaced[place + 1]]
        if not any(are_letters(inked[place], inked[place + 1]) for place in apart):
            at_sign = min(limit, less)
    parts = [inked[0].text]
    for gap, before, cluster, after_space in zip(gaps, inked, inked[1:], spaced[1:], strict=False):
        wide = gap > (between if are_letters(before, cluster) else at_sign)
        if wide or (after_space and gap > usual + SPACE_SEEN):
            parts.append(" ")
        parts.append(cluster.text)
    return "".join(parts)


def _moves_the_pen(gaps: Sequence[float], usual: float) -> bool:
    """Whether a line without a printed space has a few gaps that stand out.

    PageMaker and similar programs drop the space in lines that they justify by moving the pen.
    """
    wide = sum(gap > usual + GAP_WITHOUT_SPACES for gap in gaps)
    return 0 < wide <= MOST_MOVED * len(gaps)


def _plain_text(glyphs: Sequence[Glyph]) -> str:
    """The text as printed by readers that sort glyphs by x and know only the ToUnicode map."""
    parts: list[str] = []
    edge = math.inf
    for glyph in sorted(glyphs, key=_BY_LEFT):
        x0, x1 = glyph.x0, glyph.x1
        if x0 - edge > PLAIN_GAP and x0 - edge > PLAIN_GAP_EM * glyph.size and parts[-1] != " ":
            parts.append(" ")
        parts.append(glyph.plain)
        if x1 > edge or edge == math.inf:
            edge = x1
    return " ".join("".join(parts).split())
