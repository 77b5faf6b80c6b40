"""Links a name to an actor: its row of the gazetteer, its sector and level.

A name that is a form of the gazetteer means that row. So does a longer name that begins with a form, or has one after a
general word, and adds only who or where it is (`เจ้าหน้าที่กระทรวง พม.`, `ผู้เสียหายต่างชาติ`). A body whose name goes
on (`มูลนิธิ` + a proper name), or that is a part or local unit of a listed one, is another body: like any other name,
it keeps its own name and gets its sector from a classifier over its letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tipmine.name_forms import takes_a_place
from tipmine.provinces import province_at
from tipmine.records import CELL_SEPARATOR
from tipmine.tag.candidates import Candidate
from tipmine.tag.gazetteer import Gazetteer
from tipmine.tag.name_words import Use, general_heads, name_pattern, name_words, word_choice
from tipmine.tag.open_names import Name
from tipmine.tag.sentences import sentence
from tipmine.tag.spans import within

Float32Array = npt.NDArray[np.float32]

_NAMES_KEPT = 20_000
"""Size of the caches of names, a few megabytes; a full cache is emptied. A worker may read any number of documents, but
names recur mostly within a document and the next ones."""

_ABBREVIATED = "\N{THAI CHARACTER PAIYANNOI}"
_LEAST_PREFIX = 8
"""Fewest code points before PAIYANNOI for a shortened name to be looked up. Fewer would fit too many names."""

_HOUSE_REACH = 30
"""Code points before a name in which the word for its building is looked for; with what follows, it has at most 15."""
_SPLIT = re.compile(r"(?P<number>\s?(?:เขต|ภาค)?\s?[0-9๐-๙]{1,2})?\s*(?:และ|หรือ)\s*|\s+")
"""What separates joined names; the number of a region belongs to the name before it: `บช.ภ.7 และ สภ.เมือง`."""
_SPLIT_IN_ROWS = re.compile(rf"(?:{_SPLIT.pattern})?")
_IN_BRACKETS = re.compile(r"\s?\(\s?[^\s()]{2,14}\s?\)")
_LEVELS: tuple[Use, ...] = ("international", "provincial", "district", "community", "national")
"""A name has the first of these levels whose words are in it."""


class Identity(NamedTuple):
    """The actor that a name means."""

    actor: str
    """Gazetteer id; empty if the gazetteer does not know the actor."""
    name: str
    """Thai name from the gazetteer, or else the name as printed."""
    sector: str
    level: str
    how: str
    """How the actor was found, in Thai."""


class PassageNames(NamedTuple):
    """A passage's text, the names found in it, and the candidates (known names) in it."""

    text: str
    names: Sequence[Name]
    candidates: Sequence[Candidate]

    def candidates_in(self, name: Name) -> Sequence[Candidate]:
        """The candidates that lie wholly within a name."""
        return within(self.candidates, name.start, name.end)


class Linker:
    """Finds the actors that names mean."""

    def __init__(self, gazetteer: Gazetteer, sectors: SectorModel) -> None:
        self._gazetteer = gazetteer
        self._sectors = sectors
        self._shortened: dict[str, str] = {}

    def identify(self, passages: Sequence[PassageNames]) -> list[list[Identity]]:
        """The actor of each name in each passage. Pass a whole document at once, since single predictions are slow."""
        known = [[self._known(passage, name) for name in passage.names] for passage in passages]
        unknown = [(place, i) for place, row in enumerate(known) for i, identity in enumerate(row) if identity is None]
        surfaces, hints = [], []
        for place, i in unknown:
            passage, name = passages[place], passages[place].names[i]
            surfaces.append(passage.text[name.start : name.end])
            hints.append(next((candidate.sector for candidate in passage.candidates_in(name)), ""))
        guessed = {
            where: Identity("", surface, sector, _level(surface), sentence("unlisted"))
            for where, surface, sector in zip(unknown, surfaces, self._sectors.predict(surfaces, hints), strict=True)
        }
        return [[identity or guessed[place, i] for i, identity in enumerate(row)] for place, row in enumerate(known)]

    def _known(self, passage: PassageNames, name: Name) -> Identity | None:
        """The actor of a name by the candidates in it; None if they do not decide."""
        held = passage.candidates_in(name)
        surface = passage.text[name.start : name.end]
        for candidate in held:
            whole = (candidate.start, candidate.end) == (name.start, name.end)
            if whole and candidate.full_name:
                return self._abbreviated(candidate, surface)
            if whole and candidate.actor:
                return self._listed(candidate.actor, self._how(candidate))
            if whole:
                return self._undecided(candidate, surface)
        if surface.endswith(_ABBREVIATED) and len(surface) > _LEAST_PREFIX:
            actor = self._by_prefix(surface.rstrip(_ABBREVIATED))
            if actor:
                return self._listed(actor, sentence("listed_shortened"))
        for candidate in held:
            if candidate.actor and self._means(candidate, surface, name.start):
                form = passage.text[candidate.start : candidate.end]
                return self._listed(candidate.actor, sentence("listed_within", form=form))
        return None

    def _means(self, candidate: Candidate, surface: str, start: int) -> bool:
        """Whether the name `surface`, which begins at `start` and contains a candidate, means the candidate's actor.

        False if in doubt: keeping the printed name misleads nobody; another actor's name does.
        """
        before, after = surface[: candidate.start - start], surface[candidate.end - start :]
        form = surface[len(before) : len(surface) - len(after)]
        if before and not general_heads().fullmatch(before):
            return False
        body = bool(name_pattern("body").match(form))
        if body and name_pattern("unit").search(before):
            return False
        if not after:
            return True
        if not body:
            # Words after a group of people say which people; but a form that needs context is too weak for this.
            return bool(_goes_on().match(after)) or after.startswith("ใน") or not self._gazetteer.needs_context(form)
        if self._gazetteer.actors[candidate.actor].level == "national" and _lower_unit().match(after):
            return False
        return bool(_goes_on().match(after) or _is_of_a_place(form) or province_at(after.lstrip()))

    def _how(self, candidate: Candidate) -> str:
        others = [self._gazetteer.actors[actor].name for actor in candidate.rivals if actor != candidate.actor]
        return sentence("listed_alone", others=", ".join(others)) if others else sentence("listed")

    def _undecided(self, candidate: Candidate, surface: str) -> Identity:
        """An abbreviation that several actors share and the document does not settle: no id rather than a wrong one."""
        names = f" {sentence('or')} ".join(self._gazetteer.actors[actor].name for actor in candidate.rivals)
        sector = self._sectors.predict([surface], [""])[0]
        return Identity("", surface, sector, "", sentence("undecided", names=names))

    def _listed(self, actor: str, how: str) -> Identity:
        row = self._gazetteer.actors[actor]
        return Identity(row.id, row.name, row.sector, row.level, how)

    def _abbreviated(self, candidate: Candidate, surface: str) -> Identity:
        how = sentence("introduced", name=candidate.full_name, words=surface)
        if candidate.actor:
            return self._listed(candidate.actor, how)
        sector = candidate.sector or self._sectors.predict([candidate.full_name], [""])[0]
        return Identity("", candidate.full_name, sector, _level(candidate.full_name), how)

    def _by_prefix(self, prefix: str) -> str:
        if prefix not in self._shortened:
            if len(self._shortened) > _NAMES_KEPT:
                self._shortened.clear()
            fitting = {
                self._gazetteer.readings[form][0].actor for form in self._gazetteer.readings if form.startswith(prefix)
            }
            names = {a for a in fitting if self._gazetteer.actors[a].name.startswith(prefix)} or fitting
            self._shortened[prefix] = names.pop() if len(names) == 1 else ""
        return self._shortened[prefix]


def _level(surface: str) -> str:
    """The level that the words of a name show (the provincial office of a national body is provincial), or empty."""
    return next((level for level in _LEVELS if any(word in surface for word in name_words(level))), "")


@cache
def _goes_on() -> re.Pattern[str]:
    """What may follow the name of a body without making it another one: a place, a relative clause, a bracket."""
    return re.compile(rf"\s*(?:[(,/ๆฯ\d]|{word_choice('place_after')})")


@cache
def _lower_unit() -> re.Pattern[str]:
    """What makes a separate office of a body that exists only once in the country, if it follows the body's name."""
    return re.compile(rf"\s*(?:ระดับ|ประจำ)?\s?(?:{word_choice('lower_unit')})")


def _is_of_a_place(form: str) -> bool:
    """Whether the name of a place completes a form: the อบต. of any place belongs to the row."""
    return takes_a_place(form, 0, len(form)) or form.endswith((".", *name_words("takes_place")))


@cache
def _house() -> re.Pattern[str]:
    """The word for a building or hall right before the name of a body, which then is a place and not an actor."""
    return re.compile(rf"(?:{word_choice('house')})(?:ใหญ่)?\s?$")


@cache
def _ministry() -> re.Pattern[str]:
    """The beginning of the full name of a ministry or department."""
    return re.compile(rf"(?:{word_choice('ministry')})[\u0e01-\u0e4e]{{3}}")


def codebook_names(text: str, names: Sequence[Name], candidates: Sequence[Candidate]) -> list[Name]:
    """The names as the codebook wants them marked: without verbs, joined ones split, repeats in short form left out.

    The name of a body after ห้องประชุม or อาคาร is a place.
    """
    acting = [name for name in names if not _house().search(text, max(0, name.start - _HOUSE_REACH), name.start)]
    ended = [_without_verb(text, name, candidates) for name in acting]
    return _without_repeats(text, _split_joined(text, ended, candidates))


def _without_verb(text: str, name: Name, candidates: Sequence[Candidate]) -> Name:
    """The name without a verb after the known name of a ministry or department in it."""
    first = next(iter(within(candidates, name.start, name.end)), None)
    if first is None or first.start > name.start or not _ministry().match(text, first.start, first.end):
        return name
    return name._replace(end=first.end) if name_pattern("verb").match(text, first.end, name.end) else name


def _split_joined(text: str, names: Sequence[Name], candidates: Sequence[Candidate]) -> list[Name]:
    """The names; those that are only known names joined by และ, หรือ or spaces are split (codebook rule).

    In a table row, known names may follow each other without a space: each was on its own line in the cell.
    """
    split = _SPLIT_IN_ROWS if CELL_SEPARATOR in text else _SPLIT
    parts: list[Name] = []
    for name in names:
        held = within(candidates, name.start, name.end)
        gaps = [split.fullmatch(text, a.end, b.start) for a, b in pairwise(held)]
        covers = bool(held) and held[0].start == name.start and held[-1].end == name.end
        if len(held) > 1 and covers and all(gaps):
            ends = [gap.end("number") if gap and gap["number"] else 0 for gap in (*gaps, None)]
            parts += [Name(part.start, max(part.end, end), name.score) for part, end in zip(held, ends, strict=True)]
        else:
            parts.append(name)
    return parts


def _without_repeats(text: str, names: Sequence[Name]) -> list[Name]:
    """The names without abbreviations in brackets right after the full name, which name the same actor again."""
    return [
        name
        for before, name in pairwise((None, *names))
        if name and not (before and _IN_BRACKETS.fullmatch(text[before.end : name.end + 1]))
    ]


class SectorModel:
    """Predicts the sector of a name from its letters and from the sector of a known name inside it.

    A linear model: `weights` (one row per sector, one column per character n-gram) and `intercepts` give each of
    `sectors` a score, and the highest wins.
    """

    def __init__(
        self, vectorizer: Any, weights: Float32Array, intercepts: Float32Array, sectors: Sequence[str]
    ) -> None:
        self.vectorizer = vectorizer
        self.weights = weights
        self.intercepts = intercepts
        self.sectors = list(sectors)
        self._seen: dict[tuple[str, str], str] = {}

    @classmethod
    def fit(cls, surfaces: Sequence[str], hints: Sequence[str], sectors: Sequence[str], *, seed: int) -> SectorModel:
        """Train on names (`surfaces`), the sectors of known names inside them (`hints`, empty if there is none), and
        their own `sectors`, of which there must be at least three different ones. `seed` is the solver's.
        """
        from sklearn.svm import LinearSVC

        vectorizer = _vectorizer()
        rows = vectorizer.fit_transform(list(map(_described, surfaces, hints)))
        svm = LinearSVC(C=1.0, random_state=seed).fit(rows, list(sectors))
        return cls(vectorizer, svm.coef_.astype(np.float32), svm.intercept_, svm.classes_.tolist())

    @classmethod
    def restore(cls, columns: Mapping[str, int], arrays: Mapping[str, Any]) -> SectorModel:
        """Restore a trained model from the column of each character n-gram and from `arrays`."""
        vectorizer = _vectorizer(vocabulary=columns)
        vectorizer.idf_ = arrays["rarity"]
        return cls(vectorizer, arrays["weights"], arrays["constants"], arrays["sectors"].tolist())

    def arrays(self) -> dict[str, Any]:
        """The arrays, by name, that a model file keeps in addition to the n-grams."""
        return {
            "rarity": self.vectorizer.idf_,
            "weights": self.weights,
            "constants": self.intercepts,
            "sectors": np.array(self.sectors),
        }

    def predict(self, surfaces: Sequence[str], hints: Sequence[str]) -> list[str]:
        """The sector of each name in `surfaces`; `hints` are the sectors of known names inside them."""
        keys = list(zip(surfaces, hints, strict=True))
        if len(self._seen) > _NAMES_KEPT:
            self._seen.clear()
        fresh = sorted({key for key in keys if key not in self._seen})
        if fresh:
            rows = self.vectorizer.transform([_described(*key) for key in fresh])
            best = (rows @ self.weights.T + self.intercepts).argmax(axis=1)
            self._seen |= {key: self.sectors[place] for key, place in zip(fresh, best, strict=True)}
        return [self._seen[key] for key in keys]


def _vectorizer(**learnt: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char", ngram_range=(1, 5), min_df=1, sublinear_tf=True, **learnt)


def _described(surface: str, hint: str) -> str:
    # The edges are marked so that the beginning (ศูนย์) and end (จังหวัด) of a name differ from the same letters inside
    # it.
    return f"<{surface}>{hint[:4].upper()}"
