"""What an actor does in its passage: addressee, partner, beneficiary or mention.

The role shows in the words around a name (ควร behind it, แก่ before it, ร่วมกับ between two), in its place in the
sentence, in what sort of actor it is, and in the roles of its neighbours: who stands beside a beneficiary behind
และ is one too. A conditional random field over the actors of a passage, in their order, sees all of this at once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tipmine.records import ROLES, Kind, Role, Token

_REACH = 40
"""Code points before a name in which cues are looked for; behind it a cue must follow at once."""

_NEAR = 12
"""Code points up to which a cue counts as near."""

_CUES = 3
"""Cues before a name that are looked at, from the nearest."""

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


class Cue(NamedTuple):
    """A word that tells a role, its class, and how many code points stand between it and the name."""

    word: str
    group: str
    apart: int


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
    before = _before(text, actor)
    behind = _behind(text, actor)
    row = [f"h={behind.group}", f"h,s={behind.group}|{actor.sector}", f"hw={behind.word}"]
    for n, cue in enumerate(before):
        row += [f"b{n}={cue.group}|{_gap(cue.apart)}", f"b{n},s={cue.group}|{actor.sector}", f"b{n}w={cue.word}"]
    if before:
        first = before[0]
        row.append(f"b0g,s={first.group}|{_gap(first.apart)}|{actor.sector}")
        row += [f"bh={first.group}|{behind.group}", f"bh,s={first.group}|{behind.group}|{actor.sector}"]
    if len(before) > 1:
        pair = f"{before[0].group}|{before[1].group}"
        row += [f"b01={pair}", f"b01,s={pair}|{actor.sector}"]
    return row


def _gap(apart: int) -> str:
    return "next" if not apart else "near" if apart < _NEAR else "far"


def _before(text: str, actor: Named) -> list[Cue]:
    """The cues before a name, nearest first, none inside another."""
    window = text[max(0, actor.start - _REACH) : actor.start].rstrip()
    ends = [(at + len(word), word, group) for word, group in _table()["before"] if (at := window.rfind(word)) >= 0]
    found: list[Cue] = []
    limit = len(window)
    for end, word, group in sorted(ends, key=lambda cue: (-cue[0], -len(cue[1]))):
        if end <= limit and len(found) < _CUES:
            found.append(Cue(word, group, len(window) - end))
            limit = end - len(word)
    return found


def _behind(text: str, actor: Named) -> Cue:
    """The longest cue that stands right behind a name; group `none` where there is none."""
    rest = text[actor.end : actor.end + _REACH].lstrip()
    fitting = [Cue(word, group, 0) for word, group in _table()["behind"] if rest.startswith(word)]
    return max(fitting, key=lambda cue: len(cue.word), default=Cue("", "none", 0))


@cache
def _table() -> dict[str, tuple[tuple[str, str], ...]]:
    """The cues of `data/role_cues.tsv`: side -> (word, class)."""
    path = files("tipmine.data").joinpath("role_cues.tsv")
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    return {
        side: tuple((word, row["class"]) for row in rows if row["side"] == side for word in row["words"].split("|"))
        for side in ("before", "behind")
    }


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
    """The role in words, with the cues beside the name where there are any."""
    before = [cue.word for cue in _before(text, actor) if cue.apart < _NEAR][:1]
    behind = _behind(text, actor).word
    parts = [*(f"behind {word}" for word in before), *([f"before {behind}"] if behind else [])]
    return f"{role}: {', '.join(parts)}" if parts else f"{role}: by its place among the actors"


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
