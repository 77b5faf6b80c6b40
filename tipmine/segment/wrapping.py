"""What the line breaks of a text without page layout mean: whether a program or a writer made them.

Lines that pile up just below one length were broken by a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
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
_MAIL_WIDTH = 90
"""Most letters of a line of a message that a mail program broke, where other lines of the text are longer than any
program breaks them. Higher: paragraphs of news before the message are taken for lines of it; lower: messages broken at
100 columns stay cut."""
_SLACK = 1
"""Letters by which a line and the next word may miss the full width although the word did not fit: letters are not
columns. Lower: lines are joined that a writer ended; higher: paragraphs are cut."""
_NARROW = 55
"""If the longest line has fewer letters and last lines are not shorter, a writer broke the lines. Higher: broken
paragraphs whose last lines happen to be full are cut line by line; lower: short sentences on lines of their own run
together."""


class LineBreaks:
    """What the breaks between the lines of a text mean; the lines have no boxes, but may have page and block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        by_program = blocks_are_broken(lines)
        self._full = 0 if by_program is False else wrap_length(lines)
        self.blocks_are_paragraphs = bool(by_program)
        """Whether the lines between two blank lines are one paragraph, broken by a program."""
        self.blank_lines_part = blank_lines_part(lines)
        """Whether a blank line ends a paragraph; not where one follows every line."""
        self._widths = {} if self._full or by_program else _widths_of_messages(lines)

    def ends_above(self, line: Line, before: Line) -> bool:
        """Whether a paragraph ends with the line `before` the given one, as far as lengths of lines show it.

        Each line is a paragraph in sources without pages (DOCX, text without hard wraps); in hard-wrapped text, one
        that ends well before the length at which the text is wrapped. A mail program does not break where the next word
        has room.
        """
        length = letters(before.text)
        if width := self._widths.get(_place(before), 0) if _place(line) in self._widths else 0:
            first_word = line.text.split(maxsplit=1)[0]
            return length < NEAR_FULL * width or length + letters(first_word) + _SLACK < width
        return self._full == 0 or 0 < length < NEAR_FULL * self._full


def _place(line: Line) -> tuple[int, int]:
    return line.page, line.number


def _widths_of_messages(lines: Sequence[Line]) -> dict[tuple[int, int], int]:
    """The width at which each line was broken that is in a stretch broken by a program, in a text with long lines.

    So is what somebody has put into one file: news from the web with a line for each paragraph, and a message.
    """
    widths: dict[tuple[int, int], int] = {}
    if any(line.style or line.cells for line in lines) or all(letters(line.text) <= _WRAP_AT_MOST for line in lines):
        return widths
    for short, run in groupby(lines, key=lambda line: letters(line.text) <= _MAIL_WIDTH):
        stretch = list(run)
        if short and len(stretch) >= _ENOUGH_WRAPPED and blocks_are_broken(stretch):
            width = _longest(stretch)
            widths |= {_place(line): width for line in stretch if width >= _NARROW}
    return widths


def _longest(lines: Sequence[Line]) -> int:
    lengths = sorted(letters(line.text) for line in lines)
    return lengths[int(_LONGEST_AT * (len(lengths) - 1))]


def wrap_length(lines: Sequence[Line]) -> int:
    """Number of letters at which text without boxes is wrapped; 0 if each line is a paragraph."""
    if any(line.style or line.cells for line in lines):
        return 0
    lengths = [letters(line.text) for line in lines]
    if len(lengths) < _ENOUGH_WRAPPED:
        return 0
    longest = _longest(lines)
    are_full = [length >= NEAR_FULL * longest for length in lengths]
    full = sum(are_full)
    if not _WRAP_FROM <= longest <= _WRAP_AT_MOST or full < _WRAP_SHARE * len(lines):
        return 0
    # A paragraph of wrapped text is a run of full lines; written paragraphs of similar length have headings between
    # them, and short items of similar length begin with numbers.
    below_full = sum(
        1
        for both_are_full, line in zip(map(all, pairwise(are_full)), lines[1:], strict=True)
        if both_are_full and marker_of(line.text) is None
    )
    return longest if 2 * below_full >= full else 0


def blocks_are_broken(lines: Sequence[Line]) -> bool | None:
    """Whether a program broke the paragraphs between the blank lines of a text without boxes; None if this is unclear.

    If one did, no line exceeds the width of a wrapped line, and the last lines of paragraphs are shorter than others.
    """
    if any(line.style or line.cells or letters(line.text) > _WRAP_AT_MOST for line in lines):
        return None
    broken = [block for block in _blocks(lines) if len(block) > 1]
    upper = [letters(line.text) for block in broken for line in block[:-1]]
    last = [letters(block[-1].text) for block in broken]
    if len(last) < _ENOUGH_EVEN:
        return None
    even = max(upper) >= _NARROW and min(upper) >= NEAR_FULL * max(upper) and max(last) <= _LEFT_OVER * max(upper)
    if len(last) < _ENOUGH_BROKEN and not even:
        return None
    if median(last) <= _LEFT_OVER * median(upper):
        return True
    return False if max(*upper, *last) < _NARROW else None


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines between blank lines, divided further where a line opens a text of its own."""
    blocks: list[list[Line]] = []
    for line in lines:
        block = blocks[-1] if blocks else []
        near = bool(block) and (block[-1].page, block[-1].block) == (line.page, line.block)
        if near and not opens_below(line.text, block[-1].text, alone=len(block) == 1):
            block.append(line)
        else:
            blocks.append([line])
    return blocks


def blank_lines_part(lines: Sequence[Line]) -> bool:
    """Whether a blank line ends a paragraph: true if most lines have no blank line below them."""
    pairs = [(first, second) for first, second in pairwise(lines) if first.page == second.page]
    return 2 * sum(1 for first, second in pairs if first.block == second.block) >= len(pairs)
