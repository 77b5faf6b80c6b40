"""Joins printed lines into paragraphs.

Two questions are answered for every pair of neighbouring lines. Does a new paragraph begin? The signs are numbers,
speakers, indents, gaps, a change of size or weight, and a line that ended although the next word would have fitted on
it. If the paragraph goes on, is there a space between the two lines? Thai has no spaces between words, and a space at
the end of a line is not printed. So one is inserted only where Thai typography always has one (beside Latin letters,
digits, brackets, abbreviations) or where the raw line still ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tipmine.records import Line, LineRole, LineSpan
from tipmine.segment.bare_numbers import bare_marker
from tipmine.segment.characters import is_thai, letters
from tipmine.segment.edges import LONGEST_WORD
from tipmine.segment.layout import Layout
from tipmine.segment.numbering import Marker, follows, marker_of, predecessor, takes_a_number
from tipmine.segment.placing import same_column, step
from tipmine.segment.sentences import goes_on, is_caption_below, is_subject, is_topic_of, opens_below
from tipmine.segment.wordings import Wording

INDENT = 0.8
"""Least indent, in ems of the line. Lower: kerned lines count as indented; higher: narrow indents are missed."""
SHORT_WORD = 5
"""Most letters assumed for the next line's first word in deciding whether it had room (`Edges.had_room`) where an
indent already suggests a break; elsewhere LONGEST_WORD applies. Higher: breaks at indented lines are missed."""
WIDEST_GAP = 2.4
"""Gap, in line pitches, from which a new paragraph begins, whatever else speaks against it."""
WIDE_GAP_BELOW_ITEM = 1.5
"""`WIDEST_GAP` for a line below an item that begins further left than the item's number: in uneven layouts it may be
the rest of the item, but not so far below. Lower: items are cut; higher: what follows a list joins its last item."""
SLIGHT_GAP = 1.06
"""Gap, in line pitches, that separates two lines of which one is a heading and only one is bold: a little more than one
is enough."""
SHORT_LINE = 40
"""Fewest letters of a line that may have ended only because it reached the edge of the page."""
_LONGEST_QUOTATION = 40
"""Most lines of a quotation set as a block; in a longer text the closing mark was forgotten."""
SIZE_SLACK = 1.1
"""Points by which sizes may differ within a paragraph."""

_NO_SPACE_BEFORE = frozenset(
    ")]}\u201d\u2019\u00bb,;:!?%/-\u2013" + "\N{THAI CHARACTER MAIYAMOK}\N{THAI CHARACTER PAIYANNOI}"
)
# Signs that belong to the letter before them: no paragraph begins with one.
_NEVER_FIRST = ("\N{THAI CHARACTER MAIYAMOK}", "\N{THAI CHARACTER PAIYANNOI}", "\N{THAI CHARACTER SARA A}")
_OPENS_QUOTATION, _CLOSES_QUOTATION = "\u201c", "\u201d"
_NAMED_IN_TEXT = frozenset({"มาตรา", "ข้อ", "ข้อที่", "หมวด", "ภาค"})
_NO_SPACE_AFTER = frozenset("([{\u201c\u2018\u00ab/-\u2013")
_DASHES = frozenset("-\u2013\u2014/")
_DIGITS_OF_A_YEAR = 4
_HANGS = Wording("hangs")
_ABBREVIATION_GOES_ON = re.compile(r"[\u0e01-\u0e2e]{1,3}\.")

FLOWING: frozenset[LineRole] = frozenset({"body", "heading"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together: their joined text, and which part of the text came from which line."""

    lines: tuple[Line, ...]
    text: str
    spans: tuple[LineSpan, ...]
    role: LineRole = "body"
    marker: Marker | None = None
    cells: tuple[str, ...] = ()

    @property
    def first(self) -> Line:
        """The first line of the paragraph."""
        return self.lines[0]

    def behind(self, at: int) -> Paragraph:
        """The paragraph without its first `at` characters; the spans are shifted, `lines` keeps all lines."""
        spans = tuple(
            replace(span, start=max(span.start - at, 0), end=span.end - at) for span in self.spans if span.end > at
        )
        return replace(self, text=self.text[at:], spans=spans)


def join_lines(lines: Sequence[Line], role: LineRole = "body") -> Paragraph:
    """The lines as one paragraph. White space at line ends is removed; a space is inserted where one belongs."""
    parts: list[str] = []
    spans: list[LineSpan] = []
    at = 0
    before: Line | None = None
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if before is not None:
            joint = joint_between(before, line)
            parts.append(joint)
            at += len(joint)
        spans.append(LineSpan(line.page, line.number, at, at + len(text), line.box))
        parts.append(text)
        at += len(text)
        before = line
    return Paragraph(tuple(lines), "".join(parts), tuple(spans), role)


def joint_between(before: Line, after: Line) -> str:
    """What belongs between two lines of one paragraph: a space, or nothing."""
    left, right = before.text.rstrip(), after.text.lstrip()
    if not left or not right:
        return ""
    last, first = left[-1], right[0]
    if last in _DASHES and left[-2:-1].isspace():
        # A dash with a space before it has one after it, too.
        return " "
    if first in _NO_SPACE_BEFORE or last in _NO_SPACE_AFTER:
        return ""
    if is_thai(last) and is_thai(first):
        return " " if _space_is_printed(before) else ""
    if last == "." and _ABBREVIATION_GOES_ON.match(right) and _ABBREVIATION_GOES_ON.search(left[-4:]):
        return ""
    return " "


def _space_is_printed(line: Line) -> bool:
    """Whether the file keeps a space at the end of the line, as Word does where a phrase ends there."""
    return line.raw.endswith((" ", "\N{NO-BREAK SPACE}")) or line.text.endswith(" ")


def paragraphs_of(
    lines: Sequence[Line], layout: Layout, begins: Callable[[Line], bool] = lambda _: False
) -> Iterator[Paragraph]:
    """The running text of a document as paragraphs, across page and column breaks.

    `begins` says whether a line begins a paragraph for a reason that only the caller knows (a speaker's label). The
    layout may overrule it: a speaker's code may be only mentioned, and wrapped to the head of a line.
    """
    current: list[Line] = []
    labelled = False  # whether the caller knows that `current` begins a paragraph
    for line in lines:
        if not _says_anything(line.text):
            if current:
                yield _close(current, layout)
            current = []
            continue
        begun = begins(line)
        opens = begun and not (current and layout.flows_on(current[-1], line))
        set_in = not opens and labelled and len(current) == 1 and layout.is_set_in(current[0], line)
        if current and (opens or (not set_in and starts_new(current, line, layout))):
            yield _close(current, layout)
            current = []
        if not current:
            labelled = begun
        current.append(line)
    if current:
        yield _close(current, layout)


def _says_anything(text: str) -> bool:
    """Whether a line has a letter or digit; empty lines and rules of dashes, stars or underscores do not."""
    return any(char.isalnum() for char in text)


def _close(lines: Sequence[Line], layout: Layout) -> Paragraph:
    role: LineRole = "heading" if all(line.role == "heading" for line in lines) else "body"
    paragraph = join_lines(lines, role)
    bare = layout.markers.is_bare(lines[0])
    return replace(paragraph, marker=bare_marker(paragraph.text) if bare else marker_of(paragraph.text))


def starts_new(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether `line` begins a new paragraph after the lines of `current`."""
    before = current[-1]
    if line.style != before.style or (line.box is None) != (before.box is None):
        return True
    if line.box is None:
        return _starts_new_in_text(current, line, layout)
    if line.text.lstrip().startswith(_NEVER_FIRST) or _is_year_of(before, line, layout):
        return False
    if _is_quoted_on(current, line, layout):
        return False
    if _resized(before, line) or _opens_list(current, line, layout) or _opens_part(before, line):
        return True
    if is_caption_below(before.text, line.text):
        return True
    # The text below a heading is indented; bold words at the head of an item are followed by lines further left.
    set_in = before.role == "heading" != line.role and step(before, line) > INDENT
    if set_in and layout.edges.had_room(before, line, SHORT_WORD):
        return True
    # Bold words at the head of a paragraph may fill its first line: after a full line, weight alone ends nothing.
    if before.bold != line.bold and layout.edges.had_room(before, line, LONGEST_WORD):
        return True
    placed = _starts_new_below(before, line, layout) if same_column(before, line) else None
    if placed is not None:
        return placed
    if _indented(current, line, layout) or _is_headed(current, line):
        return True
    return layout.edges.had_room(before, line, LONGEST_WORD) and not _is_rest(current, line, layout)


def _starts_new_in_text(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """`starts_new` for a source without places, where only numbers, blank lines and lengths of lines show it."""
    before = current[-1]
    if _opens_list(current, line, layout) or _is_headed(current, line):
        return True
    if line.page == before.page:
        if line.block != before.block and layout.breaks.blank_lines_part:
            return True
        if layout.breaks.blocks_are_paragraphs:
            return line.block != before.block or opens_below(line.text, before.text, alone=len(current) == 1)
    return (layout.breaks.lines_are_paragraphs or layout.breaks.ends_early(before)) and not _is_rest(
        current, line, layout
    )


def _starts_new_below(before: Line, line: Line, layout: Layout) -> bool | None:
    """`starts_new` for a line right below another in one column, by gaps and centring; None if these do not decide."""
    if _heading_meets_text(before, line) and layout.gaps.between(before, line) > SLIGHT_GAP:
        return True
    if layout.gaps.separate(before, line) and not _goes_on_over_gap(before, line, layout):
        return True
    if layout.edges.centred_pair(before, line):
        # A title broken on purpose is one title; running text in the middle of a page is filled line by line.
        return not _is_display(before) and layout.edges.had_room(before, line, LONGEST_WORD)
    if _is_display(before) and _is_display(line) and layout.edges.centred_under(before, line):
        return layout.edges.had_room(before, line, LONGEST_WORD)
    return None


def _is_headed(current: Sequence[Line], line: Line) -> bool:
    """Whether `current` is one numbered line, however full, that is the heading of the text that `line` opens."""
    return len(current) == 1 and is_topic_of(current[0].text, line.text)


def _is_rest(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line continues the sentence above, however short the line above; an empty line between ends it."""
    before = current[-1]
    if line.block != before.block or layout.markers.of(line) is not None:
        return False
    return goes_on(before.text, line.text) or (len(current) == 1 and is_subject(before.text, line.text))


def _is_year_of(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line is only the year that the line above calls for, as in a centred pair: ปีงบประมาณ / 2566."""
    year = line.text.strip()
    asked = len(year) == _DIGITS_OF_A_YEAR and year.isdigit() and layout.markers.of(line) is None
    return asked and takes_a_number(before.text.rstrip())


def _is_quoted_on(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line continues a quotation set as a block whose opening mark has not yet been closed."""
    if len(current) > _LONGEST_QUOTATION or not current[0].text.lstrip().startswith(_OPENS_QUOTATION):
        return False
    if layout.markers.of(line) is not None:
        return False
    text = "".join(part.text for part in current)
    opened = text.count(_OPENS_QUOTATION) > text.count(_CLOSES_QUOTATION)
    below = same_column(current[-1], line) and not layout.gaps.separate(current[-1], line)
    return opened and below and abs(current[-1].size - line.size) <= SIZE_SLACK


def _heading_meets_text(before: Line, line: Line) -> bool:
    """Whether one of two lines is a heading, and one of them bold."""
    return before.bold != line.bold and before.role != line.role


def _is_display(line: Line) -> bool:
    return line.bold or line.role == "heading"


def _opens_part(before: Line, line: Line) -> bool:
    """Whether a numbered heading follows text, or a heading begins a page, column or box, even after a full line."""
    if line.role != "heading" or before.role == "heading":
        return False
    return not same_column(before, line) or marker_of(line.text) is not None


def _goes_on_over_gap(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a paragraph continues over a wide gap: after a full line, without an indent, where indents are used.

    In a box, full lines with gaps between them are more likely entries with a figure at the right.
    """
    return (
        layout.first_lines_are_indented
        and not layout.edges.in_box(line)
        and layout.gaps.between(before, line)
        < (WIDE_GAP_BELOW_ITEM if _hangs_out(before, line, layout) else WIDEST_GAP)
        and not layout.gaps.are_slight
        and before.bold == line.bold
        and layout.edges.indent(line) < INDENT
        and not layout.edges.had_room(before, line, SHORT_WORD)
    )


def _hangs_out(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line begins further left than the number or bullet of an item above it."""
    return layout.markers.of(before) is not None and step(before, line) < -INDENT


def _resized(before: Line, line: Line) -> bool:
    return before.size > 0 and line.size > 0 and abs(before.size - line.size) > SIZE_SLACK


def _opens_list(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether the line begins with an item's number or bullet, and not with a number of the running text."""
    marker = layout.markers.of(line)
    if marker is None:
        return False
    before = layout.markers.of(current[0])
    if before is not None and follows(marker, before):
        return True
    if layout.markers.is_bare(line):
        return True
    if marker.word in _NAMED_IN_TEXT or marker.text[-1].isdigit():
        # มาตรา 6, ข้อ 3 or 12.5 also occur in sentences; there the line begins where all unindented lines do.
        if line.box is None or not layout.first_lines_are_indented:
            return letters(current[-1].text) < SHORT_LINE or layout.edges.had_room(current[-1], line, LONGEST_WORD)
        return layout.edges.indent(line) > INDENT or layout.edges.had_room(current[-1], line, SHORT_WORD)
    if marker.path and marker.path[-1] > 1:
        # The next number of an enumeration inside the text: its predecessor is in the text, too, but not at its head.
        return "".join(part.text for part in current).find(predecessor(marker), 1) < 1
    return True


def _indented(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether the left edge shows a new paragraph: an indented first line, or the end of a hanging indent."""
    before = current[-1]
    if not same_column(before, line):
        return len(current) > 1 and layout.edges.indent(line) > INDENT >= layout.edges.indent(before)
    further_in = step(before, line)
    if layout.edges.is_set_right(before) and not layout.edges.is_set_right(line):
        return True
    if len(current) > 1:
        return abs(further_in) > INDENT and (
            further_in > 0 or layout.edges.indent(current[0]) <= layout.edges.indent(line) + INDENT
        )
    if layout.markers.of(before) is not None:
        # The lines of an item begin under its number or its text, or at the edge; a new paragraph below the item begins
        # in between.
        between = further_in < -INDENT < INDENT < layout.edges.indent(line)
        return between and layout.gaps.between(before, line) > SLIGHT_GAP
    if _HANGS.match(before.text) and layout.is_set_in(before, line):
        return False
    # Two lines at the same indent: paragraphs of one line each, or an indented block, whose lines are full.
    twins = abs(further_in) <= INDENT < layout.edges.indent(line) and layout.first_lines_are_indented
    return further_in > INDENT or (twins and layout.edges.had_room(before, line, SHORT_WORD))
