"""Chooses passages for a reviewer: those about which the model is least sure, and a random sample.

The least sure come in order: those with most doubtful pillars first and, among equals, those with a score nearest to
one half. They show where the model is weak; the random ones show how good it is. Passages whose tags or kind a person
has already decided, and kinds without pillars, are left out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from tipmine.records import DEFAULT_SEED, Passage, Tagging
from tipmine.store.decisions import about_tags, history
from tipmine.store.doubts import Doubts, doubts_of
from tipmine.store.run import Run
from tipmine.tag.codebook import UNTAGGED_KINDS

Why = Literal["least sure", "random"]


@dataclass(frozen=True, slots=True)
class ToReview:
    """A passage for a reviewer, with the machine's tags and the reason why it was chosen."""

    passage: Passage
    tagging: Tagging
    why: Why
    doubt: float
    """0: sure; 1: at least one pillar's score is one half."""

    @property
    def doubts(self) -> Doubts:
        """The doubtful tags, given that nobody has decided about the tags."""
        return doubts_of(self.tagging, {})


def doubt(tagging: Tagging) -> float:
    """How near the nearest pillar score is to one half: 1 at .5, 0 at 0 or 1."""
    return max((1 - abs(2 * score - 1) for score in tagging.pillar_scores.values()), default=0.0)


def choose(run: Run, *, least_sure: int, at_random: int, seed: int = DEFAULT_SEED) -> list[ToReview]:
    """`least_sure` passages in order of doubt, then `at_random` others; fewer if the run holds fewer."""
    decided = {decision.subject for decision in about_tags(history(run.connection))}
    taggings = run.taggings()
    pool = [
        ToReview(passage, taggings[passage.id], "least sure", doubt(taggings[passage.id]))
        for passage in run.passages()
        if passage.id not in decided and taggings[passage.id].kind not in UNTAGGED_KINDS
    ]
    pool.sort(key=lambda item: (-len(item.doubts.pillars), -item.doubt, item.passage.id))
    rest = pool[least_sure:]
    drawn = random.Random(seed).sample(rest, min(at_random, len(rest)))  # noqa: S311 -- a sample, not a secret
    return pool[:least_sure] + [replace(item, why="random") for item in drawn]
