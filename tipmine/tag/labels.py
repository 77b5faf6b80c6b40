"""Roles from a label before names in running text: `หน่วยงานรับผิดชอบ: กรมกิจการเด็กและเยาวชน และสถานศึกษา`.

The labels are the words of column heads (`columns.role_of_head`). A label itself is not an actor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.tag.columns import role_of_head
from tipmine.tag.open_names import Name
from tipmine.tag.roles import RoleDecision
from tipmine.tag.sentences import sentence

FARTHEST = 200
"""Code points after a label within which names belong to it. Lower: the last names of long lists are lost."""
_LABEL = re.compile(r"(?:^|[\s|(;•-])(?P<label>[\u0e01-\u0e4e/ ]{4,40}?) ?[:：]\s*")
# A verb shows that a sentence has begun; there the label's reach ends.
_SENTENCE = re.compile(r"ควร|จะ|ต้อง|เพื่อ|พบว่า|ได้รับ|มีหน้าที่|[;|]|[:：]")


def labelled_role(text: str, at: int) -> RoleDecision | None:
    """The role that a label gives to an actor at offset `at` of the text; None if there is no label before it.

    >>> labelled_role("หน่วยงานสนับสนุน: กรมการปกครอง และศาล", 32).role
    'partner'
    """
    nearest = max(_LABEL.finditer(text, max(0, at - FARTHEST), at), key=re.Match.start, default=None)
    if nearest is None or _SENTENCE.search(text, nearest.end(), at):
        return None
    label = nearest["label"].strip()
    role = role_of_head(label)
    return RoleDecision(role, 1.0, sentence("role_label", label=label)) if role else None


def without_labels(text: str, names: Sequence[Name]) -> list[Name]:
    """The names except those that are such a label."""
    return [name for name in names if not _is_label(text, name)]


def _is_label(text: str, name: Name) -> bool:
    after = text[name.end :].lstrip()
    return after.startswith((":", "：")) and role_of_head(text[name.start : name.end]) is not None
