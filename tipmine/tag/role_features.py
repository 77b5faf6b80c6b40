"""What the CRF sees of the actors of a passage when it decides their roles: features as strings.

The role shows in the words around a name (ควร after it, แก่ before it, ร่วมกับ between two), in its place in the
sentence, in the sort of actor, and in the roles of its neighbours: an actor joined to a beneficiary by และ is one too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from tipmine.records import Kind, Token
from tipmine.tag.role_cues import cue_classes, role_words, sentence_choice, sentence_words

NEAR = 12
"""A cue at most so many code points from the name counts as near."""

_REACH = 40
"""Code points before a name that are searched for cues; after a name, a cue must follow at once."""

_REACH_BEHIND = 25
"""Code points after a name that are searched for its verb; a place or a relative clause may come between them."""

_LONGEST_CLAUSE = 1_000
"""Code points before a name at which its clause begins at the latest. Text without spaces would else be read again for
each name in it, up to its beginning: 10 s for 41,000 code points. Lower changes what the model sees of real clauses."""

_CUES = 3
"""Number of cues before a name that are used, from the nearest."""

_WORDS = 3
"""Number of words on either side of a name that are features by themselves."""

_start, _end = attrgetter("start"), attrgetter("end")
NUMBERING = re.compile(r"[\s\d.()•-]*")
"""May stand before the first word of a text."""
_COUNT = re.compile(r"[\d,.]*\d")


class Named(NamedTuple):
    """What the role of an actor depends on besides the text: half-open offsets and sector."""

    start: int
    end: int
    sector: str


class Cue(NamedTuple):
    """A word that indicates a role, its class, and the number of code points between it and the name."""

    word: str
    group: str
    apart: int


def features(text: str, tokens: Sequence[Token], actors: Sequence[Named], kind: Kind) -> list[list[str]]:
    """The features of each actor, as strings, in the form that CRFsuite takes; `actors` in the order of the text."""
    words = [token for token in tokens if not token.text.isspace()]
    should = _should().search(text)
    slots = _subject_slots(text, actors)
    says = saying(text, actors)
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
    subjects = [i for i, actor in enumerate(actors) if acts_after(text, actor.end)]
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
    """The word, with any number replaced by 0: a count hints at the role, its value does not."""
    return "0" if _COUNT.fullmatch(word) else word


def _cues(text: str, actor: Named) -> list[str]:
    before = cues_before(text, actor)
    behind = cue_behind(text, actor)
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
    pattern, groups = _pattern_before()
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
    pattern, groups = _pattern_behind()
    match = pattern.search(text, end, max(end, min(stops)))
    return groups[match.group()] if match else "none"


def _gap(apart: int) -> str:
    return "next" if not apart else "near" if apart < NEAR else "far"


def cues_before(text: str, actor: Named) -> list[Cue]:
    """The cues before a name, nearest first, none inside another."""
    window = text[max(0, actor.start - _REACH) : actor.start].rstrip()[::-1]
    pattern, groups = _pattern_before()
    found: dict[str, Cue] = {}
    for match in pattern.finditer(window):
        word = match.group()[::-1]
        found.setdefault(word, Cue(word, groups[word], match.start()))
        if len(found) == _CUES:
            break
    return list(found.values())


@cache
def _pattern_before() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the cues in a reversed text, the longest first, and the class of each cue."""
    groups = cue_classes("before")
    words = sorted(groups, key=len, reverse=True)
    return re.compile("|".join(re.escape(word[::-1]) for word in words)), groups


def cue_behind(text: str, actor: Named) -> Cue:
    """The longest cue right after a name; class `none` if there is none."""
    pattern, groups = _pattern_behind()
    match = pattern.match(text[actor.end : actor.end + _REACH].lstrip())
    return Cue(match.group(), groups[match.group()], 0) if match else Cue("", "none", 0)


@cache
def _pattern_behind() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the longest cue at the beginning of a text, and the class of each cue."""
    groups = cue_classes("behind")
    return re.compile("|".join(map(re.escape, sorted(groups, key=len, reverse=True)))), groups


def saying(text: str, actors: Sequence[Named]) -> list[str]:
    """For each actor who proposes, asks, thinks or says what follows, or is joined to such a one by และ, the words that
    say so; empty for others."""
    found = [""] * len(actors)
    for i in reversed(range(len(actors))):
        start, end = actors[i].start, actors[i].end
        words = words_of_saying(text, end)
        if not words and i + 1 < len(actors) and joined_by_and(text, end, actors[i + 1].start):
            words = found[i + 1]
        found[i] = "" if _is_told(text, start) else words
    return found


def words_of_saying(text: str, at: int) -> str:
    """The words at offset `at`, behind an actor, that say that what follows is what this actor says; empty if none."""
    said = _says().match(text, at)
    return said.group().strip() if said else ""


@cache
def _says() -> re.Pattern[str]:
    words = sorted((word for row in role_words("saying") for word in row.words), key=len, reverse=True)
    return re.compile(rf"\s?(?:{sentence_choice('lead')})*(?:{'|'.join(map(re.escape, words))})")


def acts_after(text: str, end: int) -> bool:
    """Whether the words after an actor that ends at `end` say that this one acts or should act."""
    return bool(_acts().match(text, end))


def joined_by_and(text: str, end: int, start: int) -> bool:
    """Whether two actors, of which one ends at `end` and the next begins at `start`, have the same part."""
    return bool(_and().fullmatch(text, end, start))


def _is_told(text: str, start: int) -> bool:
    """Whether an actor is told to propose or ask something, or something is said to it, by the words before it."""
    told = sentence_words("told")
    return text.endswith(told, 0, start) or (text[start - 1 : start].isspace() and text.endswith(told, 0, start - 1))


@cache
def _should() -> re.Pattern[str]:
    return re.compile(sentence_choice("should"))


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{sentence_choice('acts')})")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{sentence_choice('and')}|,|/)?\s*")


@cache
def _joined() -> re.Pattern[str]:
    """What may stand between two actors that belong together."""
    return re.compile(rf"\s*(?:{sentence_choice('joins')}|,|/)?\s*")


def _place(text: str, actors: Sequence[Named], i: int) -> list[str]:
    actor = actors[i]
    row = [f"nth={min(i, 3)}", f"of={min(len(actors), 4)}", f"third={3 * actor.start // max(1, len(text))}"]
    if NUMBERING.fullmatch(text, 0, actor.start):
        row.append("opens")
    if i:
        between = text[actors[i - 1].end : actor.start]
        row.append(f"joined={between.strip()}" if _joined().fullmatch(between) else "apart")
        row.append(f"previous={actors[i - 1].sector}")
    if i + 1 < len(actors):
        between = text[actor.end : actors[i + 1].start]
        row.append(f"joins={between.strip()}" if _joined().fullmatch(between) else "ends")
        row.append(f"next={actors[i + 1].sector}")
    return row
