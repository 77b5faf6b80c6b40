"""Features of a pair that a person would name: same actor, same pillar, a stated lack, a statement that all is well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.direction import directions
from tipmine.lexical.thesaurus import ConceptMatcher
from tipmine.lexical.wordlists import content_words, is_backchannel
from tipmine.records import TextUnit

COMMON = 0.25
"""Share of the evidence at which an actor or pillar is too common to be a sign: its weight falls to 0 there."""
LACK_KINDS = frozenset({"utterance", "finding", ""})
"""Kinds of evidence that may state a lack; plan measures do not, and a text of unknown kind may."""
SPARE_WORDS = 2
"""Most different content words of a short turn that is not evidence unless it names an idea of the field: only its
neighbours would speak for it. Higher loses short answers in words that the thesaurus lacks."""
SPARE_LENGTH = 8
"""Most words of a turn that counts as short. Longer ones say something, even in pronouns and everyday verbs."""


def idle(
    evidence: Sequence[TextUnit], by_moderator: Sequence[bool], recommendations: Sequence[TextUnit] = ()
) -> NDArray[np.bool_]:
    """Whether each text can never be evidence; `by_moderator` is what `dialogue.moderator_turns` says of each.

    These are a moderator's turns, mere agreement or greeting, texts without content words, and short turns with hardly
    any (`SPARE_WORDS`) that name no idea of the thesaurus. `recommendations` are the other texts of the corpus: the
    words of all texts decide how the terms of the thesaurus are cut.
    """
    never = np.array(
        [
            asks or (_may_be_talk(unit) and is_backchannel(unit.text)) or not content_words(unit.words)
            for unit, asks in zip(evidence, by_moderator, strict=True)
        ],
        bool,
    )
    spare = [at for at, unit in enumerate(evidence) if not never[at] and _is_spare(unit)]
    if spare:
        matcher = ConceptMatcher(unit.words for unit in (*recommendations, *evidence))
        never[[at for at in spare if not matcher.find(evidence[at].words)]] = True
    return never


def _may_be_talk(unit: TextUnit) -> bool:
    return unit.kind in {"utterance", ""}


def _is_spare(unit: TextUnit) -> bool:
    short = len(unit.words) <= SPARE_LENGTH and len(set(content_words(unit.words))) <= SPARE_WORDS
    return short and bool(unit.speaker) and _may_be_talk(unit)


def shared_tags(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> PairScores:
    """The share of a recommendation's tags (row) that the evidence (column) also has; rare tags weigh more."""
    names = sorted({tag for tags in left for tag in tags})
    scores = np.zeros((len(left), len(right)), np.float32)
    if not names or not right:
        return scores
    place = {name: index for index, name in enumerate(names)}
    ours, theirs = _tag_matrix(left, place), _tag_matrix(right, place)
    share = np.asarray(theirs.mean(axis=0)).ravel()
    weight = np.clip(np.log(COMMON / np.maximum(share, 1e-6)), 0, 3).astype(np.float32)
    total = ours @ weight
    product = (ours.multiply(weight) @ theirs.T).toarray()
    return np.asarray(product / np.maximum(total, 1.0)[:, None], np.float32)


def _tag_matrix(rows: Sequence[Sequence[str]], place: dict[str, int]) -> Any:
    """Texts by tags, 1 where a text has the tag; `place` gives the column of each tag, other tags are left out."""
    pairs = [(row, place[tag]) for row, tags in enumerate(rows) for tag in set(tags) if tag in place]
    row_of, column_of = zip(*pairs, strict=True) if pairs else ((), ())
    size = (len(rows), len(place))
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (row_of, column_of)), shape=size)


class Statements(NamedTuple):
    """What each piece of evidence states, 1 or 0: that something is lacking, that something is in order."""

    lack: PairScores
    met: PairScores


def statements(evidence: Sequence[TextUnit]) -> Statements:
    """What each piece of evidence states by its cues; only the kinds of LACK_KINDS state a lack."""
    senses = [directions(unit.words) for unit in evidence]
    lack = [float("lack" in sense and unit.kind in LACK_KINDS) for sense, unit in zip(senses, evidence, strict=True)]
    met = [float("met" in sense) for sense in senses]
    return Statements(np.asarray(lack, np.float32), np.asarray(met, np.float32))
