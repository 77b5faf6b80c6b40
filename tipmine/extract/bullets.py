"""Finds drawn bullets: browsers paint the dot of a list item as a filled path, not as a letter.

Without the bullet, the items of a list run together. A small filled shape, about as wide as high, alone in front of a
line's first letter, is read as a bullet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tipmine.extract.drafts import BoxTuple
from tipmine.extract.listener import Glyph

BULLET = "\N{BULLET}"

RULE_BULLET = "drawn-bullet"
"""Rule id: a bullet was drawn as a shape."""

SMALLEST, LARGEST = 0.15, 0.6
"""Width and height of a bullet in em of its line. Smaller shapes are dots of a leader, larger ones check boxes and
pictures."""

LARGEST_BARE = 0.8
"""Largest width and height in em of a bullet outside all other shapes, as Qt and PDFKit draw them; within another shape
it is part of that shape."""

LONGER_SIDE = 1.3
"""Largest ratio of a bullet's longer side to its shorter one; rules and bars are longer."""

LOWEST, HIGHEST = 0.0, 0.8
"""Least and greatest height in em of a bullet's middle above the baseline."""

FARTHEST = 2.5
"""Largest distance in em from a bullet to its first letter."""

ALONE = 1.0
"""Least free room in em to the left of a bullet; a dot between words has less."""

BORDER_HEIGHT = 3.0
"""Height in em from which a narrow shape is the border of a box beside its lines. Lower: the stroke of a drawn letter
beside its dot counts as a border; higher: bullets in a box of two lines are missed."""

MOST_DOTS, MOST_SHAPES = 300, 3_000
"""Most dots and shapes of a page on which bullets are sought; a map has more."""

ROW = 8.0
"""Height in points of a row of the grid in which the letter beside a shape is sought."""

ROWS = 4
"""Rows, from the middle of a shape downwards, in which its letter's baseline is sought; enough for type of up to 30
points."""


def with_drawn_bullets(
    glyphs: Sequence[Glyph], dots: Sequence[BoxTuple], shapes: Sequence[BoxTuple] = ()
) -> list[Glyph]:
    """The glyphs of upright writing, with a bullet before each letter that has a drawn bullet in front of it.

    `dots` are the boxes of shapes that may be bullets, `shapes` those of all drawn shapes: a dot among others is part
    of a picture, or of letters that are drawn as paths.
    """
    small = [box for box in dots if _may_be_bullet(box)]
    if not small or len(small) > MOST_DOTS or len(shapes) > MOST_SHAPES:
        return list(glyphs)
    rows: dict[int, list[int]] = defaultdict(list)
    for place, glyph in enumerate(glyphs):
        if glyph.text.strip() and not glyph.mark:
            rows[int(glyph.y // ROW)].append(place)
    before: dict[int, Glyph] = {}
    for box in small:
        letter = _first_letter(box, glyphs, rows)
        if letter is not None and not _is_part(box, glyphs[letter], shapes):
            before[letter] = _bullet(box, glyphs[letter])
    return list(_inserted(glyphs, before))


def _may_be_bullet(box: BoxTuple) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return 0 < max(wide, high) <= LONGER_SIDE * min(wide, high)


def _first_letter(box: BoxTuple, glyphs: Sequence[Glyph], rows: dict[int, list[int]]) -> int | None:
    """The index of the letter that a shape is the bullet of; None if it is not a bullet."""
    middle = (box[1] + box[3]) / 2
    beside = [
        place
        for row in range(int(middle // ROW), int(middle // ROW) + ROWS)
        for place in rows.get(row, ())
        if LOWEST <= (glyphs[place].y - middle) / glyphs[place].size <= HIGHEST
    ]
    right = [place for place in beside if glyphs[place].x0 >= box[2] - 0.1]
    if not right:
        return None
    first = min(right, key=lambda place: glyphs[place].x0)
    size = glyphs[first].size
    if not SMALLEST * size <= box[3] - box[1] <= LARGEST_BARE * size or glyphs[first].x0 - box[2] > FARTHEST * size:
        return None
    crowded = any(glyphs[place].x0 < box[2] and glyphs[place].x1 > box[0] - ALONE * size for place in beside)
    return None if crowded else first


def _is_part(box: BoxTuple, letter: Glyph, shapes: Sequence[BoxTuple]) -> bool:
    """Whether a dot is part of a shape beside it; a shape around a small dot is its background.

    A larger dot is the hole of a drawn letter, as in a word that is printed large and pale across the page.
    """
    left, right = box[0] - ALONE * letter.size, letter.x0
    small = box[3] - box[1] <= LARGEST * letter.size
    return any(
        shape != box
        and not _is_border(shape, letter.size)
        and shape[0] < right
        and shape[2] > left
        and shape[1] < letter.y
        and shape[3] > letter.y - letter.size
        and not (small and shape[0] <= box[0] and shape[1] <= box[1] and shape[2] >= box[2] and shape[3] >= box[3])
        for shape in shapes
    )


def _is_border(shape: BoxTuple, size: float) -> bool:
    """Whether a shape is as narrow as a dot and much higher than a line."""
    return shape[2] - shape[0] <= LARGEST * size and shape[3] - shape[1] >= BORDER_HEIGHT * size


def _bullet(box: BoxTuple, letter: Glyph) -> Glyph:
    x0, _, x1, _ = box
    return letter._replace(text=BULLET, plain="", x0=x0, x1=x1, x=x0, mark=False, rule=RULE_BULLET)


def _inserted(glyphs: Sequence[Glyph], before: dict[int, Glyph]) -> Iterator[Glyph]:
    for place, glyph in enumerate(glyphs):
        if place in before:
            yield before[place]
        yield glyph
