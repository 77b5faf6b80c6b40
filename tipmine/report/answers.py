"""People's answers in the workbook: confirmed or rejected links, and corrected pillars.

An answer is a cell whose meaning differs from what its row showed when the workbook was written. It stays as typed
until `import_answers` records it as a decision; from then on the cell shows the decision in force. A row that is marked
`ต้องทบทวน`, or whose texts differ from the run's, gives no answer, since it was about another text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipmine.errors import DamagedFileError, MissingFileError, RecordError
from tipmine.records import PILLARS, Passage
from tipmine.report import present
from tipmine.report.carry import MUST_REVIEW, REVIEW, Carried, single_spaced
from tipmine.report.cells import cell_text, from_safe_cell, safe_cell
from tipmine.report.earlier import OldBook, UnreadableBookError, read_book, sheet_names
from tipmine.report.files import WORKBOOK
from tipmine.report.labels import label, short_label, yes_or_no
from tipmine.report.material import Material, gather
from tipmine.report.mistakes import Mistakes
from tipmine.report.sheets import CONFIRM, DAGGER, EVIDENCE, LINK_ANSWER, NO_PILLAR, PILLAR_ANSWER, REGISTER, REJECT
from tipmine.report.workbook import Entry
from tipmine.store import decisions
from tipmine.store.fields import Field, link_field, pillar_field
from tipmine.store.run import Run

_BETWEEN = re.compile(r"[;,/\n]")


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as a decision.

    `shown` is the value of the earlier decision that the row showed: `yes`, `no`, or empty.
    """

    subject: str
    field: Field
    value: str
    shown: str


@dataclass(slots=True)
class ImportedAnswers:
    """The result of an import: how many links and passages were decided, and how many rows and cells were left out."""

    links: int = 0
    passages: int = 0
    to_review: int = 0
    """Rows marked `ต้องทบทวน`, or whose texts differ from those of the run."""
    missing: int = 0
    """Rows about a recommendation or a piece of evidence that the run no longer holds."""
    other_cells: int = 0
    """Filled cells of people's other columns: they are not decisions, and only the run's own workbook keeps them."""


def is_trace_workbook(path: Path) -> bool:
    """Whether a file is a workbook of recommendations rather than a review sheet or something else."""
    try:
        return bool({REGISTER, EVIDENCE} & set(sheet_names(path)))
    except UnreadableBookError:
        return False


def import_answers(run: Run, path: Path, reviewer: str) -> ImportedAnswers:
    """Record the answers in a workbook as decisions of `reviewer`: all of them, or none if any cell is invalid.

    An answer that the same reviewer gave before is not recorded again, unless its row shows another reviewer's contrary
    decision. Raises MissingFileError, DamagedFileError, and RecordError naming sheet and row of each invalid cell.
    """
    book = _open(path)
    material = gather(run)
    summary = ImportedAnswers()
    mistakes = Mistakes(path)
    answers = [
        *_link_answers(run, material, book, summary, mistakes),
        *_pillar_answers(material, book, summary, mistakes),
    ]
    mistakes.raise_if_any()
    new = _new_answers(run, answers, reviewer)
    with run.transaction():
        for answer in new:
            decisions.decide(run.connection, answer.subject, answer.field, answer.value, reviewer)
    summary.links = sum(answer.field.type == "link" for answer in new)
    summary.passages = len({answer.subject for answer in new if answer.field.type == "pillar"})
    own = run.folder / WORKBOOK
    if not (own.is_file() and own.samefile(path)):
        summary.other_cells = _other_cells(book)
    return summary


def _other_cells(book: OldBook) -> int:
    """The number of filled cells in columns with a dagger that do not hold answers."""
    rows = (row for sheet in book.sheets.values() for row in sheet)
    others = (entry for row in rows for head, entry in row.items() if head.startswith(DAGGER) and head not in _ANSWERS)
    return sum(entry.filled for entry in others)


_ANSWERS = (LINK_ANSWER, PILLAR_ANSWER)


def _open(path: Path) -> OldBook:
    expected = "a workbook from tipmine report"
    if not path.is_file():
        raise MissingFileError(str(path), "no such file", expected)
    try:
        book = read_book(path, (REGISTER, EVIDENCE))
    except UnreadableBookError as error:
        raise DamagedFileError(str(path), "not an XLSX file", expected) from error
    needed = {
        EVIDENCE: (LINK_ANSWER, *map(present.head, ("rec_id", "evidence_id", "rec_text", "text", "status"))),
        REGISTER: (PILLAR_ANSWER, *map(present.head, ("rec_id", "text", "pillar", "other_pillars", "pillar_status"))),
    }
    for sheet, rows in book.sheets.items():
        missing = [name for name in needed[sheet] if rows and name not in rows[0]]
        if missing:
            raise RecordError(f"{path}, {sheet}", f"lacks the columns {', '.join(missing)}", expected, "write it again")
    return book


def _link_answers(
    run: Run, material: Material, book: OldBook, summary: ImportedAnswers, mistakes: Mistakes
) -> Iterator[_Answer]:
    """The answers about links; rows without a usable one are counted in `summary` or noted in `mistakes`."""
    recs = _by_readable_id(material)
    rows = list(_answered(book, EVIDENCE, LINK_ANSWER, summary))
    evidence = run.passages_by_id(row["evidence_id"] for _, row in rows)
    for where, row in rows:
        value = yes_or_no(row["answer"])
        if value is None:
            mistakes.add(where, f"{LINK_ANSWER} is {row['answer']!r}", f"{CONFIRM}, {REJECT}, or nothing")
            continue
        rec, held = recs.get(row["rec_id"]), evidence.get(row["evidence_id"])
        shown = _shown_link(row["status"])
        if value == shown:
            continue
        if rec is None or held is None:
            summary.missing += 1
        elif not (_same(row["rec_text"], rec) and _same(row["text"], held)):
            summary.to_review += 1
        else:
            yield _Answer(rec.id, link_field(held.id), value, shown)


def _pillar_answers(
    material: Material, book: OldBook, summary: ImportedAnswers, mistakes: Mistakes
) -> Iterator[_Answer]:
    """The answers about pillars, one for each pillar of a row; see `_link_answers`."""
    recs = _by_readable_id(material)
    for where, row in _answered(book, REGISTER, PILLAR_ANSWER, summary):
        chosen = _pillars(row["answer"])
        if chosen is None:
            named = "; ".join(short_label("pillar", code) for code in PILLARS)
            mistakes.add(where, f"{PILLAR_ANSWER} is {row['answer']!r}", f"names among {named}, or {NO_PILLAR}")
            continue
        rec = recs.get(row["rec_id"])
        shown = _shown_pillars(row["pillar_status"], row["pillar"], row["other_pillars"])
        if chosen == shown:
            continue
        if rec is None:
            summary.missing += 1
        elif not _same(row["text"], rec):
            summary.to_review += 1
        else:
            for code in PILLARS:
                before = "" if shown is None else _decision_value(code, shown)
                yield _Answer(rec.id, pillar_field(code), _decision_value(code, chosen), before)


def _decision_value(code: str, pillars: frozenset[str]) -> str:
    """The value of a decision about one pillar, if exactly these pillars are right."""
    return "yes" if code in pillars else "no"


def _answered(book: OldBook, sheet: str, head: str, summary: ImportedAnswers) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows with an answer, each as its place in the file and its cells by column code, including `answer`."""
    codes = {present.head(code): code for code in _COLUMNS} | {head: "answer"}
    for number, cells in enumerate(book.sheets.get(sheet, ()), start=book.first_row.get(sheet, 0)):
        row = dict.fromkeys((*_COLUMNS, "answer"), "")
        row |= {codes[name]: cell_text(entry.value) for name, entry in cells.items() if name in codes}
        if not row["answer"]:
            continue
        if cell_text(cells.get(REVIEW, Entry(None)).value) == MUST_REVIEW:
            summary.to_review += 1
            continue
        yield f"{sheet}, row {number}", row


_COLUMNS = ("rec_id", "evidence_id", "rec_text", "text", "status", "pillar", "other_pillars", "pillar_status")


def _by_readable_id(material: Material) -> dict[str, Passage]:
    return {material.rec_ids[passage.id]: passage for passage in material.recommendations}


def _same(cell: str, passage: Passage) -> bool:
    """Whether a cell has the text of a passage, apart from white space and characters that cells cannot hold."""
    return single_spaced(cell) == single_spaced(from_safe_cell(safe_cell(passage.text)))


def _new_answers(run: Run, answers: Sequence[_Answer], reviewer: str) -> list[_Answer]:
    """The answers that say something new.

    An answer that contradicts the decision shown in its row is compared with what is in force now, any other with what
    the reviewer answered last: importing a file a second time must not overrule what others decided in the meantime.
    """
    own = decisions.latest_values(run.connection, reviewer)
    active = decisions.active(run.connection)
    in_force = {(subject, field): d.value for subject, fields in active.items() for field, d in fields.items()}

    def is_new(answer: _Answer) -> bool:
        contrary = answer.shown not in ("", answer.value)
        known = in_force if contrary else own
        return known.get((answer.subject, answer.field)) != answer.value

    return [answer for answer in answers if is_new(answer)]


def _shown_link(status: str) -> str:
    """The meaning of a link's status cell: yes, no, or empty if undecided."""
    return {label("status", "confirmed"): "yes", label("status", "rejected"): "no"}.get(status, "")


def _shown_pillars(status: str, *named: str) -> frozenset[str] | None:
    """The pillars that a person decided on earlier, from the cells of the row; None if nobody did."""
    if status != label("pillar_status", "decided"):
        return None
    return _pillars(";".join(filter(None, named)) or NO_PILLAR)


def _pillars(text: str) -> frozenset[str] | None:
    """The codes of pillars named in a cell, in words or as codes; None if a name is unknown.

    >>> sorted(_pillars("คุ้มครอง; ด้านการป้องกัน") or ())
    ['prevention', 'protection']
    """
    if text.strip() in (NO_PILLAR, "-"):
        return frozenset()
    known: dict[str, str] = {}
    for code in PILLARS:
        known |= dict.fromkeys((code, short_label("pillar", code), label("pillar", code)), code)
    names = [part.strip().lower() for part in _BETWEEN.split(text) if part.strip()]
    return frozenset(known[name] for name in names) if names and all(name in known for name in names) else None


@dataclass(frozen=True, slots=True)
class _AnswerColumn:
    """A column in which people answer, and how its answers are compared with what the rest of the row says."""

    head: str
    meaning: Callable[[str], str | frozenset[str] | None]
    """What an answer means, however it is worded; None for words that are not an answer."""
    columns: tuple[str, ...]
    """Codes of the columns of a row that show what was decided before."""
    shown: Callable[..., str | frozenset[str] | None]
    """What the cells of `columns` in the earlier workbook mean, in the terms of `meaning`."""
    in_force: Callable[[Mapping[str, Any]], str]
    """The decision in force about a row of the table, as an answer; empty if there is none."""

    def is_open(self, answer: str, row: Mapping[str, Entry]) -> bool:
        """Whether an answer differs from what its own row in the earlier workbook showed."""
        meant = self.meaning(answer)
        cells = (cell_text(row.get(present.head(column), Entry(None)).value) for column in self.columns)
        return meant is None or meant != self.shown(*cells)


def _link_in_force(row: Mapping[str, Any]) -> str:
    return {"confirmed": CONFIRM, "rejected": REJECT}.get(row["status"], "")


def _pillars_in_force(row: Mapping[str, Any]) -> str:
    if row["pillar_status"] != "decided":
        return ""
    codes = [code for code in (row["pillar"], *row["other_pillars"]) if code]
    return "; ".join(short_label("pillar", code) for code in codes) or NO_PILLAR


_ANSWER_COLUMNS = {
    EVIDENCE: _AnswerColumn(LINK_ANSWER, yes_or_no, ("status",), _shown_link, _link_in_force),
    REGISTER: _AnswerColumn(
        PILLAR_ANSWER, _pillars, ("pillar_status", "pillar", "other_pillars"), _shown_pillars, _pillars_in_force
    ),
}
"""Sheet -> its column of answers."""


def fill_answer_cells(sheet: str, rows: Sequence[Mapping[str, Any]], carried: Carried) -> None:
    """Put the decisions in force into the answer cells of a sheet; answers that are not yet imported stay.

    `rows` are the rows of the sheet's table; `carried` holds what people typed for them and is changed in place.
    """
    column = _ANSWER_COLUMNS.get(sheet)
    if column is None:
        return
    for row, typed, before, changed in zip(rows, carried.typed, carried.earlier, carried.old_text, strict=True):
        answer = typed.get(column.head, Entry(None))
        answered = cell_text(answer.value)
        shown = column.in_force(row)
        is_decided = bool(shown) and column.meaning(answered) == column.meaning(shown)
        if answered and not is_decided and (changed or column.is_open(answered, before)):
            carried.open_answers += 1
            continue
        if shown or answer.note:
            typed[column.head] = Entry(shown, note=answer.note)
        else:
            typed.pop(column.head, None)
