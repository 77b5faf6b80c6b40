"""Reads focus groups and interviews: turns of speakers become passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tipmine.digits import DIGITS
from tipmine.records import Document, Kind, Line
from tipmine.segment import depths
from tipmine.segment.cells import joined
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.drafts import SHORT_NOTE, Draft
from tipmine.segment.heading_path import Heading, HeadingPath
from tipmine.segment.headings import LONGEST as LONGEST_HEADING
from tipmine.segment.headings import HeadingReader
from tipmine.segment.items import Item, item_of
from tipmine.segment.kinds import kind_of
from tipmine.segment.labels import LONGEST_LABEL, time_end
from tipmine.segment.measures import Row
from tipmine.segment.other import spoken
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.turns import Speakers, is_stage_note, opens_stage_note
from tipmine.segment.units import next_paragraph, units_of
from tipmine.segment.wordings import Wording

LONGEST_TURN = 1500
"""Most characters of a passage. A longer turn becomes several passages of whole paragraphs: nobody codes a page as one
unit. Higher: pages of talk are one passage; lower: what is said in one go is split."""
_ABOUT_TALK = Wording(
    "about_talk", "recorder", pattern=rf"<words>|<participants>\s*(?:[:：จ]|[{DIGITS}]+\s(?:คน|ท่าน|ราย))"
)
_ABOUT_STUDY = Wording(
    "participants",
    pattern=rf"<words>\s*(?:[:：]|จำนวน)?\s*[{DIGITS}]+\s(?:คน|ท่าน|ราย).*\sอายุ|วัตถุประสงค์[ก-๙]{{0,20}}\s*[:：]?\s*เพื่อ",
)
"""What the talk was for, and how many took part and how old they are; who was invited is no figure of the study."""
_TOPIC = re.compile(
    r"(?P<word>(?:หัวข้อ|ประเด็น|คำถาม|ช่วง|ตอน)(?:คำถาม|สนทนา|การสนทนา)?(?:ที่)?)"
    rf"\s?(?:[{DIGITS}]{{1,2}}(?:\s?[:：.)]|\s)|[:：])\s?\S"
)
"""What the conversation is about from here on: a word for a topic or a question, with a number or a colon."""

_NAMES_RECORDER = Wording("recorder", pattern=r"\s\S{0,12}<words>\s*[:：]")
"""Who wrote the talk down, named behind somebody else: such a line is of a head, and nobody speaks in it."""
_NAMES_REACH = 80
"""Code points behind a label in which the one who wrote the talk down is named. Higher: turns that mention a recorder
with a colon are taken for heads; lower: after long names and titles, heads are turns."""
_PERSON, _NAME, _SPEECH = Wording("person_column"), Wording("name_column"), Wording("speech_column")
FEWEST_PERSON_COLUMNS = 2
"""Fewest columns about persons in a table of participants. Lower: speakers' offices make a table of turns one."""
_SET_OFF_TOPIC = re.compile(r"\s*[=*#]{2,}\s*(?=[^\s=*#])(?!.{0,6}จบ)")
"""Signs that set a topic off from the turns: `### 2 ...`; dashes do not count, as they may set off anything."""
_SET_OFF = re.compile(r"^\s*(?:[=*#~_\-]{2,}|[\u2013\u2014])\s*|\s*(?:[=*#~_\-]{2,}|[\u2013\u2014])\s*$")


class Transcript:
    """Reads one transcript: turns; text before, between and after them is `other`.

    Where nobody is named, each paragraph is a turn.
    """

    def __init__(self, document: Document, speakers: Speakers, title: str) -> None:
        self._speakers = speakers
        self._units = units_of(document, self._begins)
        self._reader = HeadingReader([unit for unit in self._units if isinstance(unit, Paragraph)], title)
        self._path = HeadingPath()
        self._turn: Draft | None = None  # the turn being read; a turn is complete when the next one begins
        self._turn_is_row = False
        self._has_talk = False  # whether somebody has spoken yet
        self._roster_columns = 0  # number of columns of the table of participants being read; 0 elsewhere
        self._roster_kind: Kind = "method"
        self._drafts: list[Draft] = []

    def _begins(self, line: Line) -> bool:
        labelled = self._speakers.turn_at(line.text) is not None or bool(self._speakers.alone_at(line))
        set_off = bool(_SET_OFF.match(line.text) or _TOPIC.match(_plain(line.text)))
        return labelled or set_off or is_stage_note(line.text) or opens_stage_note(line.text)

    def drafts(self) -> Iterable[Draft]:
        """The passages in reading order."""
        for at, unit in enumerate(self._units):
            if isinstance(unit, Row):
                self._read_row(unit)
            elif unit.role in ("footnote", "figure"):
                self._add("other", unit)
            else:
                self._read_paragraph(unit, at)
        self._close_turn()
        return self._drafts

    def _add(self, kind: Kind, unit: Paragraph, section: tuple[str, ...] | None = None, number: str = "") -> None:
        """Add a passage below all others; it is under the open headings, unless `section` names others."""
        path = self._path.path if section is None else section
        self._drafts.append(Draft(kind, unit.text, unit.spans, path, number))

    def _open_turn(self, speaker: str, words: Paragraph) -> None:
        """Begin a turn; it is added when it is complete."""
        self._close_turn()
        self._roster_columns, self._has_talk, self._turn_is_row = 0, True, False
        self._turn = Draft("utterance", words.text, words.spans, self._path.path, speaker=speaker)

    def _close_turn(self) -> None:
        if self._turn is not None and self._turn.text.strip():
            self._drafts.append(self._turn)
        self._turn = None

    def _read_paragraph(self, unit: Paragraph, at: int) -> None:
        label = self._speakers.turn_at(unit.text)
        if label is not None and _NAMES_RECORDER.search(unit.text[label.end : label.end + _NAMES_REACH]):
            self._close_turn()
            self._add("other", unit)
            return
        alone = self._speakers.alone_at(unit.first) if label is None else ""
        if label is not None:
            self._open_turn(label.speaker, unit.behind(label.end))
        elif alone:
            first = len(unit.first.text.strip())
            rest = unit.behind(first) if len(unit.lines) > 1 else replace(unit, text="", spans=())
            self._open_turn(alone, _stripped(rest))
        else:
            self._read_unlabelled(unit, at)

    def _read_unlabelled(self, unit: Paragraph, at: int) -> None:
        is_note = is_stage_note(unit.text)
        is_about_talk = bool(_ABOUT_TALK.match(_plain(unit.text)) or _NAMES_RECORDER.search(unit.text))
        if heading := self._heading_at(unit, at):
            self._close_turn()
            self._add("other", unit, self._path.enter(heading))
        elif not (self._speakers or is_about_talk or is_note):
            item = item_of(unit)
            self._add("utterance", item.paragraph, number=item.number)
        elif self._turn is not None and is_note and not is_about_talk:
            self._read_note(unit, self._turn)
        elif self._turn is None or is_about_talk or (self._turn_is_row and unit.role != "table"):
            self._close_turn()
            self._read_between(unit, is_about_talk=is_about_talk)
        else:
            self._continue_turn(unit, self._turn)

    def _heading_at(self, unit: Paragraph, at: int) -> Heading | None:
        topic = _topic(unit)
        if topic or is_stage_note(unit.text) or spoken(unit.text):
            return topic
        return self._reader.read(unit, next_paragraph(self._units, at), at_start=at == 0)

    def _read_between(self, unit: Paragraph, *, is_about_talk: bool) -> None:
        """A text that nobody speaks; only what states something is an item and has its number apart from its text."""
        kind = self._kind_between(unit, is_about_talk=is_about_talk)
        item = item_of(unit) if kind != "other" else Item("", unit)
        self._add(kind, item.paragraph, number=item.number)

    def _kind_between(self, unit: Paragraph, *, is_about_talk: bool) -> Kind:
        """The kind of a text that nobody speaks. Text before the first turn introduces the conversation."""
        if _ABOUT_STUDY.match(unit.text):
            return "method"
        is_short = letters(unit.text) <= SHORT_NOTE and unit.marker is None
        if is_short or is_about_talk:
            return "other"
        kind, _ = kind_of(unit.text, self._path.path)
        if kind in ("finding", "utterance"):
            return "finding" if self._has_talk else "other"
        return kind

    def _read_note(self, unit: Paragraph, turn: Draft) -> None:
        """A remark of the transcriber on lines of its own; what follows it is still said by the same speaker."""
        self._close_turn()
        self._add("other", unit)
        self._turn = replace(turn, text="", spans=())

    def _continue_turn(self, unit: Paragraph, turn: Draft) -> None:
        """A paragraph without a label belongs to the turn before it."""
        if len(turn.text) + len(unit.text) > LONGEST_TURN:
            self._open_turn(turn.speaker, unit)
            return
        self._turn = turn.followed_by(unit.text, unit.spans)

    def _read_row(self, row: Row) -> None:
        cells = row.paragraph.cells
        if people := _people_listed(cells):
            self._roster_columns, self._roster_kind = len(cells), people
        elif row.is_header or len(cells) != self._roster_columns:
            self._roster_columns = 0
        else:
            self._add(self._roster_kind, row.paragraph, number=row.number)
            return
        turn = None if row.is_header or self._roster_columns else self._speakers.in_cells(cells)
        if turn is None:
            self._close_turn()
            topic = _topic_of_row(row)
            self._add("other", row.paragraph, self._path.enter(topic) if topic else None, row.number)
            return
        speaker, at = turn
        words = row.cells[at]
        text, spans = joined([words.behind(time_end(words.text))], row.paragraph.lines)
        self._open_turn(speaker, replace(row.paragraph, text=text, spans=spans))
        self._turn_is_row = True


def _people_listed(cells: Sequence[str]) -> Kind | None:
    """The kind of the rows of a table of participants, if a row is the head of one: code, office, years of service.

    What is said of the participants is method; a list of names with one thing more is `other`, as in minutes.
    """
    if any(letters(cell) > LONGEST_LABEL for cell in cells) or any(map(_SPEECH.search, cells)):
        return None
    about = sum(1 for cell in cells if _PERSON.match(cell.strip()))
    if about >= FEWEST_PERSON_COLUMNS:
        return "method"
    return "other" if about and any(_NAME.match(cell.strip()) for cell in cells) else None


def _topic_of_row(row: Row) -> Heading | None:
    """The topic that a row announces, if it has a single filled cell that does."""
    filled = [cell for cell in row.paragraph.cells if cell.strip()]
    return _topic(replace(row.paragraph, text=squeeze(filled[0]))) if len(filled) == 1 else None


def _topic(unit: Paragraph) -> Heading | None:
    """A line that announces the next topic, as a heading; a speaker who announces one uses more words or particles."""
    text = _plain(unit.text)
    worded, set_off = _TOPIC.match(text), _SET_OFF_TOPIC.match(unit.text)
    sure = bool(set_off or (worded and ":" in worded.group()))
    if not (worded or set_off) or letters(text) > LONGEST_HEADING or (spoken(text) and not sure):
        return None
    part = worded["word"] if worded else unit.text.strip()[0]
    return Heading(squeeze(text), 0, unit.first.size, depths.DIVISION, unit.first.bold, part=part)


def _plain(text: str) -> str:
    """A line without the signs that set it off: `== ช่วงที่ 1 ==`."""
    return _SET_OFF.sub("", text)


def _stripped(paragraph: Paragraph) -> Paragraph:
    return paragraph.behind(len(paragraph.text) - len(paragraph.text.lstrip(" :：")))
