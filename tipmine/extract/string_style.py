"""What the glyphs of one string of a content stream share, computed once for all of them."""

from __future__ import annotations

from typing import NamedTuple

from tipmine.extract.angles import HALF_TURN, THREE_QUARTER_TURN, UPRIGHT
from tipmine.extract.fonts import FontReader
from tipmine.extract.looks import Look


class Metrics(NamedTuple):
    """Properties of a character code in a given text state that do not depend on its position."""

    text: str
    plain: str
    rule: str
    mark: bool
    advance: float
    """Advance of the pen, before the text matrix is applied."""
    ink: float
    """Advance of the pen on the page in points."""
    reach: float
    """Distance in points of a mark's origin to the right of the pen."""
    look: Look


class StringStyle(NamedTuple):
    """The text state that the glyphs of one string share: font, size, direction and scale."""

    reader: FontReader
    metrics: dict[int, Metrics]
    """By code, for the codes met so far."""
    a: float
    b: float
    """Points to the right (`a`) and up (`b`) on the page for each unit by which the pen advances."""
    fontsize: float
    """As given by the operator Tf, before the text matrix is applied."""
    scaling: float
    """Of widths; 1 is the font's own."""
    rise_x: float
    rise_y: float
    """Points to the right and up by which glyphs are drawn off the pen's line (text rise)."""
    size: float
    """Height of the em on the page in points."""
    angle: int
    """Direction of writing in degrees, counter-clockwise, as in `angles.py`."""


class PenMoves(NamedTuple):
    """Moves of the pen besides the glyphs' advances, before the text matrix is applied."""

    letters: float
    words: float
    moves: float
    """Per unit of a number between strings (operator TJ)."""


def metrics_of(style: StringStyle, cid: int) -> Metrics:
    """The properties of a character code in a style."""
    reading = style.reader.read(cid)
    advance = reading.width * style.fontsize * style.scaling
    reach = reading.reach * style.fontsize * style.scaling * style.a if reading.mark else 0.0
    return Metrics(
        reading.text, reading.plain, reading.rule, reading.mark, advance, style.a * advance, reach, reading.look
    )


def glyph_box(
    angle: int, x: float, y: float, end_x: float, end_y: float, size: float, descent: float
) -> tuple[float, float, float, float]:
    """x0, x1, top, bottom of a glyph from its origin, the end of its advance, and its font's descent (negative)."""
    below, above = -descent * size, (1 + descent) * size
    if angle in (UPRIGHT, HALF_TURN):
        if angle == HALF_TURN:
            below, above = above, below
        return min(x, end_x), max(x, end_x), y - above, y + below
    if angle == THREE_QUARTER_TURN:
        below, above = above, below
    return x - above, x + below, min(y, end_y), max(y, end_y)
