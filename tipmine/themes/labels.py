"""A short Thai label and clean terms for a theme, made of its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tipmine.lexical.thesaurus import ConceptMatcher
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

SHOWN_TERMS = 10
LABEL_PARTS = 3
WANTED_TERMS = 6
PHRASE_WORDS = (2, 4)
"""A label's phrases are stretches of so many words that people said."""


def clean_terms(ranked: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best terms without stop words, numbers, single letters and words that are part of a better one."""
    kept: list[str] = []
    for term in content_words([word for word, _ in ranked]):
        if not any(term in other or other in term for other in kept):
            kept.append(term)
    return tuple(kept[:SHOWN_TERMS])


def label(members: Sequence[TextUnit], terms: Sequence[str], matcher: ConceptMatcher) -> str:
    """Up to three parts: the idea that most members touch by its name, then phrases or terms that they say."""
    ideas: Counter[str] = Counter()
    for unit in members:
        ideas.update({concept for concept, hit in matcher.find(unit.words).items() if hit.strength >= 1})
    parts: list[str] = []
    if ideas:
        best, count = min(ideas.items(), key=lambda item: (-item[1], item[0]))
        if count >= max(2, len(members) // 4):
            parts.append(matcher.concepts[best].name)
    for part in (*_phrases(members, terms), *terms):
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
