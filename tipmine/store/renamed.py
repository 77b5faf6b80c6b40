"""Keeps people's decisions with a document whose file was renamed or moved, and counts decisions about nothing.

The id of a passage is made of the document's name and its text (`ids.passage_id`), so another name gives other ids. A
file with the same bytes is recognised before it is read (`transfer_decisions`), one that was edited as well once its
passages are known (`transfer_to_edited`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tipmine.ids import passage_id
from tipmine.records import Passage
from tipmine.store.database import now
from tipmine.store.fields import link_field
from tipmine.store.run import Run

SAME_DOCUMENT = 0.5
"""More than this share of the passages of a document that is gone must be in a new one for this to be the same,
edited. Lower: decisions go to documents that only share set passages; higher: heavily edited ones lose theirs."""


class Rename(NamedTuple):
    """A document whose file got another name, by its old and its new id, and how many decisions went with it."""

    old: str
    new: str
    decisions: int


def transfer_decisions(run: Run, old: str, new: str) -> int:
    """Transfer the decisions about the document `old` to `new`, which has the same content; returns how many.

    Call it in a transaction, before the run forgets `old`; `new` need not have been read yet. Themes keep their
    members, and thus the names that people gave them.
    """
    passages = run.passages(doc=old)
    return _transfer(run, {passage.id: key for passage, key in zip(passages, _ids(passages, new), strict=True)})


def transfer_to_edited(run: Run, new: str) -> None:
    """Transfer to a document that is new in the run decisions about one that is gone, if most passages stayed the same.

    Only decisions about passages with the same text are transferred; those about changed passages are left, about
    nothing that the run holds. Call it in a transaction, when the run holds the passages of `new`.
    """
    gone: dict[str, set[str]] = {}
    rows = "SELECT id, doc FROM gone_passages WHERE doc NOT IN (SELECT doc FROM documents) ORDER BY doc"
    for key, doc in run.connection.execute(rows):
        gone.setdefault(doc, set()).add(key)
    if not gone:
        return
    passages = run.passages(doc=new)
    same: dict[str, dict[str, str]] = {}
    for old, ids in gone.items():
        pairs = zip(_ids(passages, old), passages, strict=True)
        same[old] = {before: passage.id for before, passage in pairs if before in ids}
    old = max(same, key=lambda doc: len(same[doc]) / len(gone[doc]))
    if len(same[old]) <= SAME_DOCUMENT * len(gone[old]):
        return
    if moved := _transfer(run, same[old]):
        run.connection.execute("INSERT INTO renames VALUES (?, ?, ?, ?)", (old, new, moved, now()))
    run.connection.execute("DELETE FROM gone_passages WHERE doc = ?", (old,))


def holds_document(run: Run, doc: str) -> bool:
    """Whether the run holds a document, or knows that its file cannot be read."""
    sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE doc = :doc UNION ALL SELECT 1 FROM failures WHERE doc = :doc)"
    return bool(run.connection.execute(sql, {"doc": doc}).fetchone()[0])


def edited_renames(run: Run, moment: str) -> list[Rename]:
    """The documents to which `transfer_to_edited` transferred decisions since a stored time."""
    rows = run.connection.execute("SELECT old, new, decisions FROM renames WHERE at >= ? ORDER BY at", (moment,))
    return [Rename(old, new, decisions) for old, new, decisions in rows]


def _ids(passages: Iterable[Passage], doc: str) -> Iterator[str]:
    """The ids that passages in their order have in the document `doc`."""
    seen: Counter[str] = Counter()
    for passage in passages:
        yield passage_id(doc, passage.text, seen[passage.text])
        seen[passage.text] += 1


def _transfer(run: Run, ids: dict[str, str]) -> int:
    """Transfer decisions and memberships in themes from passages to others, old id -> new id; returns how many."""
    moved = 0
    for before, after in ids.items():
        for column, old, new in (
            ("subject", before, after),
            ("field", str(link_field(before)), str(link_field(after))),
        ):
            sql = f"UPDATE decisions SET {column} = ? WHERE {column} = ?"  # noqa: S608 -- column names are ours
            moved += run.connection.execute(sql, (new, old)).rowcount
        run.connection.execute("UPDATE theme_members SET passage = ? WHERE passage = ?", (after, before))
    return moved


def count_orphaned_decisions(run: Run) -> int:
    """The number of decisions, without undone ones, whose subject the run no longer holds."""
    sql = """
    SELECT count(*) FROM decisions WHERE NOT undone AND (
      (subject NOT IN (SELECT id FROM passages) AND subject NOT IN (SELECT id FROM themes))
      OR (field LIKE 'link:%' AND substr(field, 6) NOT IN (SELECT id FROM passages))
    )
    """
    return int(run.connection.execute(sql).fetchone()[0])
