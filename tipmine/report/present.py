"""Formats rows of codes as cells for Thai readers: heads, wordings of codes, lists as lines, numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tipmine.report.cells import Cell, defuse
from tipmine.report.labels import label, short
from tipmine.report.material import join
from tipmine.report.reasons import repair_words

_GROUP_OF = {
    "pillar": "pillar",
    "other_pillars": "pillar",
    "doubtful_pillars": "pillar",
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
_SPEAKER = ("speaker", "group", "province")


def head(column: str) -> str:
    """The Thai head of a column; a column that is a theme's label is its own head."""
    name, _, part = column.partition(".")
    shown = label("pillar", name) if label("pillar", name) != name else label("column", name)
    return f"{shown} ({_SUB[part]})" if part else shown


_SUB = {"recommendations": "ข้อเสนอแนะถึงผู้เกี่ยวข้องนี้", "score": "คะแนนเฉลี่ย"}


def cell(column: str, value: Any) -> Cell:
    """A value as a safe cell: codes in words, quotations and candidates on one line each."""
    if column == "level":
        return ", ".join(short("level", code) for code in value)
    if column in _GROUP_OF:
        values = value if isinstance(value, list | tuple) else [value]
        return defuse(join(label(_GROUP_OF[column], str(item)) for item in values))
    if column in ("quotes", "candidates"):
        return defuse("\n".join(line(item) for item in value))
    if column == "damage":
        return defuse("\n".join(f"{repair_words(rule)}: {count:,}" for rule, count in value.items()))
    if column == "stable":
        return "ใช่" if value else "ไม่"
    return defuse(value)


def line(item: Mapping[str, Any]) -> str:
    """A quotation or candidate on one line: text, place, score."""
    place = source(item)
    score = f" ({item['score']:.2f})" if item.get("score") is not None else ""
    text = str(item["text"]).replace("\n", " ")
    return f"“{text}”" + (f" — {place}" if place else "") + score


def source(item: Mapping[str, Any], own: Callable[[Any], str] = str) -> str:
    """The source of a text as it is cited: document, page, speaker, group or province.

    `own` formats the page number in the digits of the report; names stay as they are.
    """
    parts = [str(item["document"])] if item.get("document") else []
    if item.get("page"):
        parts.append(f"หน้า {own(item['page'])}")
    parts += [str(item[name]) for name in _SPEAKER if item.get(name)]
    return ", ".join(parts)


def doubts(row: Mapping[str, Any]) -> str:
    """The tags of a recommendation that someone should check, in words; empty if there are none."""
    pillars = [label("pillar", code) for code in row["doubtful_pillars"]]
    return join([*pillars, *row["doubtful_actors"]])


def cells(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[list[Cell]]:
    """The rows as cells in the order of the columns."""
    return [[cell(column, row.get(column)) for column in columns] for row in rows]
