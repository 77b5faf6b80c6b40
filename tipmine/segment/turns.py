"""Speakers' turns in transcripts of focus groups and interviews.

The speaker is named in a label (labels.py), in the first cells of a table row, or alone on a line. Which labels are
speakers is learnt from the document: a label counts if it recurs, or if it is worded like a speaker. Labels such as
date and place also precede a colon, but occur only once; the usual ones are listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from tipmine.digits import DIGITS
from tipmine.records import Line
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.labels import (
    LONGEST_LABEL,
    Label,
    code_label_of,
    ids_before_names,
    is_code,
    is_other_label,
    is_sure,
    is_worded,
    label_of,
    loose_label_of,
    name_alone,
    time_end,
    word_label_of,
)
from tipmine.segment.other import spoken

LONGEST_ASKED = 40
"""Most letters of the name of somebody who is asked and speaks once; a longer one is a sentence with a colon."""
RECURS = 3
"""Number of occurrences that make a label a speaker, however it is worded. Lower: labels of forms become speakers;
higher: people who speak seldom do not."""
FEWEST_TURNS = 6
"""Fewest turns of a transcript. Lower: reports with a few quotations become transcripts."""
TURN_SHARE = 0.25
"""Least share of the lines of a transcript that begin a turn. Lower: reports that contain interviews become
transcripts; higher: conversations with long turns become reports."""
FEWEST_TURNS_OF_AN_EXCERPT, EXCERPT_SHARE = 3, 0.8
"""Fewest turns of an excerpt from a transcript, and least share of its lines that begin a turn."""
SPOKEN_SHARE = 0.08
"""Least share of lines with particles of speech if no label says that somebody speaks. Lower: tables with short first
cells, which have no particles, become talk."""
TALK_SHARE = 0.3
"""Share of a table's rows with particles of speech from which the short cells before them name the speakers. Lower: row
labels become speakers; higher: speakers in a formal conversation do not."""

TALK_LINES, FIRST_PERSON_LINES = 0.15, 0.05
"""Least share of lines with particles of speech in talk without names, and of lines in the first person if no title
says that people were interviewed. Talk has at least .2 and .1; a manual in a chatty tone has .5, but only .03."""

HANGING_SHARE = 0.7
"""Least share of lines at the edge of the text that begin with a speaker, if the rest of each turn is indented."""
_SAME_EDGE = 2.0  # points

_FIRST_PERSON = re.compile(r"(?:^|\s)(?:ผม|หนู|ดิฉัน|ฉัน(?!ท))")
_TITLE_OF_TALK = re.compile(r"สนทนากลุ่ม|สัมภาษณ์|ถอด(?:เทป|ความ|เสียง)|เสียงจาก|คำบอกเล่า")
_STAGE_NOTE = re.compile(r"^[(\[][^()\[\]]{1,200}[)\]]$")
_NUMBER = re.compile(rf"[{DIGITS}]+$")
# Fewer than the words for `sure_speaker`: a single ถาม or `moderator` may label something else.
_SPEAK_ONCE = ("ผู้ให้ข้อมูล", "ผู้ดำเนิน", "ผู้สัมภาษณ์")
_NUMBER_OR_LETTER = re.compile(rf"(?:\s*[{DIGITS}]+|(?:\s+|(?<=[.]))[\u0e01-\u0e2e])$")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a document's lines show about who speaks in it, before it is decided which labels are speakers."""

    lines: Sequence[Line]
    texts: Sequence[str]
    """The lines that may be talk, as texts."""
    ids: bool
    """Whether turn numbers precede the names."""
    labels: Counter[str]
    """Labels that end with a colon or the like, and how often each occurs."""
    loose: Counter[str]
    """Labels set apart only by a space, a dash, an arrow or brackets, not a colon, and how often each occurs."""
    spoken: int
    """Number of lines with particles of speech."""

    @property
    def people_talk(self) -> bool:
        """Whether many lines have particles of speech."""
        return self.spoken >= SPOKEN_SHARE * max(len(self.texts), 1)

    @property
    def is_talk(self) -> bool:
        """Whether people talk and nearly every line has a label: then a name need not recur as often."""
        return self.people_talk and self.labels.total() + self.loose.total() >= EXCERPT_SHARE * len(self.texts)

    @property
    def recurs(self) -> int:
        """Number of occurrences that make a label a speaker in this document, however it is worded."""
        return 2 if self.is_talk else RECURS

    @property
    def fewest(self) -> int:
        """Fewest turns of known speakers with which labels like theirs count as speakers, too."""
        return FEWEST_TURNS_OF_AN_EXCERPT if self.is_talk else FEWEST_TURNS

    @property
    def worded(self) -> set[str]:
        """The loose labels that are worded like speakers or are codes."""
        return {name for name in self.loose if is_worded(name) or is_code(name)}

    def is_excerpt(self, turns: int) -> bool:
        """Whether this many turns make up nearly all lines."""
        return turns >= max(FEWEST_TURNS_OF_AN_EXCERPT, EXCERPT_SHARE * len(self.texts))


def _evidence_of(lines: Sequence[Line]) -> _Evidence:
    texts = [line.text for line in lines if line.role in ("body", "heading", "table") and line.text.strip()]
    ids = ids_before_names(texts)
    labels, loose = Counter[str](), Counter[str]()
    for text in texts:
        if label := label_of(text, ids=ids):
            labels[label.speaker] += 1
        elif label := loose_label_of(text, ids=ids):
            loose[label.speaker] += 1
    return _Evidence(lines, texts, ids, labels, loose, sum(map(spoken, texts)))


class Speakers:
    """The speakers of a document, learnt from the labels that recur in it. False if there are no turns."""

    _names: set[str]
    """Speakers whose label ends with a colon or the like."""
    _loose: set[str]
    """Speakers whose label is set apart only by a space, a dash, an arrow or brackets."""
    _words: set[str]
    """Speakers whose label is the first word of a line."""
    _codes: set[str]
    """Speakers whose label is a code, which needs nothing to set it apart."""
    _cell_names: set[str]
    """Speakers in a cell beside their words."""
    _alone: Counter[str]
    """Speakers on lines of their own above their words, and how often each of them occurs there."""

    def __init__(self, lines: Sequence[Line]) -> None:
        # Recurring speakers first: the other labels are judged by them.
        self._evidence = evidence = _evidence_of(lines)
        recurs = evidence.recurs
        recurring = {name for name, count in evidence.labels.items() if _is_speaker(name, count, recurs)}
        loose = _recurring_loose(evidence, recurring)
        loose_recur = sum(evidence.loose[name] for name in loose) >= evidence.fewest
        self._cell_names = _cell_speakers(lines)
        self._alone = _alone_speakers(lines, recurring | self._cell_names)
        self._names = recurring | _named_among(recurring, evidence)
        self._loose = loose | (evidence.worded | _like(loose, evidence.loose) if loose_recur else set())
        self._words = _first_words(evidence) if loose_recur else set()
        if evidence.people_talk and not loose_recur:
            self._words = _hanging_speakers(lines)
        codes = {code.speaker for text in evidence.texts if (code := code_label_of(text))}
        self._codes = codes & (self._names | _like(self._names, codes))

    @cached_property
    def _labelled(self) -> int:
        """Number of turns, however labelled."""
        in_cells = sum(1 for line in self._evidence.lines if line.cells and self.in_cells(line.cells))
        in_text = sum(1 for text in self._evidence.texts if self.turn_at(text))
        return in_cells + in_text + self._alone.total()

    @property
    def make_a_transcript(self) -> bool:
        """Whether the document is a transcript: two speakers or more, many turns, and signs of spoken language."""
        names = self._names | self._loose | self._words | self._cell_names | set(self._alone)
        # A turn runs over several printed lines, so the share is measured with some allowance.
        many = self._labelled >= max(FEWEST_TURNS, TURN_SHARE * len(self._evidence.texts) / 2)
        # A name alone on its line has its words on the next.
        excerpt = self._evidence.is_excerpt(self._labelled + self._alone.total())
        talk = any(map(is_sure, names)) or self._evidence.people_talk
        return len(names) >= 2 and (many or excerpt) and talk

    def __bool__(self) -> bool:
        return self._labelled > 0

    def turn_at(self, text: str) -> Label | None:
        """The label of a known speaker at the beginning of `text`, or None."""
        label = label_of(text, ids=self._evidence.ids)
        if label and label.speaker in self._names:
            return label
        loose = loose_label_of(text, ids=self._evidence.ids)
        if loose and loose.speaker in self._loose:
            return loose
        code = code_label_of(text) if self._codes else None
        if code and code.speaker in self._codes:
            return code
        word = word_label_of(text) if self._words else None
        return word if word and word.speaker in self._words else None

    def alone_at(self, line: Line) -> str:
        """The speaker whose name is all that `line` holds; empty if there is none."""
        name, _ = name_alone(line.text)
        return name if name in self._alone else ""

    def in_cells(self, cells: Sequence[str]) -> tuple[str, int] | None:
        """The speaker of a table row and the index of the cell with the speech, or None."""
        for index, cell in enumerate(cells[:-1]):
            name = squeeze(cell).strip(" :：")
            if name in self._cell_names or name in self._names:
                return name, max(range(index + 1, len(cells)), key=lambda at: letters(cells[at]))
        return None


def _recurring_loose(evidence: _Evidence, names: set[str]) -> set[str]:
    """The loose labels that are speakers: worded like one and recurring, or known; others if somebody surely speaks."""
    speakers = {name for name in evidence.worded if evidence.loose[name] >= 2 or name in names}
    sure = evidence.people_talk or any(map(is_sure, names | speakers))
    if sure and evidence.loose.total() >= TURN_SHARE * len(evidence.texts):
        recurs = evidence.recurs
        speakers |= {name for name, count in evidence.loose.items() if count >= recurs}
    return speakers


def _named_among(names: set[str], evidence: _Evidence) -> set[str]:
    """The labels that are speakers in addition to `names`, the recurring ones."""
    labels = evidence.labels
    if evidence.is_talk and evidence.is_excerpt(labels.total()):
        return set(labels)  # all lines are turns, even if many people speak only once
    if sum(labels[name] for name in names) < evidence.fewest:
        return set()
    # Among known speakers, a label that occurs only once is a speaker, too.
    speakers = set(filter(is_worded, labels)) | _like(names, labels) | _who_answer(names, evidence) | _timed(evidence)
    if any(map(is_sure, names | speakers)):
        speakers |= _numbered_alike(labels)
    return speakers


def _who_answer(names: set[str], evidence: _Evidence) -> set[str]:
    """Those who answer right below a turn of somebody who surely asks, whatever they are called.

    Right below other known speakers, they must occur twice.
    """
    labels = (label_of(text, ids=evidence.ids) for text in evidence.texts)
    speakers = [label.speaker if label else "" for label in labels]
    return {
        answers
        for asks, answers in pairwise(speakers)
        if asks in names and 0 < letters(answers) <= LONGEST_ASKED and (is_sure(asks) or evidence.labels[answers] > 1)
    }


def _timed(evidence: _Evidence) -> set[str]:
    """Those whose label follows a time: `[10.31 น.] N: ...`."""
    labels = (label_of(text, ids=evidence.ids) for text in evidence.texts if time_end(text))
    return {label.speaker for label in labels if label and letters(label.speaker) <= LONGEST_ASKED}


def _first_words(evidence: _Evidence) -> set[str]:
    """The first words of lines that are worded like speakers and recur."""
    words = Counter(word.speaker for text in evidence.texts if (word := word_label_of(text)))
    return {name for name, count in words.items() if count >= RECURS and is_worded(name)}


def _like(known: set[str], names: Iterable[str]) -> set[str]:
    """Those of `names` that differ from a known one only in number or letter."""
    stems = set(map(_stem, known))
    return {name for name in names if _stem(name) in stems}


def _numbered_alike(labels: Counter[str]) -> set[str]:
    """Names that differ only in a number or letter, if they recur: `คนขาย 1`, `คนขาย 2`, `คนขาย 1`.

    Numbered topics occur only once each.
    """
    groups: dict[str, set[str]] = {}
    for name in labels:
        if _stem(name) != name:
            groups.setdefault(_stem(name), set()).add(name)
    return {
        name
        for names in groups.values()
        if sum(labels[name] for name in names) >= max(RECURS, len(names) + 1) and len(names) > 1
        for name in names
    }


def _stem(name: str) -> str:
    """A name without the number or letter that distinguishes people of one office: `ลูกจ้าง` for `ลูกจ้าง ข`."""
    return _NUMBER_OR_LETTER.sub("", name) or name


def _is_speaker(name: str, count: int, recurs: int = RECURS) -> bool:
    if is_worded(name):
        return count >= 2 or bool(_NUMBER.search(name)) or name.startswith(_SPEAK_ONCE)
    return count >= recurs or (count >= 2 and is_code(name))


def _cell_speakers(lines: Sequence[Line]) -> set[str]:
    """The speakers in tables: names that recur, and all names in a column beside which people talk."""
    columns: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    for line in lines:
        index, name = _cell_speaker(line)
        if name:
            words = max(line.cells[index + 1 :], key=letters)
            columns.setdefault((len(line.cells), index), []).append((name, spoken(words)))
    names: set[str] = set()
    for column in columns.values():
        counts = Counter(name for name, _ in column)
        in_speech = sum(beside_speech for _, beside_speech in column)
        talk = len(column) >= FEWEST_TURNS_OF_AN_EXCERPT and in_speech >= TALK_SHARE * len(column)
        names |= {name for name, count in counts.items() if talk or _is_speaker(name, count)}
    return names


def _cell_speaker(line: Line) -> tuple[int, str]:
    """The possible speaker of a table row: the first cell with letters, if it is short and text follows it."""
    for index, cell in enumerate(line.cells[:-1]):
        name = squeeze(cell).strip(" :：")
        if any(char.isalpha() for char in name):
            text_follows = any(letters(other) > 0 for other in line.cells[index + 1 :])
            may_speak = letters(name) <= LONGEST_LABEL and text_follows and not is_other_label(name)
            return index, name if may_speak else ""
    return 0, ""


def _hanging_speakers(lines: Sequence[Line]) -> set[str]:
    """First words that recur at the left edge of the words for interviewers, if hardly any other lines begin there.

    This is the layout of names in bold without a colon: the rest of a turn is indented under them.
    """
    placed = [line for line in lines if line.box and line.role == "body"]
    first_words = [(word.speaker, line.box.x0) for line in placed if line.box and (word := word_label_of(line.text))]
    edges_of_worded = [x0 for name, x0 in first_words if is_worded(name)]
    if len(edges_of_worded) < RECURS:
        return set()
    edge = median(edges_of_worded)
    at_edge = Counter(name for name, x0 in first_words if abs(x0 - edge) <= _SAME_EDGE)
    speakers = {name for name, count in at_edge.items() if count >= RECURS}
    lines_at_edge = sum(1 for line in placed if line.box and abs(line.box.x0 - edge) <= _SAME_EDGE)
    few_others = sum(at_edge[name] for name in speakers) >= HANGING_SHARE * lines_at_edge
    return speakers if few_others and len(speakers) > 1 and any(map(is_worded, speakers)) else set()


def _alone_speakers(lines: Sequence[Line], known: set[str]) -> Counter[str]:
    """Names that recur alone on a line: known labels, names worded like speakers, or names with a time."""
    counts: Counter[str] = Counter()
    timed: set[str] = set()
    for line in lines:
        name, after_time = name_alone(line.text)
        if line.cells or not 0 < letters(name) <= LONGEST_LABEL or not any(char.isalpha() for char in name):
            continue
        if after_time or name in known or is_worded(name):
            counts[name] += 1
        if after_time:
            timed.add(name)
    return Counter({name: count for name, count in counts.items() if count >= (2 if name in timed else RECURS)})


def is_talk(lines: Sequence[Line], title: str) -> bool:
    """Whether people talk in a document that names no speakers, such as the answers alone of an interview."""
    texts = [line.text for line in lines if line.role in ("body", "heading") and line.text.strip()]
    first_person = sum(1 for text in texts if _FIRST_PERSON.search(text))
    if not texts or not (_TITLE_OF_TALK.search(title) or first_person >= FIRST_PERSON_LINES * len(texts)):
        return False
    return sum(map(spoken, texts)) >= max(FEWEST_TURNS_OF_AN_EXCERPT, TALK_LINES * len(texts))


def is_stage_note(text: str) -> bool:
    """Whether a paragraph is a bracketed remark of the transcriber, such as (หัวเราะ)."""
    return bool(_STAGE_NOTE.match(text.strip()))


def opens_stage_note(line: str) -> bool:
    """Whether a line begins such a remark in square brackets, which ends on a later line."""
    return line.lstrip().startswith("[") and "]" not in line
