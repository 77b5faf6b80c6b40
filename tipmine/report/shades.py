"""How dark a grid cell is: one scale for the page, the workbook, the Word file and the desk."""

from __future__ import annotations

import math

SHADES = 5
"""Steps of colour of a cell with a count, darkest last; 0 is an empty cell. More could not be distinguished."""
FILLS = ("FFFFFF", "E4EEF5", "BCD6E6", "86B4D0", "3F83AA", "14577F")
"""Backgrounds (RRGGBB) of the steps in the workbook and the Word file; the same as in `report.css` on paper."""
DARK = 4
"""The first step at which text is white."""


def shade(count: int, most: int) -> int:
    """Step of colour, from 0 (none) to `SHADES` (`most`, the largest count), logarithmic because counts are skewed.

    >>> [shade(count, 100) for count in (0, 1, 3, 10, 30, 100)]
    [0, 1, 2, 3, 4, 5]
    """
    if not count:
        return 0
    if most <= 1:
        return 1
    return 1 + round((SHADES - 1) * math.log(count) / math.log(most))
