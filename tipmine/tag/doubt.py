"""Which tags of a passage a person should check before relying on them."""

from __future__ import annotations

from tipmine.records import PILLARS, ActorTag, Pillar, Tagging
from tipmine.tag.codebook import UNTAGGED_KINDS

PILLAR_DOUBT = 0.25
"""A pillar is doubtful if its score is between this and 1 minus this. By calibration, at least one in four decisions is
wrong at these limits, whether the pillar was assigned or not. Higher: fewer doubts shown, more errors missed."""

ACTOR_DOUBT = 0.5
"""An actor is doubtful if its score is below this: span or role is then more likely wrong than both are right."""


def doubtful_pillars(tagging: Tagging) -> tuple[Pillar, ...]:
    """The pillars about which the model is unsure, whether it assigned them or not; none that a person assigned."""
    if tagging.kind in UNTAGGED_KINDS:
        return ()
    decided = {tag.code for tag in tagging.pillars if tag.by != "model"}
    return tuple(
        pillar
        for pillar in PILLARS
        if pillar not in decided and PILLAR_DOUBT <= tagging.pillar_scores.get(pillar, 0.0) <= 1 - PILLAR_DOUBT
    )


def is_doubtful(actor: ActorTag) -> bool:
    """Whether the model is unsure of an actor's span or role; never if a person decided."""
    return actor.by == "model" and actor.score < ACTOR_DOUBT
