"""Finds the tags of a passage that a person should check: those the model doubts and no person has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tipmine.records import ActorTag, Pillar, Tagging
from tipmine.store.decisions import Decision
from tipmine.store.fields import Field, actor_field, pillar_field
from tipmine.tag.doubt import doubtful_pillars, is_doubtful


@dataclass(frozen=True, slots=True)
class Doubts:
    """Doubtful tags of a passage: pillars, assigned or not, and assigned actors. False if there are none."""

    pillars: tuple[Pillar, ...] = ()
    actors: tuple[ActorTag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pillars or self.actors)


def doubts_of(tagging: Tagging, decided: Mapping[Field, Decision]) -> Doubts:
    """The doubts of a tagging that has people's decisions applied.

    `decided` holds the decisions in force for the passage by field. It is needed because a pillar that a person
    rejected is no longer among the tags, while its score is still doubtful.
    """
    return Doubts(
        tuple(code for code in doubtful_pillars(tagging) if pillar_field(code) not in decided),
        tuple(tag for tag in tagging.actors if is_doubtful(tag) and actor_field(tag.start, tag.end) not in decided),
    )
