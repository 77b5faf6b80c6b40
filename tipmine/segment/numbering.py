"""Numbers and bullets at the beginning of a paragraph: what counts as one, its depth, and which one follows it.

Thai reports and official letters use these families, from the outside in: named parts (บทที่ ๑, ส่วนที่ 2,
ยุทธศาสตร์ที่ ๓, ข้อ 4), decimals (1. / 1.1 / 1.1.1), numbers with a bracket, 1) and (1), Thai letters (ก. and (ก)),
Latin letters and Roman numerals, bullets. Thai and Arabic digits are equivalent.

These look like numbers of items but are not: years (2567), times (13.00 น.), amounts (1.5 ล้านบาท), dates (12 มีนาคม),
abbreviations (ก.พ., จ.ตาก, ม. 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tipmine.digits import DIGITS, arabic_digits, thai_digits
from tipmine.segment import depths
from tipmine.segment.characters import ANY_MONTH, BULLETS
from tipmine.segment.wordings import Wording, wordings
from tipmine.thai import COUNTING_LETTERS

LETTERS = COUNTING_LETTERS.partition("ด")[0]
"""The letters that number items. From ด. on they are usually abbreviations: ด. for เด็ก, ต. for ตำบล, น. for hours;
lists of more than sixteen items are numbered with digits."""
_D = f"[{DIGITS}]"
_PART = Wording(
    "part",
    pattern=rf"(?P<word><words>)\s{{0,3}}(?P<number>{_D}{{1,3}}(?:\.{_D}{{1,2}}){{0,3}}|[{LETTERS}](?![ก-๙]))[.):：]?",
)
# Articles put between those of a law later on: `มาตรา 6/1`, `มาตรา 14 ทวิ`. `ข้อ 3/2566` has the year of an order.
_INSERTED = Wording("inserted", pattern=rf"/(?P<number>{_D}{{1,2}})(?!{_D})|\s?(?P<word><words>)(?=[\s(]|$)")
# After a word without ที่, the number counts what the word names: ข้อเสนอ 18 ข้อ, มาตรการ 3 ด้าน.
_COUNTED = Wording(
    pattern=r"\s?(?:<counted>|ด้าน|แนวทาง|มาตรการ|โครงการ|กิจกรรม|ฉบับ)(?:\s|$|<as_follows>|<namely>|[,:：])"
)
_DECIMAL = re.compile(rf"(?P<number>{_D}{{1,2}}(?:\.{_D}{{1,2}}){{0,4}})(?P<end>[.)]\)?)?(?=\s|[^\s.,{DIGITS}:/%-])")
_CLOSED = re.compile(rf"\(\s?(?P<number>{_D}{{1,2}}(?:\.{_D}{{1,2}}){{0,3}})\s?\)")
_LETTER = re.compile(rf"(?P<open>\()?(?P<number>[{LETTERS}])(?P<end>[.)])(?=\s|[^\s.]{{3}})")
# Strengths, weaknesses, opportunities and threats, each with its number.
_SWOT = re.compile(rf"(?P<number>[SWOT]{_D}{{1,2}})\s?[:：.]\s*(?=[\u0e01-\u0e4e])")
_LATIN = re.compile(r"(?P<open>\()?(?P<number>[a-hA-H]|[ivx]{1,4})(?P<end>[.)])(?=\s)")
# An aim or a strategy in a box: its label and its first item are on one line, in bold. `ยุทธศาสตร์ที่ 1. ...` is not such a
# line, but the strategy itself.
_BOXED = Wording(
    "plan_part",
    pattern=r"(?:(?!ยุทธศาสตร์)<words>|เป้าหมาย|วัตถุประสงค์|แนวทาง|พันธกิจ)\S{0,20} ?[:：]? "
    r"(?=[1\u0e51][.)] ?[\u0e01-\u0e4e])",
)
_BULLET = re.compile(
    f"[!{BULLETS}*\u2013\u2014-](?=\\s|[\u0e01-\u0e5b])"
    # Word draws its second bullet with the Latin letter.
    "|o(?=\\s+[\u0e01-\u0e4e])"
)

# One on either side sets a few words off: `- ไม่มี -`.
_DASHES = "-\u2013\u2014"

_ROMAN = {"i": 1, "v": 5, "x": 10}
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_NUMBER = re.compile(rf"{_D}+|[{LETTERS}](?![ก-๙])|[A-Za-z]+")
"""A number within a marker, in any of its scripts."""

# Parts that are further out than others.
_OUTER = (
    dict.fromkeys(("ภาคที่", "ภาค"), depths.VOLUME)
    | dict.fromkeys(("บทที่", "ภาคผนวก"), depths.CHAPTER)
    | dict.fromkeys(("ส่วนที่", "หมวดที่", "หมวด", "ตอนที่", "ระเบียบวาระที่"), depths.SECTION)
)
# มาตรา 41 แห่งรัฐธรรมนูญ opens a sentence, not an article.
_QUOTED_SECTION = re.compile(r"\s*(?:แห่ง|ของ|และ|หรือ|วรรค|ถึง|ประกอบ|,)")
_HIGHEST = 60
"""Highest part of a number of several parts (60.1 is one, 61.5 is not). Lower: section numbers are taken for text;
higher: shares and amounts at the beginning of a line are taken for numbers."""
_NOT_AFTER_NUMBER = re.compile(
    r"(?:น\.|นาฬิกา|ล้าน|พัน|หมื่น|แสน|ร้อย(?!ละ)|บาท|คน(?![ก-๙])|ราย(?![ก-๙])|ปี(?![ก-๙])|เดือน(?![ก-๙])|วัน(?![ก-๙])|"
    rf"{ANY_MONTH}|"
    rf"[มกพสตธ]\.[คพยก]\.|แห่ง(?![ก-๙])|ครั้ง(?![ก-๙])|คดี(?![ก-๙])|เมตร|กิโล|กม\.|เปอร์เซ็นต์|-\s?{_D}|{_D})"
)
_TAKES_A_NUMBER = Wording("takes_number", pattern="<words>$")
_ITEM_WORD = Wording("item_word")
_ARTICLE_WORD = Wording("article_word")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number or bullet at the beginning of a text."""

    text: str
    """As printed."""
    end: int
    """Offset of the first character after the marker and the white space that follows it."""
    family: str
    """What kind of marker it is, such as `decimal:2`; the markers of one list share it."""
    depth: int
    """How far in it is nested, on the scale of `depths.py`: smaller is further out."""
    path: tuple[int, ...] = ()
    """The number as integers: (1, 2) for 1.2, (4,) for iv; letters by their place in the alphabet; bullets: empty."""
    word: str = ""
    """The word before the number, such as บทที่; empty if there is none."""

    @property
    def says_item(self) -> bool:
        """Whether the word before the number says only that this is an item: ข้อ, ข้อที่."""
        return bool(_ITEM_WORD.fullmatch(self.word))

    @property
    def says_article(self) -> bool:
        """Whether the word before the number is that of articles of laws and orders: มาตรา, ข้อ."""
        return bool(_ARTICLE_WORD.fullmatch(self.word))


def marker_of(text: str) -> Marker | None:
    """The marker with which `text` begins, or None.

    >>> marker_of("๑.๒ จัดตั้งกองทุน").text
    '๑.๒'
    >>> marker_of("13.00 น. เปิดการประชุม") is None
    True
    """
    start = len(text) - len(text.lstrip())
    for reader in (_part, _decimal, _closed, _letter, _swot, _latin, _bullet):
        marker = reader(text, start)
        if marker is not None:
            return marker
    return None


def _marker(match: re.Match[str], family: str, depth: int, path: tuple[int, ...], word: str = "") -> Marker:
    """The marker that a pattern found; see `Marker` for the other arguments."""
    text, end = match.string, match.end()
    while end < len(text) and text[end].isspace():
        end += 1
    return Marker(match.group(), end, family, depth, path, word)


def _numbers(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in arabic_digits(number).split("."))


def _part(text: str, start: int) -> Marker | None:
    match = _PART.match(text, start)
    if not match:
        return None
    word, number = match["word"], match["number"]
    if word == "มาตรา" and _QUOTED_SECTION.match(text, match.end()):
        return None
    if not word.endswith("ที่") and _COUNTED.match(text, match.end()):
        return None
    path = (LETTERS.index(number) + 1,) if number in LETTERS else _numbers(number)
    depth = _OUTER.get(word, depths.PART + len(path) - 1)
    marker = _marker(match, f"part:{word}", depth, path, word)
    inserted = _INSERTED.match(text, match.end()) if marker.says_article else None
    return _with_inserted(marker, text, inserted) if inserted else marker


def _with_inserted(marker: Marker, text: str, inserted: re.Match[str]) -> Marker:
    """The marker of an article with the number or word that follows its number; it is as far out as other articles."""
    behind_it = _marker(inserted, marker.family, marker.depth, ())
    order = _numbers(inserted["number"])[0] if inserted["number"] else wordings("inserted").index(inserted["word"]) + 2
    return replace(marker, text=text[: inserted.end()].strip(), end=behind_it.end, path=(*marker.path, order))


def _decimal(text: str, start: int) -> Marker | None:
    match = _DECIMAL.match(text, start)
    if not match:
        return None
    number, end = arabic_digits(match["number"]), match["end"] or ""
    parts = number.split(".")
    # 09.30 and 13.00 are times; 1.05 and 74.34 are amounts; a bare number needs a stop or a bracket after it.
    if any(len(part) > 1 and part.startswith("0") for part in parts) or "0" in parts:
        return None
    single = len(parts) == 1
    if (single and not end) or (not single and max(map(int, parts)) > _HIGHEST):
        return None
    if not end and _NOT_AFTER_NUMBER.match(text[match.end() :].lstrip()):
        return None
    family = "closed" if end.endswith(")") else "decimal"
    base = depths.CLOSED if family == "closed" else depths.DECIMAL
    return _marker(match, f"{family}:{len(parts)}", base + len(parts) - 1, _numbers(number))


def _closed(text: str, start: int) -> Marker | None:
    match = _CLOSED.match(text, start)
    if not match:
        return None
    path = _numbers(match["number"])
    return _marker(match, f"brackets:{len(path)}", depths.BRACKETS + len(path) - 1, path)


def _letter(text: str, start: int) -> Marker | None:
    match = _LETTER.match(text, start)
    if not match or (match["open"] and match["end"] != ")"):
        return None
    # Without a space after the stop, it is usually an abbreviation (จ.ตาก, ก.ล.ต.).
    if match["end"] == "." and not text[match.end() : match.end() + 1].isspace():
        return None
    family = "letter-brackets" if match["open"] else f"letter{match['end']}"
    return _marker(match, family, depths.LETTER, (LETTERS.index(match["number"]) + 1,))


def _swot(text: str, start: int) -> Marker | None:
    match = _SWOT.match(text, start)
    if not match:
        return None
    number = match["number"]
    return replace(_marker(match, f"swot:{number[0]}", depths.LETTER, _numbers(number[1:])), text=number)


def _latin(text: str, start: int) -> Marker | None:
    match = _LATIN.match(text, start)
    if not match or (match["open"] and match["end"] != ")"):
        return None
    number = match["number"].lower()
    value = ord(number) - ord("a") + 1 if number in "abcdefgh" else _roman(number)
    return _marker(match, "latin", depths.LATIN, (value,))


def _roman(number: str) -> int:
    values = [_ROMAN[digit] for digit in number]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _bullet(text: str, start: int) -> Marker | None:
    match = _BULLET.match(text, start)
    if not match or (match.group() in _DASHES and text.rstrip()[match.end() :].endswith(f" {match.group()}")):
        return None
    return _marker(match, f"bullet:{match.group()}", depths.BULLET, ())


def predecessor(marker: Marker) -> str:
    """The marker before `marker` in its list, as it would be printed; `marker` has a number above 1.

    >>> [predecessor(marker) for text in ("2) ...", "(ข) ...", "iv) ...") if (marker := marker_of(text))]
    ['1)', '(ก)', 'iii)']
    """
    return _neighbour(marker, -1)


def successor(marker: Marker) -> str:
    """The marker after `marker`, which has a number, in its list, as it would be printed.

    >>> [successor(marker) for text in ("๑. ...", "(ข) ...") if (marker := marker_of(text))]
    ['๒.', '(ค)']
    """
    return _neighbour(marker, 1)


def _neighbour(marker: Marker, step: int) -> str:
    *_, number = _NUMBER.finditer(marker.text)
    printed = _as_printed(marker.path[-1] + step, number.group())
    return marker.text[: number.start()] + printed + marker.text[number.end() :]


def _as_printed(value: int, like: str) -> str:
    """`value` in the script of the number `like`."""
    if like.isdigit():
        return str(value) if like.isascii() else thai_digits(str(value))
    if like in LETTERS:
        return LETTERS[min(value, len(LETTERS)) - 1]  # after the last letter there is none
    if like.lower() in "abcdefgh":
        return chr(ord("A" if like.isupper() else "a") + value - 1)
    tens, ones = divmod(value, 10)
    return "x" * tens + _ROMAN_ONES[ones]


def follows(marker: Marker, before: Marker) -> bool:
    """Whether `marker` comes right after `before` in one list: 3) after 2), ข. after ก., a bullet after a bullet."""
    if marker.family != before.family:
        return False
    if not marker.path:
        return True
    return marker.path[:-1] == before.path[:-1] and marker.path[-1] == before.path[-1] + 1


def boxed_item(text: str) -> int:
    """Where the first item of a box begins after the label of what the box lists; 0 if `text` does not open a box.

    >>> boxed_item("กลยุทธ์ : 1. ขยายการประชาสัมพันธ์")
    10
    """
    match = _BOXED.match(text)
    return match.end() if match else 0


def behind(text: str, marker: Marker | None) -> str:
    """The text after its number `marker`; the whole text if there is none."""
    return text[marker.end :] if marker else text


def takes_a_number(text: str) -> bool:
    """Whether a text ends with a word that takes a number after it: `ปีงบประมาณ`, `ครั้งที่`, `มาตรา`."""
    return bool(_TAKES_A_NUMBER.search(text))
