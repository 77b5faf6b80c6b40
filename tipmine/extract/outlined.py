"""Letters that are drawn as shapes: programs for layout turn text into outlines before printing, and no glyph is left.

Wkhtmltopdf does so with fonts from the web. Such a page looks empty to a reader of glyphs; only OCR can read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tipmine.extract.drafts import BoxTuple

SMALLEST, LARGEST = 1.5, 40.0
"""Points of the height of a letter's shape, at least and at most; dots are smaller, pictures and boxes larger."""
ON_ONE_LINE = 12
"""Shapes on one baseline, at least. Lower: the bars of charts are letters; higher: short lines are missed."""
FEWEST_LINES = 3
"""Lines of such shapes, at least. Lower: a row of icons is text; higher: a title drawn as shapes leaves no trace."""
STEP = 0.5
"""Points within which shapes stand on one baseline."""


def outlined_letters(shapes: Sequence[BoxTuple]) -> int:
    """The number of shapes that stand in lines as letters do, by the boxes of a page's filled shapes in points.

    A letter may be of several shapes. Maps and drawings have shapes of this size too, but not on common baselines.
    """
    feet = Counter(round(bottom / STEP, 0) for _, top, _, bottom in shapes if SMALLEST <= bottom - top <= LARGEST)
    lines = [count for count in feet.values() if count >= ON_ONE_LINE]
    return sum(lines) if len(lines) >= FEWEST_LINES else 0
