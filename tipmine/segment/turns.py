"""Speakers' turns in transcripts of focus groups and interviews.

Who speaks is written before a colon (ผู้ดำเนินการสนทนา:, ผู้ให้ข้อมูล 3 (อสม.):, P1 :, นาย ก.:), behind ถาม and ตอบ,
in the first cells of a table, or alone on a bold line. Which labels are speakers is learnt from the document: a
label counts when it comes back, or when it is worded as speakers are. Date, place and the like come before a
colon too, but once, and are listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tipmine.records import Line
from tipmine.segment.other import spoken
from tipmine.segment.thai import letters, squeeze

# Letters of a speaker's label. Names with offices reach 50; longer ones are sentences with a colon in them.
LONGEST_LABEL = 60
# A label that comes back this often is a speaker, however it is worded.
RECURS = 3
# A transcript has at least this many turns, and by this share of its lines.
FEWEST_TURNS = 6
TURN_SHARE = 0.25
# An excerpt may be shorter, where at least so many turns make up so much of it.
FEWEST_TURNS_OF_AN_EXCERPT, EXCERPT_SHARE = 3, 0.8
# Where no label says that somebody speaks, this share of the lines holds particles of speech. Tables with short
# first cells have none.
SPOKEN_SHARE = 0.08

_LABEL = re.compile(r"^\s*(?P<label>[^:：\n\t]{1,80}?)\s*(?:[:：](?![0-9/])|\t+\s*(?=\S))\s*")
_WORDED = re.compile(
    r"(?:ผู้(?:ดำเนิน|สัมภาษณ์|ให้สัมภาษณ์|ถูกสัมภาษณ์|ให้ข้อมูล|เข้าร่วม|ร่วมสนทนา|นำการสนทนา|ช่วย(?:ผู้)?ดำเนิน|ตอบ|ถาม|วิจัย|แทน|พูด|จดบันทึก)|"
    r"(?:นาย|นาง|นางสาว|น\.ส\.|ด\.ช\.|ด\.ญ\.|ดร\.|คุณ|พี่|น้อง|ครู|ลุง|ป้า|ตำรวจ|หมอ|กำนัน|ผู้ใหญ่|ผญบ\.|แรงงาน|ล่าม|อสม|พมจ|อบต|เจ้าหน้าที่|"
    r"นักสังคม|พยาบาล|ตัวแทน|สมาชิก|วิทยากร|พิธีกร|moderator|interviewer|facilitator|respondent|participant|speaker|informant)|"
    r"ถาม|ตอบ|[QAqa]|(?:[A-Za-z]{1,4}|[ก-ฮ]{1,4}\.?)\s?-?\s?[0-9๐-๙]{1,3}|คนที่\s?[0-9๐-๙])",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"ผู้(?:ดำเนินการ|ดำเนินรายการ|สัมภาษณ์|ให้สัมภาษณ์|ถูกสัมภาษณ์|ให้ข้อมูล|ร่วมสนทนา|นำการสนทนา)|ถาม$|ตอบ$|moderator|interviewer|facilitator",
    re.IGNORECASE,
)
_NOT_A_SPEAKER = re.compile(
    r"(?:วันที่|วัน|เวลา|สถานที่|จังหวัด|อำเภอ|หมายเหตุ|เรื่อง|หัวข้อ|ประเด็น|คำถาม|กลุ่ม(?:ที่|เป้าหมาย)?|ครั้งที่|ผู้จดบันทึก|ผู้บันทึก|ผู้ถอดเทป|"
    r"ผู้ถอดความ|ระยะเวลา|จำนวน|รหัส|ไฟล์|ที่มา|เอกสาร|ผู้เข้าร่วม(?:การ)?(?:สนทนา)?(?:กลุ่ม)?|รายชื่อ\S*|โครงการ|วัตถุประสงค์|สรุป|ข้อสังเกต|"
    r"วิสัยทัศน์|พันธกิจ|เป้าหมาย\S*|เป้าประสงค์\S*|ตัวชี้วัด\S*|ผู้รับผิดชอบ\S*|หน่วยงาน\S*|งบประมาณ\S*|กลยุทธ์\S*|มาตรการ\S*|กิจกรรม\S*|"
    r"ยุทธศาสตร์\S*|ผลผลิต|ผลลัพธ์|ผลการ\S*|วิธี\S*|แนวทาง\S*|แหล่ง\S*|ชื่อ\S*|ตำแหน่ง|ข้อเสนอ\S*|ปัญหา\S*|สาเหตุ|ประเภท|รายละเอียด|นิยาม|ข้อ|มาตรา|"
    r"ตัวอย่าง|เช่น|ได้แก่|ดังนี้|โทร|ที่อยู่|เพศ|อายุ|อาชีพ|การศึกษา|เริ่ม|สิ้นสุด|ภาพที่|ตารางที่)\s*[0-9๐-๙]*$"
)
_SENTENCE = re.compile(r"ว่า$|ดังนี้$|ได้แก่$|คือ$|เช่น$|[.!?…]{2}|ค่ะ|ครับ|พบว่า")
_STAGE_NOTE = re.compile(r"^[(\[][^()\[\]]{1,80}[)\]]$")
_CODE = re.compile(r"[A-Za-z]{1,3}|[\u0e01-\u0e2e]\.?")
_NUMBER = re.compile(r"[0-9๐-๙]+$")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the head of a line: the speaker, and the offset at which the words begin."""

    speaker: str
    end: int


def label_of(text: str) -> Label | None:
    """What could be a speaker's label at the head of `text`; whether it is one, the document decides.

    >>> label_of("ผู้ให้ข้อมูล 3 (อสม.) : ใช่ค่ะ")
    Label(speaker='ผู้ให้ข้อมูล 3 (อสม.)', end=24)
    """
    found = _LABEL.match(text)
    if not found:
        return None
    speaker = squeeze(found["label"]).strip(" -–•*")
    if not speaker or letters(speaker) > LONGEST_LABEL or _NOT_A_SPEAKER.match(speaker) or _SENTENCE.search(speaker):
        return None
    if not any(char.isalpha() for char in speaker):
        return None
    return Label(speaker, found.end())


class Speakers:
    """The speakers of a document, learnt from the labels that come back in it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        texts = [line.text for line in lines if line.role in ("body", "heading", "table") and line.text.strip()]
        labels = Counter(label.speaker for text in texts if (label := label_of(text)))
        cells = Counter(_cell_speaker(line) for line in lines if line.cells)
        self._names = {name for name, count in labels.items() if _is_speaker(name, count)}
        self._cell_names = {name for name, count in cells.items() if name and _is_speaker(name, count)}
        self._alone = _alone_speakers(lines, self._names | self._cell_names)
        if sum(labels[name] for name in self._names) >= FEWEST_TURNS:
            # Who speaks only once is a speaker among speakers.
            self._names |= {name for name in labels if _WORDED.match(name)}
        turns = sum(labels[name] for name in self._names) + sum(cells[name] for name in self._cell_names)
        self._turns = turns + sum(self._alone.values())
        self._lines = max(len(texts), 1)
        self._spoken = sum(map(spoken, texts))

    @property
    def make_a_transcript(self) -> bool:
        """Whether the document is a transcript: at least two speakers take many turns, and it sounds spoken."""
        names = self._names | self._cell_names | set(self._alone)
        # A turn runs over several printed lines, so that the share is measured with some allowance.
        many = self._turns >= max(FEWEST_TURNS, TURN_SHARE * self._lines / 2)
        excerpt = self._turns >= max(FEWEST_TURNS_OF_AN_EXCERPT, EXCERPT_SHARE * self._lines)
        return (
            len(names) >= 2
            and (many or excerpt)
            and (any(map(_SURE.match, names)) or self._spoken >= SPOKEN_SHARE * self._lines)
        )

    def __bool__(self) -> bool:
        return self._turns > 0

    def turn_at(self, text: str) -> Label | None:
        """The label of a known speaker at the head of `text`, or None."""
        label = label_of(text)
        return label if label and label.speaker in self._names else None

    def alone_at(self, line: Line) -> str:
        """The speaker whose name stands alone on `line`; empty if it is none."""
        name = squeeze(line.text).strip(" :：")
        return name if name in self._alone else ""

    def in_cells(self, cells: Sequence[str]) -> tuple[str, int] | None:
        """The speaker of a table row and the index of the cell that holds the words, or None."""
        for index, cell in enumerate(cells[:-1]):
            name = squeeze(cell).strip(" :：")
            if name in self._cell_names or name in self._names:
                return name, max(range(index + 1, len(cells)), key=lambda at: letters(cells[at]))
        return None


def _is_speaker(name: str, count: int) -> bool:
    if _WORDED.match(name):
        return count >= 2 or bool(_NUMBER.search(name)) or name.startswith(("ผู้ให้ข้อมูล", "ผู้ดำเนิน", "ผู้สัมภาษณ์"))
    return count >= RECURS or (count >= 2 and bool(_CODE.fullmatch(name)))


def _cell_speaker(line: Line) -> str:
    """What could be the speaker in a table row: the first short cell with a word, before a longer one."""
    for index, cell in enumerate(line.cells[:-1]):
        name = squeeze(cell).strip(" :：")
        if any(char.isalpha() for char in name):
            rest = max(letters(other) for other in line.cells[index + 1 :])
            return name if letters(name) <= LONGEST_LABEL and rest > 0 and not _NOT_A_SPEAKER.match(name) else ""
    return ""


def _alone_speakers(lines: Sequence[Line], known: set[str]) -> Counter[str]:
    """Names that stand alone on a line and come back: known labels, or worded as speakers are."""
    found: Counter[str] = Counter()
    for line in lines:
        name = squeeze(line.text).strip(" :：")
        if 0 < letters(name) <= LONGEST_LABEL and not line.cells and (name in known or _WORDED.match(name)):
            found[name] += 1
    return Counter({name: count for name, count in found.items() if count >= RECURS})


def is_stage_note(text: str) -> bool:
    """Whether a paragraph is a remark of the transcriber in brackets: (หัวเราะ)."""
    return bool(_STAGE_NOTE.match(text.strip()))
