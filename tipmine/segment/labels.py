"""Speakers' labels at the head of a line of a transcript, in the ways in which transcribers write them.

    ผู้ดำเนินการสนทนา: ...     P1 : ...     นาย ก.<tab>...      a colon or a tab: any short name
    P1 - ...     (ตัวแทนตำรวจ) ...     [P1] ...     ถาม ...     these only where the name is worded as speakers are

A time, a running number or a bullet may stand before the label (`[00:12:30] P1: ...`, `3. P1: ...`), a time also
inside it (`P1 (00:12): ...`); none of them is part of the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipmine.segment.thai import DIGITS, letters, squeeze

# Letters of a speaker's label. Names with offices reach 50; longer ones are sentences with a colon in them.
LONGEST_LABEL = 60

_CLOCK = rf"[{DIGITS}]{{1,2}}:[{DIGITS}]{{2}}(?::[{DIGITS}]{{2}})?(?:[.,][{DIGITS}]{{1,3}})?"
_TIME = rf"[\[(]?{_CLOCK}(?:\s*(?:-->|[-\u2013])\s*{_CLOCK})?[\])]?"
_TIME_HEAD = re.compile(rf"\s*{_TIME}(?![{DIGITS}:])\s*(?:น\.)?\s*[-\u2013]?\s*")
_TIME_INSIDE = re.compile(rf"\s*[\[(]\s*{_CLOCK}\s*[\])]\s*")
_NUMBER_HEAD = re.compile(rf"\s*(?:[{DIGITS}]{{1,3}}[.)]\s+|[\u2022*\u2013-]\s+)")

_COLON = re.compile(r"\s*(?P<label>(?:[^:：\n\t]|(?<=[0-9]):(?=[0-9])){1,80}?)\s*(?:[:：](?![0-9/])|\t+\s*(?=\S))\s*")
_DASH = re.compile(r"\s*(?P<label>[^:：\n\t\u2013-][^:：\n\t]{0,79}?)\s+[-\u2013\u2014]\s+(?=\S)")
_BRACKETS = re.compile(r"\s*(?:\((?P<label>[^()\n\t]{1,60})\)|\[(?P<other>[^\[\]\n\t]{1,60})\])\s*(?=\S)")
_SPACE = re.compile(r"\s*(?P<label>ถาม|ตอบ|[A-Z]{1,2}[0-9]{1,2})\s+(?=\S)")
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
_CODE = re.compile(r"[A-Za-z]{1,3}|[\u0e01-\u0e2e]\.?")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the head of a line: the speaker, and the offset at which the words begin."""

    speaker: str
    end: int


def label_of(text: str) -> Label | None:
    """What could be a speaker's label before a colon or a tab; whether it is one, the document decides.

    >>> label_of("ผู้ให้ข้อมูล 3 (อสม.) : ใช่ค่ะ")
    Label(speaker='ผู้ให้ข้อมูล 3 (อสม.)', end=24)
    >>> label_of("[00:12:30] P1: ไม่มีค่ะ")
    Label(speaker='P1', end=15)
    """
    start, numbered = _head(text)
    found = _COLON.match(text, start)
    label = _label(found["label"], found.end()) if found else None
    return None if label and numbered and not is_worded(label.speaker) else label


def loose_label_of(text: str) -> Label | None:
    """The same for labels that only a space, a dash or brackets set apart: names that are worded as speakers are.

    >>> loose_label_of("(ตัวแทนตำรวจ) แจ้งได้เลยครับ")
    Label(speaker='ตัวแทนตำรวจ', end=14)
    """
    start, _ = _head(text)
    patterns = (_BRACKETS,) if text[start : start + 1] in ("(", "[") else (_DASH, _SPACE)
    for pattern in patterns:
        found = pattern.match(text, start)
        label = _label(next(filter(None, found.groups())), found.end()) if found else None
        if label is None:
            continue
        # A letter in brackets numbers a list; before a dash it is a speaker.
        if (is_code(label.speaker) and pattern is _DASH) or (is_worded(label.speaker) and letters(label.speaker) > 1):
            return label
    return None


def name_alone(text: str) -> tuple[str, bool]:
    """A line as a name that stands alone on it, and whether a time stands before it: `00:01:02 ตัวแทนโรงงาน`."""
    found = _TIME_HEAD.match(text)
    return squeeze(text[found.end() if found else 0 :]).strip(" :："), found is not None


def is_worded(name: str) -> bool:
    """Whether a name is worded as speakers are: an office, a part in the talk, a code."""
    return bool(_WORDED.match(name))


def is_sure(name: str) -> bool:
    """Whether a name says of itself that somebody speaks."""
    return bool(_SURE.match(name))


def is_other_label(name: str) -> bool:
    """Whether a word before a colon labels something else: a date, a place, an aim."""
    return bool(_NOT_A_SPEAKER.match(name))


def is_code(name: str) -> bool:
    """Whether a name is one to three letters: `M`, `FG`, `ก.`."""
    return bool(_CODE.fullmatch(name))


def _head(text: str) -> tuple[int, bool]:
    """How far a time and a number before the label reach, and whether there is a number."""
    start, numbered = 0, False
    for pattern in (_NUMBER_HEAD, _TIME_HEAD, _NUMBER_HEAD):
        found = pattern.match(text, start)
        if found:
            start = found.end()
            numbered = numbered or (pattern is _NUMBER_HEAD and any(char.isdigit() for char in found.group()))
    return start, numbered


def _label(name: str, end: int) -> Label | None:
    speaker = squeeze(_TIME_INSIDE.sub(" ", name)).strip(" -\u2013\u2022*")
    if not speaker or letters(speaker) > LONGEST_LABEL or is_other_label(speaker) or _SENTENCE.search(speaker):
        return None
    return Label(speaker, end) if any(char.isalpha() for char in speaker) else None
