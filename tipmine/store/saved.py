"""Named queries saved in a run, each with who saved it and when. They are kept over reruns.

Words and chosen facet values are saved, not the answer: a saved query finds whatever the run holds when it is used.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tipmine.errors import QuestionError, UsageError
from tipmine.store.database import now
from tipmine.store.language import closed, quoted
from tipmine.store.query import Query, check_query, narrowed

MOST_NAME = 80
"""Longest name of a saved query in code points. Longer ones do not fit in lists and menus."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its name; `at` is the time of saving, ISO 8601 in UTC."""

    name: str
    text: str
    filters: Mapping[str, Sequence[str]]
    reviewer: str
    at: str

    def query(self, *, limit: int = 20, offset: int = 0, facets: Sequence[str] = ()) -> Query:
        """The query in the form that `search` takes."""
        return Query(self.text, self.filters, limit, offset, facets)


def save_query(
    connection: sqlite3.Connection,
    name: str,
    query: Query,
    reviewer: str,
    at: str | None = None,
    *,
    replace: bool = False,
) -> SavedQuery:
    """Save the words and filters of a query under a name, in place of an older query of that name by the same reviewer.

    Superfluous spaces in the name are removed. Raises UsageError if the name is empty, too long or not printable, if
    there is no reviewer, if the query has neither words nor filters, or if `search` would refuse it; QuestionError for
    the name of another reviewer's query, unless it is to be replaced (`replace`).
    """
    new = SavedQuery(
        name=" ".join(name.split()),
        text=query.text.strip(),
        filters={facet: tuple(values) for facet, values in query.filters.items() if values},
        reviewer=reviewer.strip(),
        at=at or now(),
    )
    _check(new)
    if not replace:
        _refuse_taken(connection, new)
    sql = "INSERT OR REPLACE INTO saved_queries (name, text, filters, reviewer, at) VALUES (?, ?, ?, ?, ?)"
    filters = json.dumps(new.filters, ensure_ascii=False)
    connection.execute(sql, (new.name, new.text, filters, new.reviewer, new.at))
    return new


def saved_queries(connection: sqlite3.Connection) -> list[SavedQuery]:
    """The saved queries of a run in the order of their names."""
    return [_read(row) for row in connection.execute("SELECT * FROM saved_queries ORDER BY name")]


def saved_query(connection: sqlite3.Connection, name: str) -> SavedQuery:
    """The saved query with this name. Raises UsageError, listing the names, if there is none."""
    row = connection.execute("SELECT * FROM saved_queries WHERE name = ?", (" ".join(name.split()),)).fetchone()
    if row is None:
        raise UsageError(name, "no saved query has this name", _names(connection), "tipmine query --saved-list")
    return _read(row)


def with_saved(connection: sqlite3.Connection, query: Query, name: str) -> Query:
    """`query` itself or, if a `name` is given, the query saved under it, narrowed by `query`.

    Raises UsageError if there is none with this name.
    """
    return narrowed(saved_query(connection, name).query(), query) if name else query


def remove_query(connection: sqlite3.Connection, name: str) -> SavedQuery:
    """Delete a saved query and return it. Raises UsageError if there is none with this name."""
    removed = saved_query(connection, name)
    connection.execute("DELETE FROM saved_queries WHERE name = ?", (removed.name,))
    return removed


def saved_rows(queries: Iterable[SavedQuery]) -> list[dict[str, str]]:
    """Saved queries as flat rows; chosen facet values follow the words, in the query language."""
    return [
        {"name": each.name, "query": written(each.text, each.filters), "reviewer": each.reviewer, "at": each.at}
        for each in queries
    ]


def written(text: str, filters: Mapping[str, Sequence[str]]) -> str:
    """Words and chosen facet values as one line in the query language.

    >>> written("ล่าม", {"kind": ["plan", "other"], "speaker": ["ผู้ให้ข้อมูล 1"]})
    'ล่าม kind:plan kind:other speaker:"ผู้ให้ข้อมูล 1"'
    """
    values = [f"{facet}:{quoted(value)}" for facet, chosen in filters.items() for value in chosen]
    return " ".join(filter(None, (closed(text) if values else text, *values)))


def _read(row: sqlite3.Row) -> SavedQuery:
    filters = {facet: tuple(values) for facet, values in json.loads(row["filters"]).items()}
    return SavedQuery(row["name"], row["text"], filters, row["reviewer"], row["at"])


def _names(connection: sqlite3.Connection) -> str:
    names = [name for (name,) in connection.execute("SELECT name FROM saved_queries ORDER BY name")]
    return ", ".join(names) or "a name that was saved before"


def _refuse_taken(connection: sqlite3.Connection, new: SavedQuery) -> None:
    """Raises QuestionError if another reviewer's query has the name of the new one."""
    row = connection.execute("SELECT * FROM saved_queries WHERE name = ?", (new.name,)).fetchone()
    if row is None or row["reviewer"] == new.reviewer:
        return
    older = _read(row)
    raise QuestionError(
        new.name,
        f"is the name of a query that {older.reviewer} saved: {written(older.text, older.filters)}",
        "another name",
        "add --replace to save yours in its place",
        code="taken",
        name=new.name,
        reviewer=older.reviewer,
    )


def _check(new: SavedQuery) -> None:
    """Raises UsageError for a query that cannot be saved; see `save_query`."""
    if not new.name or len(new.name) > MOST_NAME or not new.name.isprintable():
        raise UsageError(repr(new.name), "cannot be the name of a query", f"1 to {MOST_NAME} printable letters")
    if not new.reviewer:
        raise UsageError(new.name, "a saved query needs a reviewer", "a name")
    if not new.text and not new.filters:
        raise UsageError(new.name, "the query asks for nothing", "words or values of facets")
    check_query(new.query())
