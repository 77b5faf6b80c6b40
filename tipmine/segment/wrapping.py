"""Whether a program or a writer broke the lines of a text that has no page layout.

Lines that pile up just below one length were broken by a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from tipmine.records import Line
from tipmine.segment.characters import letters
from tipmine.segment.numbering import marker_of
from tipmine.segment.sentences import opens_below

_WRAP_FROM, _WRAP_AT_MOST = 30, 140
"""Fewest and most letters of a full line in a text broken by a program."""
_LONGEST_AT = 0.98
"""Quantile of the lengths that counts as the full line: a few lines with long words or addresses stick out."""
NEAR_FULL = 0.8
"""Least length of a full line, as a share of the length at which the text is wrapped."""
_WRAP_SHARE = 0.35
"""Least share of full lines in a text that was broken by a program."""
_ENOUGH_WRAPPED = 10
"""Fewest lines of a text for which this can be decided."""
_ENOUGH_BROKEN, _ENOUGH_EVEN = 3, 2
"""Fewest paragraphs of several lines between blank lines that show whether a program broke them; and fewest if all
lines except the last ones are wide and nearly full. Lower: lists of unmarked lines become one passage; higher: short
texts are cut line by line."""
_LEFT_OVER = 0.75
"""Greatest median length of the last lines of such paragraphs, as a share of that of the other lines, if a program
broke them: the last line is what is left over. Higher: as for a lower `_ENOUGH_BROKEN`."""
_NARROW = 55
"""If the longest line has fewer letters and last lines are not shorter, a writer broke the lines. Higher: broken
paragraphs whose last lines happen to be full are cut line by line; lower: short sentences on lines of their own run
together."""


def wrap_length(lines: Sequence[Line]) -> int:
    """Number of letters at which text without boxes is wrapped; 0 if each line is a paragraph."""
    if any(line.style or line.cells for line in lines):
        return 0
    lengths = [letters(line.text) for line in lines]
    if len(lengths) < _ENOUGH_WRAPPED:
        return 0
    longest = sorted(lengths)[int(_LONGEST_AT * (len(lengths) - 1))]
    full = [length >= NEAR_FULL * longest for length in lengths]
    # A paragraph of wrapped text is a run of full lines; written paragraphs of similar length have headings between
    # them, and short items of similar length begin with numbers.
    runs = sum(
        1 for pair, line in zip(pairwise(full), lines[1:], strict=True) if all(pair) and marker_of(line.text) is None
    )
    enough = sum(full) >= _WRAP_SHARE * len(full)
    wrapped = _WRAP_FROM <= longest <= _WRAP_AT_MOST and enough and 2 * runs >= sum(full)
    return longest if wrapped else 0


def blocks_are_broken(lines: Sequence[Line]) -> bool | None:
    """Whether a program broke the paragraphs between the blank lines of a text without boxes; None if this is unclear.

    If one did, no line exceeds the width of a wrapped line, and the last lines of paragraphs are shorter than others.
    """
    if any(line.style or line.cells or letters(line.text) > _WRAP_AT_MOST for line in lines):
        return None
    upper: list[int] = []
    last: list[int] = []
    goes_on = False
    for first, second in pairwise(lines):
        together = (first.page, first.block) == (second.page, second.block)
        together = together and not opens_below(second.text, first.text, alone=not goes_on)
        if goes_on and not together:
            last.append(upper.pop())
        if together:
            upper.extend(letters(line.text) for line in ((second,) if goes_on else (first, second)))
        goes_on = together
    if goes_on:
        last.append(upper.pop())
    if len(last) < _ENOUGH_EVEN:
        return None
    even = max(upper) >= _NARROW and min(upper) >= NEAR_FULL * max(upper) and max(last) <= _LEFT_OVER * max(upper)
    if len(last) < _ENOUGH_BROKEN and not even:
        return None
    if median(last) <= _LEFT_OVER * median(upper):
        return True
    return False if max(*upper, *last) < _NARROW else None


def blank_lines_part(lines: Sequence[Line]) -> bool:
    """Whether a blank line ends a paragraph: true if most lines have no blank line below them."""
    pairs = [(first, second) for first, second in pairwise(lines) if first.page == second.page]
    return 2 * sum(1 for first, second in pairs if first.block == second.block) >= len(pairs)
