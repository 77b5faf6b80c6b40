"""Writes records to rows and reads them back: the only module that knows which field is in which column."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

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


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]], width: int) -> None:
    marks = ",".join("?" * width)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 -- table names are ours


def forget_document(connection: sqlite3.Connection, doc: str) -> None:
    """Delete everything that a run holds of a document; passages and tags go with the row of `documents`."""
    for table in ("documents", "lines", "stage_runs", "failures"):
        connection.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))  # noqa: S608 -- table names are ours


def write_document(connection: sqlite3.Connection, info: DocumentInfo, document: Document) -> None:
    """Replace a document with its pages and lines; passages and tags of the old one are deleted."""
    forget_document(connection, info.doc)
    row = (info.doc, info.path, info.sha256, info.type, info.title, info.year_be, info.province, info.speaker_group)
    _insert(connection, "documents", [(*row, _dump(dict(document.damage)))], 9)
    pages = (
        (info.doc, p.number, p.width, p.height, p.quality.score, p.quality.verdict, p.quality.reason)
        for p in document.pages
    )
    _insert(connection, "pages", pages, 7)
    _insert(connection, "lines", (_line_row(info.doc, i, line) for i, line in enumerate(document.lines)), 17)


def _line_row(doc: str, place: int, line: Line) -> tuple[object, ...]:
    return (
        doc,
        line.page,
        line.number,
        line.text,
        line.raw,
        _dump(line.box) if line.box else None,
        _dump([(e.rule, e.at, e.before, e.after) for e in line.edits]),
        line.quality.score,
        line.quality.verdict,
        line.quality.reason,
        line.role,
        line.block,
        line.size,
        int(line.bold),
        line.style,
        _dump(line.cells),
        place,
    )


def read_info(row: sqlite3.Row) -> DocumentInfo:
    """A row of `documents` as the record."""
    names = ("doc", "path", "sha256", "type", "title", "year_be", "province", "speaker_group")
    return DocumentInfo(**{name: row[name] for name in names})


def write_failure(connection: sqlite3.Connection, doc: str, path: str, sha256: str, error: str, message: str) -> None:
    """Record that a file could not be read: the name of the error's class, and its message."""
    _insert(connection, "failures", [(doc, path, sha256, error, message)], 5)


def read_document(connection: sqlite3.Connection, doc: str) -> Document:
    """A document with its pages and lines in reading order."""
    rows = connection.execute("SELECT * FROM lines WHERE doc = ? ORDER BY place", (doc,))
    damage = connection.execute("SELECT damage FROM documents WHERE doc = ?", (doc,)).fetchone()
    pages = tuple(read_pages(connection, doc))
    return Document(doc, pages, tuple(map(read_line, rows)), json.loads(damage["damage"]) if damage else {})


def read_pages(connection: sqlite3.Connection, doc: str) -> list[Page]:
    """The pages of a document in order, with their quality."""
    return [
        Page(row["page"], row["width"], row["height"], Quality(row["score"], row["verdict"], row["reason"]))
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
        quality=Quality(row["score"], row["verdict"], row["reason"]),
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
        (
            p.id,
            doc,
            p.kind,
            p.text,
            _dump(p.section),
            p.number,
            p.speaker,
            p.page,
            _dump([(s.page, s.line, s.start, s.end, s.box) for s in p.lines]),
            p.order,
            _dump(list(its_words)),
        )
        for p, its_words in zip(passages, words, strict=True)
    )
    _insert(connection, "passages", rows, 11)


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
    """Write the tags of passages that have none yet; kinds are written with the passages."""
    for tagging in taggings:
        over = {tag.code: tag for tag in tagging.pillars}
        pillar_rows = [
            _pillar_row(tagging.id, code, score, over.get(code))  # type: ignore[call-overload]  # str is a Pillar here
            for code, score in tagging.pillar_scores.items()
        ]
        _insert(connection, "pillar_tags", pillar_rows, 7)
        _insert(connection, "actor_tags", (_actor_row(tagging.id, tag) for tag in tagging.actors), 12)


def _pillar_row(passage: str, code: str, score: float, tag: PillarTag | None) -> tuple[object, ...]:
    if tag is None:
        return (passage, code, score, 0, "", "model", "[]")
    return (passage, code, tag.score, 1, tag.reason, tag.by, _dump(tag.spans))


def _actor_row(passage: str, tag: ActorTag) -> tuple[object, ...]:
    fields = asdict(tag)
    names = ("start", "end", "text", "actor", "name", "sector", "level", "role", "score", "reason", "by")
    return (passage, *(fields[name] for name in names))


def read_pillar(row: sqlite3.Row) -> PillarTag:
    """A row of `pillar_tags` as the record."""
    spans = tuple((start, end) for start, end in json.loads(row["spans"]))
    return PillarTag(row["code"], row["score"], row["reason"], row["tagger"], spans)


def read_actor(row: sqlite3.Row) -> ActorTag:
    """A row of `actor_tags` as the record."""
    names = ("start", "end", "text", "actor", "name", "sector", "level", "role", "score", "reason")
    return ActorTag(**{name: row[name] for name in names}, by=row["tagger"])


def write_themes(connection: sqlite3.Connection, themes: ThemeSet) -> None:
    """Replace the themes of the run."""
    for table in ("theme_members", "themes", "theme_notes"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- table names are ours
    connection.execute("DELETE FROM figures WHERE name LIKE 'themes.%'")
    rows = (
        (
            theme.id,
            theme.label,
            _dump(theme.terms),
            theme.size,
            _dump(theme.docs),
            theme.stability,
            int(theme.stable),
            _dump([(q.id, q.start, q.end) for q in theme.quotes]),
            place,
        )
        for place, theme in enumerate(themes.themes)
    )
    _insert(connection, "themes", rows, 9)
    members = ((theme.id, m.id, m.weight) for theme in themes.themes for m in theme.members)
    _insert(connection, "theme_members", members, 3)
    notes = [(passage, "ungrouped") for passage in themes.outliers] + list(themes.set_aside.items())
    _insert(connection, "theme_notes", notes, 2)
    _insert(connection, "figures", ((f"themes.{name}", value) for name, value in themes.figures.items()), 2)


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
        connection.execute("INSERT INTO traces VALUES (?, ?)", (trace.rec, trace.coverage))
        rows = ((trace.rec, e.id, e.kind, e.rank, e.score, e.band, _dump(e.reasons)) for e in trace.evidence)
        _insert(connection, "evidence", rows, 7)


def read_evidence(row: sqlite3.Row) -> Evidence:
    """A row of `evidence` as the record."""
    reasons = tuple(json.loads(row["reasons"]))
    return Evidence(row["target"], row["rank"], row["score"], row["band"], reasons, row["kind"])
