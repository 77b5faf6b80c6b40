"""Groups glyphs into clusters, each a base with the marks above and below it, before anything is sorted by position.

A Thai mark has no width; its pen position is the right edge of its base, or a little left of it over a tall consonant.
If glyphs are sorted by x, as most readers do, it changes places with the next letter (28 % of the marks of one Word
file). In the content stream a mark follows its base, so the stream decides first, and the position only if the stream
has no base nearby.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tipmine.extract.fonts import FONT_MAP
from tipmine.extract.listener import Glyph, glyph_fields
from tipmine.extract.looks import ZERO_WIDTH
from tipmine.thai import CARRIERS, MARK_SET, MARKS, NIKHAHIT, SARA_AA, SARA_AM, in_storage_order, is_mark

REACH_LEFT = 0.3
"""How far in em to the left of a base's left edge the pen of its mark may be."""

WITHIN = 0.05
"""How far in em to the right of a base's left edge the ink of its mark must end. A mark that ends before belongs to the
letter before."""

REACH_RIGHT = 0.35
"""How far in em to the right of a base's right edge the pen of its mark may be; letter-spaced text moves marks by the
spacing."""

STREAM_REACH = 1.0
"""As `REACH_RIGHT`, for the base that the stream names, which is trusted more than the place alone."""

REACH_UP = 0.8
"""How far in em the baseline of a mark may be above or below that of its base."""

BESIDE = 0.1
"""How far in em to the right of its base a mark's pen is at most, where nothing is letter-spaced. Higher: marks drawn
before their base go to the base before; lower: marks of fonts with slanted letters go to the next base."""

SAME_LINE = 0.3
"""How far apart in em the baselines of a mark and of a base drawn after it may be."""

MOST_MARKS = 3
"""Number of glyphs after a mark among which its base must be: two more marks, and the base."""

OVER_SPACE = 0.2
"""How far in em to the left of the right edge of the space before it a mark must be for the space to be one on
paper."""

ROW = 4.0
"""Height in points of a row of the grid in which bases are sought by their baseline."""

SAME_PLACE = 0.4
"""Glyphs of one letter that are closer than this share of their width are one letter printed twice (fake bold, shadow);
two letters side by side are a whole width apart, even if it is as narrow as a dot's."""

SAME_PLACE_MOST = 0.2
"""Such a limit in em, for wide letters: fake bold moves by a few hundredths, shadows by up to a tenth."""

MARK_PLACE = 0.1
"""Such a limit in em for marks, which have no width."""

CELL = 32.0
"""Size in points of a cell of the grid in which doubles are sought. Larger: more letters to compare with in each."""


RULE_NIKHAHIT = "nikhahit-by-width"
"""Rule id: a space, sara am or U+FFFD of no width before sara aa is the nikhahit of sara am."""


_OF_A_BASE = glyph_fields("text", "x0", "top", "x1", "bottom", "y", "size", "font", "bold", "place")
_OF_A_DOUBLE = glyph_fields("text", "x0", "x1", "x", "y", "size")
_HIDES_NIKHAHIT = frozenset((" ", "\xa0", SARA_AM, "\ufffd"))


class Cluster:
    """A base with its marks. Lengths in points in the frame of its writing direction."""

    __slots__ = ("bold", "bottom", "font", "glyphs", "index", "is_space", "size", "text", "top", "x0", "x1", "y")

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    y: float
    size: float
    font: str
    bold: bool
    index: int

    def __init__(self, glyph: Glyph) -> None:
        (
            self.text, self.x0, self.top, self.x1, self.bottom, self.y, self.size, self.font, self.bold, self.index,
        ) = _OF_A_BASE(glyph)  # fmt: skip
        self.glyphs = [glyph]
        self.is_space = not self.text.strip()
        """Whether it draws nothing."""

    def add_mark(self, glyph: Glyph) -> None:
        """Puts a mark on the base, in storage order; a mark that is there already is dropped."""
        if self.text[-1] == SARA_AM and (glyph.text == NIKHAHIT or glyph.text in self.text[1:]):
            self.glyphs.append(glyph)
            return
        if glyph.text in MARK_SET and self.text[-1] not in MARK_SET:
            self.text += glyph.text
            self.glyphs.append(glyph)
            return
        stem = self.text.rstrip(MARKS)
        tail = self.text[len(stem) :]
        known = all(letter in MARK_SET for letter in glyph.text)
        self.text = stem + in_storage_order(tail + glyph.text) if known else self.text + glyph.text
        self.glyphs.append(glyph)


def count_inked(clusters: Sequence[Cluster]) -> int:
    """How many clusters draw something: a letter with its marks counts once, whatever its script (thai.py counts in
    texts)."""
    return len(clusters) - sum([cluster.is_space for cluster in clusters])


def to_clusters(glyphs: Sequence[Glyph]) -> list[Cluster]:
    """Clusters of glyphs of one writing direction, in stream order; doubles are dropped."""
    clusters: list[Cluster] = []
    waiting: list[Glyph] = []
    drawn = [glyph for glyph in with_nikhahits(without_doubles(with_whole_clusters(glyphs))) if glyph.text]
    early: list[Glyph] = []  # marks that are drawn before their base
    for place, glyph in enumerate(drawn):
        if not glyph.mark:
            clusters.append(cluster := Cluster(glyph))
            while early:
                cluster.add_mark(early.pop(0))
            continue
        if _comes_before_its_base(glyph, clusters[-1] if clusters else None, drawn, place):
            early.append(glyph)
            continue
        base = _base_in_stream(clusters, glyph)
        if base is None:
            waiting.append(glyph)
        else:
            base.add_mark(glyph)
            if glyph.x1 - glyph.x0 > ZERO_WIDTH * glyph.size:
                _make_room(base, glyph, drawn[place + 1 : place + 2])
    if waiting:
        _attach_by_place(clusters, waiting)
    return clusters


def _comes_before_its_base(mark: Glyph, last: Cluster | None, drawn: Sequence[Glyph], place: int) -> bool:
    """Whether pen and ink of a mark are not at the base drawn last, but the ink is over the right half of the next."""
    near = BESIDE * mark.size
    if last is not None and last.x0 < min(mark.x, mark.x0) <= last.x1 + near:
        return False
    base = next((glyph for glyph in drawn[place + 1 : place + 1 + MOST_MARKS] if not glyph.mark), None)
    if base is None or not base.text.strip() or abs(base.y - mark.y) > SAME_LINE * mark.size:
        return False
    return (base.x0 + base.x1) / 2 < mark.x <= base.x1 + near


def _make_room(base: Cluster, mark: Glyph, after: Sequence[Glyph]) -> None:
    """Extends a cluster by the advance of a mark, if the pen goes on from there: no gap is left after it.

    In monospaced fonts and in OCR layers, marks take room as letters do. Programs that shape text move the pen back
    over it.
    """
    if base.x1 <= mark.x0 + WITHIN * mark.size and all(mark.x1 <= glyph.x0 + WITHIN * mark.size for glyph in after):
        base.x1 = mark.x1


def with_whole_clusters(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Joins glyphs that a map each gives the text of their whole cluster, where it ends in sara am.

    Matplotlib maps consonant, tone mark, nikhahit and sara aa each to all four. The ink identifies marks (fonts.py);
    for the two glyphs that take room, only what is between them shows that they are not a word said twice.
    """
    kept: list[Glyph] = []
    at = 0
    while at < len(glyphs):
        glyph, end = glyphs[at], 0
        if len(glyph.plain) > 1 and glyph.plain[-1] == SARA_AM and glyph.plain == glyph.text:
            end = _end_of_whole(glyphs, at)
        if end:
            parts = glyphs[at : end + 1]
            plain = "".join(part.plain for part in parts)
            glyph = glyph._replace(plain=plain, x1=max(part.x1 for part in parts), rule=FONT_MAP)
        kept.append(glyph)
        at = max(at, end) + 1
    return kept


def _end_of_whole(glyphs: Sequence[Glyph], start: int) -> int:
    """Place of the sara aa of a cluster whose glyphs are each mapped to the whole cluster; 0 if they are not."""
    first = glyphs[start]
    for at in range(start + 1, min(start + len(first.plain) + 2, len(glyphs))):
        glyph = glyphs[at]
        if glyph.plain != first.plain or glyph.font != first.font or abs(glyph.y - first.y) > REACH_UP * first.size:
            return 0
        if not glyph.mark and glyph.x1 - glyph.x0 > ZERO_WIDTH * glyph.size:
            return at if at > start + 1 and glyph.x0 - first.x1 < REACH_RIGHT * first.size else 0
    return 0


def with_nikhahits(glyphs: list[Glyph]) -> list[Glyph]:
    """Names the nikhahit of sara am where a map hides it as a space, sara am or U+FFFD; changes the list in place.

    The three outputs of readers (`ำา`, a space or U+FFFD before sara aa) have one cause: a glyph of no width between a
    consonant, or its tone mark, and sara aa. In embedded fonts its ink identifies it (fonts.py); this is for the
    others.
    """
    for place in range(1, len(glyphs) - 1):
        glyph = glyphs[place]
        if glyph.text not in _HIDES_NIKHAHIT or glyph.mark or glyph.x1 - glyph.x0 > ZERO_WIDTH * glyph.size:
            continue
        after = glyphs[place + 1]
        if is_mark(after.text) and place + 2 < len(glyphs):
            after = glyphs[place + 2]
        before = glyphs[place - 1].text[-1:]
        same_line = abs(after.y - glyph.y) < 0.5 * glyph.size
        if same_line and after.text[:1] in (SARA_AA, SARA_AM) and (before in CARRIERS or before in MARK_SET):
            glyphs[place] = glyph._replace(text=NIKHAHIT, mark=True, rule=RULE_NIKHAHIT)
    return glyphs


def _base_in_stream(clusters: list[Cluster], mark: Glyph) -> Cluster | None:
    """The last base drawn before the mark, if the mark is within its reach; spaces between them are skipped."""
    for back in range(1, min(len(clusters), 3) + 1):
        base = clusters[-back]
        if base.is_space:
            continue
        em = mark.size or base.size
        near = base.x0 + WITHIN * em <= mark.x <= base.x1 + STREAM_REACH * em
        if not near or abs(base.y - mark.y) > REACH_UP * em:
            return None
        if back > 1 and mark.x > clusters[-1].x1 - OVER_SPACE * em:
            # The pen moved over the space before it drew the mark: there is no space on paper.
            del clusters[len(clusters) - back + 1 :]
        return base
    return None


def _attach_by_place(clusters: list[Cluster], marks: list[Glyph]) -> None:
    """Assigns marks without a base in the stream to the base whose right edge is nearest; else each is a cluster."""
    rows: dict[int, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if not cluster.is_space:
            rows[round(cluster.y / ROW)].append(cluster)
    for mark in marks:
        em = mark.size
        key = round(mark.y / ROW)
        reach = max(1, round(REACH_UP * em / ROW))
        best, distance = None, REACH_RIGHT * em
        near = range(key - reach, key + reach + 1)
        # A mark of an impossible size would reach over more rows than there are.
        for row in near if len(near) < len(rows) else sorted(row for row in rows if row in near):
            for base in rows.get(row, ()):
                if (
                    base.x0 - REACH_LEFT * em <= mark.x
                    and abs(base.x1 - mark.x) <= distance
                    and abs(base.y - mark.y) < REACH_UP * em
                ):
                    best, distance = base, abs(base.x1 - mark.x)
        if best is None:
            clusters.append(Cluster(mark))
        else:
            best.add_mark(mark)


def without_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Drops a glyph that repeats an earlier one in the same place: overprinted titles, shadows."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        text, x0, x1, x, y, size = _OF_A_DOUBLE(glyph)
        if text.strip():
            width = x1 - x0
            reach = min(SAME_PLACE * width, SAME_PLACE_MOST * size) if width else MARK_PLACE * size
            left, right = int((x - reach) / CELL), int((x + reach) / CELL)
            above, below = int((y - reach) / CELL), int((y + reach) / CELL)
            if left == right and above == below:
                near = seen.get((text, left, above), ())
            else:
                near = _in_cells(seen, text, range(left, right + 1), range(above, below + 1))
            if near and _is_double(glyph, reach, near):
                continue
            seen.setdefault((text, int(x / CELL), int(y / CELL)), []).append(glyph)
        kept.append(glyph)
    return kept


def _in_cells(seen: Mapping[tuple[str, int, int], list[Glyph]], text: str, columns: range, rows: range) -> list[Glyph]:
    """The glyphs of a text in a window of cells, which may exceed the filled ones if a glyph has an impossible size."""
    if len(columns) * len(rows) > len(seen):
        cells = (cell for cell in seen if cell[0] == text and cell[1] in columns and cell[2] in rows)
    else:
        cells = ((text, i, j) for i in columns for j in rows)
    return [glyph for cell in cells for glyph in seen.get(cell, ())]


def _is_double(glyph: Glyph, reach: float, others: Iterable[Glyph]) -> bool:
    """Whether one of the glyphs of the same text is at the same place."""
    x, y, size, width = glyph.x, glyph.y, glyph.size, glyph.x1 - glyph.x0
    return any(
        abs(other.x - x) <= reach
        and abs(other.y - y) <= reach
        and abs(other.x1 - other.x0 - width) <= reach
        and abs(other.size - size) < 0.1 * size
        for other in others
    )
