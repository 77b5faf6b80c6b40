"""A short Thai label and clean terms for a theme.

People in a focus group seldom say the name of what they speak of ("we passed the phone round to have it translated").
So a label is first the ideas of the domain thesaurus near which the theme's turns lie, by the name that reports use;
where no idea is near enough, it is made of the theme's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from tipmine.lexical.ideas import idea_vectors
from tipmine.lexical.thesaurus import Concept, load_thesaurus
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

SHOWN_TERMS = 10
SHORTEST_TERM = 2
"""Letters of a term without stops: one letter is a piece of a name or of an abbreviation. Code points."""
LABEL_PARTS = 2
WANTED_TERMS = 6
PHRASE_WORDS = (2, 4)
"""A label's phrases are stretches of so many words that people said."""
NEARER = 0.07
"""How much nearer to an idea a theme's turns lie than all turns do, as a cosine. Lower names themes by chance."""
STANDS_OUT = 1.1
"""The same in standard deviations over the turns: an idea that the whole corpus is about names no theme."""
CARRIED_BY = 3
"""An idea counts for a theme only as much as its third nearest turn: one turn alone names nothing."""
TYPE_WEIGHTS = {"problem": 1.3, "measure": 1.1, "process": 1.0, "thing": 0.9, "place": 0.7, "actor": 0.5, "person": 0.5}
"""A theme is rather a problem than a place or an actor."""


class IdeaNames:
    """Names themes by the ideas of the thesaurus: where each utterance lies among them."""

    def __init__(self, units: Sequence[TextUnit]) -> None:
        self._concepts: list[Concept] = list(load_thesaurus().values())
        self._points = idea_vectors(units)[0].toarray()
        self._mean = self._points.mean(axis=0)
        self._spread = np.maximum(self._points.std(axis=0), 1e-6)
        self._weights = np.array([TYPE_WEIGHTS.get(concept.type, 1.0) for concept in self._concepts])

    def of(self, weights: Mapping[int, float]) -> list[str]:
        """The names of the ideas nearest to a theme, best first; `weights` are its members by index."""
        inside = self._points[list(weights)]
        centre = np.average(inside, axis=0, weights=np.maximum(list(weights.values()), 1e-6))
        lead = centre - self._mean
        carried = np.sort(inside, axis=0)[-min(CARRIED_BY, len(inside))]
        score = np.minimum(lead, carried) * self._weights
        near = (lead >= NEARER) & (lead / self._spread >= STANDS_OUT) & (carried > 0)
        order = [int(index) for index in np.argsort(-score, kind="stable") if near[index]]
        return [self._concepts[index].name for index in order]


def clean_terms(ranked: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best terms without stop words, numbers, single letters and words that are part of a better one."""
    kept: list[str] = []
    for term in content_words([word for word, _ in ranked]):
        if len(term.replace(".", "")) >= SHORTEST_TERM and not any(term in other or other in term for other in kept):
            kept.append(term)
    return tuple(kept[:SHOWN_TERMS])


def label(members: Sequence[TextUnit], terms: Sequence[str], ideas: Sequence[str]) -> str:
    """Up to two parts: the nearest ideas by name, then phrases and terms that the members say."""
    parts: list[str] = []
    for part in (*ideas, *_phrases(members, terms), *terms):
        if len(parts) == LABEL_PARTS:
            break
        if not any(part in other or other in part for other in parts):
            parts.append(part)
    return " · ".join(parts) or "ไม่มีชื่อ"


def _phrases(members: Sequence[TextUnit], terms: Sequence[str]) -> list[str]:
    """Stretches of words around the terms, as people said them: those that several say first, then the fullest."""
    wanted = set(terms[:WANTED_TERMS])
    counts: Counter[str] = Counter()
    held: dict[str, int] = {}
    for unit in members:
        for phrase, found in _stretches(unit, wanted).items():
            counts[phrase] += 1
            held[phrase] = found
    good = [phrase for phrase, count in counts.items() if count > 1 or held[phrase] > 1]
    return sorted(good, key=lambda phrase: (-min(counts[phrase], 3), -held[phrase], len(phrase), phrase))


def _stretches(unit: TextUnit, wanted: set[str]) -> dict[str, int]:
    """Phrases of a unit that begin and end with a content word, with the number of wanted terms in each."""
    found: dict[str, int] = {}
    for length in range(PHRASE_WORDS[0], PHRASE_WORDS[1] + 1):
        for at in range(len(unit.words) - length + 1):
            words = unit.words[at : at + length]
            phrase = "".join(words)
            terms = len(wanted & set(words))
            if terms and len(content_words((words[0], words[-1]))) == 2 and phrase in unit.text:
                found[phrase] = terms
    return found
