"""Gives a theme a short Thai label and terms.

People in a focus group seldom name what they speak of ("we passed the phone round to have it translated"). So a label
names the thesaurus ideas nearest to the theme's turns, in the words that reports use. If no idea is near enough, the
label consists of the theme's best terms or, if there is only one, of a clause from a central turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from tipmine.data import data_groups
from tipmine.lexical.ideas import idea_vectors
from tipmine.lexical.terms import held_ideas
from tipmine.lexical.thesaurus import Concept, load_thesaurus, term_cutter
from tipmine.lexical.wordlists import content_words, weak_terms
from tipmine.records import TextUnit

SHOWN_TERMS = 10
"""Most terms kept for a theme, best first. Higher: chance words from a few turns are added."""
SHORTEST_TERM = 2
"""Least length of a term, full stops aside, in code points: single letters are pieces of names or abbreviations."""
LABEL_PARTS = 2
"""Most names of ideas in a label. Higher: labels read like lists."""
LABEL_TERMS = 3
"""Most terms in a label made of terms. A single one is too vague outside its clause."""
WANTED_TERMS = 6
SECOND_IDEA = 0.7
"""Least score of a second idea for it to be named too, as a share of the first's. Lower: side matters are named."""
CENTRAL_MEMBERS = 8
"""Number of members, nearest to the centre first, from which a clause may be taken as the label."""
CLAUSE_LETTERS = (16, 48)
"""Least and greatest length of a clause used as a label, in code points. Shorter ones say too little on their own."""
_CLAUSES = re.compile(r"[\s()\[\]…!?,]+")
LEAST_LEAD = 0.045
"""Least excess of a theme's mean cosine to an idea over that of all turns. Lower: themes get chance names."""
LEAST_LEAD_WITHOUT_TERMS = 0.055
"""`LEAST_LEAD` for an idea whose terms hardly any utterance of the theme holds: nearness alone is often chance."""
FEWEST_WITH_TERM = 2
"""Fewest utterances of a theme with a term of an idea for `LEAST_LEAD` to be enough. Lower: chance names."""
LEAST_LEAD_DEVIATIONS = 1.1
"""`LEAST_LEAD` in standard deviations over all turns: an idea that the whole corpus is about must not name a theme."""
NEAREST_TURNS = 3
"""Number of turns that must be near an idea: its score for a theme is at most that of the last of them, so that no
single turn names the theme. Higher: matters that few spoke of get no name."""
TYPE_WEIGHTS = {"problem": 1.3, "measure": 1.1, "process": 1.0, "thing": 0.9, "place": 0.7, "actor": 0.5, "person": 0.5}
"""Factors on an idea's score by its type: a theme is more likely a problem than a place or an actor."""


class IdeaNames:
    """Names themes after the thesaurus ideas nearest to their utterances."""

    def __init__(self, units: Sequence[TextUnit]) -> None:
        self._concepts: list[Concept] = list(load_thesaurus().values())
        self._points = idea_vectors(units)[0].toarray()
        self._mean = self._points.mean(axis=0)
        self._spread = np.maximum(self._points.std(axis=0), 1e-6)
        self._held = held_ideas(units)[0]
        self._weights = np.array([TYPE_WEIGHTS.get(concept.type, 1.0) for concept in self._concepts])

    def of(self, weights: Mapping[int, float]) -> list[tuple[str, float]]:
        """The names of the ideas nearest to a theme and their scores, best first; `weights`: member index -> weight."""
        inside = self._points[list(weights)]
        centre = np.average(inside, axis=0, weights=np.maximum(list(weights.values()), 1e-6))
        lead = centre - self._mean
        third_nearest = np.sort(inside, axis=0)[-min(NEAREST_TURNS, len(inside))]
        score = np.minimum(lead, third_nearest) * self._weights
        held = np.asarray((self._held[list(weights)] > 0).sum(axis=0)).ravel() >= FEWEST_WITH_TERM
        near = lead >= np.where(held, LEAST_LEAD, LEAST_LEAD_WITHOUT_TERMS)
        near &= (lead / self._spread >= LEAST_LEAD_DEVIATIONS) & (third_nearest > 0)
        order = [int(index) for index in np.argsort(-score, kind="stable") if near[index]]
        return [(self._concepts[index].name, float(score[index])) for index in order]


def thesaurus_words(units: Sequence[TextUnit]) -> frozenset[str]:
    """The words of the corpus that make up thesaurus terms; terms with a part that the corpus lacks are passed over."""
    vocabulary = frozenset(word for unit in units for word in unit.words)
    cutter = term_cutter(vocabulary)
    cut = (cutter.cut(term) for concept in load_thesaurus().values() for term in concept.terms)
    return frozenset(word for words in cut if vocabulary.issuperset(words) for word in words)


def clean_terms(ranked: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best terms, without stop words, numbers, single letters, weak terms and parts of better terms."""
    kept: list[str] = []
    weak = weak_terms()
    for term in content_words([word for word, _ in ranked]):
        if term in weak or len(term.replace(".", "")) < SHORTEST_TERM:
            continue
        if not any(term in other or other in term for other in kept):
            kept.append(term)
    return tuple(kept[:SHOWN_TERMS])


def label(
    members: Sequence[TextUnit], weights: Mapping[str, float], terms: Sequence[str], ideas: Sequence[tuple[str, float]]
) -> str:
    """Up to two names of ideas; if no idea is near enough, two or three terms; else a quoted clause of a member.

    `weights` are the members' weights by id; `ideas` are names with their scores, best first.
    """
    least = ideas[0][1] * SECOND_IDEA if ideas else 0.0
    parts: list[str] = []
    for name, score in ideas:
        if score >= least and not any(name in other or other in name for other in parts):
            parts.append(name)
    chosen = parts[:LABEL_PARTS] or (terms[:LABEL_TERMS] if len(terms) > 1 else ())
    return " · ".join(chosen) or _clause(members, weights, terms) or "ไม่มีชื่อ"


def _bare_clause(text: str) -> str:
    """A clause without the words with which people begin to speak and the particles with which they end."""
    opening, ending = _edges()
    return ending.sub("", opening.sub("", text))


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    groups = data_groups("lexicon/clause_edges.tsv", "place", ("start", "end"), head=("words", "place"))
    words = (sorted((row["words"] for row in rows), key=len, reverse=True) for rows in groups.values())
    start, end = ("|".join(map(re.escape, longest_first)) for longest_first in words)
    return re.compile(f"^(?:{start})+"), re.compile(f"(?:{end})+$")


def _clause(members: Sequence[TextUnit], weights: Mapping[str, float], terms: Sequence[str]) -> str:
    """The clause, verbatim, that holds most of the theme's terms among the clauses of its most central members."""
    wanted = terms[:WANTED_TERMS]
    best: tuple[float, str] = (0.0, "")
    for unit in sorted(members, key=lambda unit: (-weights[unit.id], unit.id))[:CENTRAL_MEMBERS]:
        for part in _CLAUSES.split(unit.text):
            clause = _bare_clause(part)
            if not CLAUSE_LETTERS[0] <= len(clause) <= CLAUSE_LETTERS[1]:
                continue
            held = 1 + sum(term in clause for term in wanted)
            best = max(best, (held * weights[unit.id], clause))
    return f"“{best[1]}”" if best[1] else ""
