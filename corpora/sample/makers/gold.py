"""Truth texts and gold files, taken from the same sources as the documents."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .model import NOTE, THAI_DIGITS, Block, Source, first_column_spans, plain, tables

Row = dict[str, Any]


def truth(source: Source, *, thai_digits: bool, merged: bool, turn_cells: bool) -> list[str]:
    """What is printed: a paragraph, cell or turn a line, without running heads."""
    lines: list[str] = []
    first = source.blocks[0]
    if first.kind == "turn":
        lines += [source.title, source.meta["info"], source.note]
    if turn_cells:
        lines += ["ผู้พูด", "คำพูด"]
    count = 0
    for part in tables(source.blocks):
        if isinstance(part, list):
            lines += cells(part, merged=merged)
            continue
        printed, count = with_notes(part, count, thai_digits=thai_digits)
        lines += block_lines(part, printed, source, turn_cells=turn_cells)
    return [line for line in lines if line]


def block_lines(block: Block, printed: list[str], source: Source, *, turn_cells: bool) -> list[str]:
    """The lines of one block that is no table."""
    if block.kind == "title":
        return [source.title, source.note]
    if block.kind == "centre":
        return [block.text, source.note]
    if block.kind == "turn":
        return [block.label, block.text] if turn_cells else [f"{block.label}: {block.text}"]
    if block.kind == "item":
        return [f"{block.label}. {printed[0]}", *printed[1:]]
    if block.kind == "field":
        return [f"{block.label}  {block.text}"]
    return printed


def with_notes(block: Block, count: int, *, thai_digits: bool) -> tuple[list[str], int]:
    """The text with the numbers of its footnotes, then the footnotes themselves."""
    text, notes = "", []
    for i, piece in enumerate(NOTE.split(block.text)):
        if i % 2 == 0:
            text += piece
            continue
        count += 1
        mark = str(count).translate(THAI_DIGITS) if thai_digits else str(count)
        text += mark
        notes.append(f"{mark} {piece}")
    return [text, *notes], count


def cells(rows: list[Block], *, merged: bool) -> list[str]:
    """The cells of a table, row by row."""
    spans = first_column_spans(rows) if merged else [1] * len(rows)
    return [cell for row, span in zip(rows, spans, strict=True) for i, cell in enumerate(row.cells) if i or span]


def passages(source: Source, file: str, kind: str) -> list[tuple[Row, Block]]:
    """The passages that can be evidence: turns, findings, measures."""
    out: list[tuple[Row, Block]] = []
    section = ""
    for block in source.blocks:
        if block.kind in ("h1", "h2"):
            section = block.text
        role, text = passage_kind(block, kind, section)
        if not role:
            continue
        number = len(out) + 1
        row: Row = {"id": f"{source.name}#{number}", "doc": file, "kind": role, "text": text}
        if block.kind == "turn":
            row |= {"turn": number, "speaker": block.label}
        else:
            row |= {"section": section}
        out.append((row, block))
    return out


def passage_kind(block: Block, kind: str, section: str) -> tuple[str, str]:
    """Kind and text of a passage; an empty kind where the block is none."""
    if block.kind == "turn":
        return "utterance", block.text
    if kind == "report":
        counts = section.startswith(("3.", "บทที่ 4", "ข้อค้นพบ"))
        return ("finding" if counts and block.kind == "para" else ""), plain(block.text)
    if kind == "plan" and block.kind == "row":
        return ("" if block.cells[1] == "มาตรการ" else "plan"), block.cells[1]
    if block.kind == "para":
        return paragraph_kind(block.text, kind, section), plain(block.text)
    return "", ""


def paragraph_kind(text: str, kind: str, section: str) -> str:
    """Kind of a paragraph of a plan or a letter: what it found, or what will be done."""
    if kind == "letter":
        if text.startswith("๑. "):
            return "finding"
        return "plan" if text.startswith(("๒.๑", "๒.๒", "๒.๓", "๒.๔", "๓. ")) else ""
    if section.startswith("ข้อสังเกต"):
        return "finding"
    return "plan" if section.startswith(("ส่วนที่ ๒", "ส่วนที่ ๔")) else ""


def recommendations(source: Source, file: str) -> list[Row]:
    """The numbered items of the report."""
    rows: list[Row] = []
    section = ""
    for block in source.blocks:
        if block.kind == "h2":
            section = block.text
        if block.kind == "item":
            rows.append(
                {
                    "id": f"R{block.label}",
                    "doc": file,
                    "number": int(block.label),
                    "section": section,
                    "text": block.text,
                    "addressees": list(block.addressees),
                }
            )
    return rows


def links(pool: list[tuple[Row, Block]], *, decoys: bool) -> list[Row]:
    """Recommendation and passage pairs that support each other, or only look like it."""
    out: list[Row] = []
    for row, block in pool:
        for rec, strength in block.recs:
            if (strength == "decoy") != decoys:
                continue
            link = {"rec": rec, "evidence": row["id"], **row, "strength": strength}
            del link["id"]
            out.append(link)
    return sorted(out, key=lambda link: int(link["rec"][1:]))


def themes(pool: list[tuple[Row, Block]], table: list[list[str]]) -> list[Row]:
    """Themes with the turns that carry them."""
    return [
        {
            "theme": theme,
            "label": label,
            "answered_by": answered.split(),
            "members": [
                {key: row[key] for key in ("doc", "turn", "text")} | {"id": row["id"]}
                for row, block in pool
                if theme in block.themes
            ],
        }
        for theme, label, answered in table
    ]


def theme_turns(pool: list[tuple[Row, Block]]) -> list[Row]:
    """Every turn of the groups in order, with the themes it carries: the form of `tipmine evaluate themes`."""
    return [
        {key: row[key] for key in ("id", "doc", "speaker", "text")} | ({"theme": block.themes} if block.themes else {})
        for row, block in pool
        if block.kind == "turn"
    ]


def trace_gold(recs: list[Row], pool: list[tuple[Row, Block]], found: list[Row], groups: list[Row]) -> list[Row]:
    """Recommendations with their evidence, then the themes: the form of `tipmine evaluate trace`.

    Every passage is a candidate of every recommendation; the first line carries their texts.
    """
    good: dict[str, list[str]] = {}
    for link in found:
        good.setdefault(link["rec"], []).append(link["evidence"])
    keys = ("id", "doc", "kind", "speaker", "section", "text")
    texts = [{key: row[key] for key in keys if row.get(key)} for row, _ in pool]
    rows = []
    for number, rec in enumerate(recs):
        ids = good.get(rec["id"], [])
        passages = texts if number == 0 else [{"id": id_} for id_ in ids]
        evidence = [row | {"relevant": row["id"] in ids} for row in passages]
        rows.append({"rec": rec["id"], "text": rec["text"], "evidence": evidence})
    return rows + [
        {
            "theme": group["theme"],
            "label": group["label"],
            "members": [member["id"] for member in group["members"]],
            "answered_by": group["answered_by"],
        }
        for group in groups
    ]


def gaps(recs: list[Row], found: list[Row], groups: list[Row]) -> Row:
    """Recommendations with no evidence, themes no recommendation answers."""
    covered = {link["rec"] for link in found}
    return {
        "recommendations_without_evidence": [r["id"] for r in recs if r["id"] not in covered],
        "themes_without_recommendation": [g["theme"] for g in groups if not g["answered_by"]],
    }


def write_jsonl(path: Path, rows: Iterable[Row]) -> None:
    """One object a line."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
