"""Classifies the look of a glyph, and decides which readings are possible for it; used to check every font map.

A Thai mark above its base has no width and ink only above; a mark below, ink only below; a space has no ink; sara
am reaches back over its base with its ring, or has the ring as a contour of its own at its top.
"""

from __future__ import annotations

from typing import Literal

from tipmine.extract.fontfile import Shape
from tipmine.extract.unknown import Kind
from tipmine.thai import ABOVE_MARKS, BELOW_MARKS, MARK_SET, SARA_AA, SARA_AM, in_thai_block, is_mark

ZERO_WIDTH = 0.03
"""Advance in em below which a glyph is taken to have none. Too high: narrow letters become marks."""

ABOVE_FROM = 0.2
"""Lowest ink in em of a mark above its base. Thai consonants are 0.3 to 0.6 em high, by font."""

BELOW_TO = 0.12
"""Highest ink in em of a mark below its base."""

OWN_SPACE = 0.05
"""Least distance in em by which sara am's ink reaches left of its origin, over the base before it; sara aa's reaches
0.015 at most. Too low: sara aa under a wrong map stays sara am; too high: sara am is taken for sara aa."""

RING_FROM = 0.66
"""Least share of its height at which the ring of sara am begins, or the hole of a ring that is joined to its stroke:
0.72 to 0.87 in 63 fonts. In italics, and in fonts whose letters all have one width, the ring need not reach left of the
origin. Too low: sara aa drawn by overlapping strokes stays sara am; too high: sara am is taken for sara aa."""

SPACE_INK = 0.25
"""Height in em from which the ink of a so-called space is a letter; leaders and underlines are lower."""

PAIR_HEIGHT = 0.3
"""Height in em from which a glyph above is two marks, one over the other."""

Look = Literal["above", "below", "blank", "spacing", "unknown"]


def look_of(shape: Shape | None, width: float) -> Look:
    """What a glyph of this shape and advance (in em) looks like."""
    if shape is None:
        return "blank"
    if width < ZERO_WIDTH:
        if shape.y0 > ABOVE_FROM:
            return "above"
        if shape.y1 < BELOW_TO:
            return "below"
    return "spacing"


def fits(text: str, look: Look, shape: Shape | None) -> bool:
    """Whether a reading can look like this."""
    if look == "unknown":
        return True
    if look == "above":
        return bool(text) and all(letter in ABOVE_MARKS for letter in text)
    if look == "below":
        return bool(text) and all(letter in BELOW_MARKS for letter in text)
    if look == "blank":
        return True
    if text == SARA_AM and shape is not None:
        return shape.x0 < -OWN_SPACE or shape.top > RING_FROM
    if is_mark(text):
        return True
    if text in (" ", "\xa0"):
        return shape is None or shape.y1 - shape.y0 < SPACE_INK
    return bool(text.strip()) and not text.startswith("(cid:") and text != "\ufffd" and text >= " "


def needs_no_look(text: str, width: float) -> bool:
    """Whether these are ordinary letters that take room: checking their outline would only parse the font in vain."""
    if len(text) != 1 or width < ZERO_WIDTH:
        return False
    if in_thai_block(text):
        return text not in MARK_SET and text not in (SARA_AM, SARA_AA)
    return "!" <= text <= "~" or (text > "\xbf" and text != "\ufffd" and not "\ue000" <= text <= "\uf8ff")


def marks_fit(text: str, look: Look) -> bool:
    """Whether marks can look like this; always true for anything but marks."""
    return not is_mark(text) or look not in ("above", "below") or fits(text, look, None)


def kind_of(look: Look, shape: Shape | None) -> Kind:
    """What an unnamed glyph may be: a nikhahit is a ring of two contours, so three or more are a pair with it."""
    if look == "above":
        return "pair" if shape is not None and shape.contours > 2 and shape.y1 - shape.y0 > PAIR_HEIGHT else "above"
    return "below" if look == "below" else "letter"
