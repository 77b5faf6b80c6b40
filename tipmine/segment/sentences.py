"""Whether a line continues the sentence above or opens a text, judged by the words it begins with.

Thai writes no full stops, and a text that was copied may be broken anywhere. The words are in
`data/segment/wordings.tsv`.
"""

from __future__ import annotations

import re

from tipmine.digits import DIGITS
from tipmine.segment.characters import letters
from tipmine.segment.numbering import marker_of
from tipmine.segment.wordings import Wording

LONGEST_BROKEN = 140
"""Most letters of a line that a program may have broken; a longer line is a paragraph. Higher: news paragraphs that
begin with ซึ่ง or โดย run together; lower: halves of sentences become passages."""
SHORTEST_BROKEN = 25
"""Fewest letters of such a line; a shorter one is rather a heading. Higher: halves of sentences become passages."""
PREDICATE = Wording("predicate")
"""Words that occur in sentences and not in headings."""
_ALIKE = 3
"""Characters that two lines have in common if they begin alike. Lower: halves of sentences become passages; higher:
items without a number run together."""
_GOES_ON = Wording("goes_on")
_MAY_GO_ON = Wording("may_go_on")
_NEEDS_SUBJECT = Wording("needs_subject")
_OPENS_TEXT = Wording("opens_text")
_BODY = Wording("body")
_TOPIC = Wording("topic")
# A label before a colon, and the heads of letters and minutes.
_LABELLED = Wording("letter_head", pattern=rf"[^\s:：][^:：\n]{{0,30}}[:：]\s|<words>|ณ ห้อง\s|ครั้งที่ ?[{DIGITS}]+ ?/")
FIXED_HEADING = Wording("fixed_heading", "front_matter", "references", pattern="<words> ?[:：]?", flags=re.IGNORECASE)
"""One of the headings that Thai reports and plans have in common, without its number; in text with single spaces."""
_CLOSED = Wording("polite", "as_follows", pattern="(?:[:：?]|ไหม|<words>)$")
_CAPTION = Wording("caption", pattern=rf"<words>(?:ที่)?\s?[{DIGITS}]")
_NUMBERED = rf"<words>(?:ที่)? ?[{DIGITS}]{{1,3}}(?:[.-][{DIGITS}]{{1,3}})? ?[.:：]? ?"
# With the first word of a name: a mention within a sentence has a verb after it or a preposition before it.
_NAMED_CAPTION = Wording("caption", pattern=rf"{_NUMBERED}[\u0e01-\u0e4e(A-Za-z]")
_CITED = re.compile(
    r"(?:ใน|ตาม|จาก|ดัง|ดู|ดูที่|และ|หรือ|ของ|กับ|เป็น|คือ|แสดง|ปรากฏ|สรุป|รายละเอียด|ถึง|ตั้งแต่|ทั้ง|อ้างอิง|ด้วย|โดย|ผ่าน|เห็น|,|\()\s*$"
)
_CITES = Wording(
    "caption", pattern=rf"{_NUMBERED}(?:แสดง(?:ให้เห็น|ว่า)|พบ|เห็น|สรุป(?:ได้)?ว่า|ซึ่ง|และ|ข้างต้น|ดังกล่าว|จะ|ได้|นี้|[)])"
)
# What the figures of a table are, as against how many there are: `จำนวนและร้อยละของผู้ตอบ`, `ร้อยละ 40`.
_OF_A_SHARE = re.compile(rf"ร้อยละ(?!\s?[{DIGITS}])")
_ENDED = Wording("as_follows", pattern=r"(?:[.:!?\"\u201d]|<words>)\s*$")


_DEFINES = re.compile(r"\s*[\u201c\"][^\u201c\u201d\"]{1,60}[\u201d\"]\s*(?:ให้)?(?:หมายความ|หมายถึง)")
_CLOSES_LETTER = re.compile("จึง(?:กราบ|ขอ)?เรียนมา(?:ยังท่าน)? ?เพื่อ|ขอแสดงความนับถือ")


def closes_letter(text: str) -> bool:
    """Whether a line begins the closing formula of a letter or memorandum, which never continues the text above."""
    return bool(_CLOSES_LETTER.match(text.lstrip()))


def defines(above: str, text: str) -> bool:
    """Whether a line begins with a term in quotation marks and says what it means, as each definition of a law does.

    >>> defines("ในพระราชบัญญัตินี้", "\u201cกองทุน\u201d หมายความว่า กองทุนเพื่อการป้องกัน")
    True
    >>> defines("ในที่นี้คำว่า", "\u201cกองทุน\u201d หมายถึง กองทุนเพื่อการป้องกัน")
    False
    """
    return bool(_DEFINES.match(text)) and not above.rstrip().endswith("ว่า")


def goes_on(above: str, text: str) -> bool:
    """Whether a line is the rest of the sentence of the line right above it.

    >>> goes_on("การศึกษาครั้งนี้มีวัตถุประสงค์เพื่อศึกษาบทบาทของล่าม", "และศึกษาปัญหาของล่าม")
    True
    """
    above, text = above.strip(), text.lstrip()
    count = letters(above)
    if count < SHORTEST_BROKEN or _ENDED.search(above):
        return False
    return bool(_GOES_ON.match(text) or (count <= LONGEST_BROKEN and _MAY_GO_ON.match(text)))


def is_subject(above: str, text: str) -> bool:
    """Whether a numbered line only names actors, and the next line, `text`, says what they do or should do."""
    name = _without_number(above)
    is_name = bool(_BODY.match(name)) and not PREDICATE.search(name) and not _ENDED.search(name)
    return is_name and bool(_NEEDS_SUBJECT.match(text.lstrip()))


def is_topic_of(above: str, text: str) -> bool:
    """Whether a numbered line names a topic, and `text` opens a text of its own under it."""
    topic = _without_number(above)
    return bool(_TOPIC.match(topic)) and not PREDICATE.search(topic) and bool(_OPENS_TEXT.match(text.lstrip()))


def opens_below(text: str, above: str, *, alone: bool) -> bool:
    """Whether a line of a text file opens a text of its own, although no blank line separates it from the line `above`.

    It does if it is an item, a heading or labelled; if it begins like the line above, as lines of a list do; or if the
    line above ends a text: a heading, a question, the introduction of a list. `alone`: the line above is the first of
    its text; then it also ends its text if it is too short to be a broken line.

    >>> opens_below("๔๐ นาที จากเดิมเกือบ ๑๐ ชั่วโมง", "นายสมมติกล่าวว่า วิธีใหม่ใช้เวลาเฉลี่ยคนละ", alone=True)
    False
    """
    text, above = text.strip(), above.strip()
    if marker_of(text) is not None or _LABELLED.match(text) or FIXED_HEADING.fullmatch(text):
        return True
    if _GOES_ON.match(text):
        return False
    if text[:_ALIKE] == above[:_ALIKE] or (alone and letters(above) < SHORTEST_BROKEN):
        return True
    return bool(_CLOSED.search(above) or FIXED_HEADING.fullmatch(above))


def is_caption(text: str) -> bool:
    """Whether a text begins like the captions of tables and figures, with such a word and a number.

    >>> is_caption("แผนภูมิที่ ๒ จำนวนคดี"), is_caption("ภาพที่เห็นคือแรงงาน")
    (True, False)
    """
    return bool(_CAPTION.match(text))


def is_caption_below(above: str, text: str) -> bool:
    """Whether a line is the caption of a table or a figure below running text, which may end with a full line.

    >>> is_caption_below("อำเภออื่นไม่มีคดีในปีนี้", "ตารางที่ ๒ จำนวนคดีรายอำเภอ")
    True
    >>> is_caption_below("อำเภออื่นไม่มีคดีในปีนี้", "ตารางที่ ๒ จำนวนและร้อยละของคดี")
    True
    >>> is_caption_below("อำเภออื่นไม่มีคดีในปีนี้", "ตารางที่ ๒ แสดงให้เห็นว่าคดีเพิ่มขึ้น")
    False
    >>> is_caption_below("จำนวนคดีรายอำเภอแสดงไว้ใน", "ตารางที่ ๒ ส่วนจำนวนผู้เสียหายอยู่ในภาคผนวก")
    False
    """
    text = text.lstrip()
    if not _NAMED_CAPTION.match(text):
        return False
    return not (_CITED.search(above) or _CITES.match(text) or PREDICATE.search(_OF_A_SHARE.sub("", text)))


def _without_number(line: str) -> str:
    """A line without its number; empty if it has none."""
    marker = marker_of(line)
    return line[marker.end :] if marker and marker.path else ""
