"""People's decisions: confirmed, rejected or corrected tags, theme labels and links.

A decision is never overwritten: a new one for the same subject and field takes precedence, and an undone one is kept
and marked. Decisions refer to stable ids of passages, recommendations or themes, so they remain valid after reruns.

| subject | field | value |
|---|---|---|
| passage id | `pillar:<code>` | `yes` or `no` |
| passage id | `actor:<start>:<end>` | `yes`, `no`, or `role=<role>` |
| passage id | `kind` | a kind |
| theme id | `label` | the label |
| recommendation id | `link:<passage id>` | `yes` or `no` |
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from tipmine.errors import UsageError
from tipmine.records import (
    KINDS,
    PILLARS,
    ROLES,
    ActorTag,
    Coverage,
    Kind,
    Pillar,
    PillarTag,
    Role,
    Tagging,
    Theme,
    Trace,
)

ByField = Mapping[str, Mapping[str, "Decision"]]
"""Decisions in force: subject -> field -> decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision about one field of one subject."""

    id: int
    subject: str
    field: str
    value: str
    reviewer: str
    at: str
    undone: bool = False


def decide(
    connection: sqlite3.Connection, subject: str, field: str, value: str, reviewer: str, at: str | None = None
) -> int:
    """Record a decision in its own transaction and return its number. Raises UsageError for an invalid one."""
    number = record(connection, subject, field, value, reviewer, at)
    connection.commit()
    return number


def record(
    connection: sqlite3.Connection, subject: str, field: str, value: str, reviewer: str, at: str | None = None
) -> int:
    """As `decide`, but as part of the caller's transaction."""
    _check(subject, field, value, reviewer)
    when = at or datetime.now(UTC).isoformat(timespec="seconds")
    sql = "INSERT INTO decisions (subject, field, value, reviewer, at) VALUES (?, ?, ?, ?, ?)"
    cursor = connection.execute(sql, (subject, field, value, reviewer, when))
    return int(cursor.lastrowid or 0)


def undo(connection: sqlite3.Connection, number: int) -> None:
    """Undo a decision; the one before it for the same subject and field is in force again.

    Raises UsageError if there is no decision of this number.
    """
    if not connection.execute("UPDATE decisions SET undone = 1 WHERE id = ?", (number,)).rowcount:
        raise UsageError(str(number), "no decision of this number", "an id from tipmine review list")
    connection.commit()


def active(connection: sqlite3.Connection) -> ByField:
    """The decisions in force: the latest one that is not undone for each subject and field."""
    found: dict[str, dict[str, Decision]] = {}
    for decision in history(connection):
        if not decision.undone:
            found.setdefault(decision.subject, {})[decision.field] = decision
    return found


def history(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions, oldest first, including undone ones."""
    rows = connection.execute("SELECT * FROM decisions ORDER BY id")
    names = ("id", "subject", "field", "value", "reviewer", "at")
    return [Decision(**{name: row[name] for name in names}, undone=bool(row["undone"])) for row in rows]


def conflicts(connection: sqlite3.Connection) -> list[tuple[Decision, Decision]]:
    """Pairs of decisions by two reviewers with different values for the same subject and field."""
    latest: dict[tuple[str, str], dict[str, Decision]] = {}
    for decision in history(connection):
        if not decision.undone:
            latest.setdefault((decision.subject, decision.field), {})[decision.reviewer] = decision
    pairs = []
    for by_reviewer in latest.values():
        chosen = list(by_reviewer.values())
        pairs += [(a, b) for i, a in enumerate(chosen) for b in chosen[i + 1 :] if a.value != b.value]
    return pairs


def _check(subject: str, field: str, value: str, reviewer: str) -> None:
    head, _, rest = field.partition(":")
    legal = {
        "pillar": rest in PILLARS and value in ("yes", "no"),
        "actor": _is_span(rest) and (value in ("yes", "no") or value.removeprefix("role=") in ROLES),
        "kind": not rest and value in KINDS,
        "label": not rest and bool(value.strip()),
        "link": bool(rest) and value in ("yes", "no"),
    }
    if not legal.get(head, False):
        expected = "pillar:<code>, actor:<start>:<end>, kind, label or link:<id> with a value that fits it"
        raise UsageError(subject, f"cannot decide {field!r} = {value!r}", expected)
    if not reviewer.strip():
        raise UsageError(subject, "a decision needs a reviewer", "a name")


def _is_span(text: str) -> bool:
    start, _, end = text.partition(":")
    return start.isdecimal() and end.isdecimal() and int(start) < int(end)


def apply_to_taggings(taggings: Mapping[str, Tagging], decided: ByField) -> dict[str, Tagging]:
    """The taggings, with people's decisions applied."""
    return {
        key: _apply_to_tagging(tagging, decided[key]) if key in decided else tagging
        for key, tagging in taggings.items()
    }


def _apply_to_tagging(tagging: Tagging, fields: Mapping[str, Decision]) -> Tagging:
    pillars = {tag.code: tag for tag in tagging.pillars}
    actors = list(tagging.actors)
    kind = tagging.kind
    for field, decision in fields.items():
        head, _, rest = field.partition(":")
        if head == "pillar":
            _decide_pillar(pillars, cast(Pillar, rest), decision)
        elif head == "actor":
            actors = _decide_actor(actors, rest, decision)
        elif head == "kind":
            kind = cast(Kind, decision.value)
    ordered = tuple(pillars[code] for code in PILLARS if code in pillars)
    return replace(tagging, kind=kind, pillars=ordered, actors=tuple(actors))


def _decide_pillar(pillars: dict[Pillar, PillarTag], code: Pillar, decision: Decision) -> None:
    if decision.value == "no":
        pillars.pop(code, None)
    else:
        old = pillars.get(code, PillarTag(code, 1.0, ""))
        pillars[code] = replace(old, score=1.0, by=decision.reviewer, reason=old.reason or "person's decision")


def _decide_actor(actors: Sequence[ActorTag], span: str, decision: Decision) -> list[ActorTag]:
    start, end = map(int, span.split(":"))
    kept: list[ActorTag] = []
    for actor in actors:
        if (actor.start, actor.end) != (start, end):
            kept.append(actor)
        elif decision.value != "no":
            role = decision.value.removeprefix("role=") if decision.value != "yes" else actor.role
            kept.append(replace(actor, role=cast(Role, role), score=1.0, by=decision.reviewer))
    return kept


def apply_to_themes(themes: Iterable[Theme], decided: ByField) -> list[Theme]:
    """The themes, with people's labels in place of the generated ones."""
    return [
        replace(theme, label=decided[theme.id]["label"].value) if "label" in decided.get(theme.id, {}) else theme
        for theme in themes
    ]


def apply_to_traces(traces: Iterable[Trace], decided: ByField) -> list[Trace]:
    """The traces without rejected links; a confirmed link gets the band `confirmed` and makes the coverage direct."""
    return [_apply_to_trace(trace, decided.get(trace.rec, {})) for trace in traces]


def _apply_to_trace(trace: Trace, fields: Mapping[str, Decision]) -> Trace:
    said = {field.removeprefix("link:"): d.value for field, d in fields.items() if field.startswith("link:")}
    if not said:
        return trace
    kept = [
        replace(item, band="confirmed") if said.get(item.id) == "yes" else item
        for item in trace.evidence
        if said.get(item.id) != "no"
    ]
    coverage: Coverage
    if "yes" in said.values():
        coverage = "direct"
    elif any(item.band == "confirmed" for item in kept):
        coverage = trace.coverage
    else:
        coverage = "partial" if any(item.band == "likely" for item in kept) else "none"
    return replace(trace, coverage=coverage, evidence=tuple(kept))
