"""Writes records to rows and reads them back: the only module that knows which field is in which column."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, cast

from tipmine.quality_reasons import EARLIER, Reason
from tipmine.records import (
    ActorTag,
    Box,
    Document,
    DocumentInfo,
    Edit,
    Evidence,
    Line,
    LineSpan,
    Member,
    Page,
    Passage,
    Pillar,
    PillarTag,
    Quality,
    Quote,
    Tagging,
    Theme,
    ThemeSet,
    Trace,
)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_Row = Mapping[str, object]
"""The values of a row by column name, so that a migration may add columns or change their order."""


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[_Row]) -> None:
    """Insert rows that all have the same columns."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    names, marks = ",".join(first), ",".join(f":{name}" for name in first)
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 -- the names are ours
    connection.executemany(sql, chain((first,), rows))


_KEEP_IDS = (
    "DELETE FROM gone_passages WHERE doc = :doc AND EXISTS (SELECT 1 FROM passages WHERE doc = :doc)",
    """
    INSERT INTO gone_passages (id, doc) SELECT id, doc FROM passages WHERE doc = :doc AND (
      EXISTS (SELECT 1 FROM passages p JOIN decisions d ON d.subject = p.id WHERE p.doc = :doc)
      OR EXISTS (SELECT 1 FROM passages p JOIN decisions d ON d.field = 'link:' || p.id WHERE p.doc = :doc)
    )
    """,
)


def forget_document(connection: sqlite3.Connection, doc: str) -> None:
    """Delete everything that a run holds of a document; passages and tags go with the row of `documents`.

    The ids of its passages are kept if people decided anything about them (renamed.py).
    """
    for statement in _KEEP_IDS:
        connection.execute(statement, {"doc": doc})
    for table in ("documents", "lines", "stage_runs", "failures"):
        connection.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))  # noqa: S608 -- table names are ours


def write_document(connection: sqlite3.Connection, info: DocumentInfo, document: Document) -> None:
    """Replace a document with its pages and lines; passages and tags of the old one are deleted."""
    forget_document(connection, info.doc)
    row = {name: getattr(info, name) for name in _INFO}
    _insert(connection, "documents", [row | {"damage": _dump(dict(document.damage))}])
    pages = (
        {"doc": info.doc, "page": page.number, "width": page.width, "height": page.height} | _quality_row(page.quality)
        for page in document.pages
    )
    _insert(connection, "pages", pages)
    _insert(connection, "lines", (_line_row(info.doc, place, line) for place, line in enumerate(document.lines)))


def _line_row(doc: str, place: int, line: Line) -> _Row:
    return {
        "doc": doc,
        "page": line.page,
        "line": line.number,
        "text": line.text,
        "raw": line.raw,
        "box": _dump(line.box) if line.box else None,
        "edits": _dump([(e.rule, e.at, e.before, e.after) for e in line.edits]),
        **_quality_row(line.quality),
        "role": line.role,
        "block": line.block,
        "size": line.size,
        "bold": int(line.bold),
        "style": line.style,
        "cells": _dump(line.cells),
        "place": place,
    }


def _quality_row(quality: Quality) -> dict[str, object]:
    codes = [(reason.code, *reason.values) for reason in quality.reasons]
    return {"score": quality.score, "verdict": quality.verdict, "reason": _dump(codes) if codes else ""}


def _read_quality(row: sqlite3.Row) -> Quality:
    return Quality(row["score"], row["verdict"], read_reasons(row["reason"]))


def read_reasons(stored: str) -> tuple[Reason, ...]:
    """The reasons in a cell of `pages` or `lines`; what another version wrote there is shown as it is."""
    if not stored:
        return ()
    try:
        return tuple(Reason(code, tuple(values)) for code, *values in json.loads(stored))
    except ValueError:
        return (Reason(EARLIER, (stored,)),)


_INFO = ("doc", "path", "sha256", "type", "title", "year_be", "province", "speaker_group")


def read_info(row: sqlite3.Row) -> DocumentInfo:
    """A row of `documents` as the record."""
    return DocumentInfo(**{name: row[name] for name in _INFO})


def write_failure(
    connection: sqlite3.Connection, info: DocumentInfo, error: str, message: str, traceback: str = ""
) -> None:
    """Record that a file could not be read: the name of the error's class, its message, and where it was raised."""
    row = {name: getattr(info, name) for name in ("doc", "path", "sha256")}
    _insert(connection, "failures", [row | {"error": error, "message": message, "traceback": traceback}])


def write_copies(connection: sqlite3.Connection, copies: Iterable[tuple[str, str]]) -> None:
    """Replace the list of files left out as copies, each with the id of the document that was read instead."""
    connection.execute("DELETE FROM copies")
    _insert(connection, "copies", ({"file": file, "doc": doc} for file, doc in copies))


def read_document(connection: sqlite3.Connection, doc: str) -> Document:
    """A document with its pages and lines in reading order."""
    rows = connection.execute("SELECT * FROM lines WHERE doc = ? ORDER BY place", (doc,))
    return Document(doc, tuple(read_pages(connection, doc)), tuple(map(read_line, rows)), read_damage(connection, doc))


def read_damage(connection: sqlite3.Connection, doc: str) -> dict[str, int]:
    """The damage that was found in a document; empty if there is no such document."""
    row = connection.execute("SELECT damage FROM documents WHERE doc = ?", (doc,)).fetchone()
    return json.loads(row["damage"]) if row else {}


def read_pages(connection: sqlite3.Connection, doc: str) -> list[Page]:
    """The pages of a document in order, with their quality."""
    return [
        Page(row["page"], row["width"], row["height"], _read_quality(row))
        for row in connection.execute("SELECT * FROM pages WHERE doc = ? ORDER BY page", (doc,))
    ]


def read_line(row: sqlite3.Row) -> Line:
    """A row of `lines` as the record."""
    return Line(
        doc=row["doc"],
        page=row["page"],
        number=row["line"],
        text=row["text"],
        raw=row["raw"],
        box=Box(*json.loads(row["box"])) if row["box"] else None,
        edits=tuple(Edit(*edit) for edit in json.loads(row["edits"])),
        quality=_read_quality(row),
        role=row["role"],
        block=row["block"],
        size=row["size"],
        bold=bool(row["bold"]),
        style=row["style"],
        cells=tuple(json.loads(row["cells"])),
    )


def write_passages(
    connection: sqlite3.Connection, doc: str, passages: Sequence[Passage], words: Sequence[Sequence[str]]
) -> None:
    """Replace the passages of a document; `words` holds the words of each, in the same order."""
    connection.execute("DELETE FROM passages WHERE doc = ?", (doc,))
    rows = (
        {
            "id": passage.id,
            "doc": doc,
            "kind": passage.kind,
            "text": passage.text,
            "section": _dump(passage.section),
            "number": passage.number,
            "speaker": passage.speaker,
            "page": passage.page,
            "lines": _dump([(s.page, s.line, s.start, s.end, s.box) for s in passage.lines]),
            "place": passage.order,
            "words": _dump(list(its_words)),
        }
        for passage, its_words in zip(passages, words, strict=True)
    )
    _insert(connection, "passages", rows)


def read_passage(row: sqlite3.Row) -> Passage:
    """A row of `passages` as the record."""
    spans = (
        LineSpan(page, line, start, end, Box(*box) if box else None)
        for page, line, start, end, box in json.loads(row["lines"])
    )
    return Passage(
        id=row["id"],
        doc=row["doc"],
        kind=row["kind"],
        text=row["text"],
        section=tuple(json.loads(row["section"])),
        number=row["number"],
        speaker=row["speaker"],
        lines=tuple(spans),
        order=row["place"],
    )


def write_taggings(connection: sqlite3.Connection, taggings: Iterable[Tagging]) -> None:
    """Write the tags of passages that have no tags yet; kinds are written with the passages."""
    for tagging in taggings:
        over: dict[str, PillarTag] = {tag.code: tag for tag in tagging.pillars}
        pillar_rows = (
            _pillar_row(tagging.id, over.get(code) or PillarTag(cast(Pillar, code), score, ""), over=code in over)
            for code, score in tagging.pillar_scores.items()
        )
        _insert(connection, "pillar_tags", pillar_rows)
        actor_rows = (
            {"passage": tagging.id, "tagger": tag.by} | {name: getattr(tag, name) for name in _ACTOR}
            for tag in tagging.actors
        )
        _insert(connection, "actor_tags", actor_rows)


def _pillar_row(passage: str, tag: PillarTag, *, over: bool) -> _Row:
    return {
        "passage": passage,
        "code": tag.code,
        "score": tag.score,
        "over_threshold": int(over),
        "reason": tag.reason,
        "tagger": tag.by,
        "spans": _dump(tag.spans),
    }


_ACTOR = ("start", "end", "text", "actor", "name", "sector", "level", "role", "score", "reason")
"""Fields of an actor that are in columns of the same name."""


def read_pillar(row: sqlite3.Row) -> PillarTag:
    """A row of `pillar_tags` as the record."""
    spans = tuple((start, end) for start, end in json.loads(row["spans"]))
    return PillarTag(row["code"], row["score"], row["reason"], row["tagger"], spans)


def read_actor(row: sqlite3.Row) -> ActorTag:
    """A row of `actor_tags` as the record."""
    return ActorTag(**{name: row[name] for name in _ACTOR}, by=row["tagger"])


def write_themes(connection: sqlite3.Connection, themes: ThemeSet) -> None:
    """Replace the themes of the run."""
    for table in ("theme_members", "themes", "theme_notes"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- table names are ours
    connection.execute("DELETE FROM figures WHERE name LIKE 'themes.%'")
    rows = (
        {
            "id": theme.id,
            "label": theme.label,
            "terms": _dump(theme.terms),
            "size": theme.size,
            "docs": _dump(theme.docs),
            "stability": theme.stability,
            "stable": int(theme.stable),
            "quotes": _dump([(q.id, q.start, q.end) for q in theme.quotes]),
            "place": place,
        }
        for place, theme in enumerate(themes.themes)
    )
    _insert(connection, "themes", rows)
    members = (
        {"theme": theme.id, "passage": member.id, "weight": member.weight}
        for theme in themes.themes
        for member in theme.members
    )
    _insert(connection, "theme_members", members)
    notes = [(passage, "ungrouped") for passage in themes.outliers] + list(themes.set_aside.items())
    _insert(connection, "theme_notes", ({"passage": passage, "note": note} for passage, note in notes))
    figures = ({"name": f"themes.{name}", "value": value} for name, value in themes.figures.items())
    _insert(connection, "figures", figures)


def read_theme(row: sqlite3.Row, members: Sequence[Member]) -> Theme:
    """A row of `themes` with its members as the record."""
    return Theme(
        id=row["id"],
        label=row["label"],
        terms=tuple(json.loads(row["terms"])),
        size=row["size"],
        docs=tuple(json.loads(row["docs"])),
        stability=row["stability"],
        members=tuple(members),
        quotes=tuple(Quote(*quote) for quote in json.loads(row["quotes"])),
        stable=bool(row["stable"]),
    )


def write_traces(connection: sqlite3.Connection, traces: Iterable[Trace]) -> None:
    """Replace the traces of the run."""
    connection.execute("DELETE FROM evidence")
    connection.execute("DELETE FROM traces")
    for trace in traces:
        _insert(connection, "traces", [{"rec": trace.rec, "coverage": trace.coverage}])
        rows = (
            {
                "rec": trace.rec,
                "target": item.id,
                "kind": item.kind,
                "rank": item.rank,
                "score": item.score,
                "band": item.band,
                "reasons": _dump(item.reasons),
            }
            for item in trace.evidence
        )
        _insert(connection, "evidence", rows)


def read_evidence(row: sqlite3.Row) -> Evidence:
    """A row of `evidence` as the record."""
    reasons = tuple(json.loads(row["reasons"]))
    return Evidence(row["target"], row["rank"], row["score"], row["band"], reasons, row["kind"])
