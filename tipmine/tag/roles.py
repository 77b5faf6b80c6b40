"""What an actor does in its passage: addressee, partner, beneficiary or mention.

The role shows in the words around a name (ควร behind it, แก่ before it, ร่วมกับ between two), in its place in the
sentence, in what sort of actor it is, and in the roles of its neighbours: who stands beside a beneficiary behind
และ is one too. A conditional random field over the actors of a passage, in their order, sees all of this at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tipmine.records import ROLES, Kind, Role, Token

CUES_BEFORE = (
    "ให้แก่",
    "แก่",
    "ให้กับ",
    "ให้",
    "โดย",
    "ร่วมกับ",
    "ประสาน",
    "สนับสนุน",
    "ช่วยเหลือ",
    "คุ้มครอง",
    "ส่งเสริม",
    "มอบหมาย",
    "สำหรับ",
    "ของ",
    "ต่อ",
    "จาก",
    "กับ",
    "พา",
    "อบรม",
    "จับกุม",
    "ดำเนินคดี",
    "ผ่าน",
    "เพื่อ",
    "เป็น",
    "ไม่ให้",
    "เสนอ",
    "แจ้ง",
    "ส่งต่อ",
    "ระหว่าง",
)
"""Words that tell the role of the name behind them; the nearest one within `_REACH` counts."""

CUES_BEHIND = (
    "ควร",
    "ต้อง",
    "จะ",
    "ร่วมกับ",
    "ได้รับ",
    "ถูก",
    "ได้",
    "เป็น",
    "รับผิดชอบ",
    "ดำเนินการ",
    "จัด",
    "ที่",
    "ไม่",
    "ช่วย",
    "เข้า",
    "มี",
)
"""Words that tell the role of the name before them."""

_REACH = 25
"""Code points in which a cue is looked for."""

_WORDS = 3
"""Words on either side of a name that are features by themselves."""

_JOINED = re.compile(r"\s*(?:และ|หรือ|กับ|,|/|ร่วมกับ|รวมทั้ง|ตลอดจน|โดย|ของ|ให้|จาก)?\s*")
_NUMBERING = re.compile(r"[\s\d.()•-]*")
_SHOULD = re.compile("ควร|เสนอให้|ขอให้|ต้อง|มอบหมาย")
_SUBJECT = re.compile(r"\s*(?:ควร|ต้อง|จะ|พึง|เป็นเจ้าภาพ|เป็นหน่วยงานหลัก|เป็นผู้รับผิดชอบ|รับผิดชอบ|ดำเนินการ|จัดทำ|จัดให้)")


class Named(NamedTuple):
    """An actor in a passage as the role depends on it: half-open offsets and sector."""

    start: int
    end: int
    sector: str


def features(text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind) -> list[list[str]]:
    """For each actor the features that the field sees; `actors` stand in order."""
    words = [token for token in tokens if not token.text.isspace()]
    should = _SHOULD.search(text)
    subjects = [bool(_SUBJECT.match(text, actor.end)) for actor in actors]
    found = []
    for i, actor in enumerate(actors):
        slot = "is" if subjects[i] else "taken" if any(subjects[:i]) else "ahead" if any(subjects[i + 1 :]) else "none"
        row = [
            "bias",
            f"subject={slot}",
            f"subject,s={slot}|{actor.sector}",
            f"kind={kind}",
            f"sector={actor.sector}",
            f"sector,kind={actor.sector}|{kind}",
        ]
        row += _around(words, actor)
        row += _cues(text, actor)
        row += _place(text, actors, i)
        if should:
            row.append(f"should={'before' if actor.end <= should.start() else 'behind'}|{actor.sector}")
        found.append(row)
    return found


def _around(words: Sequence[Token], actor: Named) -> list[str]:
    left = [word.text for word in words if word.end <= actor.start][-_WORDS:]
    inside = [word.text for word in words if actor.start <= word.start < actor.end] or [""]
    right = [word.text for word in words if word.start >= actor.end][:_WORDS]
    row = [f"l{n}={word}" for n, word in enumerate(reversed(left), start=1)]
    row += [f"r{n}={word}" for n, word in enumerate(right, start=1)]
    row += [f"l21={'|'.join(left[-2:])}", f"r12={'|'.join(right[:2])}", f"first={inside[0]}", f"last={inside[-1]}"]
    row += [f"l1,r1={''.join(left[-1:])}|{''.join(right[:1])}", f"l1,s={''.join(left[-1:])}|{actor.sector}"]
    row.append(f"r1,s={''.join(right[:1])}|{actor.sector}")
    return row


def _cues(text: str, actor: Named) -> list[str]:
    before = text[max(0, actor.start - _REACH) : actor.start]
    behind = text[actor.end : actor.end + _REACH]
    last = max(((before.rfind(cue) + len(cue), cue) for cue in CUES_BEFORE if cue in before), default=(0, ""))
    next_ = min(((behind.find(cue), cue) for cue in CUES_BEHIND if cue in behind), default=(0, ""))
    far = "far" if last[1] and len(before) - last[0] > _REACH // 3 else "near"
    return [
        f"cue<={last[1]}",
        f"cue<={last[1]}|{far}",
        f"cue<,s={last[1]}|{actor.sector}",
        f"cue>={next_[1]}",
        f"cue>,s={next_[1]}|{actor.sector}",
        f"cues={last[1]}|{next_[1]}",
    ]


def _place(text: str, actors: Sequence[Named], i: int) -> list[str]:
    actor = actors[i]
    row = [f"nth={min(i, 3)}", f"of={min(len(actors), 4)}", f"third={3 * actor.start // max(1, len(text))}"]
    if _NUMBERING.fullmatch(text, 0, actor.start):
        row.append("opens")
    if i:
        between = text[actors[i - 1].end : actor.start]
        row.append(f"joined={between.strip()}" if _JOINED.fullmatch(between) else "apart")
        row.append(f"previous={actors[i - 1].sector}")
    if i + 1 < len(actors):
        between = text[actor.end : actors[i + 1].start]
        row.append(f"joins={between.strip()}" if _JOINED.fullmatch(between) else "ends")
        row.append(f"next={actors[i + 1].sector}")
    return row


def reason(text: str, actor: Named, role: Role) -> str:
    """The role in words, with the cue beside the name where there is one."""
    before = text[max(0, actor.start - _REACH) : actor.start]
    behind = text[actor.end : actor.end + _REACH].lstrip()
    near = max(((len(cue), cue) for cue in CUES_BEFORE if before.rstrip().endswith(cue)), default=(0, ""))[1]
    next_ = max(((len(cue), cue) for cue in CUES_BEHIND if behind.startswith(cue)), default=(0, ""))[1]
    parts = [f"behind {near}" if near else "", f"before {next_}" if next_ else ""]
    said = ", ".join(filter(None, parts))
    return f"{role}: {said}" if said else f"{role}: by its place among the actors"


class RoleField:
    """A trained field, read from a file of CRFsuite."""

    def __init__(self, path: Path) -> None:
        import pycrfsuite

        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def roles(
        self, text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind
    ) -> list[tuple[Role, float]]:
        """Role and probability of each actor."""
        if not actors:
            return []
        self._tagger.set(features(text, tokens, actors, kind))
        known = {role: role for role in ROLES}
        return [
            (known[label], float(self._tagger.marginal(label, index))) for index, label in enumerate(self._tagger.tag())
        ]


def train_roles(
    sequences: Iterable[tuple[str, Sequence[Token], Sequence[Named], Kind, Sequence[Role]]],
    path: Path,
    *,
    c1: float,
    c2: float,
    iterations: int,
) -> None:
    """Fit a field and write it to `path`. L-BFGS from zero: the same data give the same model."""
    import pycrfsuite

    trainer: Any = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.minfreq": 1})
    for text, tokens, actors, kind, roles in sequences:
        if any(second.start < first.start for first, second in pairwise(actors)):
            raise ValueError("actors must stand in order")
        if actors:
            trainer.append(features(text, tokens, actors, kind), list(roles))
    trainer.train(str(path))
