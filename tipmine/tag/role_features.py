"""What the CRF sees of a passage's actors when it decides their roles: features as strings.

The role shows in the words around a name (ควร after it, แก่ before it, ร่วมกับ between two), in its place in the
sentence, in the sort of actor, and in its neighbours' roles: an actor joined to a beneficiary by และ is one, too.

A feature is `code=value`. The shipped model knows these strings: after a change to any of them it must be trained
again. In a code, `,` joins what is combined, and `|` joins its values; `s` is the sector of the actor, `o` whether it
opens its clause. Classes are those of the cues in `data/role_cues.tsv`.

| code | value |
|---|---|
| `bias` | always there |
| `kind`; `sector`; `sector,kind` | the kind of the passage; the sector of the actor |
| `name`; `name,kind` | the actor as printed |
| `subject`; `subject,s` | the subject `is` this actor, is an earlier one (`taken`), a later one (`ahead`) or `none` |
| `should` | if a word asks somebody: the actor is `before` the first one or after it (`behind`); with the sector |
| `says`; `again` | whether the actor says what follows, with the kind; whether it was named before |
| `l1`-`l3`, `r1`-`r3` | the words on its left and right, from the nearest; numbers are `0` |
| `l21`; `r12`; `l1,r1`; `l1,s`; `r1,s` | two of these words together, or one with the sector |
| `b0`-`b2` | the cues before it, from the nearest: class and distance (`next`, `near`, `far`) |
| `b0,s`-`b2,s`; `b0w`-`b2w` | class with the sector; the words of the cue |
| `b0g,s` | class and distance of the nearest one with the sector |
| `b01`; `b01,s` | classes of the two nearest ones |
| `h`; `h,s`; `hw` | class and words of the cue right after it |
| `bh`; `bh,s` | class of the nearest cue before it and of the one after it |
| `opens`; `opens,s`; `opens,kind` | whether it opens its clause (from space to space); alone: it opens the text |
| `clause`; `text` | the first word of its clause and of the text; `self` where that is the actor |
| `nthclause` | number of spaces before it, at most 3 |
| `in`; `in1,s` | the class of each cue before it in its clause; of the first of them |
| `verb`; `verb,o`; `verb,s`; `verb,o,s` | the class of the first cue after it in its clause, also one further on |
| `b,verb` | class of the nearest cue before it in its clause, `verb` and `o` |
| `nth`; `of`; `third` | its number among the actors, at most 3; how many there are, at most 4; the third of the text |
| `joined` or `apart`; `previous` | what joins it to the actor before it; the sector of that one |
| `joins` or `ends`; `next` | the same for the actor after it |
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from tipmine.records import Kind, Token
from tipmine.tag.role_context import (
    MOST_CUES,
    NEAR,
    NUMBERING,
    NamedActor,
    acts_after,
    cue_after,
    cues_before,
    pattern_after,
    pattern_before,
    saying_words,
)
from tipmine.tag.role_cues import sentence_choice

_REACH_AFTER = 25
"""Code points after a name that are searched for its verb; a place or a relative clause may come in between."""

_LONGEST_CLAUSE = 1_000
"""Most code points of a name's clause before the name. Without a limit, text without spaces would be read again from
its beginning for each name: 10 s for 41,000 code points. Lower: the model sees less of real clauses."""

_WORDS = 3
"""Number of words on either side of a name that are features of their own."""

_start, _end = attrgetter("start"), attrgetter("end")
_COUNT = re.compile(r"[\d,.]*\d")


def features(text: str, tokens: Sequence[Token], actors: Sequence[NamedActor], kind: Kind) -> list[list[str]]:
    """The features of each actor, as strings, in the form that CRFsuite takes; `actors` in the order of the text."""
    words = [token for token in tokens if not token.text.isspace()]
    should = _should().search(text)
    slots = _subject_slots(text, actors)
    says = saying_words(text, actors)
    named_before: set[str] = set()
    rows = []
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
        row += _word_features(words, actor)
        row += _cue_features(text, actor)
        row += _position_features(text, actors, i)
        row += _clause_features(text, words, actors, i, kind)
        row.append(f"says={bool(says[i])}|{kind}")
        row.append(f"again={name in named_before}")
        named_before.add(name)
        if should:
            row.append(f"should={'before' if actor.end <= should.start() else 'behind'}|{actor.sector}")
        rows.append(row)
    return rows


def _subject_slots(text: str, actors: Sequence[NamedActor]) -> list[str]:
    """For each actor, where the subject of the passage is: the actor `is` the subject, the subject is an earlier actor
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


def _word_features(words: Sequence[Token], actor: NamedActor) -> list[str]:
    after = bisect_left(words, actor.end, key=_start)
    before = bisect_right(words, actor.start, key=_end)
    left = [_shape(word.text) for word in words[max(0, before - _WORDS) : before]]
    right = [_shape(word.text) for word in words[after : after + _WORDS]]
    row = [f"l{n}={word}" for n, word in enumerate(reversed(left), start=1)]
    row += [f"r{n}={word}" for n, word in enumerate(right, start=1)]
    row += [f"l21={'|'.join(left[-2:])}", f"r12={'|'.join(right[:2])}"]
    row += [f"l1,r1={''.join(left[-1:])}|{''.join(right[:1])}", f"l1,s={''.join(left[-1:])}|{actor.sector}"]
    row.append(f"r1,s={''.join(right[:1])}|{actor.sector}")
    return row


def _shape(word: str) -> str:
    """The word, with any number replaced by 0: a count hints at the role, its value does not."""
    return "0" if _COUNT.fullmatch(word) else word


def _cue_features(text: str, actor: NamedActor) -> list[str]:
    before = cues_before(text, actor)
    after = cue_after(text, actor)
    row = [f"h={after.group}", f"h,s={after.group}|{actor.sector}", f"hw={after.word}"]
    for n, cue in enumerate(before):
        row += [
            f"b{n}={cue.group}|{_distance_class(cue.distance)}",
            f"b{n},s={cue.group}|{actor.sector}",
            f"b{n}w={cue.word}",
        ]
    if before:
        first = before[0]
        row.append(f"b0g,s={first.group}|{_distance_class(first.distance)}|{actor.sector}")
        row += [f"bh={first.group}|{after.group}", f"bh,s={first.group}|{after.group}|{actor.sector}"]
    if len(before) > 1:
        pair = f"{before[0].group}|{before[1].group}"
        row += [f"b01={pair}", f"b01,s={pair}|{actor.sector}"]
    return row


def _clause_features(text: str, words: Sequence[Token], actors: Sequence[NamedActor], i: int, kind: Kind) -> list[str]:
    """Features of the clause (from space to space): whether the actor opens it, its first word, and the next verb.

    An actor that opens a clause and is followed by a verb of doing acts; one after `จัดอบรม … ให้` does not, however
    far away that verb is.
    """
    actor, name = actors[i], text[actors[i].start : actors[i].end]
    start = max(text.rfind(" ", 0, actor.start) + 1, actor.start - _LONGEST_CLAUSE)
    opens = actor.start == start
    verb = _verb_after(text, actors, i)
    pattern, groups = pattern_before()
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
    row.append(f"nthclause={min(MOST_CUES, text.count(' ', 0, actor.start))}")
    return row


def _verb_after(text: str, actors: Sequence[NamedActor], i: int) -> str:
    """The class of the first cue after an actor, in its clause and before the next actor; `none` if there is none."""
    end = actors[i].end
    space = text.find(" ", end)
    stops = [end + _REACH_AFTER, space if space >= 0 else len(text)]
    stops += [actors[i + 1].start] if i + 1 < len(actors) else []
    pattern, groups = pattern_after()
    match = pattern.search(text, end, max(end, min(stops)))
    return groups[match.group()] if match else "none"


def _distance_class(distance: int) -> str:
    """How far a cue is from the name, as the model knows it; `distance` in code points."""
    return "next" if not distance else "near" if distance < NEAR else "far"


def _position_features(text: str, actors: Sequence[NamedActor], i: int) -> list[str]:
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


@cache
def _should() -> re.Pattern[str]:
    return re.compile(sentence_choice("should"))


@cache
def _joined() -> re.Pattern[str]:
    """What may appear between two actors that belong together."""
    return re.compile(rf"\s*(?:{sentence_choice('joins')}|,|/)?\s*")
