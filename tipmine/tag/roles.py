"""Decides the role of an actor in its passage: addressee, partner, beneficiary or mention.

A conditional random field (CRF) over the actors of a passage, in their order, sees the words around a name and the
names joined to it (`role_features.py`, `role_context.py`). Rules decide about those who say something, and about those
below a heading that names others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Unpack

from tipmine.records import ROLES, Kind, Role, Token
from tipmine.tag.crf import Penalties, open_crf, train_crf
from tipmine.tag.role_context import (
    NEAR,
    NUMBERING,
    NamedActor,
    acts_after,
    cue_after,
    cues_before,
    joined_by_and,
    saying_words,
    saying_words_at,
)
from tipmine.tag.role_cues import role_words, sentence_words
from tipmine.tag.role_features import features
from tipmine.tag.sentences import sentence

SAYING = 0.95
"""Probability that an actor who makes the recommendation is a mention: 39 of 40 in the labelled and held-out files."""
_WITH = "กับ"
"""Comes right before an actor that takes part."""
_MAKES_ACT = frozenset({"ordering", "acting", "giving", "enabling"})
"""Classes of cues right before an actor that is asked to act."""
BELOW_HEADING = 0.8
"""Probability that the CRF is wrong about an addressee below a heading that names one, if the actor is not in the place
of the subject: 8 of 10 in labelled and held-out files. In other cases it is a third, so the rule does not apply."""


class RoleDecision(NamedTuple):
    """The role of an actor, its probability, and the reason in Thai, from the rule that decided it."""

    role: Role
    probability: float
    reason: str


def below_heading(
    text: str, actors: Sequence[NamedActor], decided: Sequence[RoleDecision], asked: str
) -> list[RoleDecision]:
    """The roles of the actors below a heading that names who is asked to act; `asked` are the names in its words.

    Below such a heading, a sentence begins with what that body should do, and the CRF takes the first actor in the text
    for the one that acts: `ประสานพนักงานอัยการ` asks the heading's police, not the prosecutor. So only actors in the
    place of one that acts are addressees; others are partners if something is done together with them, else mentions.
    """
    roles: list[RoleDecision] = []
    acts = False
    for i, (actor, by_crf) in enumerate(zip(actors, decided, strict=True)):
        cue = next((cue for cue in cues_before(text, actor) if cue.distance <= 1), None)
        goes_on = acts and joined_by_and(text, actors[i - 1].end, actor.start)
        acts = goes_on or _opens(text, actor) or bool(cue and cue.group in _MAKES_ACT)
        if by_crf.role != "addressee" or acts:
            roles.append(by_crf)
            continue
        together = _WITH if text.endswith(_WITH, 0, actor.start) else ""
        if cue and cue.group == "joint":
            together = cue.word
        if together:
            roles.append(RoleDecision("partner", BELOW_HEADING, sentence("below_with", asked=asked, word=together)))
        else:
            roles.append(RoleDecision("mention", BELOW_HEADING, sentence("below_object", asked=asked)))
    return roles


def _opens(text: str, actor: NamedActor) -> bool:
    """Whether an actor is in the place of the subject: first in a clause, before its verb, or after ห้าม."""
    if text.endswith(sentence_words("when"), 0, actor.start):
        return False  # the subject of a clause that says when or why is not asked
    clause = NUMBERING.fullmatch(text, 0, actor.start) or text[: actor.start].endswith((" ", "ห้าม"))
    return bool(clause) or acts_after(text, actor.end)


def _saying_role() -> Role:
    return role_words("saying")[0].role


def _reason(text: str, actor: NamedActor) -> str:
    """The reason for the CRF's role, in Thai: the cues beside the name, or its place if there are none."""
    before = [cue.word for cue in cues_before(text, actor) if cue.distance < NEAR][:1]
    after = saying_words_at(text, actor.end) or cue_after(text, actor).word
    parts = [sentence("role_after", word=word) for word in before]
    if after:
        parts.append(sentence("role_before", word=after))
    return sentence("role_words", words=" ".join(parts)) if parts else sentence("role_place")


class RoleCRF:
    """A trained CRF for roles, read from a CRFsuite file."""

    def __init__(self, path: Path) -> None:
        self._tagger = open_crf(path)

    def roles(self, text: str, tokens: Sequence[Token], actors: Sequence[NamedActor], kind: Kind) -> list[RoleDecision]:
        """The role of each of `actors`, in their order.

        A recommendation does not ask its own author. The CRF decides about the other actors as if the author were not
        named, since a proposer is in the place of the subject.
        """
        says = saying_words(text, actors) if kind == "recommendation" else [""] * len(actors)
        silent = [actor for actor, words in zip(actors, says, strict=True) if not words]
        others = iter(self._by_crf(text, tokens, silent, kind))
        return [
            RoleDecision(_saying_role(), SAYING, sentence("role_proposer", word=words)) if words else next(others)
            for words in says
        ]

    def _by_crf(
        self, text: str, tokens: Sequence[Token], actors: Sequence[NamedActor], kind: Kind
    ) -> list[RoleDecision]:
        if not actors:
            return []
        self._tagger.set(features(text, tokens, actors, kind))
        known = {role: role for role in ROLES}
        return [
            RoleDecision(known[label], float(self._tagger.marginal(label, index)), _reason(text, actors[index]))
            for index, label in enumerate(self._tagger.tag())
        ]


def train_roles(
    sequences: Iterable[tuple[str, Sequence[Token], Sequence[NamedActor], Kind, Sequence[Role]]],
    path: Path,
    **penalties: Unpack[Penalties],
) -> None:
    """Fit a CRF to passages, each its text, tokens, actors, kind and their roles; write it to `path`.

    The actors of a passage must be in the order of the text.
    """
    rows = ((features(text, tokens, actors, kind), roles) for text, tokens, actors, kind, roles in sequences if actors)
    train_crf(rows, path, **penalties)
