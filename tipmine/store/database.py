"""Opens the database file of a run folder, admits one run at a time, and turns its errors into RunErrors.

The folder's lock covers what a run writes: records, stages and the search index. Decisions and saved queries do not
need it: they are short transactions, which SQLite admits one after the other.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from weakref import finalize

from filelock import FileLock, Timeout

from tipmine.errors import RunError
from tipmine.store.schema import migrate

DATABASE = "tipmine.db"
_JOURNAL = "-wal"
"""The ending that SQLite adds to the name of a database for its journal."""
_LOCK = "run.lock"
_BUSY_SECONDS = 30.0
"""Seconds that a writer waits for another writer's transaction before it gives up. Readers never wait (WAL)."""

_WRITABLE = "a folder that you may write to"
_ELSEWHERE = "copy the run to such a folder, or make one there: tipmine run CORPUS --out DIR"
_ROOM = "make room and run again; what is done is kept"
_DAMAGED = "run again into another folder"
_ADVICE: dict[str, tuple[str, str]] = {
    "full": ("room on the disk", _ROOM),
    "disk I/O": ("room on a disk that works", _ROOM),
    "readonly": (_WRITABLE, _ELSEWHERE),
    "locked": ("a run that no other program has open for writing", "close that program and try again"),
    "malformed": ("the database of a run", _DAMAGED),
    "not a database": ("the database of a run", _DAMAGED),
}
"""What was expected and what to do, by words in SQLite's messages."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def connect(folder: Path) -> sqlite3.Connection:
    """Open the database of a run folder with the current tables; create it if there is none.

    In a folder that may only be read it is opened for reading. Raises RunError if the database cannot be opened.
    """
    path = folder / DATABASE
    with run_errors(folder):
        if path.is_file() and not (os.access(path, os.W_OK) and may_write(folder)):
            return _open_read_only(path)
        return _open(path, path, "PRAGMA journal_mode = WAL")


def may_write(folder: Path) -> bool:
    """Whether this process may create files in a folder."""
    return os.access(folder, os.W_OK)


class _Connection(sqlite3.Connection):
    """A connection that `weakref.finalize` can watch, which SQLite's own class does not allow."""


def _open(path: Path, subject: Path, *first: str, mode: str = "") -> sqlite3.Connection:
    """The database at `path` with the current tables, after the statements `first`.

    `subject` is the file that errors name; `mode` are parameters of SQLite's URI, with their question mark.
    """
    connection = sqlite3.connect(
        path.absolute().as_uri() + mode,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=_Connection,
        uri=True,
    )
    try:
        connection.row_factory = sqlite3.Row
        for statement in (*first, "PRAGMA foreign_keys = ON"):
            connection.execute(statement)
        migrate(connection, str(subject))
    except BaseException:
        connection.close()
        raise
    return connection


def _open_read_only(path: Path) -> sqlite3.Connection:
    """The database of a folder that may only be read.

    Where it cannot be read there (SQLite writes files beside a database that has a journal), or has the tables of an
    older version, a copy in a temporary folder is read.
    """
    try:
        return _open(path, path, mode=_read_only_mode(path))
    except sqlite3.OperationalError:
        folder = Path(tempfile.mkdtemp(prefix="tipmine-"))
        try:
            for name in (path.name, path.name + _JOURNAL):
                if path.with_name(name).is_file():
                    shutil.copyfile(path.with_name(name), folder / name)
            connection = _open(folder / path.name, path)
            connection.execute("PRAGMA query_only = ON")  # what is written into the copy would be lost
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finalize(connection, shutil.rmtree, folder, ignore_errors=True)
        return connection


def _read_only_mode(path: Path) -> str:
    """The URI parameters that open a database in a folder that may only be read.

    SQLite writes files beside a database even to read it; without a journal, it can be opened as immutable instead.
    """
    journal = path.with_name(path.name + _JOURNAL)
    return "?mode=ro" if journal.is_file() and journal.stat().st_size else "?mode=ro&immutable=1"


def faults(connection: sqlite3.Connection) -> list[str]:
    """Faults of a database: damage that SQLite finds, and rows whose document or passage is missing."""
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    return damage + [f"a row of {row['table']} without its row of {row['parent']}" for row in loose]


def now() -> str:
    """The current time as stored: ISO 8601 in UTC, to the microsecond, so that each decision has its own."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def local_moment(at: str, zone: tzinfo | None = None) -> datetime:
    """A stored time in the time zone of this machine, or in `zone`. Raises ValueError for text that is not a time.

    Everything that shows a stored time uses this: at 06:30 in Thailand it is still the day before in UTC.

    >>> from datetime import timedelta, timezone
    >>> f"{local_moment('2024-03-05T23:30:00.000001+00:00', timezone(timedelta(hours=7))):%d %H:%M}"
    '06 06:30'
    """
    return datetime.fromisoformat(at).astimezone(zone)


def table_columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table in their order: name -> SQLite type."""
    return {row["name"]: row["type"] for row in connection.execute(f"PRAGMA table_info({table})")}


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Holds the run folder's lock, so that one process at a time writes records or the index.

    Raises RunError at once if another one holds it.
    """
    lock = FileLock(folder / _LOCK, timeout=0)
    with run_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            raise RunError(
                str(folder),
                "another run is writing here",
                do="wait for it, or make another: tipmine run CORPUS --out DIR",
            ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def run_errors(folder: Path) -> Iterator[None]:
    """Turns errors of the disk or the database inside the block into a RunError that says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        # Programming errors, not errors of the disk.
        raise
    except sqlite3.Error as error:
        raise database_error(error, str(folder / DATABASE)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        subject = str(error.filename or folder)
        wrong = f"cannot be read or written: {error.strerror or error}"
        if error.errno in _NO_ROOM:
            raise RunError(subject, wrong, "room on the disk", _ROOM) from error
        raise RunError(subject, wrong, _WRITABLE, _ELSEWHERE) from error


def database_error(error: sqlite3.Error, subject: str = DATABASE) -> RunError:
    """A RunError for an error of SQLite, with what was expected and what to do."""
    for words, (expected, do) in _ADVICE.items():
        if words in str(error):
            return RunError(subject, str(error), expected, do)
    return RunError(subject, f"cannot be read or written: {error}", "the database of a run", "tipmine verify RUN")
