"""Results as Parquet parts at any address that fsspec knows: a folder, NFS, S3 and the like.

    ADDRESS/passages/<key>.parquet   one file per table and part; tables and columns are those of a run's database
            parts/<key>.json         written last: the part is complete
            current.json             the keys of the parts that make up the latest run
            format.json              the version of all this, written first

A part holds the results of some documents. Its key is a hash of everything that they depend on. So a worker skips a
part that is already complete, two workers that make the same part write the same bytes, and a changed document leads
to another key. Files appear complete or not at all. A part can be loaded into a run folder any number of times;
`read_table` reads parts without loading them.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipmine.errors import DamagedFileError, UsageError
from tipmine.ids import content_hash
from tipmine.outcomes import store_outcome
from tipmine.remote import Store
from tipmine.store import records_io
from tipmine.store.database import table_columns
from tipmine.store.renamed import holds_document, transfer_to_edited
from tipmine.store.run import Run
from tipmine.store.schema import migrate
from tipmine.work import Job, Outcome, process_document

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("documents", "failures", "pages", "lines", "passages", "pillar_tags", "actor_tags", "stage_runs")
"""The tables that hold results of documents, each before those that refer to it."""
PART_DOCUMENTS = 32
"""Documents in a part: enough for files of some 100 kB, few enough to share the work out evenly."""
_FORMAT_FILE = "format.json"
_FORMAT = 2
"""Raised when older versions can no longer read what newer ones write."""


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are processed together, and where their results go.

    `fingerprints`: document id -> stage -> fingerprint.
    """

    address: str
    jobs: tuple[Job, ...]
    fingerprints: Mapping[str, Mapping[str, str]]
    lost: str = ""
    """Why no worker could make the part; empty if one did."""

    @property
    def key(self) -> str:
        """40 hex digits: a hash of everything that the results depend on."""
        content = [_FORMAT, sorted(self.fingerprints.items())]
        return content_hash(content, digits=40)

    def as_lost(self, why: str) -> Part:
        """The same part, marked as lost."""
        return replace(self, lost=why)

    def singles(self) -> list[Part]:
        """Each document as a part of its own."""
        docs = [(job, job.info.doc) for job in self.jobs]
        return [Part(self.address, (job,), {doc: self.fingerprints[doc]}) for job, doc in docs]


def cut_parts(address: str, jobs: Sequence[Job], fingerprints: Mapping[str, Mapping[str, str]]) -> list[Part]:
    """Distribute documents over parts by a hash of their ids, so that adding or removing one changes only its own part.

    That holds until the corpus doubles, when all documents are distributed again.
    """
    count = 1
    while count * PART_DOCUMENTS < len(jobs):
        count *= 2
    buckets: dict[int, list[Job]] = {}
    for job in jobs:
        digest = hashlib.blake2b(job.info.doc.encode(), digest_size=8).digest()
        buckets.setdefault(int.from_bytes(digest) % count, []).append(job)
    return [
        Part(address, tuple(own), {job.info.doc: fingerprints[job.info.doc] for job in own})
        for _number, own in sorted(buckets.items())
    ]


def check_address(address: str) -> None:
    """Write the file that gives the format of the parts, so that a bad address is reported before workers start.

    Raises UsageError for an address that fsspec does not know, MissingPartError without fsspec, OSError where a folder
    refuses, RunError where another store does, DamagedFileError where parts of another version are there.
    """
    store = Store(address)
    if store.exists(_FORMAT_FILE):
        _read_json(store, _FORMAT_FILE)
    else:
        store.write(_FORMAT_FILE, json.dumps({"format": _FORMAT}).encode())


def make_part(part: Part) -> Part:
    """In a worker: process the documents of a part and write the results, unless the part is complete already."""
    if not Store(part.address).exists(f"parts/{part.key}.json"):
        write_part(part, map(process_document, part.jobs))
    return part


def write_part(part: Part, outcomes: Iterable[Outcome]) -> None:
    """Write the outcomes of all documents of a part, and then the mark that the part is complete."""
    store = Store(part.address)
    with Run(Path(), _database_in_memory()) as run:
        for outcome in outcomes:
            store_outcome(run, outcome, part.fingerprints[outcome.info.doc])
        for table in TABLES:
            store.write(f"{table}/{part.key}.parquet", _parquet(run.connection, table))
    whole = {"format": _FORMAT, "documents": sorted(part.fingerprints)}
    store.write(f"parts/{part.key}.json", json.dumps(whole, ensure_ascii=False).encode())


def load_part(run: Run, address: str, key: str) -> None:
    """Load a part into a run, in one transaction; loading it again changes nothing.

    Raises MissingFileError for a part that is not complete, DamagedFileError for one that cannot be read.
    """
    store = Store(address)
    documents = _read_json(store, f"parts/{key}.json")["documents"]
    with run.transaction():
        new = [doc for doc in documents if not holds_document(run, doc)]
        for doc in documents:
            records_io.forget_document(run.connection, doc)
        for table in TABLES:
            rows = _read_parquet(store, f"{table}/{key}.parquet")
            names = table_columns(run.connection, table)
            marks = ",".join("?" * len(names))
            columns = [rows.column(name).to_pylist() for name in names]
            sql = f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})"  # noqa: S608 -- names are the schema's
            run.connection.executemany(sql, zip(*columns, strict=True))
        for doc in new:
            transfer_to_edited(run, doc)


def write_current(address: str, keys: Iterable[str]) -> None:
    """Record which parts make up the latest run; older ones may be deleted."""
    Store(address).write("current.json", json.dumps({"format": _FORMAT, "parts": sorted(keys)}).encode())


def read_table(address: str, table: str, *, columns: Sequence[str] | None = None, filters: Any = None) -> pd.DataFrame:
    """A table of the latest run as a data frame, read from its parts; only the `columns` asked for are fetched.

    `filters` is a pyarrow.dataset expression. Raises UsageError for a table that parts do not have, MissingFileError
    where no run has finished at this address.
    """
    import pyarrow.dataset as ds

    if table not in TABLES:
        raise UsageError(table, "is not a table of the parts", ", ".join(TABLES))
    store = Store(address)
    keys = _read_json(store, "current.json")["parts"]
    files = [store.path(f"{table}/{key}.parquet") for key in keys]
    with store.refusals():
        dataset = ds.dataset(files, format="parquet", filesystem=store.system)
        frame: pd.DataFrame = dataset.to_table(columns=list(columns) if columns else None, filter=filters).to_pandas()
    return frame


def _database_in_memory() -> sqlite3.Connection:
    """A database in memory with the tables of a run, so that the same functions make the rows as in a run folder."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection, "memory")
    return connection


def _parquet(connection: sqlite3.Connection, table: str) -> bytes:
    """A table of a run's database as the content of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}
    schema = pa.schema([(name, types[kind]) for name, kind in table_columns(connection, table).items()])
    rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608 -- ours
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out, compression="zstd")
    return out.getvalue()


def _read_parquet(store: Store, name: str) -> Any:
    """The pyarrow table in a Parquet file. Raises DamagedFileError for a file that is not one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = io.BytesIO(store.read(name))
    try:
        return pq.read_table(content)
    except (OSError, pa.ArrowInvalid) as error:
        raise DamagedFileError(
            store.path(name), f"not a Parquet file: {error}", do="delete the part and run again"
        ) from error


def _read_json(store: Store, name: str) -> dict[str, Any]:
    """The object in a JSON file. Raises DamagedFileError for anything else, and for a file of another version."""
    path, text = store.path(name), store.read(name)
    try:
        content = json.loads(text)
    except ValueError as error:  # neither JSON nor UTF-8
        raise DamagedFileError(path, f"not JSON: {error}", do="delete it and run again") from error
    if not isinstance(content, dict):
        raise DamagedFileError(path, f"a JSON {type(content).__name__}", "an object", "delete it and run again")
    if content.get("format") != _FORMAT:
        raise DamagedFileError(path, "of another version", f"format {_FORMAT}", "name another address")
    return content
