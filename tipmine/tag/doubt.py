"""Which tags of a passage a person should look at before she relies on them."""

from __future__ import annotations

from tipmine.records import PILLARS, ActorTag, Pillar, Tagging
from tipmine.tag.codebook import UNTAGGED_KINDS

PILLAR_DOUBT = 0.25
"""A pillar is doubtful with a score between this and one less this: by calibration, at least one in four such
decisions is wrong, said or not said. Higher: fewer doubts are shown, and more errors pass unseen."""

ACTOR_DOUBT = 0.5
"""An actor is doubtful with a score below this: span and role together are likelier wrong than right."""


def doubtful_pillars(tagging: Tagging) -> tuple[Pillar, ...]:
    """The pillars that the model can hardly decide, whether it gave them or not; none where a person decided."""
    if tagging.kind in UNTAGGED_KINDS:
        return ()
    decided = {tag.code for tag in tagging.pillars if tag.by != "model"}
    return tuple(
        pillar
        for pillar in PILLARS
        if pillar not in decided and PILLAR_DOUBT <= tagging.pillar_scores.get(pillar, 0.0) <= 1 - PILLAR_DOUBT
    )


def is_doubtful(actor: ActorTag) -> bool:
    """Whether the model is unsure of an actor, be it of its span or of its role."""
    return actor.by == "model" and actor.score < ACTOR_DOUBT
