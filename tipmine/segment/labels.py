"""Speakers' labels at the head of a transcript line, in the forms that transcribers use.

    ผู้ดำเนินการสนทนา: ...     P1 : ...     นาย ก.<tab>...      a colon or a tab: any short name
    หมายเลข 6 -- ...     กำนัน > ...     «อก.-ช» ...          dash, arrow, bar, angles: any short name that recurs
    (ตัวแทนตำรวจ) ...     [P1] ...     ถาม ...               only if the name is worded like a speaker
    ผู้ให้ข้อมูล 3 (อสม.) ...     [ส.จ.] ...                 the same, or an abbreviation

A time, a running number or a bullet may precede the label (`[00:12:30] P1: ...`, `3. P1: ...`), and a time may be
inside it (`P1 (00:12): ...`) or follow it in brackets (`P1: (00:12) ...`); none of them is part of the name. Nor is the
turn number that some documents put before each name (`FG5-07 สมชาย: ...`, `#12 สมชาย: ...`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tipmine.digits import DIGITS, arabic_digits
from tipmine.segment.characters import BULLETS, letters, squeeze
from tipmine.segment.wordings import Wording

LONGEST_LABEL = 60
"""Most letters of a speaker's label. Names with offices reach 50; longer ones are sentences with a colon in them."""
LONGEST_SET_APART = 25
"""Most letters of a name before a dash or in angles that is not worded like a speaker. Longer ones are usually parts of
sentences."""
FEWEST_NUMBERED_TURNS = 4
"""Fewest turns for numbers before names to be turn numbers."""
NUMBERED_TURNS = 0.8
"""Least share of labels with such a number, and of numbers higher than the one before. Lower: codes of speakers (`P1
ครู`) are taken for turn numbers; higher: names are lost where a number is missing or mistyped."""

_CLOCK = rf"[{DIGITS}]{{1,2}}:[{DIGITS}]{{2}}(?::[{DIGITS}]{{2}})?(?:[.,][{DIGITS}]{{1,3}})?"
_IN_BRACKETS_CLOCK = rf"[\[(]\s*[{DIGITS}]{{1,2}}[.:][{DIGITS}]{{2}}\s*(?:น\.?)?\s*[\])]"
_TIME = rf"[\[(]?{_CLOCK}(?:\s*(?:-->|[-\u2013])\s*{_CLOCK})?[\])]?"
# Only before a name: 12.30 may be a number as well.
_STOPPED_CLOCK = rf"[{DIGITS}]{{2}}\.[{DIGITS}]{{2}}(?:\.[{DIGITS}]{{2}})?(?=\s)"
_TIME_HEAD = re.compile(
    rf"\s*(?:{_IN_BRACKETS_CLOCK}|{_TIME}|{_STOPPED_CLOCK})(?![{DIGITS}:])\s*(?:น\.)?\s*[-\u2013]?\s*"
)
_TIME_IN_BRACKETS = re.compile(rf"\s*[\[(]\s*{_CLOCK}\s*[\])]\s*")
_TIME_TAIL = re.compile(rf"\s+[\[(]?{_CLOCK}[\])]?\s*$")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_NUMBER_HEAD = re.compile(rf"\s*(?:[{DIGITS}]{{1,3}}[.)]\s+|[{BULLETS}*\u2013-]\s+)")

_TURN_ID = re.compile(
    rf"\s*[\[(#]?\s?(?P<id>(?:[A-Za-z]{{1,5}}|[\u0e01-\u0e2e]{{1,4}}\.?)?[{DIGITS}]{{0,3}}[-_/.]?[{DIGITS}]{{1,4}})"
    r"[\])]?[.:]?\s+(?=[^\W\d]|[(\[])"
)
_COLON = re.compile(r"\s*(?P<label>(?:[^:：\n\t]|(?<=[0-9]):(?=[0-9])){1,80}?)\s*(?:[:：](?![0-9/])|\t+\s*(?=\S))\s*")
_DASH = re.compile(
    r"\s*(?P<label>[^:：\n\t\u2013-][^:：\n\t|>\u2192]{0,79}?)(?:\s+(?:[-\u2013\u2014]{1,3}|=)\s+|\s*(?:[-=]?>{1,2}|[|\u2192])\s*)(?=\S)"
)
_ANGLES = re.compile(
    r"\s*(?:[<\u2039](?P<label>[^<>\n\t]{1,60})[>\u203a]|«(?P<other>[^«»\n\t]{1,60})»)\s*[:：]?\s*(?=\S)"
)
_BRACKETS = re.compile(r"\s*(?:\((?P<label>[^()\n\t]{1,60})\)|\[(?P<other>[^\[\]\n\t]{1,60})\])\s*(?=\S)")
_SPACE = re.compile(
    rf"\s*(?P<label>ถาม|ตอบ|[A-Z]{{1,2}}[{DIGITS}]{{1,2}}|[\u0e01-\u0e2e]\.\s?[{DIGITS}]{{0,2}})\s+(?=\S)"
)
_SET_APART = {"(": (_BRACKETS,), "[": (_BRACKETS,), "<": (_ANGLES,), "\u2039": (_ANGLES,), "«": (_ANGLES,)}
_WITH_OFFICE = re.compile(r"\s*(?P<label>[^()\[\]:：\n\t]{2,30}?\s?\([^()\n\t]{1,30}\))\s+(?=\S)")
_FIRST_WORD = re.compile(r"\s*(?P<label>\S{3,25}) +(?=\S)")
_CODED = re.compile(
    rf"\s*(?P<label>(?:[A-Za-z]{{1,4}}|[\u0e01-\u0e2e]{{1,4}})\.?[{DIGITS}]{{1,3}}|[\u0e01-\u0e2e]{{2,5}}\.)"
    rf"(?:\s*[.,\u2013-]\s*(?=[^\s{DIGITS}])|\s+(?=[^\s=]))"
)
_KEY_TO_CODES = re.compile(r"(?:[^=]{1,80}?\s=\s){2}")
"""Several codes explained on one line: `P1 = ..., P2 = ...`."""
_WORDED = Wording("speaker", flags=re.IGNORECASE)
_SURE = Wording("sure_speaker", flags=re.IGNORECASE)
_NOT_A_SPEAKER = Wording(
    "other_label",
    "as_follows",
    "namely",
    "for_example",
    "recorder",
    pattern=rf"<words>(?:ที่)?\s*[{DIGITS}]*$|<recorder>\s?(?:/|และ)"
    rf"|<participants>\s*(?:จำนวน\s*)?[{DIGITS}]+\s(?:คน|ท่าน|ราย)$",
)
_SENTENCE = Wording("as_follows", "namely", "for_example", pattern=r"(?:ว่า|<words>)$|[.!?…]{2}|ค่ะ|ครับ|พบว่า")
_CODE = re.compile(r"[A-Za-z]{1,3}|[\u0e01-\u0e2e]|(?:[\u0e01-\u0e2e]{1,4}\.){1,3}")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the head of a line: the speaker, and the offset at which the words begin."""

    speaker: str
    end: int


def label_of(text: str, *, ids: bool = False) -> Label | None:
    """A possible speaker's label before a colon or a tab; whether it is one, the whole document decides.

    `ids` says that the document numbers its turns before the names (`ids_before_names`).

    >>> label_of("ผู้ให้ข้อมูล 3 (อสม.) : ใช่ค่ะ")
    Label(speaker='ผู้ให้ข้อมูล 3 (อสม.)', end=24)
    >>> label_of("[00:12:30] P1: ไม่มีค่ะ")
    Label(speaker='P1', end=15)
    """
    start, numbered = _head(text, ids=ids)
    label = _after(_COLON, text, start)
    return None if label and numbered and not is_worded(label.speaker) else label


def loose_label_of(text: str, *, ids: bool = False) -> Label | None:
    """A possible speaker's label set apart only by a space, a dash, an arrow or brackets; `ids` as in `label_of`.

    Before a space and in brackets, names worded like speakers count, and letters with a stop; before a dash or an arrow
    and in angles, any short name.

    >>> loose_label_of("(ตัวแทนตำรวจ) แจ้งได้เลยครับ")
    Label(speaker='ตัวแทนตำรวจ', end=14)
    >>> loose_label_of("ผู้ให้ข้อมูล 3 (อสม.) แจ้งได้เลยครับ")
    Label(speaker='ผู้ให้ข้อมูล 3 (อสม.)', end=22)
    """
    if _KEY_TO_CODES.match(text):
        return None
    start, numbered = _head(text, ids=ids)
    patterns = _SET_APART.get(text[start : start + 1], (_DASH, _SPACE, _WITH_OFFICE))
    for pattern in patterns:
        match = pattern.match(text, start)
        label = _label(next(filter(None, match.groups())), match.end()) if match else None
        if label is None or (label.speaker[-1].isdigit() and text[label.end].isdigit()):  # `อายุ 29 - 63 ปี`
            continue
        if is_worded(label.speaker) and letters(label.speaker) > 1:
            return label
        # A bare letter in brackets numbers a list; set apart otherwise, or with a stop, it is a speaker.
        set_apart = pattern in (_DASH, _ANGLES)
        if is_code(label.speaker) and (set_apart or label.speaker.endswith(".")):
            return label
        if set_apart and not numbered and letters(label.speaker) <= LONGEST_SET_APART:
            return label
    return None


def word_label_of(text: str) -> Label | None:
    """A possible speaker's label that is the first word before a space: what is left of a tab column or a name in bold.

    Sentences begin like this, too, so its wording and its place must show whether it is a speaker.

    >>> word_label_of("ผู้วิจัย มีใครอยากเสริมไหมครับ")
    Label(speaker='ผู้วิจัย', end=9)
    """
    return _after(_FIRST_WORD, text, 0)


def code_label_of(text: str) -> Label | None:
    """A possible speaker's code set apart only by a stop, a dash or a space, as typed in haste for `P1: ...`.

    Use it only if other lines show that the code is a speaker's: sentences begin like this, too.

    >>> code_label_of("น3.คิดว่าใช่"), code_label_of("ผดก. แล้วตอนนั้นล่ะ")
    (Label(speaker='น3', end=3), Label(speaker='ผดก.', end=5))
    """
    return _after(_CODED, text, 0)


def ids_before_names(texts: Sequence[str]) -> bool:
    """Whether a document numbers its turns before the names: the numbers rise and the names recur.

    `P1 ครู: ...` looks the same, but there the codes recur with their speakers.
    """
    numbers: list[list[int]] = []
    names: Counter[str] = Counter()
    unnumbered = 0
    for text in texts:
        turn_id = _TURN_ID.match(text, time_end(text))
        label = turn_id and (_after(_COLON, text, turn_id.end()) or _after(_DASH, text, turn_id.end()))
        if turn_id and label:
            numbers.append([int(number) for number in re.findall(r"[0-9]+", arabic_digits(turn_id["id"]))])
            names[label.speaker] += 1
        elif label_of(text):
            unnumbered += 1
    if len(numbers) < max(FEWEST_NUMBERED_TURNS, NUMBERED_TURNS * (len(numbers) + unnumbered)):
        return False
    rising = sum(1 for number, following in pairwise(numbers) if number < following)
    by_recurring_names = sum(count for count in names.values() if count > 1)
    return rising >= NUMBERED_TURNS * (len(numbers) - 1) and 2 * by_recurring_names >= len(numbers)


def name_alone(text: str) -> tuple[str, bool]:
    """A line as a name that is alone on it, and whether there is a time with it: `00:01:02 ตัวแทนโรงงาน`."""
    start = time_end(text)
    time_behind = _TIME_TAIL.search(text, start)
    name = squeeze(text[start : time_behind.start() if time_behind else None]).strip(" :：")
    return name, start > 0 or time_behind is not None


def is_worded(name: str) -> bool:
    """Whether a name is worded like a speaker: an office, a role in the conversation, a code."""
    return bool(_WORDED.match(name))


def is_sure(name: str) -> bool:
    """Whether a name by itself shows that it is a speaker."""
    return bool(_SURE.match(name))


def is_other_label(name: str) -> bool:
    """Whether a word before a colon labels something else: a date, a place, an aim."""
    return bool(_NOT_A_SPEAKER.match(name))


def is_code(name: str) -> bool:
    """Whether a name is one to three letters or an abbreviation: `M`, `FG`, `ก.`, `ผดร.`, `ส.จ.`."""
    return bool(_CODE.fullmatch(name))


def _head(text: str, *, ids: bool) -> tuple[int, bool]:
    """Where a time and a number before the label end, and whether the number may be a list number."""
    start, numbered = 0, False
    for pattern in (_NUMBER_HEAD, _TIME_HEAD, _TURN_ID if ids else _NUMBER_HEAD, _TIME_HEAD):
        match = pattern.match(text, start)
        if match:
            start = match.end()
            numbered = numbered or (pattern is _NUMBER_HEAD and any(char.isdigit() for char in match.group()))
    return start, numbered and not ids


def time_end(text: str) -> int:
    """The end of the time with which a text begins, with the white space after it; 0 if it does not begin with one."""
    time = _TIME_HEAD.match(text)
    return time.end() if time else 0


def _after(pattern: re.Pattern[str], text: str, start: int) -> Label | None:
    """The label of the form `pattern` that begins at `start`, after what precedes labels."""
    match = pattern.match(text, start)
    if match is None:
        return None
    time = _TIME_IN_BRACKETS.match(text, match.end())
    return _label(match["label"], time.end() if time else match.end())


def _label(name: str, end: int) -> Label | None:
    """The label with this name, without brackets and times; None if it cannot be a speaker's."""
    speaker = squeeze(_TIME_IN_BRACKETS.sub(" ", name)).strip(" -\u2013\u2022*")
    in_brackets = _IN_BRACKETS.fullmatch(speaker)
    speaker = in_brackets[1].strip() if in_brackets else speaker
    if not speaker or letters(speaker) > LONGEST_LABEL or is_other_label(speaker) or _SENTENCE.search(speaker):
        return None
    return Label(speaker, end) if any(char.isalpha() for char in speaker) else None
