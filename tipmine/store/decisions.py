"""People's decisions: confirmed, rejected or corrected tags, theme labels and links.

A decision is never overwritten: a new one for the same subject and field takes precedence, and an undone one is kept
and marked. Decisions refer to stable ids of passages, recommendations or themes, so they remain valid after reruns.

`decide` and `undo` do not commit: inside `run.transaction()` they are part of it, outside each is stored at once.

| subject | field (`fields.py`) | value |
|---|---|---|
| passage id | pillar | `yes` or `no` |
| passage id | actor | `yes`, `no`, or `role=<role>` |
| passage id | kind | a kind |
| passage id | note | the remark |
| theme id | label | the label |
| recommendation id | link | `yes` or `no` |
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from tipmine.coverage import coverage_by_links
from tipmine.errors import UsageError
from tipmine.records import (
    KINDS,
    PILLARS,
    ROLES,
    ActorTag,
    Coverage,
    Evidence,
    Kind,
    Pillar,
    PillarTag,
    Role,
    Tagging,
    Theme,
    Trace,
)
from tipmine.store.database import now
from tipmine.store.fields import LABEL, NOTE, Field
from tipmine.tag.sentences import sentence as tag_sentence
from tipmine.trace.sentences import sentence as trace_sentence

ByField = Mapping[str, Mapping[Field, "Decision"]]
"""Decisions in force: subject -> field -> decision."""
NO_DECISIONS = (0, 0)
"""The `decision_state` of a run about which nobody has decided anything."""
_LARGEST_NUMBER = 2**63 - 1
"""The largest number that SQLite holds."""
_ROLE = "role="
"""The beginning of the value of a decision that gives an actor a role."""


def about_tags(made: Iterable[Decision]) -> list[Decision]:
    """The decisions among `made` that are about the tags or kind of a passage, without undone ones."""
    return [decision for decision in made if not decision.undone and decision.field.about_tags]


def link_decisions(fields: Mapping[Field, Decision]) -> dict[str, Decision]:
    """Passage id -> decision about the link to it, from the decisions about one recommendation.

    >>> from tipmine.store.fields import KIND, link_field
    >>> link = Decision(1, "r", link_field("p-1"), "yes", "ก", "")
    >>> link_decisions({link.field: link, KIND: Decision(2, "r", KIND, "plan", "ก", "")}) == {"p-1": link}
    True
    """
    return {field.evidence: decision for field, decision in fields.items() if field.type == "link"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision about one field of one subject."""

    id: int
    subject: str
    field: Field
    value: str
    reviewer: str
    at: str
    undone: bool = False

    @property
    def role(self) -> Role | None:
        """The role that the decision gives an actor; None if it only confirms or rejects the actor."""
        return cast(Role, self.value.removeprefix(_ROLE)) if self.value.startswith(_ROLE) else None


def role_value(role: str) -> str:
    """The value of a decision that gives an actor this role."""
    return _ROLE + role


def decide(
    connection: sqlite3.Connection, subject: str, field: Field | str, value: str, reviewer: str, at: str | None = None
) -> int:
    """Record a decision and return its number. Raises UsageError for an invalid one, or an invalid text of a field."""
    about = field if isinstance(field, Field) else Field.parse(field)
    _check(subject, about, value, reviewer)
    when = at or now()
    sql = "INSERT INTO decisions (subject, field, value, reviewer, at) VALUES (?, ?, ?, ?, ?)"
    cursor = connection.execute(sql, (subject, str(about), value, reviewer, when))
    return int(cursor.lastrowid or 0)


def undo(connection: sqlite3.Connection, number: int) -> None:
    """Undo a decision; the previous one for the same subject and field is in force again.

    Raises UsageError if there is no decision with this number.
    """
    known = abs(number) <= _LARGEST_NUMBER
    if not known or not connection.execute("UPDATE decisions SET undone = 1 WHERE id = ?", (number,)).rowcount:
        raise UsageError(str(number), "no decision of this number", "an id from tipmine review list")


def active(connection: sqlite3.Connection) -> ByField:
    """The decisions in force: the latest one that is not undone for each subject and field."""
    found: dict[str, dict[Field, Decision]] = {}
    for decision in history(connection):
        if not decision.undone:
            found.setdefault(decision.subject, {})[decision.field] = decision
    return found


def decision_state(connection: sqlite3.Connection) -> tuple[int, int]:
    """Two numbers that change whenever a decision is made or undone: the last one's, and how many are undone."""
    last, undone = connection.execute("SELECT COALESCE(MAX(id), 0), COALESCE(SUM(undone), 0) FROM decisions").fetchone()
    return last, undone


def history(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions, oldest first, including undone ones."""
    rows = connection.execute("SELECT * FROM decisions ORDER BY id")
    return [_read(row) for row in rows]


def _read(row: sqlite3.Row) -> Decision:
    values = {name: row[name] for name in ("id", "subject", "value", "reviewer", "at")}
    return Decision(**values, field=Field.parse(row["field"]), undone=bool(row["undone"]))


def latest_values(connection: sqlite3.Connection, reviewer: str) -> dict[tuple[str, Field], str]:
    """(subject, field) -> the value that a reviewer gave last; undone decisions are left out."""
    made = history(connection)
    return {(d.subject, d.field): d.value for d in made if d.reviewer == reviewer and not d.undone}


def conflicts(connection: sqlite3.Connection) -> list[tuple[Decision, Decision]]:
    """Pairs of decisions by two reviewers that disagree about the same subject and field; notes never disagree."""
    latest: dict[tuple[str, Field], dict[str, Decision]] = {}
    for decision in history(connection):
        if not decision.undone and decision.field != NOTE:
            latest.setdefault((decision.subject, decision.field), {})[decision.reviewer] = decision
    pairs = []
    for by_reviewer in latest.values():
        chosen = list(by_reviewer.values())
        pairs += [(a, b) for i, a in enumerate(chosen) for b in chosen[i + 1 :] if a.value != b.value]
    return pairs


def _check(subject: str, field: Field, value: str, reviewer: str) -> None:
    legal = {
        "pillar": value in ("yes", "no"),
        "actor": value in ("yes", "no", *map(role_value, ROLES)),
        "kind": value in KINDS,
        "label": bool(value.strip()),
        "note": bool(value.strip()),
        "link": value in ("yes", "no"),
    }
    if not legal[field.type]:
        raise UsageError(subject, f"cannot decide {str(field)!r} = {value!r}", "a value that fits the field")
    if not reviewer.strip():
        raise UsageError(subject, "a decision needs a reviewer", "a name")


def apply_to_taggings(taggings: Mapping[str, Tagging], decided: ByField) -> dict[str, Tagging]:
    """The taggings with people's decisions applied."""
    return {
        key: _apply_to_tagging(tagging, decided[key]) if key in decided else tagging
        for key, tagging in taggings.items()
    }


def _apply_to_tagging(tagging: Tagging, fields: Mapping[Field, Decision]) -> Tagging:
    pillars = {tag.code: tag for tag in tagging.pillars}
    actors = list(tagging.actors)
    kind = tagging.kind
    for field, decision in fields.items():
        if field.pillar:
            _decide_pillar(pillars, field.pillar, decision)
        elif field.type == "actor":
            actors = _decide_actor(actors, field.span, decision)
        elif field.type == "kind":
            kind = cast(Kind, decision.value)
    ordered = tuple(pillars[code] for code in PILLARS if code in pillars)
    return replace(tagging, kind=kind, pillars=ordered, actors=tuple(actors))


def _decide_pillar(pillars: dict[Pillar, PillarTag], code: Pillar, decision: Decision) -> None:
    if decision.value == "no":
        pillars.pop(code, None)
    else:
        old = pillars.get(code, PillarTag(code, 1.0, tag_sentence("by_person")))
        pillars[code] = replace(old, score=1.0, by=decision.reviewer)


def _decide_actor(actors: Sequence[ActorTag], span: tuple[int, int], decision: Decision) -> list[ActorTag]:
    kept: list[ActorTag] = []
    for actor in actors:
        if (actor.start, actor.end) != span:
            kept.append(actor)
        elif decision.value != "no":
            kept.append(replace(actor, role=decision.role or actor.role, score=1.0, by=decision.reviewer))
    return kept


def apply_to_themes(themes: Iterable[Theme], decided: ByField) -> list[Theme]:
    """The themes with people's labels in place of the generated ones."""
    return [
        replace(theme, label=decided[theme.id][LABEL].value) if LABEL in decided.get(theme.id, {}) else theme
        for theme in themes
    ]


def confirmed_links(decided: ByField) -> dict[str, list[str]]:
    """Subject -> ids of the passages that people confirmed as its evidence."""
    confirmed: dict[str, list[str]] = {}
    for subject, fields in decided.items():
        ids = [key for key, decision in link_decisions(fields).items() if decision.value == "yes"]
        if ids:
            confirmed[subject] = ids
    return confirmed


def apply_to_traces(traces: Iterable[Trace], decided: ByField, kinds: Mapping[str, Kind]) -> list[Trace]:
    """The traces without rejected links; a confirmed link gets the band `confirmed` and makes the coverage direct.

    `kinds` has the kind of each confirmed passage that the run still holds. A link to such a passage that the machine
    no longer proposes is kept, last in the ranking; a link to a passage that no longer exists is ignored.
    """
    return [_apply_to_trace(trace, link_decisions(decided.get(trace.rec, {})), kinds) for trace in traces]


def _apply_to_trace(trace: Trace, links: Mapping[str, Decision], kinds: Mapping[str, Kind]) -> Trace:
    answers = {key: decision.value for key, decision in links.items()}
    kept = [
        replace(item, band="confirmed") if answers.get(item.id) == "yes" else item
        for item in trace.evidence
        if answers.get(item.id) != "no"
    ]
    proposed = {item.id for item in trace.evidence}
    ranked = max((item.rank for item in trace.evidence), default=0)
    earlier = [key for key, value in answers.items() if value == "yes" and key in kinds and key not in proposed]
    kept += [
        Evidence(key, rank, 1.0, "confirmed", (trace_sentence("confirmed_before"),), kinds[key])
        for rank, key in enumerate(earlier, start=ranked + 1)
    ]
    return replace(trace, coverage=_coverage(trace, kept, answers), evidence=tuple(kept))


def _coverage(trace: Trace, kept: Sequence[Evidence], answers: Mapping[str, str]) -> Coverage:
    """The coverage by the links that remain; a rejected link can only lower the machine's coverage."""
    if any(answers.get(item.id) == "yes" for item in kept):
        return "direct"
    if "no" in answers.values() and not any(item.band in ("confirmed", "likely") for item in kept):
        return "none"
    return coverage_by_links(kept, covered=trace.coverage != "none")
