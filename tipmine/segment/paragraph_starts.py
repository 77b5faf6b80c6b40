"""Whether a line begins a new paragraph.

The signs are numbers, indents, gaps, a change of size or weight, and a line that ended although the next word would
have fitted on it; the words with which a line begins may show that the paragraph goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.records import Line
from tipmine.segment.characters import letters
from tipmine.segment.edges import LONGEST_WORD
from tipmine.segment.layout import Layout
from tipmine.segment.numbering import boxed_item, follows, marker_of, predecessor, takes_a_number
from tipmine.segment.placing import INDENT, have_one_middle, same_column, step
from tipmine.segment.sentences import (
    FIXED_HEADING,
    closes_letter,
    defines,
    goes_on,
    is_caption_below,
    is_subject,
    is_topic_of,
    opens_below,
)
from tipmine.segment.wordings import Wording

LARGEST_INDENT = 6.0
"""Largest indent of first lines, in ems; lines that begin further right are centred. Higher: the lines of a centred
title become paragraphs; lower: wide indents are missed."""
SAME_INDENT = 0.15
"""Most ems by which the indents of first lines differ. Higher: centred lines of nearly one length become paragraphs;
lower: first lines are missed where letters do not begin at the edge of their box."""
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
_LONGEST_IN_BRACKETS = 3
"""Most lines of a remark in brackets, such as one under a title, that is read on to its closing bracket."""
SIZE_SLACK = 1.1
"""Points by which sizes may differ within a paragraph."""

# Signs that belong to the letter before them: no paragraph begins with one.
_NEVER_FIRST = ("\N{THAI CHARACTER MAIYAMOK}", "\N{THAI CHARACTER PAIYANNOI}", "\N{THAI CHARACTER SARA A}")
_OPENS_QUOTATION, _CLOSES_QUOTATION = "\u201c", "\u201d"
_QUOTED = re.compile("\u201d\\s*(?:\\([^()]{1,60}\\))?\\s*$")
_SAME_SIZE = 0.3
"""Points by which the sizes of one type may seem to differ."""
_DIGITS_OF_A_YEAR = 4
_HANGS = Wording("letter_head")
_COUNTS = Wording("counts", pattern="<words>$")


def starts_new(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether `line` begins a new paragraph after the lines of `current`."""
    before = current[-1]
    if line.style != before.style or (line.box is None) != (before.box is None):
        return True
    if layout.contents.end_entry(before) or (layout.contents.hold(line) and layout.markers.of(line)):
        return True
    if closes_letter(line.text) or defines(before.text, line.text) or boxed_item(line.text.lstrip()):
        return True
    if line.box is None:
        return _starts_new_in_text(current, line, layout)
    if line.text.lstrip().startswith(_NEVER_FIRST) or _is_year_of(before, line, layout):
        return False
    if _is_number_of(before, line, layout):
        return False
    if _is_quoted_on(current, line, layout) or _is_bracketed_on(current, line, layout):
        return False
    if (
        _ends_quotation(current, line)
        or _resized(before, line)
        or _opens_list(current, line, layout)
        or _opens_part(before, line)
    ):
        return True
    if is_caption_below(before.text, line.text):
        return True
    if _is_indented_below_heading(before, line, layout) and layout.edges.had_room(before, line, SHORT_WORD):
        return True
    # Bold words at the head of a paragraph may fill its first line: after a full line, weight alone ends nothing.
    if before.bold != line.bold and layout.edges.had_room(before, line, LONGEST_WORD):
        return True
    by_place = _starts_new_below(before, line, layout) if same_column(before, line) else None
    if by_place is not None:
        return by_place
    if _indented(current, line, layout) or _is_headed(current, line):
        return True
    if _hangs_below_item(before, line, layout) and layout.edges.is_nearly_full(before):
        return False
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
    return layout.breaks.ends_above(line, before) and not _is_rest(current, line, layout)


def _starts_new_below(before: Line, line: Line, layout: Layout) -> bool | None:
    """`starts_new` for a line right below another in one column, by gaps and centring; None if these do not decide."""
    if _heading_meets_text(before, line) and layout.gaps.between(before, line) > SLIGHT_GAP:
        return True
    if layout.gaps.separate(before, line) and not _goes_on_over_gap(before, line, layout):
        return True
    if layout.edges.centred_pair(before, line) and not _hangs_below_item(before, line, layout):
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
    text = line.text.strip()
    is_year = len(text) == _DIGITS_OF_A_YEAR and text.isdigit() and layout.markers.of(line) is None
    return is_year and takes_a_number(before.text.rstrip())


def _is_number_of(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line begins with the number that the line above calls for: `จำนวน` / `3 จังหวัด`.

    The number is short enough to have had room there, but may be kept together with the word behind it.
    """
    counts = _COUNTS.search(before.text.rstrip()) and line.text.lstrip()[:1].isdigit()
    close_below = same_column(before, line) and not layout.gaps.separate(before, line)
    alike = before.role == line.role and before.bold == line.bold and abs(before.size - line.size) <= SIZE_SLACK
    return bool(counts) and close_below and alike and layout.markers.of(line) is None


def _is_quoted_on(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line continues a quotation set as a block whose opening mark has not yet been closed."""
    if len(current) > _LONGEST_QUOTATION or not current[0].text.lstrip().startswith(_OPENS_QUOTATION):
        return False
    if layout.markers.of(line) is not None:
        return False
    before = current[-1]
    text = _text_of(current)
    is_open = text.count(_OPENS_QUOTATION) > text.count(_CLOSES_QUOTATION)
    close_below = same_column(before, line) and not layout.gaps.separate(before, line)
    return is_open and close_below and abs(before.size - line.size) <= SIZE_SLACK


def _is_bracketed_on(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line, close below, goes on in brackets that are open: it closes them (`(ผู้ใหญ่บ้าน` / `หมู่ที่ 6)`), or
    the lines above are a short remark in brackets."""
    before, text = current[-1], _text_of(current)
    opened, closed = line.text.find("("), line.text.find(")")
    is_open = text.rfind("(") > text.rfind(")")
    closes = is_open and closed >= 0 and (opened < 0 or closed < opened) and before.role == line.role
    remark = is_open and text.lstrip().startswith("(") and marker_of(text) is None
    if not (closes or (remark and len(current) <= _LONGEST_IN_BRACKETS)) or layout.markers.of(line) is not None:
        return False
    close_below = same_column(before, line) and not layout.gaps.separate(before, line)
    return close_below and abs(before.size - line.size) <= SIZE_SLACK


def _ends_quotation(current: Sequence[Line], line: Line) -> bool:
    """Whether a quotation set as a block has ended, perhaps with its speaker, and `line` is of another size."""
    before, text = current[-1], _text_of(current)
    if not text.lstrip().startswith(_OPENS_QUOTATION) or text.count(_OPENS_QUOTATION) != text.count(_CLOSES_QUOTATION):
        return False
    resized = before.size > 0 and line.size > 0 and abs(before.size - line.size) > _SAME_SIZE
    return resized and bool(_QUOTED.search(before.text))


def _heading_meets_text(before: Line, line: Line) -> bool:
    """Whether one of two lines is a heading, and one of them bold."""
    return before.bold != line.bold and before.role != line.role


def _is_indented_below_heading(before: Line, line: Line, layout: Layout) -> bool:
    """Whether text begins below a heading with an indent; the rest of an item with bold words is further left.

    A numbered heading may itself be set in further than the text.
    """
    if before.role != "heading" or line.role == "heading":
        return False
    numbered = layout.markers.of(before) is not None and layout.first_lines_are_indented
    return step(before, line) > INDENT or (numbered and layout.edges.indent(line) > INDENT)


def _is_display(line: Line) -> bool:
    return line.bold or line.role == "heading"


def _opens_part(before: Line, line: Line) -> bool:
    """Whether a numbered or usual heading follows text, or a heading begins a page, column or box.

    It does so even after a full line.
    """
    if line.role != "heading" or before.role == "heading":
        return False
    usual = bool(FIXED_HEADING.fullmatch(line.text.strip()))
    return not same_column(before, line) or usual or marker_of(line.text) is not None


def _goes_on_over_gap(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a paragraph continues over a wide gap: after a full line, without an indent, where indents are used.

    In a box, full lines with gaps between them are more likely entries with a figure at the right.
    """
    widest = WIDE_GAP_BELOW_ITEM if _hangs_out(before, line, layout) else WIDEST_GAP
    return (
        layout.first_lines_are_indented
        and not layout.edges.in_box(line)
        and layout.gaps.between(before, line) < widest
        and not layout.gaps.are_slight
        and before.bold == line.bold
        and layout.edges.indent(line) < INDENT
        and not layout.edges.had_room(before, line, SHORT_WORD)
    )


def _hangs_out(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line begins further left than the number or bullet of an item above it."""
    return layout.markers.of(before) is not None and step(before, line) < -INDENT


def _hangs_below_item(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line is set in below an item's first line; by chance, both may be centred around one middle."""
    if layout.markers.of(before) is None or layout.markers.of(line) is not None or _is_display(before):
        return False
    return same_column(before, line) and step(before, line) > INDENT and not layout.gaps.separate(before, line)


def _resized(before: Line, line: Line) -> bool:
    return before.size > 0 and line.size > 0 and abs(before.size - line.size) > SIZE_SLACK


def _opens_list(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether the line begins with an item's number or bullet, and not with a number of the running text."""
    marker = layout.markers.of(line)
    if marker is None:
        return False
    item_above = layout.markers.of(current[0])
    if (item_above is not None and follows(marker, item_above)) or layout.markers.is_bare(line):
        return True
    if marker.says_item or marker.says_article or marker.word in ("หมวด", "ภาค") or marker.text[-1].isdigit():
        return _is_set_as_item(current[-1], line, layout)
    if marker.path and marker.path[-1] > 1:
        # The next number of an enumeration inside the text: its predecessor is in the text, too, but not at its head.
        return _text_of(current).find(predecessor(marker), 1) < 1
    return True


def _is_set_as_item(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line that begins with มาตรา 6, ข้อ 3 or 12.5 is an item by its place.

    Such numbers also occur in sentences; there the line begins where all unindented lines do.
    """
    if line.box is None or not layout.first_lines_are_indented:
        return letters(before.text) < SHORT_LINE or layout.edges.had_room(before, line, LONGEST_WORD)
    return layout.edges.indent(line) > INDENT or layout.edges.had_room(before, line, SHORT_WORD)


def _text_of(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines)


def _indented(current: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether the left edge shows a new paragraph: an indented first line, or the end of a hanging indent."""
    before = current[-1]
    indent = layout.edges.indent(line)
    if not same_column(before, line):
        if len(current) == 1:
            return layout.markers.of(before) is None and _are_first_lines(before, line, layout)
        return indent > INDENT >= layout.edges.indent(before)
    if layout.edges.is_set_right(before) and not layout.edges.is_set_right(line):
        return True
    to_the_right = step(before, line)
    level = abs(to_the_right) <= INDENT < indent
    if len(current) > 1:
        ends_hanging = to_the_right < -INDENT and layout.edges.indent(current[0]) <= indent + INDENT
        return to_the_right > INDENT or ends_hanging
    if layout.markers.of(before) is not None:
        # The lines of an item begin under its number or its text, or at the edge; a new paragraph below the item begins
        # in between.
        if level and layout.items_go_on_at_the_edge:
            return True
        in_between = to_the_right < -INDENT < INDENT < indent
        return in_between and layout.gaps.between(before, line) > SLIGHT_GAP
    if (_HANGS.match(before.text) or _may_hang(before, line, layout)) and layout.is_set_in(before, line):
        return False
    # Two lines at the same indent: paragraphs of one line each, or an indented block, whose lines are full.
    twins = level and layout.first_lines_are_indented
    ended = _are_first_lines(before, line, layout) or layout.edges.had_room(before, line, SHORT_WORD)
    return to_the_right > INDENT or (twins and ended)


def _may_hang(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line may be set in below a first line that begins where first lines of this document do not.

    So are works cited, and what is behind a label (`ที่มา : ...`). A line centred under another one begins further right,
    too.
    """
    at_edge = layout.edges.indent(before) < INDENT and not before.bold and before.role != "heading"
    apart = layout.gaps.between(before, line) > SLIGHT_GAP
    set_in = layout.edges.indent(line) <= LARGEST_INDENT and any(map(str.isalpha, line.text))
    return layout.first_lines_are_indented and at_edge and set_in and not apart and not have_one_middle(before, line)


def _are_first_lines(before: Line, line: Line, layout: Layout) -> bool:
    """Whether two lines, the upper one alone in its paragraph, have the indent that only first lines have here."""
    if not layout.only_first_lines_are_indented or layout.edges.in_box(line) or before.role != line.role:
        return False
    if layout.edges.is_centred(before) and layout.edges.is_centred(line):
        return False
    indents = layout.edges.indent(before), layout.edges.indent(line)
    return all(INDENT < indent <= LARGEST_INDENT for indent in indents) and abs(indents[0] - indents[1]) <= SAME_INDENT
