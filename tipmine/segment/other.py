"""Passages of kind `other`, which state nothing: titles, captions, names of staff, forms, front matter.

All texts here have Arabic digits and single spaces (`arabic_digits`, `squeeze`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from tipmine.segment.characters import ANY_MONTH, letters
from tipmine.segment.sentences import is_caption
from tipmine.segment.wordings import Wording

FEWEST_LETTERS = 8
"""Fewest letters of a passage that can be coded; shorter ones count only in speech."""
FEWEST_LISTED = 4
"""The same for an item under a heading that says what is listed: ขาดรถ under ปัญหา."""
LONGEST_HEADING = 40
"""Most letters of a heading; without any of the words `states` (wordings.tsv), sentences are seldom shorter. Longer
headings are scored."""
LONGEST_BAR = 24
"""Most letters of the label of a bar in a chart; a longer text with a share is a statement."""
LONGEST_CLOSING = 120
"""Most letters of the closing of a letter; longer passages state something besides."""
MANY_PEOPLE = 3
"""Fewest personal titles for a passage to be a list of names."""
LETTERS_A_PERSON = 50
"""Most letters for each person in a list of names: title, name and post. A report of what several people did or said
has more (59 and up in government news). Higher: such reports are taken for lists and lose their tags."""
FEWEST_MEANINGS = 2
"""Fewest equals signs of a key to abbreviations. Lower: a remark with one equation is taken for a key."""
LONGEST_ABBREVIATION = 20
"""Most letters before the first equals sign of such a key; longer texts speak of something that equals something."""
NOISE = 0.6
"""Least share of single letters, with spaces around them, in OCR noise. Lower: texts with formulas are lost."""
LONGEST_DATE_LINE = 60
"""Most letters of a line that gives a date and states nothing."""
_HEADING_SHOWN = 40
"""Most code points of a heading in a reason."""

# Dots to be filled in or leading to a page number: `ชื่อ..............`.
_LEADERS = re.compile(r"\.{6,}|…{3,}|_{5,}|(?:\. ){5,}")
_TITLE_OF_PERSON = Wording("title_of_person", pattern=r"(?:^|\s)<words>\s?[ก-๙]{2,}")
_STAFF = Wording(
    "staff",
    "recorder",
    pattern=r"<words>(?:\s*[:：]|\s*$|\s+"
    r"(?=<title_of_person>|ผศ|รศ|พ\.|พล\.|ร\.))",
)
# `จัดพิมพ์โดย กรมสมมติ`.
_PUBLISHED = Wording(
    "body",
    pattern=r"(?:จัดทำ|เผยแพร่|จัดพิมพ์|พิมพ์)โดย\s*[:：]?\s*"
    r"(?:<words>|คณะ|ฝ่าย|กลุ่ม|งาน)\S*(?: \S*){0,3}$",
)
# `(ลงชื่อ) ..........`, `(นายสมมติ ตัวอย่าง)`.
_SIGNED = Wording(
    pattern=r"^\(?\s?(?:(?:ลงชื่อ|ลงนาม)\s*(?:[.…_(:]|$)|\(?<title_of_person>[ก-๙ ]{4,40}\))|^\([ก-๙. ]{4,40}\)(?:\s|$)"
)
# For whom a report was made, and who paid for it: `เสนอต่อ สำนักงานสมมติ`, `ได้รับทุนสนับสนุนจากกองทุนสมมติ ปี 2566`.
_FOR_WHOM = Wording(
    "body",
    pattern=r"เสนอ(?:ต่อ)? (?:<words>|คณะ)"
    r"(?!.*(?:เพื่อ|ให้|จัด|พิจารณา|ภายใน|ทุก|จะ|แล้ว))\S*(?: \S*){0,3}$",
)
_FUNDED = re.compile(
    r"(?:(?:โครงการ|งาน|การ|ราย)(?:งาน)?(?:วิจัย|ศึกษา)?\S{0,20} ?)?"
    r"ได้รับ(?:การ)?(?:สนับสนุน|อุดหนุน)?(?:เงิน)?ทุน(?:สนับสนุน|อุดหนุน)?"
    r"(?:การ)?(?:วิจัย)?จาก(?!.*(?:ควร|จึง|แต่|ทำให้|จะ|ไม่|เพียง|แล้ว)).{4,}$"
)
# Who proposes, and into which parts the proposals fall, but none of them: `จากผลข้างต้น ผู้วิจัยขอเสนอแนะเป็น 2 ส่วน คือ`.
_ANNOUNCES = Wording(
    pattern=r"(?:(?:จาก|ตาม)\S{2,40}(?: \S{2,20})? )?\S{0,40}?(?:ขอเสนอ(?:แนะ)?|มีข้อเสนอ(?:แนะ)?|ข้อเสนอแนะ)(?!ให้|ว่า)"
    r"(?!.*(?:ควร|ต้อง|จัด|ขอให้|เสนอให้|เสนอว่า)).{0,150}(?:<as_follows>|<namely>) ?:?$"
)
_FORM_PART = Wording("letter_head", "form_part", flags=re.IGNORECASE)
# `จึงเรียนมาเพื่อโปรดทราบ`.
_CLOSING = re.compile(
    r"จึง(?:ขอ)?(?:นำ)?(?:เรียน|แจ้ง)มา(?:ยังท่าน)? ?เพื่อ(?:โปรด)?(?:ทราบ|พิจารณา|ดำเนินการ|ถือปฏิบัติ)\S{0,40}$|^จึงเรียนมา"
)
# `ข้อมูล ณ 30 กันยายน 2567`.
_DATE_LINE = re.compile(
    r"^(?:วันที่|(?:(?:ให้ไว้|ประกาศ|สั่ง) ?)?ณ\s?วันที่|เมื่อวันที่|ปรับปรุง(?:ล่าสุด)?|ข้อมูล ณ)?\s?[0-9]{0,2}\s?"
    rf"(?:{ANY_MONTH})\s?(?:พ\.ศ\.)?\s?[0-9]{{4}}"
)
# Whom to ask, and how.
_CONTACT = re.compile(
    r"(?:ผู้)?(?:สนใจ)?(?:ติดต่อ|สอบถาม)(?:เจ้าหน้าที่|ประสานงาน|สอบถาม|เพิ่มเติม|ข้อมูล|รายละเอียด|ได้ที่| |[:：]).*"
    r"(?:โทร(?:ศัพท์|สาร|\.)?|อีเมล|e-?mail|[Ll]ine|ไลน์|\S@\S|[0-9]{1,4}[- ][0-9]{3,4})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S@\S+\.\S")
_FICTION = re.compile(r"\W*(?:\S{2,20}นี้เป็น)?เอกสาร(?:นี้เป็นเรื่อง)?(?:สมมติ|สมมุติ)")
_STATES = Wording("states")
# `นายสมมติ ตัวอย่าง กรรมการและเลขานุการ`, unless the text says something about the member.
_POST_AT_END = re.compile(
    r"(?:^|[\s|])(?:รอง|ผู้ช่วย)?(?:ประธาน)?(?:(?:อนุ)?กรรมการ|คณะ(?:อนุ)?กรรมการ|คณะทำงาน|ประธาน|เลขานุการ|ที่ปรึกษา)"
    r"(?:และ(?:ผู้ช่วย)?เลขานุการ(?:ร่วม)?)?$"
)
_SAYS_OF_A_MEMBER = re.compile(r"ควร|จะ|(?<!ผู้)ว่า|แต่งตั้ง|เสนอ|ประชุม|มอบหมาย|ต้อง|แจ้ง|รายงาน|ส่ง(?!เสริม)|เป็น")
# What enacts a law (`จึงทรงพระกรุณาโปรดเกล้าฯ ให้ตรา...`); `รับรองรายงานการประชุม`, `เลิกประชุมเวลา 12.00 น.`, `ทั้งนี้
# ตั้งแต่วันที่ ... เป็นต้นไป`.
_PROCEDURE = re.compile(
    r"^(?:มติที่ประชุม[ :：]*)?(?:ที่ประชุม)?(?:มีมติ)?(?:รับทราบ|รับรอง)(?:รายงานการประชุม.{0,60})?"
    r"(?: ?(?:โดย)?(?:ให้|มี|ขอ)(?:การ|ขอ)?แก้ไข(?:ตาม\S{0,40}|.{0,20}))?$"
    r"|^(?:เริ่ม|เปิด)ประชุม(?:เวลา| ?[0-9])|^(?:.{0,40} )?(?:เลิก|ปิด)(?:การ)?ประชุม(?:เวลา| ?[0-9])"
    r"|^บันทึก(?:ข้อตกลง|ความตกลง|ความร่วมมือ|ความเข้าใจ)\S{0,20}นี้(?:ได้)?(?:ทำขึ้นเป็น|จัดทำขึ้นเป็น|มีผล|ให้มีผล)"
    r"|^(?:ทั้งนี้|โดย)?[ ,]*(?:ให้)?(?:มีผล(?:ใช้)?บังคับ)?[ ]?(?:ตั้งแต่|นับแต่).{0,40}เป็นต้นไป$"
    r"|(?:.{0,200} )?(?:จึง|มีพระบรมราชโองการ)\S{0,20}โปรดเกล้า\S{0,20} ?ให้(?:ตรา|ประกาศว่า ?$)"
    r"|(?:.{0,80} )?เป็นปีที่ [0-9]{1,2} ในรัชกาล"
    r"|.{0,200}ลง(?:ลายมือชื่อ|นาม)(?:ไว้)?[^ ]{0,20}เป็น(?:สำคัญ|หลักฐาน)"
)
_OUTSIDE_TEXT = Wording("references", "front_matter", "outside_text", flags=re.IGNORECASE)
# `ผู้ไม่มาประชุม`.
_ATTENDANCE = re.compile(r"(?:ผู้(?:ไม่)?(?:มา|เข้าร่วม)|ผู้ที่(?:ไม่)?มา|ผู้ร่วม)ประชุม")
_PLAN_HEADING = Wording("plan_heading", "plan_part")
_PARTICLE = Wording("polite", "particle", pattern=r"<words>(?:\s|$|[,.!?…])")
_INTERJECTION = Wording("interjection", pattern=r"(?:^|\s)<words>(?:\s|$|[,.!?…])")
# A law about which nothing is said: `พระราชบัญญัติสมมติ พ.ศ. 2551 และที่แก้ไขเพิ่มเติม`.
_LAW = Wording(
    "law",
    "order",
    pattern=r"^(?:ร่าง)?\s?<words>"
    r"(?!.*(?:ควร|จะ|ได้|ให้|มีสาระ|กำหนด)).{0,160}(?:พ\.ศ\.|พุทธศักราช)\s?(?:[0-9]{4}|\.{2,})"
    r"(?:\s?(?:และ|ซึ่ง)?ที่แก้ไขเพิ่มเติม.{0,60})?\W*$",
)
# `☐ ใช่ ☐ ไม่ใช่`; open circles are bullets as well, but not two in a line.
_BOXES = re.compile("[\u25a1\u2610-\u2612\u274f\u2751\u2752]|[\u25cb\u25ef] .*[\u25cb\u25ef] ")
# A bar of a chart: its label and its share.
_BAR = re.compile(r"[^\d\W][^\d%]{1,39}[0-9.,]+ ?%$")
_NUMBERS_ONLY = re.compile(r"^[\W\d_]*$")
_URL = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)


def spoken(text: str) -> bool:
    """Whether the text contains particles or interjections of spoken Thai."""
    return bool(_PARTICLE.search(text) or _INTERJECTION.search(text))


def names_a_person(text: str) -> bool:
    """Whether somebody is named with a title (`นาย...`, `ดร. ...`)."""
    return bool(_TITLE_OF_PERSON.search(text))


_NONE = re.compile("ไม่(?:มี|พบ|ระบุ|ปรากฏ)(?:ปัญหา|ข้อมูล)?|ไม่มีข้อเสนอแนะ")


def why_other(text: str, path: tuple[str, ...], *, transcript: bool = False, listed: bool = False) -> str:
    """Why a passage is `other`, in words; empty if it may state something.

    `transcript`: the passage is from a transcript, where even the shortest answer is an utterance. `listed`: it is an
    item under a heading that says what is listed, so it needs no predicate.
    """
    if _NUMBERS_ONLY.match(text) or _URL.match(text) or _is_noise(text):
        return "no words"
    if transcript or spoken(text):
        return ""
    case = _Case(text, letters(text), path, listed)
    reason = next((reason for reason, holds in _REASONS if holds(case)), "")
    return reason.format(heading=case.heading[:_HEADING_SHOWN])


class _Case(NamedTuple):
    """A written passage: its text, number of letters, headings, and whether it is an item listed under one."""

    text: str
    letters: int
    path: tuple[str, ...]
    listed: bool

    @property
    def short(self) -> bool:
        """Whether it is at most as long as the closing of a letter."""
        return self.letters < LONGEST_CLOSING

    @property
    def heading(self) -> str:
        """The innermost heading."""
        return "".join(self.path[-1:])


def _is_list_of_people(case: _Case) -> bool:
    people = len(_TITLE_OF_PERSON.findall(case.text))
    return people >= MANY_PEOPLE and case.letters <= LETTERS_A_PERSON * people


def _is_key(text: str) -> bool:
    """Whether a text says what abbreviations mean: `พมจ. = สำนักงานสมมติ, อบต. = องค์การสมมติ`; not `S.D. = 0.5`."""
    first, *meanings = text.split("=")
    # Equations are part of a sentence, which has spaces before them.
    begins_so = " " not in first.strip() and letters(first) <= LONGEST_ABBREVIATION
    several = len(meanings) >= FEWEST_MEANINGS
    return begins_so and several and all(meaning.strip()[:1].isalpha() for meaning in meanings)


def _is_heading_like(case: _Case) -> bool:
    plain = case.letters < LONGEST_HEADING and not _STATES.search(case.text)
    return plain and not case.listed and not _PLAN_HEADING.search(" ".join(case.path))


_REASONS: tuple[tuple[str, Callable[[_Case], object]], ...] = (
    ("too short to state anything", lambda c: c.letters < (FEWEST_LISTED if c.listed else FEWEST_LETTERS)),
    ("nothing to list", lambda c: _NONE.fullmatch(c.text)),
    ("a caption", lambda c: is_caption(c.text)),
    ("a note on the document itself", lambda c: _FICTION.match(c.text)),
    ("a part of a form or a letter", lambda c: _FORM_PART.match(c.text)),
    ("the name of a law", lambda c: _LAW.match(c.text)),
    ("names of staff", lambda c: _STAFF.match(c.text) or _PUBLISHED.match(c.text)),
    ("for whom it was made", lambda c: c.short and (_FOR_WHOM.match(c.text) or _FUNDED.match(c.text))),
    ("a key to abbreviations", lambda c: _is_key(c.text)),
    ("announces proposals", lambda c: not c.listed and _ANNOUNCES.match(c.text)),
    ("a signature", lambda c: _SIGNED.match(c.text)),
    ("a formality of minutes or agreements", lambda c: _PROCEDURE.match(c.text)),
    ("boxes of a form to tick", lambda c: _BOXES.search(c.text)),
    ("leaders of a table of contents or a form", lambda c: _LEADERS.search(c.text)),
    ("whom to ask", lambda c: c.short and (_CONTACT.match(c.text) or _ADDRESS.search(c.text))),
    ("the closing of a letter", lambda c: c.short and _CLOSING.search(c.text)),
    ("a date without a statement", lambda c: c.letters < LONGEST_DATE_LINE and _DATE_LINE.match(c.text)),
    ("names without a statement", _is_list_of_people),
    (
        "a member of a committee",
        lambda c: c.short and _POST_AT_END.search(c.text) and not _SAYS_OF_A_MEMBER.search(c.text),
    ),
    (
        "the name of somebody at a meeting",
        lambda c: c.short and _ATTENDANCE.search(c.heading) and not _SAYS_OF_A_MEMBER.search(c.text),
    ),
    ("stands under {heading}", lambda c: _OUTSIDE_TEXT.search(c.heading)),
    ("the label of a chart", lambda c: c.letters <= LONGEST_BAR and not c.listed and _BAR.match(c.text)),
    ("a title or label without a predicate", _is_heading_like),
)
"""Reasons why a written passage states nothing, each with its test; the first that holds is given."""


def _is_noise(text: str) -> bool:
    """Whether a text is what OCR reads into dotted lines and stains: single letters and digits separated by spaces."""
    single = sum(1 for part in text.split() if len(part) == 1 and part.isalnum())
    return single >= max(FEWEST_LETTERS, NOISE * letters(text))
