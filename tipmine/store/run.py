"""A run folder: the results of a run, and people's decisions about them.

    outputs/<run>/tipmine.db   records (schema.py), the authoritative results
                  index/       search index, can be rebuilt from the records at any time (index.py)
                  report.html recommendation_trace.xlsx documents.csv

Records are read with people's decisions applied; the tables keep the machine's results unchanged.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from tipmine.errors import RunError
from tipmine.quality_reasons import Reason
from tipmine.records import (
    ActorTag,
    Document,
    DocumentInfo,
    Evidence,
    Kind,
    Line,
    Member,
    Page,
    Passage,
    PillarTag,
    Tagging,
    Theme,
    ThemeSet,
    Trace,
)
from tipmine.store import decisions
from tipmine.store import records_io as io
from tipmine.store.database import DATABASE, connect, run_errors
from tipmine.store.fields import Field
from tipmine.store.forms import letters_key
from tipmine.store.runfile import unfinished

if TYPE_CHECKING:
    import pandas as pd

INDEX = "index"
_PASSAGES = """
SELECT p.*, COALESCE((
  SELECT d.value FROM decisions d WHERE d.subject = p.id AND d.field = 'kind' AND NOT d.undone
  ORDER BY d.id DESC LIMIT 1
), p.kind) AS kind_now FROM passages p
"""
"""Passages with the kind that is in force, by the rule of `decisions.active`."""
_BATCH = 500
"""Most ids in one statement; SQLite accepts at least 999."""


class Run:
    """An open run folder. Use `open_run` or `create_run`; close it, or use it as a context manager."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the records stay."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction: what is written inside it is kept only if the block ends without an error."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()

    # -- what was read -----------------------------------------------------------------------------------

    def documents(self) -> list[DocumentInfo]:
        """The documents of the run in the order of their ids."""
        return [io.read_info(row) for row in self.connection.execute("SELECT * FROM documents ORDER BY doc")]

    def document(self, doc: str) -> Document:
        """One document with its pages and lines; empty if the run does not hold it."""
        return io.read_document(self.connection, doc)

    def pages(self, doc: str) -> list[Page]:
        """The pages of a document with their quality."""
        return io.read_pages(self.connection, doc)

    def damage(self, doc: str) -> dict[str, int]:
        """The damage that was found in a document (`Document.damage`), without reading the document."""
        return io.read_damage(self.connection, doc)

    def count(self, table: Literal["pages", "lines", "passages"], doc: str | None = None) -> int:
        """The number of pages, lines or passages, in all or in one document."""
        condition, values = ("1", []) if doc is None else ("doc = ?", [doc])
        sql = f"SELECT COUNT(*) FROM {table} WHERE {condition}"  # noqa: S608 -- table names are ours
        return int(self.connection.execute(sql, values).fetchone()[0])

    def unread_pages(self) -> list[tuple[str, tuple[Reason, ...]]]:
        """Documents with pages that could not be read, each with the reasons for a page, once for equal reasons."""
        rows = self.connection.execute("SELECT DISTINCT doc, reason FROM pages WHERE verdict = 'needs_ocr'")
        return [(row["doc"], io.read_reasons(row["reason"])) for row in rows]

    def lines(self, doc: str, page: int) -> list[Line]:
        """The lines of one page in reading order."""
        rows = self.connection.execute("SELECT * FROM lines WHERE doc = ? AND page = ? ORDER BY place", (doc, page))
        return [io.read_line(row) for row in rows]

    def unfinished(self) -> str:
        """What may be missing if the last run into the folder was interrupted or is still running; else empty."""
        documents = unfinished(self.folder)
        if documents is None:
            return ""
        held = len(self.documents()) + len(self.failures())
        return f"{held} of {documents} documents; these, themes and traces may be missing or of an earlier run"

    def copies(self) -> list[tuple[str, str]]:
        """The files that were not read because a document has the same bytes, each with the id of that document."""
        return [
            (row["file"], row["doc"]) for row in self.connection.execute("SELECT file, doc FROM copies ORDER BY file")
        ]

    def failures(self) -> list[tuple[str, str]]:
        """The files that could not be read, each with the reason."""
        return [
            (row["doc"], row["message"])
            for row in self.connection.execute("SELECT doc, message FROM failures ORDER BY doc")
        ]

    def tracebacks(self) -> list[str]:
        """Where the errors of the files that could not be read were raised, if known."""
        rows = self.connection.execute("SELECT traceback FROM failures WHERE traceback != '' ORDER BY doc")
        return [row["traceback"] for row in rows]

    def known_documents(self) -> list[str]:
        """Ids of all documents that the run knows, including those that could not be read."""
        return [doc for (doc,) in self.connection.execute("SELECT doc FROM documents UNION SELECT doc FROM failures")]

    def error_classes(self) -> dict[str, str]:
        """The files that could not be read, each with the name of its error's class (`errors.py`)."""
        return dict(self.connection.execute("SELECT doc, error FROM failures").fetchall())

    # -- passages, words and tags ------------------------------------------------------------------------

    def passages(self, *, kind: Kind | None = None, doc: str | None = None) -> list[Passage]:
        """Passages in document order, with the kinds that people decided; only of one kind or one document if given."""
        where, values = ["1"], []
        for column, value in (("kind_now", kind), ("doc", doc)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        sql = f"{_PASSAGES} WHERE {' AND '.join(where)} ORDER BY doc, place"
        return [_read_passage(row) for row in self.connection.execute(sql, values)]

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids, with the kinds that people decided; unknown ids are left out."""
        passages: dict[str, Passage] = {}
        for condition, batch in _batches(ids):
            rows = self.connection.execute(f"{_PASSAGES} WHERE {condition}", batch)
            passages |= {row["id"]: _read_passage(row) for row in rows}
        return passages

    def taggings(self, *, doc: str | None = None, ids: Iterable[str] | None = None) -> dict[str, Tagging]:
        """Passage id -> tags with people's decisions applied; only of one document or some passages if given."""
        return decisions.apply_to_taggings(self.machine_taggings(doc=doc, ids=ids), decisions.active(self.connection))

    def machine_taggings(self, *, doc: str | None = None, ids: Iterable[str] | None = None) -> dict[str, Tagging]:
        """Passage id -> tags as the machine gave them, without people's decisions; parameters as for `taggings`."""
        taggings: dict[str, Tagging] = {}
        of_doc, wanted_doc = ("1", []) if doc is None else ("p.doc = ?", [doc])
        for condition, batch in [("1", [])] if ids is None else _batches(ids, "p.id"):
            taggings |= self._machine_taggings(f"WHERE {condition} AND {of_doc}", [*batch, *wanted_doc])
        return taggings

    def _machine_taggings(self, where: str, values: Sequence[str]) -> dict[str, Tagging]:
        """The taggings of the passages `p` that fulfil the SQL condition `where`, which has a mark for each value."""
        kinds = dict(self.connection.execute(f"SELECT id, kind FROM passages p {where}", values))  # noqa: S608 -- ours
        pillars: dict[str, list[PillarTag]] = {key: [] for key in kinds}
        scores: dict[str, dict[str, float]] = {key: {} for key in kinds}
        actors: dict[str, list[ActorTag]] = {key: [] for key in kinds}
        join = f"JOIN passages p ON p.id = t.passage {where}"
        sql = f"SELECT t.* FROM pillar_tags t {join} ORDER BY t.rowid"  # noqa: S608 -- ours
        for row in self.connection.execute(sql, values):
            scores[row["passage"]][row["code"]] = row["score"]
            if row["over_threshold"]:
                pillars[row["passage"]].append(io.read_pillar(row))
        sql = f"SELECT t.* FROM actor_tags t {join} ORDER BY t.start"  # noqa: S608 -- ours
        for row in self.connection.execute(sql, values):
            actors[row["passage"]].append(io.read_actor(row))
        return {
            key: Tagging(key, kind, tuple(pillars[key]), scores[key], tuple(actors[key])) for key, kind in kinds.items()
        }

    def actor_names(self) -> dict[str, str]:
        """Id of an actor -> its name, for the actors of all tags; takes a second in a large run."""
        return dict(self.connection.execute("SELECT DISTINCT actor, name FROM actor_tags WHERE actor != ''").fetchall())

    def words(self, ids: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Passage id -> words; of all passages if no ids are given."""
        return dict(self.iterate_words(ids))

    def iterate_words(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yields ids of passages with their words one by one, so that a large run needs little memory."""
        for condition, batch in [("1", [])] if ids is None else _batches(ids):
            sql = f"SELECT id, words FROM passages WHERE {condition}"  # noqa: S608 -- only question marks
            for key, words in self.connection.execute(sql, batch):
                yield key, tuple(json.loads(words))

    def ids_with_letters(self, letters: str, ids: Iterable[str]) -> list[str]:
        """The `ids` of passages whose text holds these letters, in any of the forms that `letters_key` makes one."""
        wanted = letters_key(letters)
        matching = []
        for condition, batch in _batches(ids):
            sql = f"SELECT id, text FROM passages WHERE {condition}"  # noqa: S608 -- only question marks
            for key, text in self.connection.execute(sql, batch):
                if letters in text or wanted in letters_key(text):  # the first is faster, and mostly true
                    matching.append(key)
        return matching

    # -- themes and traces -------------------------------------------------------------------------------

    def themes(self) -> ThemeSet:
        """The themes with people's labels in place of the machine's."""
        members: dict[str, list[Member]] = {}
        for row in self.connection.execute("SELECT * FROM theme_members ORDER BY weight DESC, passage"):
            members.setdefault(row["theme"], []).append(Member(row["passage"], row["weight"]))
        rows = self.connection.execute("SELECT * FROM themes ORDER BY place")
        themes: list[Theme] = [io.read_theme(row, members.get(row["id"], [])) for row in rows]
        notes = dict(self.connection.execute("SELECT passage, note FROM theme_notes"))
        outliers = tuple(key for key, note in notes.items() if note == "ungrouped")
        set_aside = {key: note for key, note in notes.items() if note != "ungrouped"}
        labelled = decisions.apply_to_themes(themes, decisions.active(self.connection))
        return ThemeSet(tuple(labelled), outliers, set_aside, self.figures("themes."))

    def traces(self) -> list[Trace]:
        """The recommendations' traces in document order, with people's decisions about links applied."""
        evidence_of: dict[str, list[sqlite3.Row]] = {}
        for row in self.connection.execute("SELECT * FROM evidence ORDER BY rec, rank"):
            evidence_of.setdefault(row["rec"], []).append(row)
        rows = self.connection.execute(
            "SELECT t.* FROM traces t LEFT JOIN passages p ON p.id = t.rec ORDER BY p.doc, p.place"
        ).fetchall()
        traces = [
            Trace(row["rec"], row["coverage"], tuple(io.read_evidence(e) for e in evidence_of.get(row["rec"], ())))
            for row in rows
        ]
        decided = decisions.active(self.connection)
        confirmed = [key for keys in decisions.confirmed_links(decided).values() for key in keys]
        kinds = {key: passage.kind for key, passage in self.passages_by_id(confirmed).items()}
        return decisions.apply_to_traces(traces, decided, kinds)

    def machine_evidence(self, rec: str) -> list[Evidence]:
        """The ranked evidence of a recommendation as the machine gave it, including links that people rejected."""
        rows = self.connection.execute("SELECT * FROM evidence WHERE rec = ? ORDER BY rank", (rec,))
        return [io.read_evidence(row) for row in rows]

    def holds(self, subject: str, about: Field) -> bool:
        """Whether the run has what a decision is about: the passage, its actor, the theme, or the link."""
        by_type: dict[str, tuple[str, tuple[object, ...]]] = {
            "link": ("evidence WHERE rec = ? AND target = ?", (subject, about.evidence)),
            "label": ("themes WHERE id = ?", (subject,)),
            "actor": ("actor_tags WHERE passage = ? AND start = ? AND end = ?", (subject, *about.span)),
        }
        where, values = by_type.get(about.type, ("passages WHERE id = ?", (subject,)))
        sql = f"SELECT EXISTS (SELECT 1 FROM {where})"  # noqa: S608 -- one of the texts above
        return bool(self.connection.execute(sql, values).fetchone()[0])

    def figures(self, prefix: str = "") -> Mapping[str, float]:
        """The run's figures whose names begin with `prefix`, by name without the prefix."""
        rows = self.connection.execute("SELECT name, value FROM figures WHERE name LIKE ?", (f"{prefix}%",))
        return {name.removeprefix(prefix): value for name, value in rows}

    # -- tables for researchers --------------------------------------------------------------------------

    def frame(self, table: str) -> pd.DataFrame:
        """A table of the run (`documents`, `passages`, `pillar_tags`, `actor_tags`, ...) as a data frame.

        Raises RunError if the run has no such table.
        """
        import pandas as pd

        names = [name for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if table not in names:
            raise RunError(str(self.folder), f"no table {table!r}", ", ".join(sorted(names)))
        return pd.read_sql_query(f"SELECT * FROM {table}", self.connection)  # noqa: S608 -- checked above

    # -- bookkeeping of stages ---------------------------------------------------------------------------

    def recorded_fingerprint(self, doc: str, stage: str) -> str:
        """The fingerprint that a stage had when it last ran for a document (`*`: the corpus); empty if it never ran."""
        row = self.connection.execute(
            "SELECT fingerprint FROM stage_runs WHERE doc = ? AND stage = ?", (doc, stage)
        ).fetchone()
        return str(row["fingerprint"]) if row else ""

    def fingerprints(self, stage: str) -> list[tuple[str, str]]:
        """The documents for which a stage has run, in the order of their ids, each with its fingerprint."""
        rows = self.connection.execute("SELECT doc, fingerprint FROM stage_runs WHERE stage = ? ORDER BY doc", (stage,))
        return [(row["doc"], row["fingerprint"]) for row in rows]

    def record_fingerprint(self, doc: str, stage: str, fingerprint: str) -> None:
        """Record that a stage has run for a document, with the fingerprint of its inputs."""
        self.connection.execute("INSERT OR REPLACE INTO stage_runs VALUES (?, ?, ?)", (doc, stage, fingerprint))


def _read_passage(row: sqlite3.Row) -> Passage:
    """A row of `_PASSAGES` as a passage."""
    passage = io.read_passage(row)
    return passage if row["kind_now"] == passage.kind else replace(passage, kind=row["kind_now"])


def _batches(ids: Iterable[str], column: str = "id") -> Iterator[tuple[str, list[str]]]:
    """Ids in batches small enough for one SQLite statement, each with its SQL condition."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        yield f"{column} IN ({','.join('?' * len(batch))})", batch


def open_run(folder: Path | str) -> Run:
    """Open a run folder for reading and for decisions.

    Raises RunError if there is no run in `folder` or its database cannot be read.
    """
    path = Path(folder)
    if not (path / DATABASE).is_file():
        raise RunError(str(path), "no run in this folder", f"a folder with {DATABASE}", "tipmine run CORPUS --out DIR")
    return Run(path, connect(path))


def create_run(folder: Path) -> Run:
    """Open a run folder for writing, creating it if there is none. Raises RunError if that is impossible."""
    with run_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return Run(folder, connect(folder))
