"""Formats rows of codes as cells for Thai readers: heads, wordings of codes, lists as lines, numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tipmine.digits import arabic_digits
from tipmine.records import CELL_SEPARATOR
from tipmine.report.cells import Cell, safe_cell
from tipmine.report.labels import label, short_label
from tipmine.report.material import join
from tipmine.report.reasons import repair_words
from tipmine.section_paths import split_section

_GROUP_OF = {
    "pillar": "pillar",
    "other_pillars": "pillar",
    "doubtful_pillars": "pillar",
    "pillar_a": "pillar",
    "pillar_b": "pillar",
    "pillar_status": "pillar_status",
    "sector": "sector",
    "coverage": "coverage",
    "kind": "kind",
    "band": "band",
    "status": "status",
    "verdict": "verdict",
    "type": "type",
    "role": "role",
    "list": "gap",
    "pair": "pair",
    "change": "year",
    "figure": "figure",
}
"""Column -> the group of labels that words its codes."""
_TITLE_LETTERS = 20
"""Fewest letters that two titles must share from the start if one is longer. Lower: แผนปฏิบัติการ alone is enough."""
_CELL_DOT = " \u00b7 "
"""What readers see between the cells of a table row. As long as `CELL_SEPARATOR`, so offsets stay valid."""
_SPEAKER = ("speaker", "group", "province")
"""The fields of a quotation that say who speaks, in the order in which a source gives them."""


def head(column: str) -> str:
    """The Thai head of a column."""
    return label("column", column)


def cell(column: str, value: Any) -> Cell:
    """A value as a safe cell: codes in words, each quotation or candidate on a line of its own."""
    if column == "level":
        return ", ".join(short_label("level", code) for code in value)
    if column in _GROUP_OF:
        values = value if isinstance(value, list | tuple) else [value]
        return safe_cell(join(label(_GROUP_OF[column], str(item)) for item in values))
    if column in ("quotes", "candidates"):
        return safe_cell("\n".join(line(item) for item in value))
    if column == "pillars_apart":
        return pillars_note(value)
    if column == "damage":
        return safe_cell("\n".join(f"{repair_words(rule)}: {count:,}" for rule, count in value.items()))
    if column == "stable":
        return "ใช่" if value else "ไม่"
    return safe_cell(value)


def line(item: Mapping[str, Any]) -> str:
    """A quotation or candidate on one line: text, place, score."""
    place = source(item)
    score = f" ({item['score']:.2f})" if item.get("score") is not None else ""
    text = str(item["text"]).replace("\n", " ")
    return f"“{text}”" + (f" — {place}" if place else "") + score


def source(item: Mapping[str, Any], format_number: Callable[[Any], str] = str) -> str:
    """The source of a text as cited: document, page, speaker, group or province.

    `format_number` writes the page number, given as text, in the digits of the report; names stay as they are.

    >>> source({"document": "ก.pdf", "page": 1024}, lambda value: f"{value:,}" if isinstance(value, int) else value)
    'ก.pdf, หน้า 1024'
    """
    parts = [str(item["document"])] if item.get("document") else []
    if item.get("page"):
        parts.append(f"หน้า {format_number(str(item['page']))}")
    parts += [str(item[name]) for name in _SPEAKER if item.get(name)]
    return ", ".join(parts)


def below_title(title: str, section: str) -> list[str]:
    """The headings of a heading path (joined by ` > `), without the first if it repeats the document's title.

    >>> below_title("แผน ๒๕๖๘", "แผน 2568 > ข้อเสนอแนะ")
    ['ข้อเสนอแนะ']
    """
    headings = list(split_section(section))
    if headings and title and _repeats_title(title, headings[0]):
        return headings[1:]
    return headings


def _repeats_title(title: str, heading: str) -> bool:
    """Whether a heading repeats the title, whatever the spacing; one may be longer than the other."""
    ours, theirs = ("".join(arabic_digits(text).split()) for text in (title, heading))
    shorter = min(len(ours), len(theirs))
    return ours == theirs or (shorter >= _TITLE_LETTERS and ours[:shorter] == theirs[:shorter])


def shown_text(text: str) -> str:
    """A text for readers, with dots for the bars between the cells of a table row. Offsets stay the same.

    >>> shown_text("จ้างล่าม | พมจ. | 12 คน")
    'จ้างล่าม · พมจ. · 12 คน'
    """
    return text.replace(CELL_SEPARATOR, _CELL_DOT)


def pillars_note(pillars: Sequence[str]) -> str:
    """That two recommendations which say nearly the same have different pillars (none: empty); empty without two.

    >>> pillars_note(["policy", ""]), pillars_note([])
    ('จัดเสาต่างกัน: ด้านนโยบาย กับ ไม่ระบุเสา', '')
    """
    if not pillars:
        return ""
    named = (label("pillar", code) if code else label("note", "no_pillar") for code in pillars)
    return label("note", "pillars_apart").format(*named)


def doubts(row: Mapping[str, Any]) -> str:
    """The tags of a recommendation that someone should check, in words; empty if there are none."""
    pillars = [label("pillar", code) for code in row["doubtful_pillars"]]
    return join([*pillars, *row["doubtful_actors"]])


def cells(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[list[Cell]]:
    """The rows as cells in the order of the columns."""
    return [[cell(column, row.get(column)) for column in columns] for row in rows]
