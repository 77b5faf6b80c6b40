"""The gazetteer: the actors of the field, the forms in which they are written, and which actor a form means where.

People edit the rows in `data/actors/*.csv`; `data/README.md` explains the columns. If several actors share a form, or
it may not be an actor at all, cues in the text around it decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tipmine.gazetteer_rows import current_forms, former_forms, forms_of, gazetteer_rows, parts_of

CONTEXT = 25
"""Greatest distance of a cue from a form, in code points. Higher: cues of the neighbouring clause count."""

_SHORT_TOKEN = 2
"""Short forms of up to this many letters count only between spaces or signs: รง, กษ and มท are also parts of words."""

_LEAST_STOPS = 3
"""Fewest full stops of an abbreviation that is also looked for without the inner ones. With fewer, it would match parts
of words."""

_DEFAULT = "*"
"""This among a form's cues says that the row is meant if no cue of another row is near."""

_STOPPED = re.compile(r"(?:[\u0e01-\u0e2e]{1,2}\.){2,}")
_COMPACT = re.compile(r"[\u0e01-\u0e2e]{3,5}\.")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_UNIT = re.compile(r"(?<!ระดับ)(?<!ทุก)(จังหวัด|อำเภอ|ตำบล)$")
"""The end of the name of an office of a province, district or sub-district."""
_UNIT_LEVELS = {"จังหวัด": "provincial", "อำเภอ": "district", "ตำบล": "community"}


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of the gazetteer."""

    id: str
    name: str
    name_en: str
    sector: str
    level: str
    parent: str
    forms: tuple[str, ...]


class Reading(NamedTuple):
    """An actor that a form may mean, and the cues of which one must be near it; without cues, it always may mean it."""

    actor: str
    cues: tuple[str, ...] = ()
    default: bool = False
    """Whether this reading holds if no cue of another reading is near."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All actors with all their forms."""

    actors: Mapping[str, Actor]
    """By id."""
    readings: Mapping[str, tuple[Reading, ...]]
    """What each form may mean."""
    negatives: frozenset[str]
    """Longer phrases that contain a form but are not actors."""
    whole_tokens: frozenset[str]
    """Forms that count only if they are not part of a longer word."""

    def meaning(self, form: str, text: str, start: int, end: int) -> str:
        """The id of the actor that `form` at `text[start:end]` means; empty if it does not mean one there."""
        if form in self.whole_tokens and not _stands_alone(form, text, start, end):
            return ""
        readings = self.readings.get(form, ())
        window = text[max(0, start - CONTEXT) : end + CONTEXT]
        for reading in readings:
            if any(cue in window for cue in reading.cues):
                return reading.actor
        return next((reading.actor for reading in readings if reading.default or not reading.cues), "")

    def needs_context(self, form: str) -> bool:
        """Whether `form` means an actor only near certain words."""
        return any(reading.cues for reading in self.readings.get(form, ()))

    def rivals(self, form: str) -> tuple[str, ...]:
        """The ids of the actors that share an abbreviation with full stops; empty for any other form."""
        actors = tuple(dict.fromkeys(reading.actor for reading in self.readings.get(form, ())))
        abbreviation = form.endswith(".") and form not in self.whole_tokens
        return actors if abbreviation and len(actors) > 1 else ()


def _stands_alone(form: str, text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _LATIN.match(form[0]):
        return not (_LATIN.match(before) or _LATIN.match(after))
    if len(form) > _SHORT_TOKEN:
        return True
    return not (_THAI.match(before) or _THAI.match(after))


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once per process."""
    rows = list(gazetteer_rows())
    listed = {row["id"]: _actor(row) for row in rows}
    offices = {form: office for actor in listed.values() for office in _local_offices(actor) for form in office.forms}
    readings = _readings(rows, listed, offices)
    not_actors = {phrase for row in rows for phrase in parts_of(row["not_to_confuse"])} - set(readings)
    return Gazetteer(
        actors=listed | {office.id: office for office in offices.values()},
        readings=readings,
        negatives=frozenset(not_actors),
        whole_tokens=_whole_token_forms(rows, readings),
    )


def _readings(
    rows: Sequence[Mapping[str, str]], listed: Mapping[str, Actor], offices: Mapping[str, Actor]
) -> dict[str, tuple[Reading, ...]]:
    """What each form may mean, in the order of the rows; `offices` holds the local offices by their forms.

    A former name of one body that is the present name of another means only the latter.
    """
    readings: dict[str, list[Reading]] = {}
    owners = {form: row["id"] for row in rows for form in current_forms(row)}
    for row in rows:
        cues = dict(_cues(row["needs_context"]))
        former = former_forms(row)
        for form in listed[row["id"]].forms:
            if form in former and owners.get(form, row["id"]) != row["id"]:
                continue
            office = offices.get(form)
            meant = office.id if office and office.parent == row["id"] else row["id"]
            its_cues = cues.get(form, ())
            reading = Reading(meant, tuple(cue for cue in its_cues if cue != _DEFAULT), _DEFAULT in its_cues)
            readings.setdefault(form, []).append(reading)
    readings |= dict(_spelling_variants(readings))
    return {form: tuple(its) for form, its in readings.items()}


def _whole_token_forms(rows: Iterable[Mapping[str, str]], forms: Iterable[str]) -> frozenset[str]:
    """The forms that count only as whole words: those marked in a row, and Latin abbreviations such as `DSI`."""
    marked = {form for row in rows for form in parts_of(row["token_only"])}
    return frozenset(marked | {form for form in forms if form.isascii() and form.isupper()})


def actor_ids(name: str) -> list[str]:
    """Ids of the actors whose id is `name` or that have it as a form, in the order of the files.

    >>> actor_ids("กระทรวงศึกษาธิการ")
    ['moe']
    """
    gazetteer = load_gazetteer()
    wanted = name.strip()
    if wanted in gazetteer.actors:
        return [wanted]
    spellings = {reading.actor for reading in gazetteer.readings.get(wanted, ())}
    folded = wanted.casefold()
    return [
        actor.id
        for actor in gazetteer.actors.values()
        if actor.id in spellings or any(form.casefold() == folded for form in (*actor.forms, actor.name_en))
    ]


def actor_name(id_: str) -> str:
    """The Thai name of an actor; empty for an id that is not in the gazetteer."""
    actor = load_gazetteer().actors.get(id_)
    return actor.name if actor else ""


def _actor(row: Mapping[str, str]) -> Actor:
    return Actor(
        id=row["id"],
        name=row["canonical_th"],
        name_en=row["canonical_en"],
        sector=row["sector"],
        level=row["level"],
        parent=row["parent"],
        forms=forms_of(row),
    )


def _local_offices(actor: Actor) -> Iterator[Actor]:
    """The offices in provinces, districts and sub-districts that the row of a national body lists among its forms.

    Each is an actor of its own, named by its longest form: what a district office does is not done by its department.
    """
    if "national" not in actor.level or _UNIT.search(actor.name):
        return
    for ending, level in _UNIT_LEVELS.items():
        forms = tuple(form for form in actor.forms if (end := _UNIT.search(form)) and end[1] == ending)
        if forms:
            name_en = f"{actor.name_en} ({level} office)"
            yield Actor(f"{actor.id}_{level}", max(forms, key=len), name_en, actor.sector, level, actor.id, forms)


def _cues(cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in parts_of(cell):
        form, _, cues = entry.partition(":")
        yield form.strip(), tuple(cue.strip() for cue in cues.split("/") if cue.strip())


def _spelling_variants(readings: Mapping[str, list[Reading]]) -> list[tuple[str, list[Reading]]]:
    """Unlisted spellings of abbreviations: ป.ป.ท. is also written ปปท., and ปปง. also ป.ป.ง."""
    variants = []
    for form, reading in readings.items():
        if _STOPPED.fullmatch(form) and form.count(".") >= _LEAST_STOPS:
            variant = form.replace(".", "") + "."
        elif _COMPACT.fullmatch(form):
            variant = "".join(f"{letter}." for letter in form[:-1])
        else:
            continue
        if variant not in readings:
            variants.append((variant, reading))
    return variants
