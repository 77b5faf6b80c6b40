"""Explains in Thai sentences why a piece of evidence was proposed, with the words that the link rests on.

The first reason is the main one; the others are further signs. Each can be checked in the texts: shared words occur in
both, and ideas are named with the words that express them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, cached_property
from typing import Literal

from tipmine.lexical.direction import directions
from tipmine.lexical.synonyms import WordVectors
from tipmine.lexical.thesaurus import EXACT, ConceptMatcher, Hit
from tipmine.lexical.wordlists import content_words, word_list
from tipmine.records import PILLARS, TextUnit
from tipmine.trace.fusing import Ranked
from tipmine.trace.sentences import sentence

SHOWN = 4
"""Most words or ideas named in one sentence; readers skip longer lists."""
COMMON_SHARE = 0.2
"""A word or idea that occurs in more than this share of the evidence is too common to be named as a reason."""
NEVER_COMMON = 2
"""A word or idea in at most this many pieces of evidence is never too common, however few pieces there are."""

Ground = Literal["idea", "words", "none"]
"""What a link rests on (`Explainer.ground`)."""

GROUND_WORDS = 2
"""Fewest shared words that justify a link without ideas; outside response tables only rare words count. A single one is
mostly chance: of 15 such links in the studies at hand that would have been `likely`, 5 were good."""
RARE_WORD = 3
"""Most pieces of evidence in which a rare word occurs. Higher admits the common words of official Thai."""
SINGLE_WORD = 2
"""In a response table a single shared word justifies a link if it occurs in at most this many answers."""
SEEN = 5
"""Fewest pieces of evidence in which each of two near words must occur. Lower: chance pairs are given as a reason."""
IDEA_SAMPLE = 2_000
"""Size of the evenly spread sample of evidence (up to twice this) from which the frequency of ideas is estimated."""
LEAST_PART_LENGTH = 2
"""Fewest letters of a word that is part of a compound."""
_SHOULD = "ควร"
_NAMED_TYPES = frozenset({"problem", "measure", "actor", "person", "place"})
"""Types of ideas that a sentence names; all others it calls a matter."""
_ORDER = {"problem": 0, "measure": 1, "process": 2, "thing": 3, "person": 4, "place": 5, "actor": 6}
_SETTING = frozenset({"actor", "person", "place"})
"""Types of ideas that say who and where: a link rests on them only if there is nothing else."""


class Explainer:
    """Explains the pairs of recommendation and evidence of one tracing; caches the ideas found in each text."""

    def __init__(self, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], vectors: WordVectors) -> None:
        self.recommendations = recommendations
        self.evidence = evidence
        self._vectors = vectors
        self._counts = Counter(word for unit in evidence for word in set(content_words(unit.words)))
        self._matcher = ConceptMatcher(unit.words for unit in (*recommendations, *evidence))
        self._common = self._common_ideas()
        self._rec_ideas: dict[int, dict[str, Hit]] = {}
        self._item_ideas: dict[int, dict[str, Hit]] = {}
        self._parts_of: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for unit in (*self.recommendations, *self.evidence) for word in unit.words)

    def _common_ideas(self) -> frozenset[str]:
        step = max(1, len(self.evidence) // IDEA_SAMPLE)
        sample = self.evidence[::step]
        counts = Counter(concept for unit in sample for concept in self._matcher.find(unit.words))
        return frozenset(concept for concept, count in counts.items() if _too_common(count, len(sample)))

    def reasons(self, row: int, column: int, ranked: Ranked) -> tuple[str, ...]:
        """The sentences for a recommendation and a piece of evidence, the strongest first."""
        if ranked.idle[column]:
            return (sentence("idle"),)
        rec, item = self.recommendations[row], self.evidence[column]
        grounds = [*self._same_ideas(row, column), *self._related_ideas(row, column)][:SHOWN]
        words = self._shared_words(rec, item)
        if words:
            grounds.append(sentence("shared_words", words=_listed(words)))
        if not grounds:
            grounds.append(self._faint(rec, item))
        return (*grounds, *self._near_words(rec, item), *self._tags(rec, item), *self._direction(item))

    def ground(self, row: int, column: int, *, table: bool = False) -> Ground:
        """What both texts have that a reader can be shown: an idea or a related one, words only, or nothing.

        Shared words are enough only if several of them occur in hardly any other evidence: ประชุม and จังหวัด are
        everywhere. In a response table (`table`) an answer repeats the words of what it answers, so fewer suffice.
        """
        rec, item = self.recommendations[row], self.evidence[column]
        if self._same_ideas(row, column) or self._related_ideas(row, column):
            return "idea"
        shared = self._shared_words(rec, item)
        if table:
            enough = len(shared) >= GROUND_WORDS or any(self._counts[word] <= SINGLE_WORD for word in shared)
        else:
            enough = sum(self._counts[word] <= RARE_WORD for word in shared) >= GROUND_WORDS
        return "words" if enough else "none"

    def _ideas(self, row: int, column: int) -> tuple[dict[str, Hit], dict[str, Hit]]:
        """The ideas of a recommendation and of a piece of evidence, without common ones.

        They are cached by row and column, not by id, since two files may each number their texts from 1.
        """
        if row not in self._rec_ideas:
            self._rec_ideas[row] = self._telling_ideas(self.recommendations[row])
        if column not in self._item_ideas:
            self._item_ideas[column] = self._telling_ideas(self.evidence[column])
        return self._rec_ideas[row], self._item_ideas[column]

    def _telling_ideas(self, unit: TextUnit) -> dict[str, Hit]:
        hits = self._matcher.find(unit.words)
        exact = [frozenset(hit.words) for hit in hits.values() if hit.strength == EXACT]
        return {
            concept: hit
            for concept, hit in hits.items()
            if concept not in self._common
            # A ministry's name holds most words of its volunteers' name, but does not mention the volunteers.
            and not (self._matcher.concepts[concept].type in _SETTING and _within(hit, exact))
        }

    def _rare(self, word: str) -> bool:
        return not _too_common(self._counts[word], len(self.evidence))

    def _shared_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        there = set(content_words(item.words)) - asked_office(rec)
        shared = [word for word in dict.fromkeys(content_words(rec.words)) if word in there and self._rare(word)]
        return sorted(shared, key=lambda word: (self._counts[word], -len(word)))

    def _same_ideas(self, row: int, column: int) -> list[str]:
        """One sentence for each idea that both texts express: first what it is about, then who and where."""
        rec, item = self.recommendations[row], self.evidence[column]
        ours, theirs = self._ideas(row, column)
        concepts = self._matcher.concepts
        same = sorted(
            set(ours) & set(theirs),
            key=lambda c: (
                concepts[c].type in _SETTING,
                -ours[c].strength * theirs[c].strength,
                _ORDER.get(concepts[c].type, 9),
                c,
            ),
        )
        sentences = []
        for concept in same:
            idea = concepts[concept]
            asked, said = _quoted(ours[concept], rec), _quoted(theirs[concept], item)
            words = asked if asked == said else sentence("both_say", asked=asked, said=said)
            sure = min(ours[concept].strength, theirs[concept].strength) == EXACT
            kind = sentence(idea.type if idea.type in _NAMED_TYPES else "matter")
            sentences.append(
                sentence("same_idea" if sure else "maybe_same_idea", kind=kind, name=idea.name, words=words)
            )
        return sentences

    def _related_ideas(self, row: int, column: int) -> list[str]:
        """One sentence for each idea of the evidence that is a neighbour of one of the recommendation's.

        An idea is named only if its term occurs there: scattered words may belong to a term about something else.
        """
        rec, item = self.recommendations[row], self.evidence[column]
        ours, theirs = self._ideas(row, column)
        concepts = self._matcher.concepts
        sentence_of: dict[str, str] = {}
        for concept in sorted(ours, key=lambda c: (concepts[c].type in _SETTING, -ours[c].strength, c)):
            for other in concepts[concept].related:
                if other not in theirs or other in ours or other in sentence_of:
                    continue
                name, near, carried = concepts[concept].name, concepts[other].name, _quoted(theirs[other], item)
                if min(ours[concept].strength, theirs[other].strength) < EXACT:
                    words = sentence("both_say", asked=_quoted(ours[concept], rec), said=carried)
                    sentence_of[other] = sentence("maybe_related", words=words)
                elif concepts[other].type == "problem" and concepts[concept].type != "problem":
                    sentence_of[other] = sentence("related_problem", name=name, near=near, said=carried)
                else:
                    sentence_of[other] = sentence("related", name=name, near=near, said=carried)
        return list(sentence_of.values())

    def _near_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        pairs = self._vectors.near(content_words(rec.words), content_words(item.words))
        pairs = [
            pair for pair in pairs if self._rare(pair[1]) and min(self._counts[pair[0]], self._counts[pair[1]]) >= SEEN
        ][:2]
        if not pairs:
            return []
        named = " และ ".join(sentence("near_pair", asked=left, said=right) for left, right, _ in pairs)
        return [sentence("near_words", pairs=named)]

    def _tags(self, rec: TextUnit, item: TextUnit) -> list[str]:
        sentences = []
        if set(rec.actors) & set(item.actors):
            sentences.append(sentence("same_actors"))
        pillars = [sentence(code) for code in rec.pillars if code in item.pillars and code in PILLARS]
        if pillars:
            sentences.append(sentence("same_pillars", pillars=", ".join(pillars)))
        return sentences

    def _direction(self, item: TextUnit) -> list[str]:
        cues = directions(item.words)
        if "met" in cues:
            return [sentence("met", words=cues["met"][0])]
        if "lack" in cues:
            return [sentence("lack", words=_listed(cues["lack"]))]
        return []

    def _faint(self, rec: TextUnit, item: TextUnit) -> str:
        """The sentence for a pair with nothing that tells: it names what is shared after all, however common."""
        code = "faint_turn" if item.speaker else "faint"
        words = self._plainly_shared(rec, item)
        return sentence(f"{code}_words", words=_listed(words)) if words else sentence(code)

    def _plainly_shared(self, rec: TextUnit, item: TextUnit) -> list[str]:
        """The words that a reader sees in both texts, also those that the dictionary has only inside a compound."""
        there = {part for word in content_words(item.words) for part in self._with_parts(word)}
        asked = dict.fromkeys(part for word in content_words(rec.words) for part in self._with_parts(word))
        shared = [part for part in asked if part in there]
        return [part for part in shared if not any(part in other and part != other for other in shared)]

    def _with_parts(self, word: str) -> tuple[str, ...]:
        """A word and the words of the texts of which it is made, such as คัดแยก and ผู้เสียหาย."""
        if word not in self._parts_of:
            self._parts_of[word] = (word, *content_words(_compound_parts(word, self._words)))
        return self._parts_of[word]


def asked_office(rec: TextUnit) -> frozenset[str]:
    """The words of the office with which a recommendation begins, up to its ควร; empty if it begins with anything else.

    A word of its name says nothing about the matter: otherwise any จังหวัด or สำนักงาน would count as evidence.
    """
    if _SHOULD not in rec.words or not rec.text.lstrip().startswith(_office_heads()):
        return frozenset()
    return frozenset(rec.words[: rec.words.index(_SHOULD)])


@cache
def _office_heads() -> tuple[str, ...]:
    return tuple(sorted(word_list("office_heads")))


def _too_common(count: int, size: int) -> bool:
    """Whether a word or idea in `count` of `size` pieces of evidence says too little to be a reason."""
    return count > max(NEVER_COMMON, COMMON_SHARE * size)


def _within(hit: Hit, exact: Sequence[frozenset[str]]) -> bool:
    """Whether a hit of scattered words is part of a whole term of another idea (`exact`: the words of such terms)."""
    return hit.strength < EXACT and any(words.issuperset(hit.words) for words in exact)


def _quoted(hit: Hit, unit: TextUnit) -> str:
    """The words of a hit as written in the text, with an ellipsis where there are other words between them."""
    pieces: list[str] = []
    for word in hit.words:
        if pieces and pieces[-1] + word in unit.text:
            pieces[-1] += word
        else:
            pieces.append(word)
    return f"“{'…'.join(pieces)}”"


def _compound_parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The fewest known words of which a word is made; empty if it cannot be cut into several of two letters or more."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(LEAST_PART_LENGTH, len(word) + 1):
        ways = [
            (*best[start], word[start:end])
            for start in range(end - LEAST_PART_LENGTH + 1)
            if start in best and end - start < len(word) and word[start:end] in known
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word), ())


def _listed(words: Sequence[str]) -> str:
    return " ".join(f"“{word}”" for word in words[:SHOWN])
