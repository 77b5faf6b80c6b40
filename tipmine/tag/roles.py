"""Decides the role of an actor in its passage: addressee, partner, beneficiary or mention.

The role shows in the words around a name (ควร after it, แก่ before it, ร่วมกับ between two), in its place in the
sentence, in the sort of actor, and in the roles of its neighbours: an actor joined to a beneficiary by และ is one too.
A conditional random field over the actors of a passage, in their order, sees all of this at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Unpack

from tipmine.records import ROLES, Kind, Role, Token
from tipmine.tag.crf import Penalties, read_field, train_field
from tipmine.tag.role_cues import cue_classes, role_words

_REACH = 40
"""Code points before a name in which cues are sought; after it, a cue must follow at once."""

_REACH_BEHIND = 25
"""Code points after a name in which its verb is sought: leaves room for a place or a relative clause between them."""

_LONGEST_CLAUSE = 1_000
"""Code points before a name at which its clause begins at the latest. Text without spaces would else be read again for
each name in it, up to its beginning: 10 s for 41,000 code points. Lower changes what the model sees of real clauses."""

_NEAR = 12
"""A cue at most so many code points from the name counts as near."""

_CUES = 3
"""Number of cues before a name that are used, from the nearest."""

_WORDS = 3
"""Number of words on either side of a name that are features by themselves."""

_start, _end = attrgetter("start"), attrgetter("end")
_JOINED = re.compile(r"\s*(?:และ|หรือ|กับ|,|/|ร่วมกับ|รวมทั้ง|ตลอดจน|โดย|ของ|ให้|จาก)?\s*")
_NUMBERING = re.compile(r"[\s\d.()•-]*")
_COUNT = re.compile(r"[\d,.]*\d")
_SHOULD = re.compile("ควร|เสนอให้|ขอให้|ต้อง|มอบหมาย")
_SUBJECT = re.compile(r"\s*(?:ควร|ต้อง|จะ|พึง|เป็นเจ้าภาพ|เป็นหน่วยงานหลัก|เป็นผู้รับผิดชอบ|รับผิดชอบ|ดำเนินการ|จัดทำ|จัดให้)")
_AND = re.compile(r"\s*(?:และ|หรือ|,|/|ร่วมกับ)?\s*")
_TOLD = re.compile(r"(?:ให้|ควร|ต้อง|ถึง|ต่อ)\s?$")
"""Stands right before one who is to propose or ask something, or to whom it is said."""
_LEAD = r"\s?(?:จึง|ได้|ขอ|ก็|ยัง|ต่าง|มี|ให้|ตั้ง|ร่วมกัน)*"
"""May stand between one who says something and the verb of saying."""
_LONGEST_OPENING = 5
"""Code points before a name that hold the longest word of `_TOLD` and a space."""
SAYING = 0.95
"""Probability that one who says what a recommendation recommends is a mention: 39 of 40 in the labelled and
held-out files."""


_WITH = "กับ"
_MAKES_ACT = frozenset({"ordering", "acting", "giving", "enabling"})
"""Classes of cues right before an actor that is asked to act."""
_SUBORDINATE = ("จนกว่า", "เมื่อ", "หาก", "ถ้า", "ก่อน", "ขณะที่", "เพราะ", "เนื่องจาก")
"""Words that open a clause which says when or why; its subject is not asked."""
BELOW_HEADING = 0.8
"""Probability that an actor taken for the addressee is none, below a heading that names one, if it does not stand as
one who acts: 8 of 10 in labelled and held-out files. Elsewhere it is a third, so that the rule holds there only."""


class Named(NamedTuple):
    """What the role of an actor depends on besides the text: half-open offsets and sector."""

    start: int
    end: int
    sector: str


class Decided(NamedTuple):
    """The role of an actor, its probability, and why, in Thai: by the rule that decided it."""

    role: Role
    sure: float
    reason: str


class Cue(NamedTuple):
    """A word that indicates a role, its class, and the number of code points between it and the name."""

    word: str
    group: str
    apart: int


def features(text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind) -> list[list[str]]:
    """The features of each actor, as strings, in the form that CRFsuite takes; `actors` in the order of the text."""
    words = [token for token in tokens if not token.text.isspace()]
    should = _SHOULD.search(text)
    slots = _subject_slots(text, actors)
    says = _saying(text, actors)
    named_before: set[str] = set()
    found = []
    for i, actor in enumerate(actors):
        slot, name = slots[i], text[actor.start : actor.end]
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
        row += _clause(text, words, actors, i, kind)
        row.append(f"says={bool(says[i])}|{kind}")
        row.append(f"again={name in named_before}")
        named_before.add(name)
        if should:
            row.append(f"should={'before' if actor.end <= should.start() else 'behind'}|{actor.sector}")
        found.append(row)
    return found


def _subject_slots(text: str, actors: Sequence[Named]) -> list[str]:
    """For each actor where the subject of the passage is: it `is` the subject, the subject is an earlier actor
    (`taken`) or a later one (`ahead`), or there is `none`.
    """
    subjects = [i for i, actor in enumerate(actors) if _SUBJECT.match(text, actor.end)]
    if not subjects:
        return ["none"] * len(actors)
    known = set(subjects)
    return [
        "is" if i in known else "taken" if i > subjects[0] else "ahead" if i < subjects[-1] else "none"
        for i in range(len(actors))
    ]


def _around(words: Sequence[Token], actor: Named) -> list[str]:
    behind = bisect_left(words, actor.end, key=_start)
    before = bisect_right(words, actor.start, key=_end)
    left = [_shape(word.text) for word in words[max(0, before - _WORDS) : before]]
    right = [_shape(word.text) for word in words[behind : behind + _WORDS]]
    row = [f"l{n}={word}" for n, word in enumerate(reversed(left), start=1)]
    row += [f"r{n}={word}" for n, word in enumerate(right, start=1)]
    row += [f"l21={'|'.join(left[-2:])}", f"r12={'|'.join(right[:2])}"]
    row += [f"l1,r1={''.join(left[-1:])}|{''.join(right[:1])}", f"l1,s={''.join(left[-1:])}|{actor.sector}"]
    row.append(f"r1,s={''.join(right[:1])}|{actor.sector}")
    return row


def _shape(word: str) -> str:
    """The word, any number as 0: that something is counted tells a role, how many does not."""
    return "0" if _COUNT.fullmatch(word) else word


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


def _clause(text: str, words: Sequence[Token], actors: Sequence[Named], i: int, kind: Kind) -> list[str]:
    """Features of the clause (from space to space): whether the actor opens it, its first word, and the next verb.

    An actor that opens a clause and is followed by a verb of doing acts; one after `จัดอบรม … ให้` does not, however
    far away that verb is.
    """
    actor, name = actors[i], text[actors[i].start : actors[i].end]
    start = max(text.rfind(" ", 0, actor.start) + 1, actor.start - _LONGEST_CLAUSE)
    opens = actor.start == start
    verb = _verb_behind(text, actors, i)
    pattern, groups = _cues_before()
    before = [groups[match.group()[::-1]] for match in pattern.finditer(text[start : actor.start][::-1])]
    place = bisect_left(words, start, key=_start)
    first = "self" if opens else words[place].text if place < len(words) else ""
    row = [f"name={name}", f"name,kind={name}|{kind}", f"clause={first}", f"opens={opens}"]
    row += [f"opens,s={opens}|{actor.sector}", f"opens,kind={opens}|{kind}"]
    row += [f"verb={verb}", f"verb,o={verb}|{opens}", f"verb,s={verb}|{actor.sector}"]
    row += [f"verb,o,s={verb}|{opens}|{actor.sector}", f"b,verb={before[0] if before else 'none'}|{verb}|{opens}"]
    row += [f"in={group}" for group in sorted(set(before))]
    if before:
        row.append(f"in1,s={before[-1]}|{actor.sector}")
    row.append(f"text={words[0].text if words and words[0].end <= actor.start else 'self'}")
    row.append(f"nthclause={min(_CUES, text.count(' ', 0, actor.start))}")
    return row


def _verb_behind(text: str, actors: Sequence[Named], i: int) -> str:
    """The class of the first cue after an actor, in its clause and before the next actor; `none` without one."""
    end = actors[i].end
    space = text.find(" ", end)
    stops = [end + _REACH_BEHIND, space if space >= 0 else len(text)]
    stops += [actors[i + 1].start] if i + 1 < len(actors) else []
    pattern, groups = _cues_behind()
    match = pattern.search(text, end, max(end, min(stops)))
    return groups[match.group()] if match else "none"


def _gap(apart: int) -> str:
    return "next" if not apart else "near" if apart < _NEAR else "far"


def _before(text: str, actor: Named) -> list[Cue]:
    """The cues before a name, nearest first, none inside another."""
    window = text[max(0, actor.start - _REACH) : actor.start].rstrip()[::-1]
    pattern, groups = _cues_before()
    found: dict[str, Cue] = {}
    for match in pattern.finditer(window):
        word = match.group()[::-1]
        found.setdefault(word, Cue(word, groups[word], match.start()))
        if len(found) == _CUES:
            break
    return list(found.values())


@cache
def _cues_before() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the cues in a reversed text, the longest first, and the class of each cue."""
    groups = cue_classes("before")
    words = sorted(groups, key=len, reverse=True)
    return re.compile("|".join(re.escape(word[::-1]) for word in words)), groups


def _behind(text: str, actor: Named) -> Cue:
    """The longest cue right after a name; class `none` if there is none."""
    pattern, groups = _cues_behind()
    match = pattern.match(text[actor.end : actor.end + _REACH].lstrip())
    return Cue(match.group(), groups[match.group()], 0) if match else Cue("", "none", 0)


@cache
def _cues_behind() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the longest cue at the beginning of a text, and the class of each cue."""
    groups = cue_classes("behind")
    return re.compile("|".join(map(re.escape, sorted(groups, key=len, reverse=True)))), groups


def _saying(text: str, actors: Sequence[Named]) -> list[str]:
    """For each actor who proposes, asks, thinks or says what follows, or is joined to such a one by และ, the words that
    say so; empty for others."""
    pattern = _says()
    found = [""] * len(actors)
    for i in reversed(range(len(actors))):
        start, end = actors[i].start, actors[i].end
        said = pattern.match(text, end)
        words = said.group().strip() if said else ""
        if not words and i + 1 < len(actors) and _AND.fullmatch(text, end, actors[i + 1].start):
            words = found[i + 1]
        found[i] = "" if _TOLD.search(text[max(0, start - _LONGEST_OPENING) : start]) else words
    return found


def below_heading(text: str, actors: Sequence[Named], decided: Sequence[Decided], asked: str) -> list[Decided]:
    """The roles of the actors below a heading that names who is asked to act; `asked` are the names in its words.

    There a sentence begins with what this body should do, and the field takes the first actor of the text for the one
    who acts: `ประสานพนักงานอัยการ` asks the heading's police, not the prosecutor. So only those are addressees who stand
    as one who acts; others are partners if something is done together with them, or else mentions.
    """
    found: list[Decided] = []
    acts = False
    for i, (actor, by_field) in enumerate(zip(actors, decided, strict=True)):
        cue = next((cue for cue in _before(text, actor) if cue.apart <= 1), None)
        goes_on = acts and bool(_AND.fullmatch(text, actors[i - 1].end, actor.start))
        acts = goes_on or _opens(text, actor) or bool(cue and cue.group in _MAKES_ACT)
        if by_field.role != "addressee" or acts:
            found.append(by_field)
            continue
        together = _WITH if text.endswith(_WITH, 0, actor.start) else ""
        if cue and cue.group == "joint":
            together = cue.word
        reason = f"บทบาทดูจากหัวข้อ: ผู้ที่ต้องดำเนินการคือ {asked} ตามหัวข้อ"
        if together:
            found.append(Decided("partner", BELOW_HEADING, f"{reason} และชื่อนี้อยู่หลัง “{together}”"))
        else:
            found.append(Decided("mention", BELOW_HEADING, f"{reason} และในประโยคชื่อนี้ไม่ใช่ผู้กระทำ"))
    return found


def _opens(text: str, actor: Named) -> bool:
    """Whether an actor stands where the one who acts does: first in a clause, before its verb, or behind ห้าม."""
    if text.endswith(_SUBORDINATE, 0, actor.start):
        return False
    clause = _NUMBERING.fullmatch(text, 0, actor.start) or text[: actor.start].endswith((" ", "ห้าม"))
    return bool(clause or _SUBJECT.match(text, actor.end))


@cache
def _says() -> re.Pattern[str]:
    words = sorted((word for row in role_words("saying") for word in row.words), key=len, reverse=True)
    return re.compile(f"{_LEAD}(?:{'|'.join(map(re.escape, words))})")


def _saying_role() -> Role:
    return role_words("saying")[0].role


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


def _reason(text: str, actor: Named) -> str:
    """What the field had to see: the cues beside the name, or only its place if there are none."""
    before = [cue.word for cue in _before(text, actor) if cue.apart < _NEAR][:1]
    said = _says().match(text, actor.end)
    behind = said.group().strip() if said else _behind(text, actor).word
    parts = [*(f"หลัง “{word}”" for word in before), *([f"หน้า “{behind}”"] if behind else [])]
    return f"บทบาทดูจากคำ: {' '.join(parts)}" if parts else "บทบาทดูจากตำแหน่งในประโยค"


class RoleField:
    """A trained random field for roles, read from a CRFsuite file."""

    def __init__(self, path: Path) -> None:
        self._tagger = read_field(path)

    def roles(self, text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind) -> list[Decided]:
        """The role of each of `actors`, in their order.

        Who says what a recommendation recommends is not asked by it. The field decides about the others, as if only
        they were named: a proposer has the place of the one who acts.
        """
        says = _saying(text, actors) if kind == "recommendation" else [""] * len(actors)
        others = iter(self._decided(text, tokens, [a for a, said in zip(actors, says, strict=True) if not said], kind))
        return [
            Decided(_saying_role(), SAYING, f"บทบาทดูจากคำ: เป็นผู้เสนอหรือผู้กล่าว ดูจาก “{said}”") if said else next(others)
            for said in says
        ]

    def _decided(self, text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind) -> list[Decided]:
        if not actors:
            return []
        self._tagger.set(features(text, tokens, actors, kind))
        known = {role: role for role in ROLES}
        return [
            Decided(known[label], float(self._tagger.marginal(label, index)), _reason(text, actors[index]))
            for index, label in enumerate(self._tagger.tag())
        ]


def train_roles(
    sequences: Iterable[tuple[str, Sequence[Token], Sequence[Named], Kind, Sequence[Role]]],
    path: Path,
    **penalties: Unpack[Penalties],
) -> None:
    """Fit a field to passages, each its text, tokens, actors, kind and their roles; write it to `path`.

    The actors of a passage must be in the order of the text.
    """
    rows = ((features(text, tokens, actors, kind), roles) for text, tokens, actors, kind, roles in sequences if actors)
    train_field(rows, path, **penalties)
