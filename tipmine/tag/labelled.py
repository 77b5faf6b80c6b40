"""Labelled passages: reads people's labels from JSONL records.

Actors may be marked inside the text as `{{role|sector:surface}}`; removing the marks gives the text of the document and
the spans of its actors. Gold files from elsewhere have `text` and a list of actors instead. Both forms give the same
records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tipmine.errors import RecordError
from tipmine.records import KINDS, PILLARS, ROLES, Kind, Passage
from tipmine.section_paths import split_section
from tipmine.tag.codebook import SECTORS

_MARK = re.compile(r"\{\{(?P<role>\w+)\|(?P<sector>\w+):(?P<surface>[^{}]+)\}\}")


@dataclass(frozen=True, slots=True)
class GoldActor:
    """A marked actor: half-open offsets, the roles that count as right, and its sector (empty if not given)."""

    start: int
    end: int
    roles: tuple[str, ...]
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with a person's labels. Pillars in `optional` count neither as right nor as wrong."""

    id: str
    doc: str
    kind: Kind
    text: str
    section: tuple[str, ...]
    speaker: str
    pillars: frozenset[str]
    optional: frozenset[str] = frozenset()
    single: bool = False
    """Whether it has exactly one pillar, taken from its heading: then only the highest-scored pillar can be judged."""
    actors: tuple[GoldActor, ...] | None = None
    """None if nobody looked for actors."""
    optional_actors: tuple[GoldActor, ...] = ()

    @property
    def document(self) -> str:
        """Its document, which folds and intervals keep together; a passage without one is a document of its own."""
        return self.doc or self.id

    def passage(self) -> Passage:
        """The passage without its labels, as the tagger expects it."""
        return Passage(self.id, self.doc, self.kind, self.text, self.section, speaker=self.speaker)


def read_labelled(records: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """Labelled passages from records of a JSONL file. Raises RecordError, naming the record and the wrong label."""
    return [_read(record, number) for number, record in enumerate(records, start=1)]


def _read(record: Mapping[str, Any], number: int) -> Labelled:
    where = f"record {record.get('id', number)}"
    if not isinstance(record.get("marked", record.get("text")), str):
        raise RecordError(where, "holds no text", "text, or marked with {{role|sector:surface}}")
    text, actors = _text_and_actors(record, where)
    single = isinstance(record.get("label"), str)
    pillars = [record["label"]] if single else list(record.get("pillars") or [])
    optional = list(record.get("pillars_optional") or [])
    _check(where, "pillar", [*pillars, *optional], PILLARS)
    kind = record.get("kind") or "finding"
    _check(where, "kind", [kind], KINDS)
    return Labelled(
        id=str(record.get("id", number)),
        doc=str(record.get("doc") or ""),
        kind=cast(Kind, kind),
        text=text,
        section=split_section(str(record.get("section") or "")),
        speaker=str(record.get("speaker") or ""),
        pillars=frozenset(pillars),
        optional=frozenset(optional),
        single=single,
        actors=actors,
        optional_actors=read_actors(record.get("actors_optional") or (), text, where),
    )


def _text_and_actors(record: Mapping[str, Any], where: str) -> tuple[str, tuple[GoldActor, ...] | None]:
    if "marked" in record:
        return unmark(record["marked"], where)
    text = str(record["text"])
    if record.get("actors") is None:
        return text, None
    return text, read_actors(record["actors"], text, where)


def unmark(marked: str, where: str = "marked text") -> tuple[str, tuple[GoldActor, ...]]:
    """The text without its marks, and the marked actors. Raises RecordError, naming `where`, for a faulty mark.

    >>> unmark("{{addressee|education:โรงเรียน}}ควรสอน")
    ('โรงเรียนควรสอน', (GoldActor(start=0, end=8, roles=('addressee',), sector='education'),))
    """
    pieces: list[str] = []
    actors: list[GoldActor] = []
    at = length = 0
    for mark in _MARK.finditer(marked):
        pieces += (marked[at : mark.start()], mark["surface"])
        start = length + mark.start() - at
        length = start + len(mark["surface"])
        at = mark.end()
        _check(where, "role", [mark["role"]], ROLES)
        _check(where, "sector", [mark["sector"]], SECTORS)
        actors.append(GoldActor(start, length, (mark["role"],), mark["sector"]))
    text = "".join(pieces) + marked[at:]
    if "{{" in text or "}}" in text:
        raise RecordError(where, "a mark is not closed or not complete", "{{role|sector:surface}}")
    return text, tuple(actors)


def read_actors(actors: Iterable[Any], text: str, where: str) -> tuple[GoldActor, ...]:
    """Actors from mappings or plain strings, in the order of the text; without offsets, every occurrence is meant.

    Raises RecordError, naming the record by `where`, for an unknown role, for a text that is not in the passage, and
    for an entry that is not an actor at all.
    """
    if isinstance(actors, (str, Mapping)):
        raise RecordError(where, "actors are not a list", "a list of actors")
    marked: list[GoldActor] = []
    for actor in actors:
        if not isinstance(actor, (str, Mapping)):
            raise RecordError(where, f"not an actor: {actor!r}", "text, or an object with text or start and end")
        entry = {"text": actor} if isinstance(actor, str) else actor
        roles = tuple(entry.get("roles") or filter(None, [entry.get("role")]))
        _check(where, "role", list(roles), ROLES)
        sector = str(entry.get("sector") or "")
        marked += [GoldActor(start, end, roles, sector) for start, end in _places(entry, text, where)]
    return tuple(sorted(_not_inside_another(marked), key=lambda actor: (actor.start, actor.end)))


def _places(entry: Mapping[str, Any], text: str, where: str) -> list[tuple[int, int]]:
    """Where an actor is in `text`: at its offsets, or wherever its own text occurs."""
    start, end = entry.get("start"), entry.get("end")
    if start is not None and end is not None:
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise RecordError(where, f"an actor at {start} to {end}", f"offsets within 0 to {len(text)}")
        return [(start, end)]
    surface = str(entry.get("text") or "")
    places = [match.span() for match in re.finditer(re.escape(surface), text)] if surface else []
    if not places:
        raise RecordError(where, f"the actor {surface!r} is not in the text")
    return places


def _not_inside_another(actors: list[GoldActor]) -> list[GoldActor]:
    """The actors except those inside a longer one: `ชุมชน` as an actor does not mean its occurrence in `ผู้นำชุมชน`."""
    return [
        actor
        for actor in actors
        if not any(
            other.start <= actor.start and actor.end <= other.end and other.end - other.start > actor.end - actor.start
            for other in actors
        )
    ]


def _check(where: str, what: str, values: list[str], allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            raise RecordError(where, f"unknown {what}: {value!r}", ", ".join(allowed))
