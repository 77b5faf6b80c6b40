"""Letters drawn as shapes: layout programs turn text into outlines before printing, and no glyphs are left.

Wkhtmltopdf does this with web fonts. Such a page looks empty to a reader of glyphs; only OCR can read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tipmine.extract.drafts import BoxTuple

SMALLEST, LARGEST = 1.5, 40.0
"""Least and greatest height in points of a letter's shape; dots are smaller, pictures and boxes larger."""
ON_ONE_LINE = 12
"""Fewest shapes on one baseline. Lower: the bars of charts count as letters; higher: short lines are missed."""
FEWEST_LINES = 3
"""Fewest lines of such shapes. Lower: a row of icons counts as text; higher: a title drawn as shapes is missed."""
STEP = 0.5
"""Points within which shapes are on one baseline."""


def outlined_letters(shapes: Sequence[BoxTuple]) -> int:
    """The number of shapes in lines as of letters, from the boxes of a page's filled shapes in points.

    A letter may consist of several shapes. Maps and drawings have shapes of this size too, but not on common baselines.
    """
    feet = Counter(round(bottom / STEP, 0) for _, top, _, bottom in shapes if SMALLEST <= bottom - top <= LARGEST)
    lines = [count for count in feet.values() if count >= ON_ONE_LINE]
    return sum(lines) if len(lines) >= FEWEST_LINES else 0
