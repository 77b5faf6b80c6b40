"""The review sheet: an XLSX file that a reviewer fills in and that is then imported.

Its heads, kinds and answers are in Thai; an import also takes their codes, as earlier sheets have them. Each row is a
passage. A pillar's cell shows the machine's answer; the reviewer overwrites it with ใช่ or ไม่ใช่ (or another word of
`data/report/answer_words.tsv`; an empty cell is a no) and corrects the kind if it is wrong. A row
counts as reviewed if its cell `reviewed` is filled with anything except a no, such as an unticked box; every pillar of
the row then becomes a decision, including unchanged ones, and so does its note. Rows that were filled in but not marked
as reviewed are counted. Cells of doubtful pillars are coloured; the column `doubtful` names them and the actors about
which the model is unsure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tipmine.errors import DamagedFileError, MissingFileError, RecordError
from tipmine.records import KINDS, PILLARS, Tagging
from tipmine.report.cells import cell_text, safe_cell
from tipmine.report.earlier import UnreadableBookError, open_book
from tipmine.report.labels import code_of, label, short_label, yes_or_no
from tipmine.report.mistakes import Mistakes
from tipmine.report.workbook import new_book
from tipmine.review.sample import ToReview
from tipmine.section_paths import join_section
from tipmine.store import decisions
from tipmine.store.fields import KIND, NOTE, Field, pillar_field
from tipmine.store.run import Run

COLUMNS = (
    *("id", "doc", "page", "why", "doubt", "doubtful", "section", "speaker", "text", "kind"),
    *PILLARS,
    *("reviewed", "note"),
)
_NEEDED = ("id", "kind", *PILLARS, "reviewed")
"""The columns that an import needs. It also reads `note`; the others only inform the reviewer."""
_EXPECTED = "a sheet from tipmine review export"
_WIDTHS = {"id": 8, "doc": 18, "section": 28, "text": 80, "note": 24, "doubtful": 20}


def write_sheet(path: Path, items: Sequence[ToReview]) -> None:
    """Write the sheet for a reviewer; pillar cells hold the machine's yes or no, with both as choices.

    Raises RunError if the file cannot be written.
    """
    with new_book(path) as book:
        sheet = book.add_worksheet(label("review", "sheet"))
        head = book.add_format({"bold": True, "bg_color": "#e8eef4", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, name in enumerate(COLUMNS):
            sheet.write(0, column, label("review", name), head)
            sheet.set_column(column, column, _WIDTHS.get(name, 11), wrapped)
        unsure = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fbf0d3"})
        for row, item in enumerate(items, start=1):
            cells = _cells(item)
            sheet.write_row(row, 0, [safe_cell(cells.get(name)) for name in COLUMNS])
            for code in item.doubts.pillars:
                sheet.write(row, COLUMNS.index(code), _answer(item, code), unsure)
        first, last = COLUMNS.index(PILLARS[0]), COLUMNS.index(PILLARS[-1])
        if items:
            sheet.data_validation(
                1, first, len(items), last, {"validate": "list", "source": [_answer_label("yes"), _answer_label("no")]}
            )
            kind = COLUMNS.index("kind")
            kinds = [label("kind", code) for code in KINDS]
            sheet.data_validation(1, kind, len(items), kind, {"validate": "list", "source": kinds})
        sheet.freeze_panes(1, 0)


def _cells(item: ToReview) -> dict[str, object]:
    """The cells of a passage by column; those that only the reviewer fills in are left out."""
    passage = item.passage
    return {
        "id": passage.id,
        "doc": passage.doc,
        "page": passage.page or None,
        "why": label("why", item.why),
        "doubt": round(item.doubt, 3),
        "doubtful": ", ".join(
            [*(short_label("pillar", code) for code in item.doubts.pillars), *(tag.text for tag in item.doubts.actors)]
        ),
        "section": join_section(passage.section),
        "speaker": passage.speaker,
        "text": passage.text,
        "kind": label("kind", item.tagging.kind),
        **{code: _answer(item, code) for code in PILLARS},
    }


def _answer(item: ToReview, code: str) -> str:
    return _answer_label("yes" if any(tag.code == code for tag in item.tagging.pillars) else "no")


def _answer_label(answer: str) -> str:
    return label("review_answer", answer)


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """The result of an import: how many passages were decided, and how many reviewed rows the run no longer holds."""

    passages: int
    missing: int
    unmarked: int = 0
    """Rows with a note, or with answers that differ from the run's, that were not marked as reviewed: not imported."""


def import_sheet(run: Run, path: Path, reviewer: str) -> ImportedSheet:
    """Record the reviewed rows of a sheet as decisions of `reviewer`; answers given before are not recorded again.

    Raises MissingFileError, DamagedFileError for a file that is not an XLSX, and RecordError if cells are invalid
    (naming row and cell of each) or if the run holds none of the reviewed passages; then nothing is recorded.
    """
    rows = list(_read(path))
    chosen = [row for row in rows if _is_reviewed(row)]
    known = run.passages_by_id(str(row["id"]) for row in chosen)
    held = [row for row in chosen if str(row["id"]) in known]
    if chosen and not held:
        raise RecordError(str(path), "none of its reviewed passages is in the run", "a sheet of this run")
    mistakes = Mistakes(path)
    answers = [decision for row in held for decision in _row_decisions(row, mistakes)]
    mistakes.raise_if_any()
    own = decisions.latest_values(run.connection, reviewer)
    with run.transaction():
        for subject, field, value in answers:
            if own.get((subject, field)) != value:
                decisions.decide(run.connection, subject, field, value, reviewer)
    return ImportedSheet(len(held), len(chosen) - len(held), _unmarked(run, rows))


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a sheet by column, with the row's number in the spreadsheet as `row`."""
    if not path.is_file():
        raise MissingFileError(str(path), "no such file", _EXPECTED)
    try:
        book = open_book(path)
    except UnreadableBookError as error:
        raise DamagedFileError(str(path), "not an XLSX file", _EXPECTED) from error
    # A workbook may hold nothing but charts.
    rows = chain.from_iterable(sheet.iter_rows(values_only=True) for sheet in book.worksheets[:1])
    names = [code_of("review", str(name)) for name in next(rows, ())]
    missing = [label("review", name) for name in _NEEDED if name not in names]
    if missing:
        raise RecordError(str(path), f"lacks the columns {', '.join(missing)}", _EXPECTED)
    for number, values in enumerate(rows, start=2):
        yield dict(zip(names, values, strict=True)) | {"row": number}


def _is_reviewed(row: dict[str, Any]) -> bool:
    answer = cell_text(row["reviewed"])
    return bool(answer) and yes_or_no(answer) != "no"


def _unmarked(run: Run, rows: Sequence[dict[str, Any]]) -> int:
    """The number of rows that were filled in but not marked as reviewed."""
    open_rows = {str(row["id"]): row for row in rows if not _is_reviewed(row)}
    taggings = run.taggings(ids=open_rows)
    return sum(
        bool(cell_text(row.get("note"))) or (key in taggings and _differs(row, taggings[key]))
        for key, row in open_rows.items()
    )


def _differs(row: dict[str, Any], tagging: Tagging) -> bool:
    given = {code: yes_or_no(cell_text(row[code]) or "no") for code in PILLARS}
    codes = {tag.code for tag in tagging.pillars}
    return _kind(row) != tagging.kind or any((given[code] == "yes") != (code in codes) for code in PILLARS)


def _row_decisions(row: dict[str, Any], mistakes: Mistakes) -> Iterator[tuple[str, Field, str]]:
    """Subject, field and value of each decision in a reviewed row."""
    where = f"row {row['row']}"
    subject = str(row["id"])
    for code in PILLARS:
        answer = yes_or_no(cell_text(row[code]) or "no")
        if answer is None:
            mistakes.add(
                where, f"{label('review', code)} is {row[code]!r}", f"{_answer_label('yes')} or {_answer_label('no')}"
            )
        else:
            yield subject, pillar_field(code), answer
    kind = _kind(row)
    if kind in KINDS:
        yield subject, KIND, kind
    else:
        named = ", ".join(label("kind", code) for code in KINDS)
        mistakes.add(where, f"{label('review', 'kind')} is {kind!r}", named)
    if note := cell_text(row.get("note")):
        yield subject, NOTE, note


def _kind(row: dict[str, Any]) -> str:
    return code_of("kind", cell_text(row["kind"]))
