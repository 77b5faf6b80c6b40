"""What a decision is about. The texts for it, in the column `field` of the decisions and in forms, are known here only.

| text | what is decided |
|---|---|
| `pillar:<code>` | whether a passage has this pillar |
| `actor:<start>:<end>` | whether the words at these offsets of a passage name an actor, and in what role |
| `kind` | the kind of a passage |
| `label` | the label of a theme |
| `note` | what a reviewer remarks on a passage |
| `link:<passage id>` | whether this passage is evidence of a recommendation |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from tipmine.errors import UsageError
from tipmine.records import PILLARS, Pillar

FieldType = Literal["pillar", "actor", "kind", "label", "link", "note"]
_SYNTAX = re.compile(
    rf"(?P<pillar>pillar):(?P<code>{'|'.join(PILLARS)})"
    r"|(?P<actor>actor):(?P<start>\d{1,9}):(?P<end>\d{1,9})"
    r"|(?P<link>link):(?P<evidence>.+)"
    r"|(?P<kind>kind)"
    r"|(?P<label>label)"
    r"|(?P<note>note)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Field:
    """What a decision is about. Its `type` says which of the other attributes it has."""

    type: FieldType
    pillar: Pillar | None = None
    span: tuple[int, int] = (0, 0)
    """Half-open offsets of an actor in the text of its passage."""
    evidence: str = ""
    """Id of the passage to which a link leads."""

    @classmethod
    def parse(cls, text: str) -> Field:
        """Read the text of a field. Raises UsageError for a text that is not a field."""
        found = _SYNTAX.fullmatch(text)
        span = (int(found["start"] or 0), int(found["end"] or 0)) if found else (0, 0)
        if found is None or (found["actor"] and span[0] >= span[1]):
            expected = "pillar:<code>, actor:<start>:<end>, kind, label, note or link:<id>"
            raise UsageError(text, "cannot decide about this", expected)
        type_ = next(name for name in get_args(FieldType) if found[name])
        return cls(cast(FieldType, type_), cast(Pillar | None, found["code"]), span, found["evidence"] or "")

    def __str__(self) -> str:
        """The text of the field, from which `parse` makes it again."""
        parts = {"pillar": [self.pillar], "actor": self.span, "link": [self.evidence]}
        return ":".join(map(str, (self.type, *parts.get(self.type, ()))))

    @property
    def about_tags(self) -> bool:
        """Whether it is about the pillars, the actors or the kind of a passage.

        Links say nothing about the tags of the recommendation that they belong to.
        """
        return self.type in ("pillar", "actor", "kind")


KIND = Field("kind")
LABEL = Field("label")
NOTE = Field("note")


def pillar_field(code: Pillar) -> Field:
    """The field of a decision about a pillar."""
    return Field("pillar", pillar=code)


def actor_field(start: int, end: int) -> Field:
    """The field of a decision about the actor at these offsets of a passage."""
    return Field("actor", span=(start, end))


def link_field(evidence: str) -> Field:
    """The field of a decision about a link to the passage `evidence`."""
    return Field("link", evidence=evidence)
