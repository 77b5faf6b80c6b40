"""The domain thesaurus: finds the ideas that a text expresses, in official or in spoken words.

`tipmine/data/thesaurus.csv` gives each idea its official terms, what people say, and abbreviations. A text is
matched in three ways, from strong to weak: the term occurs as written (longest term first); an abbreviation occurs as
a separate word; most of the content words of a term occur close together (speech varies: งบมาช้า, งบมันมาช้า,
งบก็มาช้าอีก). Ideas related to a found idea (`related`) are a hint, not a match.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tipmine.data import data_table
from tipmine.lexical.wordlists import negations, stopwords

FUZZY_COVER = 0.6
"""Least share of a term's information that must be in the window; rare words have more. Lower: more false matches."""
WINDOW_SLACK = 5
"""In words: a term's words must be within this distance, plus the number of the term's words, of its rarest word."""
SPECIFIC_IDEAS = 27
"""A match of two scattered words needs one that is in the terms of at most this many ideas of the thesaurus. Words of
more ideas (call, look for, money, catch) meet by chance in any talk, however rare they are in the corpus. Higher:
chance matches are shown as reasons. Lower: what is said in everyday words is missed."""
PAIR_REACH = 5
"""Most words from the first to the second if a match rests on two scattered words. A third of those further apart are
right, and half of the nearer ones. Lower misses rambling talk."""
EXACT = 1.0
"""Strength of a match of a whole term or an abbreviation."""
FUZZY_STRENGTH = 0.7
"""Strength of a match of scattered words that make up a whole term; fewer of its words give less."""
STOPWORD_WEIGHT = 0.15
NEGATION_WEIGHT = 0.6
"""Weight of negations in a term; a word in every third text has 1.4. Higher: small words make matches."""
_SIGNS = re.compile(r"[\s.\-]+")
_PARTS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea of the field: its id, its name for reports, its type, its terms, and the ids of related ideas."""

    id: str
    name: str
    type: str
    official: tuple[str, ...]
    spoken: tuple[str, ...]
    abbreviations: tuple[str, ...]
    related: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything that people call it: its name, official and spoken terms, abbreviations."""
        return (self.name, *self.official, *self.spoken, *self.abbreviations)


@dataclass(frozen=True, slots=True)
class Hit:
    """An idea found in a text: the strength of the match (0 to 1) and the words of the text that matched."""

    concept: str
    strength: float
    words: tuple[str, ...]


@cache
def load_thesaurus() -> Mapping[str, Concept]:
    """Every concept by its id."""
    concepts = {}
    lists = ("official", "spoken", "abbreviations", "related")
    for row in data_table("thesaurus.csv", ("id", "concept_th", "type", *lists)):
        cells = {key: tuple(filter(None, row[key].split("|"))) for key in lists}
        concepts[row["id"]] = Concept(row["id"], row["concept_th"], row["type"], **cells)
    return concepts


class TermCutter:
    """Splits the terms of the thesaurus into words of the corpus, so that no tokenizer is needed here."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._vocabulary = vocabulary
        lengths: dict[str, set[int]] = {}
        for word in vocabulary:
            if len(word) > 1:
                lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {letter: sorted(sizes, reverse=True) for letter, sizes in lengths.items()}
        self._known: dict[str, list[str]] = {}

    def cut(self, term: str) -> list[str]:
        """The words of a term, each the longest that the corpus has; a part that the corpus lacks is one word.

        >>> TermCutter({"งบ", "มา", "ช้า"}).cut("งบมาช้าเกินควร")
        ['งบ', 'มา', 'ช้า', 'เกินควร']
        """
        words = self._known.get(term)
        if words is None:
            words = self._known[term] = [word for part in _PARTS.findall(term) for word in self._cut_part(part)]
        return list(words)

    def _cut_part(self, part: str) -> list[str]:
        pieces: list[str] = []
        at = unknown = 0
        while at < len(part):
            ends = (at + size for size in self._lengths.get(part[at], ()) if at + size <= len(part))
            end = next((end for end in ends if part[at:end] in self._vocabulary), 0)
            if not end:
                at += 1
                continue
            if unknown < at:
                pieces.append(part[unknown:at])
            pieces.append(part[at:end])
            at = unknown = end
        if unknown < len(part):
            pieces.append(part[unknown:])
        return pieces


@lru_cache(maxsize=1)
def term_cutter(vocabulary: frozenset[str]) -> TermCutter:
    """The cutter for the words of a corpus; it is cached, since a tracing asks for all terms three times."""
    return TermCutter(vocabulary)


@dataclass(frozen=True, slots=True)
class _Form:
    """A term as words: the information of each word, and the sums over stop words and over all words."""

    concept: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    light: float
    total: float


class ConceptMatcher:
    """Finds concepts in texts of one corpus. Terms are split and weighted by the words in `corpus`."""

    def __init__(self, corpus: Iterable[Sequence[str]], concepts: Mapping[str, Concept] | None = None) -> None:
        self.concepts = load_thesaurus() if concepts is None else concepts
        counts: Counter[str] = Counter()
        size = 0
        for words in corpus:
            counts.update(set(words))
            size += 1
        self._information = {word: math.log(1 + size / count) for word, count in counts.items()}
        self._unseen = math.log(1 + max(size, 1))
        self._trie: dict[str, object] = {}
        self._cutter = term_cutter(frozenset(counts))
        self._abbreviations: dict[str, list[str]] = {}
        self._forms: list[_Form] = []
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        self._general = self._general_words()
        for concept in self.concepts.values():
            self._add(concept)

    def _general_words(self) -> frozenset[str]:
        """The words that are in the terms of more ideas than SPECIFIC_IDEAS."""
        ideas: Counter[str] = Counter()
        for concept in self.concepts.values():
            ideas.update({word for term in concept.terms for word in self._cutter.cut(term)})
        return frozenset(word for word, count in ideas.items() if count > SPECIFIC_IDEAS)

    def _add(self, concept: Concept) -> None:
        for term in dict.fromkeys((concept.name, *concept.official, *concept.spoken)):
            self._add_exact(concept.id, _SIGNS.sub("", term))
            self._add_fuzzy(concept.id, term)
        for short in concept.abbreviations:
            self._abbreviations.setdefault(_SIGNS.sub("", short).lower(), []).append(concept.id)

    def _add_exact(self, concept: str, term: str) -> None:
        node = self._trie
        for letter in term:
            node = node.setdefault(letter, {})  # type: ignore[assignment]  # a node maps letters to nodes
        node.setdefault("", []).append(concept)  # type: ignore[attr-defined]  # and "" to the concepts ending here

    def _add_fuzzy(self, concept: str, term: str) -> None:
        words = tuple(self._cutter.cut(term))
        weights = tuple(self._weight(word) for word in words)
        content: dict[str, float] = {}
        for word, weight in zip(words, weights, strict=True):
            if weight > NEGATION_WEIGHT:
                content[word] = content.get(word, 0.0) + weight
        if len(content) < 2:
            return  # a single content word is either the exact term or too weak a sign
        form = len(self._forms)
        self._forms.append(_Form(concept, words, weights, sum(weights) - sum(content.values()), sum(weights)))
        for word, weight in content.items():
            self._by_word.setdefault(word, []).append((form, weight))

    def _weight(self, word: str) -> float:
        return word_weight(word, self._information.get(word, self._unseen))

    def find(self, words: Sequence[str]) -> dict[str, Hit]:
        """The concepts of a text by id, each with its best hit. `words` are like `TextUnit.words`, in order."""
        hits: dict[str, Hit] = {}
        covered = self._find_exact(words, hits)
        self._find_abbreviations(words, hits, covered)
        self._find_fuzzy(words, hits)
        return hits

    def _find_exact(self, words: Sequence[str], hits: dict[str, Hit]) -> list[bool]:
        covered = [False] * len(words)
        bare = [_SIGNS.sub("", word) for word in words]
        start = 0
        while start < len(words):
            end, concepts = self._longest(bare, start)
            for concept in concepts:
                _keep(hits, Hit(concept, EXACT, tuple(words[start:end])))
            for index in range(start, end):
                covered[index] = True
            start = max(end, start + 1)
        return covered

    def _longest(self, words: Sequence[str], start: int) -> tuple[int, list[str]]:
        """The end of the longest term that begins at word `start` and ends at the end of a word, and its concepts."""
        node: dict[str, object] | None = self._trie
        best: tuple[int, list[str]] = (start, [])
        for index in range(start, len(words)):
            for letter in words[index]:
                node = node.get(letter) if node is not None else None  # type: ignore[assignment]
            if node is None:
                break
            if "" in node:
                best = (index + 1, node[""])  # type: ignore[assignment]
        return best

    def _find_abbreviations(self, words: Sequence[str], hits: dict[str, Hit], covered: Sequence[bool]) -> None:
        for index, word in enumerate(words):
            for concept in self._abbreviations.get(_SIGNS.sub("", word).lower(), ()):
                # Two Thai letters without a full stop are usually part of a word.
                if not covered[index] and (len(_SIGNS.sub("", word)) > 2 or "." in word):
                    _keep(hits, Hit(concept, EXACT, (word,)))

    def _find_fuzzy(self, words: Sequence[str], hits: dict[str, Hit]) -> None:
        places: dict[str, list[int]] = {}
        for index, word in enumerate(words):
            places.setdefault(word, []).append(index)
        present: dict[int, float] = {}
        for word in places:
            for number, weight in self._by_word.get(word, ()):
                present[number] = present.get(number, 0.0) + weight
        for number, weight in present.items():
            form = self._forms[number]
            if weight + form.light < FUZZY_COVER * form.total:
                continue
            hit = _scattered(form, places, words)
            if hit and not self._by_chance(hit):
                _keep(hits, hit)

    def _by_chance(self, hit: Hit) -> bool:
        """Whether a hit of scattered words rests on no more than two words, both of which many ideas have."""
        telling = set(hit.words) - negations()
        return len(telling) <= 2 and telling <= self._general


def word_weight(word: str, information: float) -> float:
    """The weight of a word in a term, from its rarity in the corpus; for content words, more than NEGATION_WEIGHT."""
    if word in negations():
        return NEGATION_WEIGHT
    if word in stopwords():
        return STOPWORD_WEIGHT
    return max(information, NEGATION_WEIGHT + 0.01)


def _scattered(form: _Form, places: Mapping[str, Sequence[int]], words: Sequence[str]) -> Hit | None:
    """The hit, if enough of a term is within a window around an occurrence of the term's rarest word."""
    present = sum(weight for word, weight in zip(form.words, form.weights, strict=True) if word in places)
    if present < FUZZY_COVER * form.total:
        return None
    anchor = max(pair for pair in zip(form.weights, form.words, strict=True) if pair[1] in places)[1]
    reach = len(form.words) + WINDOW_SLACK
    best: tuple[float, list[int]] = (0.0, [])
    for at in places[anchor]:
        near = {word: _nearest(places[word], at) for word in form.words if word in places}
        inside = {word: index for word, index in near.items() if abs(index - at) <= reach}
        cover = sum(weight for word, weight in zip(form.words, form.weights, strict=True) if word in inside)
        chosen = sorted(set(inside.values()))
        if (cover, -_width(chosen)) > (best[0], -_width(best[1])):
            best = (cover, chosen)
    share = best[0] / form.total
    places_of_content = [at for at in best[1] if words[at] not in stopwords() or words[at] in negations()]
    telling = [at for at in places_of_content if words[at] not in negations()]
    if share < FUZZY_COVER or len(telling) < 2 or (len(telling) == 2 and telling[1] - telling[0] > PAIR_REACH):
        return None
    return Hit(form.concept, FUZZY_STRENGTH * share, tuple(words[at] for at in places_of_content))


def _width(places: Sequence[int]) -> int:
    return places[-1] - places[0] if places else 0


def _nearest(places: Sequence[int], at: int) -> int:
    return min(places, key=lambda place: abs(place - at))


def _keep(hits: dict[str, Hit], hit: Hit) -> None:
    if hit.concept not in hits or hits[hit.concept].strength < hit.strength:
        hits[hit.concept] = hit
