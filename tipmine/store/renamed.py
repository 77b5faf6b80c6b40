"""Lets people's decisions follow a document whose file was renamed or moved, and counts decisions about nothing.

The id of a passage is made of the document's name and its text (`ids.passage_id`), so another name gives other ids.
"""

from __future__ import annotations

from collections import Counter

from tipmine.ids import passage_id
from tipmine.store.fields import link_field
from tipmine.store.run import Run


def follow(run: Run, old: str, new: str) -> int:
    """Transfer the decisions about the document `old` to `new`, which has the same content; returns how many.

    Call it in a transaction, before the run forgets `old`; `new` need not have been read yet. Themes keep their
    members, and thus the names that people gave them.
    """
    seen: Counter[str] = Counter()
    moved = 0
    for passage in run.passages(doc=old):
        key = passage_id(new, passage.text, seen[passage.text])
        seen[passage.text] += 1
        for column, before, after in (
            ("subject", passage.id, key),
            ("field", str(link_field(passage.id)), str(link_field(key))),
        ):
            sql = f"UPDATE decisions SET {column} = ? WHERE {column} = ?"  # noqa: S608 -- column names are ours
            moved += run.connection.execute(sql, (after, before)).rowcount
        run.connection.execute("UPDATE theme_members SET passage = ? WHERE passage = ?", (key, passage.id))
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
