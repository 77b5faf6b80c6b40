"""Reads plans, reports and letters: headings, paragraphs, items and table rows become passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tipmine.digits import DIGITS
from tipmine.records import DocType, Document, Kind
from tipmine.segment.bodies import names_only
from tipmine.segment.characters import is_thai, letters, squeeze
from tipmine.segment.describe import LAW_TITLE
from tipmine.segment.drafts import SHORT_NOTE, Draft, ReadAs
from tipmine.segment.heading_path import Heading, HeadingPath, is_number_only
from tipmine.segment.headings import LONGEST as LONGEST_HEADING
from tipmine.segment.headings import HeadingReader
from tipmine.segment.items import Leads, Lists, item_of
from tipmine.segment.kinds import Judged, Place, is_aim, judge, kind_of
from tipmine.segment.measures import Row
from tipmine.segment.numbering import behind, marker_of
from tipmine.segment.other import FEWEST_LETTERS
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.parts import part_of
from tipmine.segment.row_kinds import (
    has_figures,
    is_measure,
    is_part_of_plan,
    is_proposed,
    is_told_in_words,
    tells_under_a_head,
    words_of,
)
from tipmine.segment.run_on import RunOn, run_on
from tipmine.segment.units import Unit, next_paragraph, units_of
from tipmine.segment.wordings import PROPOSAL, Wording

_FEWEST_COLUMNS = 3
"""Fewest columns of a table in which a row of one cell may be a heading over rows; with fewer, it is usually a text."""
_ROWS_AHEAD = 6
"""Units below a merged row within which the first row that it heads must come."""
_TELLS = "พบว่า"
"""After this word comes what a study found, whatever it says before about its methods."""
_LONGEST_NAME = 60
"""Most letters of a name with an office after a quotation; a longer text after a dash is an item."""
_UNKNOWN_TYPE: DocType = "report"
"""How documents of unknown type are treated: they report more often than they plan, and nobody speaks in them."""
_QUOTATION = re.compile(r"[\"\u201c][^\"\u201c\u201d]+[\"\u201d]")
_BEHIND_A_DASH_OR_IN_BRACKETS = re.compile(r"\s*(?:[-\u2013\u2014]\s*\w|\([^()]+\)\s*$)")
# Only a long dash: a short one below large letters is the bullet of a list under its heading.
_BEHIND_A_LONG_DASH = re.compile(r"\s*[\u2013\u2014]\s*\w")
_ENDS_WITH_PAGE = re.compile(rf"[\s.][{DIGITS}\u0e01-\u0e2e]{{1,3}}\s*$")
# Even without a number, since the table is right below.
_CAPTION = Wording("caption")
_OF_RESPONDENTS = Wording("of_respondents")
_AGREEMENT = re.compile(r"(?:ร่าง ?)?(?:บันทึก|ข้อ|ความ)(?:ข้อ)?(?:ตกลง|ความตกลง|ความเข้าใจ|ความร่วมมือ)")


class Prose:
    """Reads one document; `doc_type` and `title`, where known, say how."""

    def __init__(self, document: Document, doc_type: DocType, title: str) -> None:
        self._units = units_of(document, lambda _: False)
        self._type: ReadAs = doc_type or _read_as(title)
        self._agreed = bool(_AGREEMENT.match(title))
        self._reader = HeadingReader([unit for unit in self._units if isinstance(unit, Paragraph)], title)
        self._path = HeadingPath()
        self._leads = Leads()
        self._lists = Lists()
        self._band: tuple[str, ...] = ()
        self._caption = ""  # of the table being read
        self._pull_quote = -1  # index of the last passage that is set apart as a quotation
        self._drafts: list[Draft] = []

    def drafts(self) -> Iterable[Draft]:
        """The passages in reading order; the kind of each list item depends on all items of its list."""
        for at, unit in enumerate(self._units):
            if isinstance(unit, Row):
                self._read_row(unit)
            else:
                self._read_paragraph(unit, at)
        for index, kind in self._lists.kinds():
            self._drafts[index] = replace(self._drafts[index], kind=kind)
        return self._drafts

    def _read_paragraph(self, unit: Paragraph, at: int) -> None:
        self._caption = unit.text if _CAPTION.match(unit.text) else ""
        if unit.role == "footnote":
            self._read_note(unit)
        elif unit.role == "figure":
            self._add("other", unit)
        elif _is_band(self._units, at):
            self._read_band(unit, self._units[at - 1] if at else None)
        elif _is_pull_quote(self._units, at):
            self._read_pull_quote(unit)
        else:
            self._read_running_text(unit, at)

    def _add(self, kind: Kind, unit: Paragraph, section: tuple[str, ...] | None = None, number: str = "") -> None:
        """Add a passage below all others; it is under the open headings, unless `section` names others."""
        path = self._path.path if section is None else section
        self._drafts.append(Draft(kind, unit.text, unit.spans, path, number))

    def _read_running_text(self, unit: Paragraph, at: int) -> None:
        """A heading or a paragraph; either ends the headings within a table."""
        self._band = ()
        heading = None
        if not unit.in_contents and not _is_contents_entry(self._path.path, unit.text):
            after = next_paragraph(self._units, at)
            heading = self._reader.read(unit, after, at_start=at == 0, under=self._path.path)
        if heading and self._path.lets_in(heading):
            self._read_heading(unit, heading)
        else:
            self._read_text(unit)

    def _read_heading(self, unit: Paragraph, heading: Heading) -> None:
        above = self._path.enter(heading)
        self._leads.clear()
        self._lists.end()
        self._add("method" if is_aim(unit.text) and self._type != "plan" else "other", unit, above)

    def _read_band(self, unit: Paragraph, before: Unit | None) -> None:
        """A row that is a heading over those below it; an aim right below a strategy is nested under the strategy."""
        below_band = isinstance(before, Paragraph) and before.role == "table" and len(self._band) == 1
        strategy = self._band if below_band and self._judged(unit, self._band) == "plan" else ()
        self._band = (*strategy, squeeze(unit.text))
        self._add("plan" if strategy else "other", unit, (*self._path.path, *strategy))

    def _read_pull_quote(self, unit: Paragraph) -> None:
        """What somebody says in large letters beside the text, without quotation marks."""
        kind = self._judged(unit)
        self._pull_quote = len(self._drafts)
        self._add("finding" if kind == "other" else kind, unit)

    def _read_note(self, note: Paragraph) -> None:
        item = item_of(note)
        states_something = letters(note.text) >= SHORT_NOTE
        kind: Kind = kind_of(item.paragraph.text, (), self._type)[0] if states_something else "other"
        self._add(kind, item.paragraph, number=item.number)

    def _read_text(self, unit: Paragraph) -> None:
        """The introduction and the items of a paragraph's run-on list; the paragraph itself if it has no such list.

        Items after a proposal are recommendations; under a heading of proposals each has to propose something.
        Elsewhere each has to state something, and the aims and methods of a study stay together. Items that are counted
        or decided get the kind of the whole paragraph, since each alone may be too terse to judge.
        """
        run = run_on(unit)
        if run is None or not self._is_list(unit, run):
            self._read_passage(unit)
            return
        kind = self._kind_of_items(unit, run)
        if run.intro:
            self._read_passage(run.intro, kind=self._kind_of_intro(run, run.intro, kind))
        for item in run.items:
            self._read_passage(item, kind=kind)

    def _kind_of_intro(self, run: RunOn, intro: Paragraph, items: Kind | None) -> Kind | None:
        """The items' kind, if they are decisions or if only the introduction would be a recommendation; else None."""
        if run.opens == "decision" or (items != "recommendation" and self._judged(intro) == "recommendation"):
            return items
        return None

    def _kind_of_items(self, unit: Paragraph, run: RunOn) -> Kind | None:
        """The kind that its introduction gives to the items of a list; None if each is judged by its own words."""
        if run.opens == "proposal":
            return "recommendation"
        kind = self._judged(unit) if run.opens in ("counted", "decision") else "other"
        return None if kind == "other" else kind

    def _is_list(self, unit: Paragraph, run: RunOn) -> bool:
        """Whether the items of a run-on list are passages of their own."""
        if run.opens in ("proposal", "decision"):
            return self._type != "law"
        lead = (run.intro.text,) if run.intro else ()
        kinds = [self._judged(item, lead) for item in run.items]
        if set(kinds) == {"recommendation"} and PROPOSAL.search(" > ".join(self._path.path)):
            return True
        if (run.ordinal and run.opens != "counted") or (run.intro and 2 * kinds.count("other") > len(kinds)):
            return False
        reports_findings = run.intro is None or run.intro.text.endswith(_TELLS)
        return reports_findings or "method" not in (self._judged(unit), self._judged(run.intro or unit))

    def _judged(self, unit: Paragraph, lead: tuple[str, ...] = ()) -> Kind:
        """The kind of a paragraph by itself, under the open headings and a `lead`."""
        return judge(item_of(unit).paragraph.text, self._path.path + lead, self._type).kind

    def _read_passage(self, unit: Paragraph, *, kind: Kind | None = None) -> None:
        """A paragraph or an item of one; `kind` is given if the words before its list decide it."""
        self._path.leave_for(unit.marker)
        lead = self._leads.over(unit.marker)
        item = item_of(unit)
        # Each article of a law or an order is judged by itself.
        numbered = unit.marker is not None and not unit.marker.says_article
        if kind is not None:
            judged = Judged(kind, "by the words before the list", {})
        elif self._names_who_is_quoted(unit):
            judged = Judged("other", "who is quoted above", {})
        else:
            place = Place(numbered, self._kind_of_list(unit))
            judged = judge(item.paragraph.text, self._path.path + lead, self._type, place)
        self._leads.read(unit, judged.kind if judged.tells_to_act else None)
        if unit.marker is None:
            self._lists.end()
        elif numbered:
            self._lists.add(len(self._drafts), (unit.marker.family, self._path.path, *lead), judged)
        self._add(judged.kind, item.paragraph, number=item.number)

    def _kind_of_list(self, unit: Paragraph) -> Kind | None:
        """The kind that the text above gives to the items of a list, if it says that something is to be done.

        The clauses of an agreement are planned; what a letter lists under the name of a body, it asks of that body.
        """
        if unit.marker and self._agreed:
            return "plan"
        if self._leads.kind or not unit.marker or self._type != "letter" or not self._path.path:
            return self._leads.kind
        heading = self._path.path[-1]
        return "recommendation" if names_only(behind(heading, marker_of(heading))) else None

    def _names_who_is_quoted(self, unit: Paragraph) -> bool:
        """Whether a paragraph says in a few words, after a dash or in brackets, who said the quotation above it."""
        if not self._drafts:
            return False
        is_quotation = self._pull_quote == len(self._drafts) - 1 or _QUOTATION.fullmatch(self._drafts[-1].text)
        short = letters(unit.text) <= _LONGEST_NAME
        return bool(is_quotation and short and _BEHIND_A_DASH_OR_IN_BRACKETS.match(unit.text))

    def _read_row(self, row: Row) -> None:
        self._path.pass_row()
        kind = self._kind_of_row(row)
        self._add(kind, row.paragraph, (*self._path.path, *self._band, *row.group), row.number)

    def _kind_of_row(self, row: Row) -> Kind:
        if row.is_header:
            return "other"
        if row.responds:
            return "finding" if letters(row.paragraph.text) >= FEWEST_LETTERS else "other"
        if self._tells_of_respondents(row):
            return "method"
        if is_part_of_plan(row):
            return "plan"
        return self._kind_of_words(row) if is_told_in_words(row) else self._kind_of_figures(row)

    def _kind_of_words(self, row: Row) -> Kind:
        # A column of findings beside one of proposals is under the heading of the proposals, too.
        holds_findings = part_of(row.label) in ("problems", "reasoning")
        above = () if holds_findings else (*self._path.path, *self._band)
        judged = judge(words_of(row), (*above, row.label), self._type)
        if judged.kind == "other":
            judged = self._judged_by_cells(row, judged)
        if row.label:
            self._lists.add(len(self._drafts), ("row", self._path.path, row.label), judged)
        return judged.kind

    def _judged_by_cells(self, row: Row, judged: Judged) -> Judged:
        """A row whose words alone state nothing, `judged` anew by what its cells hold."""
        if self._type == "plan" and is_measure(row):
            return Judged("plan", "a numbered measure in a table of a plan", {})
        if judged.sums and self._type != "law" and is_proposed(row):
            return Judged("recommendation", "a row under a column of proposals", judged.sums)
        if row.describes:
            return Judged("finding", "figures with what they are of, in words", {})
        if self._type != "plan" and judged.sums and tells_under_a_head(row):
            return Judged("finding", "a statement in a table", {})
        return judged

    def _kind_of_figures(self, row: Row) -> Kind:
        return "finding" if self._type != "plan" and has_figures(row) else "other"

    def _tells_of_respondents(self, row: Row) -> bool:
        """Whether a row says who was asked, in words or figures, by the heading or caption right above it."""
        above = (*self._path.path[-1:], *self._band, self._caption)
        asked = bool(_OF_RESPONDENTS.search(" > ".join(above)))
        return asked and self._type != "plan" and any(map(is_thai, row.paragraph.text))


def _read_as(title: str) -> ReadAs:
    """How a document of unknown type is treated: an agreement is a plan, as it says what its parties will do."""
    if LAW_TITLE.match(title):
        return "law"
    return "plan" if _AGREEMENT.match(title) else _UNKNOWN_TYPE


def _is_contents_entry(path: tuple[str, ...], text: str) -> bool:
    """Whether a line is an entry of a table of contents: it is under สารบัญ and ends with a page number.

    The number of the first chapter on a line of its own looks the same.
    """
    under = bool(path) and path[-1].startswith("สารบัญ")
    return under and bool(_ENDS_WITH_PAGE.search(text)) and not is_number_only(text)


def _is_pull_quote(units: Sequence[Unit], at: int) -> bool:
    """Whether a paragraph set like a heading is a quotation: a long dash and the speaker's name follow it.

    Items after long dashes differ: there are several of them, and not all are mere names.
    """
    unit = units[at]
    if not isinstance(unit, Paragraph) or unit.role != "heading" or unit.marker is not None:
        return False
    below = [_set_off(other) for other in units[at + 1 : at + 3]]
    return any(below[:1]) and not any(below[1:]) and letters(below[0]) <= _LONGEST_NAME


def _set_off(unit: Unit) -> str:
    """The text of a paragraph that begins with a long dash; empty for any other unit."""
    return unit.text if isinstance(unit, Paragraph) and _BEHIND_A_LONG_DASH.match(unit.text) else ""


def _is_band(units: Sequence[Unit], at: int) -> bool:
    """Whether a paragraph is a table row whose cells are merged into a heading over the rows below it.

    The rest of a row cut by a page end may look the same; a number shows that it is a heading.
    """
    unit = units[at]
    if isinstance(unit, Row) or unit.role != "table" or len(unit.first.cells) < _FEWEST_COLUMNS:
        return False
    if not unit.first.cells[0].strip() or letters(unit.text) > LONGEST_HEADING:
        return False
    before = units[at - 1] if at else None
    may_be_rest = isinstance(before, Row) and before.paragraph.lines[-1].page != unit.first.page
    ahead = units[at + 1 : at + _ROWS_AHEAD]
    below_bands = next((other for other in ahead if isinstance(other, Row) or other.role != "table"), None)
    return isinstance(below_bands, Row) and (unit.marker is not None or not may_be_rest)
