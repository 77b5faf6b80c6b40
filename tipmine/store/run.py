"""A run folder: what a run wrote and what people decided about it.

    outputs/<run>/tipmine.db   records (schema.py), the truth of the run
                  index/       search index, rebuilt from the records at will (index.py)
                  report.html recommendation_trace.xlsx documents.csv

Reading gives records with people's decisions already applied; what the machine said stays in the tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from tipmine.errors import RunError
from tipmine.records import (
    Document,
    DocumentInfo,
    Kind,
    Line,
    Member,
    Page,
    Passage,
    Quality,
    Tagging,
    Theme,
    ThemeSet,
    Trace,
)
from tipmine.store import decisions as people
from tipmine.store import records_io as io
from tipmine.store.schema import migrate

if TYPE_CHECKING:
    import pandas as pd

DATABASE = "tipmine.db"
INDEX = "index"
_LOCK = "run.lock"
_BATCH = 500
"""Ids in one statement; SQLite takes 999 at least."""
_BUSY_SECONDS = 30.0
"""How long a reader waits for a writer before it gives up. Seconds."""


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
        """All or nothing: what is written inside is kept only if the block ends without an error."""
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
        """One document with its pages and lines; empty where the run does not hold it."""
        return io.read_document(self.connection, doc)

    def pages(self, doc: str) -> list[Page]:
        """The pages of a document with their quality."""
        rows = self.connection.execute("SELECT * FROM pages WHERE doc = ? ORDER BY page", (doc,))
        return [
            Page(row["page"], row["width"], row["height"], Quality(row["score"], row["verdict"], row["reason"]))
            for row in rows
        ]

    def lines(self, doc: str, page: int) -> list[Line]:
        """The lines of one page in reading order."""
        rows = self.connection.execute("SELECT * FROM lines WHERE doc = ? AND page = ? ORDER BY place", (doc, page))
        return [io.read_line(row) for row in rows]

    def failures(self) -> list[tuple[str, str]]:
        """The files that could not be read, each with the reason."""
        return [
            (row["doc"], row["message"])
            for row in self.connection.execute("SELECT doc, message FROM failures ORDER BY doc")
        ]

    # -- passages and tags -------------------------------------------------------------------------------

    def passages(self, *, kind: Kind | None = None, doc: str | None = None) -> list[Passage]:
        """Passages in document order, of one kind or one document where given."""
        where, values = ["1"], []
        for column, value in (("kind", kind), ("doc", doc)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        sql = f"SELECT * FROM passages WHERE {' AND '.join(where)} ORDER BY doc, place"  # noqa: S608 -- columns are ours
        return [io.read_passage(row) for row in self.connection.execute(sql, values)]

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids; unknown ids are left out."""
        found: dict[str, Passage] = {}
        for where, batch in _batches(ids):
            sql = f"SELECT * FROM passages {where}"  # noqa: S608 -- only question marks
            found |= {row["id"]: io.read_passage(row) for row in self.connection.execute(sql, batch)}
        return found

    def taggings(self, *, doc: str | None = None) -> dict[str, Tagging]:
        """The tags of each passage by passage id, with people's decisions applied."""
        machine = self.machine_taggings(doc=doc)
        return people.apply_to_taggings(machine, people.active(self.connection))

    def machine_taggings(self, *, doc: str | None = None) -> dict[str, Tagging]:
        """The tags as the machine gave them."""
        where, values = ("WHERE p.doc = ?", (doc,)) if doc else ("", ())
        kinds = dict(self.connection.execute(f"SELECT id, kind FROM passages p {where}", values))  # noqa: S608 -- ours
        taggings = {key: Tagging(key, kind, (), {}, ()) for key, kind in kinds.items()}
        join = f"JOIN passages p ON p.id = t.passage {where}"
        scores: dict[str, dict[str, float]] = {key: {} for key in kinds}
        for row in self.connection.execute(f"SELECT t.* FROM pillar_tags t {join}", values):  # noqa: S608 -- ours
            key = row["passage"]
            scores[key][row["code"]] = row["score"]
            if row["over_threshold"]:
                pillars = (*taggings[key].pillars, io.read_pillar(row))
                taggings[key] = replace(taggings[key], pillars=pillars)
        for row in self.connection.execute(f"SELECT t.* FROM actor_tags t {join} ORDER BY t.start", values):  # noqa: S608
            key = row["passage"]
            taggings[key] = replace(taggings[key], actors=(*taggings[key].actors, io.read_actor(row)))
        return {key: replace(tagging, pillar_scores=scores[key]) for key, tagging in taggings.items()}

    # -- themes and traces -------------------------------------------------------------------------------

    def themes(self) -> ThemeSet:
        """The themes, with people's labels in place of the machine's."""
        members: dict[str, list[Member]] = {}
        for row in self.connection.execute("SELECT * FROM theme_members ORDER BY weight DESC, passage"):
            members.setdefault(row["theme"], []).append(Member(row["passage"], row["weight"]))
        rows = self.connection.execute("SELECT * FROM themes ORDER BY place")
        themes: list[Theme] = [io.read_theme(row, members.get(row["id"], [])) for row in rows]
        notes = dict(self.connection.execute("SELECT passage, note FROM theme_notes"))
        outliers = tuple(key for key, note in notes.items() if note == "ungrouped")
        set_aside = {key: note for key, note in notes.items() if note != "ungrouped"}
        labelled = people.apply_to_themes(themes, people.active(self.connection))
        return ThemeSet(tuple(labelled), outliers, set_aside, self.figures("themes."))

    def traces(self) -> list[Trace]:
        """The recommendations' traces in document order, links that people rejected left out."""
        found: dict[str, list[sqlite3.Row]] = {}
        for row in self.connection.execute("SELECT * FROM evidence ORDER BY rec, rank"):
            found.setdefault(row["rec"], []).append(row)
        rows = self.connection.execute(
            "SELECT t.* FROM traces t LEFT JOIN passages p ON p.id = t.rec ORDER BY p.doc, p.place"
        ).fetchall()
        traces = [
            Trace(row["rec"], row["coverage"], tuple(io.read_evidence(e) for e in found.get(row["rec"], ())))
            for row in rows
        ]
        return people.apply_to_traces(traces, people.active(self.connection))

    def figures(self, prefix: str = "") -> Mapping[str, float]:
        """The run's figures whose names begin with `prefix`, without it."""
        rows = self.connection.execute("SELECT name, value FROM figures WHERE name LIKE ?", (f"{prefix}%",))
        return {name.removeprefix(prefix): value for name, value in rows}

    # -- tables for researchers --------------------------------------------------------------------------

    def frame(self, table: str) -> pd.DataFrame:
        """A table of the run (`documents`, `passages`, `pillar_tags`, `actor_tags`, ...) as a data frame.

        Raises RunError for a name that is no table of the run.
        """
        import pandas as pd

        names = [name for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if table not in names:
            raise RunError(str(self.folder), f"no table {table!r}", ", ".join(sorted(names)))
        return pd.read_sql_query(f"SELECT * FROM {table}", self.connection)  # noqa: S608 -- checked above

    # -- bookkeeping of stages ---------------------------------------------------------------------------

    def stage_done(self, doc: str, stage: str) -> str:
        """The fingerprint with which a stage was last done for a document (`*` for the corpus); empty if never."""
        row = self.connection.execute(
            "SELECT fingerprint FROM stage_runs WHERE doc = ? AND stage = ?", (doc, stage)
        ).fetchone()
        return str(row["fingerprint"]) if row else ""

    def mark_stage(self, doc: str, stage: str, fingerprint: str) -> None:
        """Remember that a stage is done for a document."""
        self.connection.execute("INSERT OR REPLACE INTO stage_runs VALUES (?, ?, ?)", (doc, stage, fingerprint))

    def words(self, ids: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """The words of passages by id (of all where no ids are given)."""
        import json

        found: dict[str, tuple[str, ...]] = {}
        for where, batch in [("", [])] if ids is None else _batches(ids):
            sql = f"SELECT id, words FROM passages {where}"  # noqa: S608 -- only question marks
            found |= {key: tuple(json.loads(words)) for key, words in self.connection.execute(sql, batch)}
        return found


def _batches(ids: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Ids in batches that SQLite takes in one statement, each with the condition on `id`."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        yield f"WHERE id IN ({','.join('?' * len(batch))})", batch


def open_run(folder: Path | str) -> Run:
    """Open a run folder for reading and for decisions.

    Raises RunError where there is no run in `folder`, or its database cannot be read.
    """
    path = Path(folder)
    if not (path / DATABASE).is_file():
        raise RunError(str(path), "no run in this folder", f"a folder with {DATABASE}", "tipmine run CORPUS --out DIR")
    return Run(path, _connect(path))


def create_run(folder: Path) -> Run:
    """Open a run folder for writing; it is made where there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(str(folder), f"cannot be made: {error.strerror}", "a folder that you may write to") from error
    return Run(folder, _connect(folder))


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Only one process writes into a run folder at a time. Raises RunError when another one does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise RunError(str(folder), "another run is writing here", do="wait for it, or name another --out") from error
    except OSError as error:
        raise RunError(str(folder), f"cannot be written: {error.strerror}", "a folder that you may write to") from error


def _connect(folder: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            folder / DATABASE, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
    except sqlite3.Error as error:
        raise RunError(str(folder / DATABASE), f"cannot be opened: {error}", "the database of a run") from error
    return connection
