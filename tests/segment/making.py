"""Documents made by hand: lines of text, with places on a page where a test needs them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tipmine.records import Box, Document, DocumentInfo, Line, Passage, Quality
from tipmine.segment import describe_document, segment_document

CASES = Path(__file__).parent.parent / "cases" / "segment"
CLEAN = Quality(1.0, "clean")
PITCH = 20.0
LETTER = 6.0
FULL = "หน่วยงานได้ดำเนินการคัดแยกร่วมกันแล้วหลายครั้ง" * 2
RIGHT = 520
"""Where a line that fills its column ends."""


def cases(name: str) -> list[Any]:
    """The cases of a file as pytest parameters; `xfail` in a case is the reason why it fails today."""
    rows = [json.loads(row) for row in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if row]
    return [
        pytest.param(
            row,
            id=row["id"],
            marks=[pytest.mark.xfail(reason=row["xfail"], strict=True)] if row.get("xfail") else [],
        )
        for row in rows
    ]


def table_over_pages(*pages: Sequence[str]) -> Document:
    """A table whose rows are on several pages."""
    lines = [replace(line, page=number) for number, rows in enumerate(pages, 1) for line in plain(rows).lines]
    return Document("made.pdf", (), tuple(lines))


def full(**more: Any) -> dict[str, Any]:
    """A printed line that fills its column."""
    return {"text": FULL, "x1": RIGHT} | more


def plain(texts: Sequence[str], doc: str = "made.txt") -> Document:
    """Lines without places, as a text file gives them; ` | ` between cells makes a table row."""
    lines = [
        Line(
            doc,
            1,
            number,
            text,
            text,
            None,
            (),
            CLEAN,
            role="table" if " | " in text else "body",
            cells=tuple(text.split(" | ")) if " | " in text else (),
        )
        for number, text in enumerate(texts, start=1)
    ]
    return Document(doc, (), tuple(lines))


def printed(rows: Sequence[dict[str, Any]], doc: str = "made.pdf") -> Document:
    """Lines with places: `x` is the left edge, `gap` the pitches above the line, `x1` the right edge if it matters.

    `height` is that of the box, if the line contains larger letters.
    """
    lines: list[Line] = []
    top, page = 60.0, 1
    for row in rows:
        if row.get("page", page) != page:
            page, top = row["page"], 60.0
        top += PITCH * row.get("gap", 1)
        x0 = float(row.get("x", 70))
        size = float(row.get("size", 14))
        x1 = float(row.get("x1", x0 + LETTER * sum(1 for char in row["text"] if not 0x0E31 < ord(char) < 0x0E3B)))
        text = row["text"]
        lines.append(
            Line(
                doc,
                page,
                len(lines) + 1,
                text,
                row.get("raw", text),
                Box(x0, top, x1, top + float(row.get("height", size))),
                (),
                CLEAN,
                role=row.get("role", "body"),
                block=row.get("block", 0),
                size=size,
                bold=row.get("bold", False),
                style=row.get("style", ""),
            )
        )
    return Document(doc, (), tuple(lines))


def passages(document: Document, **known: Any) -> tuple[Passage, ...]:
    """The passages of a document about which only `known` was known."""
    return segment_document(document, describe_document(document, DocumentInfo(document.doc, **known)))


def texts(document: Document, **known: Any) -> list[str]:
    """The texts of a document's passages."""
    return [passage.text for passage in passages(document, **known)]
