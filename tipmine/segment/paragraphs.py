"""Joins printed lines into paragraphs.

Two questions are answered for every pair of neighbouring lines. Does a new paragraph begin (`paragraph_starts`)? If the
paragraph goes on, is there a space between the two lines? Thai has no spaces between words, and a space at the end of a
line is not printed. So one is inserted only where Thai typography always has one (beside Latin letters, digits,
brackets, abbreviations) or where the raw line still ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tipmine.records import Line, LineRole, LineSpan
from tipmine.segment.bare_numbers import bare_marker
from tipmine.segment.characters import is_thai
from tipmine.segment.layout import Layout
from tipmine.segment.numbering import Marker, marker_of
from tipmine.segment.paragraph_starts import starts_new
from tipmine.segment.wordings import Wording

_NO_SPACE_BEFORE = frozenset(
    ")]}\u201d\u2019\u00bb,;:!?%/-\u2013" + "\N{THAI CHARACTER MAIYAMOK}\N{THAI CHARACTER PAIYANNOI}"
)
_NO_SPACE_AFTER = frozenset("([{\u201c\u2018\u00ab/-\u2013")
_DASHES = frozenset("-\u2013\u2014/")
# The next word belongs to this one: a blank after it was typed to end the line.
_NO_SPACE_AFTER_WORD = Wording("no_space_after", pattern="<words>$")
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
    flush_right: bool = False
    """Whether its lines are set right in a column of justified text."""
    in_contents: bool = False
    """Whether it is in a table of contents, below the heading."""

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
        return " " if _space_is_printed(before) and not _NO_SPACE_AFTER_WORD.search(left) else ""
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
    marker = bare_marker(paragraph.text) if bare else marker_of(paragraph.text)
    return replace(
        paragraph,
        marker=marker,
        flush_right=all(map(layout.edges.is_flush_right, lines)),
        in_contents=layout.contents.hold(lines[0]),
    )
