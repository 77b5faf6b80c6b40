"""The tables of a run folder's `tipmine.db`, as a list of migrations to which new ones are only appended.

The names of applied migrations are kept in the table `migrations`; opening an older run applies the missing ones. Each
record is a row; what is nested in it (edits, line spans, reasons) is JSON. docs/run_folder.md describes the columns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tipmine.errors import RunError

Migration = Callable[[sqlite3.Connection], None]

_M001 = """
CREATE TABLE documents (
  doc TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL,
  year_be INTEGER, province TEXT NOT NULL, speaker_group TEXT NOT NULL, damage TEXT NOT NULL
);
CREATE TABLE stage_runs (
  doc TEXT NOT NULL, stage TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (doc, stage)
);
CREATE TABLE failures (
  doc TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL
);
CREATE TABLE pages (
  doc TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, page INTEGER NOT NULL,
  width REAL NOT NULL, height REAL NOT NULL, score REAL NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (doc, page)
);
CREATE TABLE lines (
  doc TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, page INTEGER NOT NULL, line INTEGER NOT NULL,
  text TEXT NOT NULL, raw TEXT NOT NULL, box TEXT, edits TEXT NOT NULL, score REAL NOT NULL, verdict TEXT NOT NULL,
  reason TEXT NOT NULL, role TEXT NOT NULL, block INTEGER NOT NULL, size REAL NOT NULL, bold INTEGER NOT NULL,
  style TEXT NOT NULL, cells TEXT NOT NULL, place INTEGER NOT NULL
);
CREATE INDEX lines_by_page ON lines (doc, page, line);
CREATE TABLE passages (
  id TEXT PRIMARY KEY, doc TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, kind TEXT NOT NULL,
  text TEXT NOT NULL, section TEXT NOT NULL, number TEXT NOT NULL, speaker TEXT NOT NULL, page INTEGER NOT NULL,
  lines TEXT NOT NULL, place INTEGER NOT NULL, words TEXT NOT NULL
);
CREATE INDEX passages_by_doc ON passages (doc, place);
CREATE TABLE pillar_tags (
  passage TEXT NOT NULL REFERENCES passages ON DELETE CASCADE, code TEXT NOT NULL, score REAL NOT NULL,
  over_threshold INTEGER NOT NULL, reason TEXT NOT NULL, tagger TEXT NOT NULL, spans TEXT NOT NULL,
  PRIMARY KEY (passage, code)
);
CREATE TABLE actor_tags (
  passage TEXT NOT NULL REFERENCES passages ON DELETE CASCADE, start INTEGER NOT NULL, end INTEGER NOT NULL,
  text TEXT NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL, sector TEXT NOT NULL, level TEXT NOT NULL,
  role TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL, tagger TEXT NOT NULL,
  PRIMARY KEY (passage, start, end)
);
CREATE TABLE themes (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, terms TEXT NOT NULL, size INTEGER NOT NULL, docs TEXT NOT NULL,
  stability REAL NOT NULL, stable INTEGER NOT NULL, quotes TEXT NOT NULL, place INTEGER NOT NULL
);
CREATE TABLE theme_members (
  theme TEXT NOT NULL REFERENCES themes ON DELETE CASCADE, passage TEXT NOT NULL, weight REAL NOT NULL,
  PRIMARY KEY (theme, passage)
);
CREATE TABLE theme_notes (passage TEXT PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE traces (rec TEXT PRIMARY KEY, coverage TEXT NOT NULL);
CREATE TABLE evidence (
  rec TEXT NOT NULL REFERENCES traces ON DELETE CASCADE, target TEXT NOT NULL, kind TEXT NOT NULL,
  rank INTEGER NOT NULL, score REAL NOT NULL, band TEXT NOT NULL, reasons TEXT NOT NULL, PRIMARY KEY (rec, target)
);
CREATE TABLE figures (name TEXT PRIMARY KEY, value REAL NOT NULL);
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, reviewer TEXT NOT NULL,
  at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX decisions_by_subject ON decisions (subject, field);
"""


def m001_initial(connection: sqlite3.Connection) -> None:
    """The first tables."""
    run_script(connection, _M001)


def m002_saved_queries(connection: sqlite3.Connection) -> None:
    """Saved queries (saved.py); `filters` is JSON: facet -> chosen values."""
    run_script(
        connection,
        """
        CREATE TABLE saved_queries (
          name TEXT PRIMARY KEY, text TEXT NOT NULL, filters TEXT NOT NULL, reviewer TEXT NOT NULL, at TEXT NOT NULL
        )
        """,
    )


def m003_tracebacks(connection: sqlite3.Connection) -> None:
    """Where the error of a failed document was raised."""
    connection.execute("ALTER TABLE failures ADD COLUMN traceback TEXT NOT NULL DEFAULT ''")


def m004_copies(connection: sqlite3.Connection) -> None:
    """Files with the same bytes as a document, which were not read again."""
    connection.execute("CREATE TABLE copies (file TEXT PRIMARY KEY, doc TEXT NOT NULL)")


def m005_renames(connection: sqlite3.Connection) -> None:
    """Passages of documents that were forgotten, if people had decided about them; where such decisions went."""
    run_script(
        connection,
        """
        CREATE TABLE gone_passages (id TEXT PRIMARY KEY, doc TEXT NOT NULL);
        CREATE INDEX gone_passages_by_doc ON gone_passages (doc);
        CREATE INDEX decisions_by_field ON decisions (field);
        CREATE TABLE renames (old TEXT NOT NULL, new TEXT NOT NULL, decisions INTEGER NOT NULL, at TEXT NOT NULL)
        """,
    )


MIGRATIONS: tuple[Migration, ...] = (m001_initial, m002_saved_queries, m003_tracebacks, m004_copies, m005_renames)


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute statements that end in `;` inside the current transaction (`executescript` would commit it)."""
    for statement in script.split(";"):
        connection.execute(statement)


def migrate(connection: sqlite3.Connection, subject: str) -> None:
    """Apply all missing migrations in one transaction; does not write if none are missing.

    Raises RunError, with `subject`, for a database from a newer version or another program.
    """
    if not _missing(connection, subject):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
        # Checked again: another process may have been faster.
        for migration in _missing(connection, subject):
            migration(connection)
            connection.execute("INSERT INTO migrations VALUES (?)", (migration.__name__,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _missing(connection: sqlite3.Connection, subject: str) -> list[Migration]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "migrations" not in tables:
        raise RunError(subject, "is a database of another program", "the database of a run", "choose another folder")
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")} if tables else set()
    if unknown := applied - {migration.__name__ for migration in MIGRATIONS}:
        wrong = f"written by a newer version ({', '.join(sorted(unknown))})"
        raise RunError(subject, wrong, do="use that version of tipmine, or run again into another folder")
    return [migration for migration in MIGRATIONS if migration.__name__ not in applied]
