"""Makes the document from draft lines: repairs the printed lines, joins cells, and records every change.

`raw` is the text of a line as other PDF readers print it, `text` the text as it is on the page. The changes between
them come from glyphs (recorded here by comparing the two readings) or from words (recorded by repair/). Replaying all
changes on `raw` gives `text`.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

from tipmine.extract.bullets import BULLET, RULE_BULLET
from tipmine.extract.drafts import DraftLine, DraftPage, Piece
from tipmine.extract.quality import line_quality, page_quality
from tipmine.extract.repair import Repaired, repair_lines
from tipmine.records import Box, Document, Edit, Line, Page
from tipmine.thai import MARK_SET

RULE_MARK_ORDER = "mark-order"
"""Rule id: a mark was assigned to its base by its place on the page."""

RULE_SPACING = "glyph-spacing"
"""Rule id: a space was added or removed because of the distance between the letters beside it."""

RULE_OVERPRINT = "glyph-overprint"
"""Rule id: a letter printed twice in one place was read once."""

LONGEST_COMPARED = 2_000
"""Longest piece, in characters, whose readings are compared; longer ones are recorded as one change, since comparing
takes time quadratic in the length."""


def compose(doc: str, pages: Sequence[DraftPage]) -> Document:
    """The document of these pages. Lines are numbered from 1 on each page, in reading order."""
    pieces = [piece for page in pages for line in page.lines for cell in line.cells for piece in cell]
    fonts = [piece.font for piece in pieces]
    drawn = set(fonts) - {piece.font for piece in pieces if not piece.drawn}
    repaired = iter(repair_lines([piece.text for piece in pieces], fonts, drawn))
    lines: list[Line] = []
    out_pages: list[Page] = []
    damage: Counter[str] = Counter()
    for page in pages:
        made = [_line(doc, draft, number, repaired) for number, draft in enumerate(page.lines, 1)]
        for line in made:
            damage.update(edit.rule for edit in line.edits)
        quality = page_quality(page, [(line.text, line.quality) for line in made])
        out_pages.append(Page(page.number, page.width, page.height, quality))
        lines += made
    return Document(doc, tuple(out_pages), tuple(lines), dict(damage))


def _line(doc: str, draft: DraftLine, number: int, repaired: Iterator[Repaired]) -> Line:
    raw: list[str] = []
    text = ""
    edits: list[Edit] = []
    cells: list[str] = []
    doubtful = False
    for place, cell in enumerate(draft.cells):
        if place:
            raw.append("\t")
            text += "\t"
        start = len(text)
        for piece in cell:
            result = next(repaired)
            for edit in (*difference(piece), *result.edits):
                edits.append(Edit(edit.rule, edit.at + len(text), edit.before, edit.after))
            raw.append(piece.plain + piece.joint)
            text += result.text + piece.joint
            doubtful = doubtful or result.doubtful
        cells.append(text[start:])
    quality = line_quality(text, bool(edits), doubtful, draft.reason, draft.score)
    as_read = "".join(raw)
    return Line(
        doc=doc,
        page=draft.page,
        number=number,
        text=text,
        raw=text if as_read == text else as_read,
        box=Box(*draft.box) if draft.box else None,
        edits=tuple(edits),
        quality=quality,
        role=draft.role,
        block=draft.block,
        size=draft.size,
        bold=draft.bold,
        style=draft.style,
        cells=tuple(cells) if draft.role == "table" else (),
    )


def difference(piece: Piece) -> list[Edit]:
    """The edits that turn the plain reading of a piece into the reading by glyphs."""
    before, after = piece.plain, piece.text
    if before == after:
        return []
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return [Edit(_rule(old, new, piece.rules), head, old, new)]
    edits: list[Edit] = []
    shift = head
    for _, i1, i2, j1, j2 in _changes(old, new):
        edits.append(Edit(_rule(old[i1:i2], new[j1:j2], piece.rules), i1 + shift, old[i1:i2], new[j1:j2]))
        shift += (j2 - j1) - (i2 - i1)
    return edits


def _changes(old: str, new: str) -> list[tuple[str, int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [code for code in matcher.get_opcodes() if code[0] != "equal"]


def _rule(before: str, after: str, rules: Sequence[str]) -> str:
    """The glyph-level rule of a change: found from what changed, else from the rules of the piece's glyphs."""
    both = before + after
    if RULE_BULLET in rules and after.strip() == BULLET:
        return RULE_BULLET
    if not both.strip():
        return RULE_SPACING
    if rules:
        return rules[0]
    if all(letter in MARK_SET or letter == " " for letter in both):
        return RULE_MARK_ORDER
    return RULE_OVERPRINT if not after.strip() else RULE_MARK_ORDER
