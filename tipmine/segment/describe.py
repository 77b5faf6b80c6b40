"""What a document says about itself: type, title, year (Buddhist era) and province.

Only fields that the corpus manifest left empty are filled in; what cannot be determined stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from tipmine.digits import DIGITS, arabic_digits
from tipmine.provinces import province_at
from tipmine.records import DocType, Document, DocumentInfo, Line
from tipmine.segment.characters import ANY_MONTH, letters, squeeze
from tipmine.segment.headings import is_fixed_heading
from tipmine.segment.layout import Layout
from tipmine.segment.numbering import marker_of
from tipmine.segment.paragraph_starts import starts_new
from tipmine.segment.paragraphs import FLOWING, join_lines
from tipmine.segment.turns import Speakers, is_talk
from tipmine.segment.wordings import Wording, wordings

_HEAD_LINES = 30
"""Lines at the head of a document in which its title, year and province are looked for."""
_TAIL_LINES = 15
"""Lines at the end of a document in which the closing of a letter is looked for."""
_SHORTEST_TITLE, _LONGEST_TITLE = 6, 200
"""Fewest and most letters of a title."""
_LINES_OF_A_MATTER = 6
"""A letter must name its addressee within this many lines, counted from the line that says what it is about."""
_TITLE_LINE = 120
"""Most letters of one line of a title."""
_LETTER_PARTS = 3
"""Fewest parts of a letter (number, date, salutation, ...) that make a document a letter."""
_PLAN_WORDS = 3.0
"""Plan words per 1,000 letters: plans have 4 to 20, reports that speak of plans 0 to 2. Lower: reports become plans."""
_REPORT_WORDS = 3
"""Fewest report words of a report whose title does not call it one."""
_LONGEST_PROVINCE = 16
"""Most letters of a province that is not on the list."""
_FIRST_YEAR, _LAST_YEAR = 2490, 2599
"""First and last year (B.E.) that is accepted as the year of a document."""
_NEAR = 120
"""How far before a year, in characters, the name of the plan to which it belongs may appear."""
_RUNS = 3
"""Fewest repetitions of a running head for it to be the title of the document."""

_CHAPTER = Wording("titled_part", "front_matter", pattern="<words>|บทนำ|หลักการและเหตุผล")
_PAGE = re.compile(rf"^(?:หน้า)?\W*[{DIGITS}]{{1,4}}\W+|\W+(?:หน้า\W*)?[{DIGITS}]{{1,3}}\W*$")
# Where and when, under a title.
_DATED = re.compile(r"(?:เมื่อ)?วัน(?:ที่|[จอพศเ]\S+)|เวลา|ณ |ระหว่างวันที่")
_REFERENCES = Wording("references", flags=re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(25[0-9]{2})(?![0-9])")
LAW_TITLE = Wording("law", "order", pattern=r"(?:ร่าง)?\s?<words>")
# A year after the name of an order is not passed over, as an order may be what the document is about.
_LAW_BEFORE = Wording("law", pattern=r"(?:<words>|ระเบียบ|พ\.ร\.บ\.|แก้ไขเพิ่มเติม).{0,120}$", flags=re.DOTALL)
# A year after these words belongs to them, unless the line begins with them: then it names the document.
_PLAN = "แผน|ยุทธศาสตร์|นโยบาย|โครงการ"
_OF_A_PLAN = re.compile(rf"(?:{_PLAN}|มติ).{{0,80}}$")
_NAMES_A_PLAN = re.compile(rf"\s*(?:\(?ร่าง\)? ?)?(?:{_PLAN})")
# A line with nothing but a resolution and its date dates a cabinet paper: `มติคณะรัฐมนตรี วันที่ 14 พฤศจิกายน 2566`.
_DATES_A_RESOLUTION = re.compile(
    rf"\s*(?:สรุป(?:ข่าว|ผล)?)?(?:การประชุม)?(?:คณะรัฐมนตรี(?:ได้)?มี)?มติ\S{{0,60}} ?(?:เมื่อ)?"
    rf"(?:วัน\S{{0,8}} ?(?:ที่)? ?)?[0-9]{{1,2}} ?(?:{ANY_MONTH}) ?(?:พ\.ศ\. ?)?$"
)
# The year of a cited text: `สมพร (2563)`, `(สมพร, 2563, น. 77)`, `สมพร. (2563). ชื่อเรื่อง`.
_CITED = re.compile(r"(?:\(|\([^()\n]{1,80}, ?)$")
_BEHIND_A_CITED_YEAR = re.compile(r"\s?(?:[),:;]|\)\.)")
_PROVINCE = re.compile(r"(?:จังหวัด|(?<![ก-๙])จ\.)\s?(?=([\u0e01-\u0e4e]{2,20}))")
_NO_PROVINCE = Wording("no_province")
_PLAN_TITLE = re.compile(r"(?:ร่าง\)?\s?)?แผน(?:ปฏิบัติ|งาน|ยุทธศาสตร์|แม่บท|พัฒนา|บูรณาการ|ระดับ|กลยุทธ์)|^ยุทธศาสตร์|สรุปแผน")
_REPORT_TITLE = re.compile(r"รายงาน|การศึกษา|วิจัย|สรุปผล|บทสรุป|สถานการณ์|ประเมินผล|วิทยานิพนธ์|ผลการดำเนิน")
_TRANSCRIPT_TITLE = re.compile(r"(?:บันทึก|ถอด(?:เทป|ความ|เสียง))[^\n]{0,20}(?:สนทนา|สัมภาษณ์)|สนทนากลุ่ม ครั้งที่")
_ABOUT, _ADDRESSED = re.compile(r"\s*เรื่อง\s+"), re.compile(r"\s*(?:กราบ)?เรียน\s")
_PLAN_CUES = Wording("plan_part", "of_a_plan")
_REPORT_CUES = Wording("of_a_report")


def describe_document(document: Document, info: DocumentInfo) -> DocumentInfo:
    """`info` with its empty fields `type`, `title`, `year_be` and `province` filled in from the document's text."""
    lines = [line for line in document.lines if line.text.strip()]
    head = [line for line in lines if line.role not in ("running_head", "running_foot", "page_number")][:_HEAD_LINES]
    speakers = Speakers(lines)
    title = info.title or _title(lines, head, speakers)
    if not info.title and _CHAPTER.match(title):
        title = _running_title(lines) or title
    doc_type = info.type or _type(lines, head, title, speakers)
    if not info.title and doc_type == "letter":
        title = _matter(head) or title
    return replace(
        info,
        title=title,
        type=doc_type,
        year_be=info.year_be if info.year_be is not None else _year(title, head),
        province=info.province or _province(title, head),
    )


def _title(lines: Sequence[Line], head: Sequence[Line], speakers: Speakers) -> str:
    """The lines styled as a title, else the largest above the first page's first heading, else the leading ones."""
    styled = [line for line in head if line.style.lower() in ("title", "ชื่อเรื่อง")]
    if styled:
        return squeeze(join_lines(styled).text)[:_LONGEST_TITLE]
    first_page = [line for line in head if line.page == head[0].page and speakers.turn_at(line.text) is None]
    top = list(takewhile(lambda line: not _is_heading(line), first_page)) or first_page
    smallest = min((line.size for line in first_page), default=0.0)
    largest = _in_largest_type(top, smallest)
    if _SHORTEST_TITLE <= letters(largest) <= _LONGEST_TITLE:
        return largest
    start = next((at for at, line in enumerate(top) if _could_be_title(line)), len(top))
    leading = _leading(top[start:], Layout(line for line in lines if line.role in FLOWING))
    if leading and letters(leading) <= _LONGEST_TITLE:
        return leading
    # A file that begins within running text is named by its first heading, if it has one.
    return next((squeeze(line.text) for line in (*first_page[len(top) :], *top) if _could_be_title(line)), "")


def _in_largest_type(top: Sequence[Line], smallest: float) -> str:
    """The first lines in the largest type of `top`; empty if this is hardly larger than the `smallest` of the page."""
    largest = max((line.size for line in top), default=0.0)
    if largest <= smallest + 1:
        return ""
    from_largest = dropwhile(lambda line: line.size <= largest - 0.5, top)
    return squeeze(join_lines(list(takewhile(lambda line: line.size > largest - 0.5, from_largest))).text)


def _matter(head: Sequence[Line]) -> str:
    """What a letter says it is about: the text up to its addressee; empty if either is missing."""
    start = next((at for at, line in enumerate(head) if _ABOUT.match(line.text)), len(head))
    below = head[start : start + _LINES_OF_A_MATTER]
    about = list(takewhile(lambda line: not _ADDRESSED.match(line.text), below))
    matter = squeeze(join_lines(about).text)
    return _ABOUT.sub("", matter) if len(about) < len(below) and letters(matter) <= _LONGEST_TITLE else ""


def _is_heading(line: Line) -> bool:
    """Whether a line is the heading of a part (by its style, number or wording) and therefore not the title."""
    marker = marker_of(line.text)
    return bool(line.style.lower().startswith("heading") or is_fixed_heading(line.text) or (marker and marker.path))


def _leading(lines: Sequence[Line], layout: Layout) -> str:
    """The first line and those that continue it: its paragraph or, if it is bold, the bold lines after it."""
    if not lines or lines[0].role not in FLOWING:
        return squeeze("".join(line.text for line in lines[:1]))
    first = lines[0]
    text = [first, *takewhile(lambda line: line.role in FLOWING and not _DATED.match(line.text), lines[1:])]
    paragraph = _first_paragraph(text, layout)
    bold = list(takewhile(lambda line: line.bold and line.style == first.style, text[len(paragraph) :]))
    if first.bold and len(paragraph) + len(bold) < len(lines):
        texts = [join_lines(paragraph).text, *(line.text for line in bold)]
        if letters("".join(texts)) <= _LONGEST_TITLE:
            return squeeze(" ".join(texts))
    return squeeze(join_lines(paragraph).text)


def _first_paragraph(lines: Sequence[Line], layout: Layout) -> list[Line]:
    paragraph = [lines[0]]
    for line in lines[1:]:
        if starts_new(paragraph, line, layout):
            break
        paragraph.append(line)
    return paragraph


def _running_title(lines: Sequence[Line]) -> str:
    """The running head or foot without page numbers, which is the title of a file that begins with a chapter."""
    running = [_PAGE.sub("", squeeze(line.text)) for line in lines if line.role in ("running_head", "running_foot")]
    text, count = Counter(running).most_common(1)[0] if running else ("", 0)
    return text if count >= _RUNS and _SHORTEST_TITLE <= letters(text) <= _LONGEST_TITLE else ""


def _could_be_title(line: Line) -> bool:
    return _SHORTEST_TITLE <= letters(line.text) <= _TITLE_LINE and not line.cells


def _type(lines: Sequence[Line], head: Sequence[Line], title: str, speakers: Speakers) -> DocType:
    if speakers.make_a_transcript or _TRANSCRIPT_TITLE.search(title) or is_talk(lines, title):
        return "transcript"
    texts = [squeeze(line.text) for line in head]
    if _is_letter([*texts, *(squeeze(line.text) for line in lines[-_TAIL_LINES:])]):
        return "letter"
    if LAW_TITLE.match(title):
        return ""
    # A report on a plan names both; its first word decides.
    report, plan = _REPORT_TITLE.search(title), _PLAN_TITLE.search(title)
    if not report and not plan:
        plan = next((match for text in texts[:6] if (match := _PLAN_TITLE.match(text))), None)
    if report and (not plan or report.start() < plan.start()):
        return "report"
    if plan:
        return "plan"
    text = "\n".join(line.text for line in lines)
    plan_words, report_words = len(_PLAN_CUES.findall(text)), len(_REPORT_CUES.findall(text))
    if plan_words > report_words and 1000 * plan_words > _PLAN_WORDS * max(letters(text), 1):
        return "plan"
    return "report" if report_words >= _REPORT_WORDS else ""


def _is_letter(texts: Sequence[str]) -> bool:
    """Whether the first and last lines of a document have enough different parts of a letter."""
    parts = (*wordings("letter_head"), *wordings("letter_part"))
    return sum(any(re.match(part, text) for text in texts) for part in parts) >= _LETTER_PARTS


def _year(title: str, head: Sequence[Line]) -> int | None:
    """The first year in the title, or else on the first pages, that is not that of a law or a plan mentioned there."""
    is_law = bool(LAW_TITLE.match(title))
    before_references = takewhile(lambda line: not _REFERENCES.fullmatch(squeeze(line.text)), head)
    for text in (title, "\n".join(line.text for line in before_references)):
        plain = arabic_digits(text)
        for match in _YEAR.finditer(plain):
            year = int(match[1])
            before = plain[: match.start()]
            if not _FIRST_YEAR <= year <= _LAST_YEAR or (not is_law and _LAW_BEFORE.search(before)):
                continue
            line_before, line_behind = before.rpartition("\n")[2], plain[match.end() :].partition("\n")[0]
            if text == title or not _is_of_another(line_before, line_behind):
                return year
    return None


def _is_of_another(before: str, behind: str) -> bool:
    """Whether a year belongs to a plan, a resolution or a cited text, by the line `before` and `behind` it."""
    if _CITED.search(before) and _BEHIND_A_CITED_YEAR.match(behind):
        return True
    if _NAMES_A_PLAN.match(before) or (_DATES_A_RESOLUTION.match(before) and not behind.strip()):
        return False
    return bool(_OF_A_PLAN.search(before[-_NEAR:]))


def _province(title: str, head: Sequence[Line]) -> str:
    """The only province named in the title, or else the only listed one named on the first pages.

    A name that is not on the list counts only in a title: in running text, any word may follow จังหวัด.
    """
    for text in (title, "\n".join(line.text for line in head)):
        names = {
            province_at(match[1]) or (_new_name(match[1], match.end(1), text) if text == title else "")
            for match in _PROVINCE.finditer(text)
        } - {""}
        if names:
            return names.pop() if len(names) == 1 else ""
    return ""


def _new_name(run: str, end: int, text: str) -> str:
    """A name that is not on the list: a run of Thai letters after จังหวัด that ends at a space or a sign; else empty."""
    # At the end of a printed line a name may go on; before a number it is a word (จังหวัดชายแดน 5 จังหวัด).
    is_whole = end >= len(text) or re.match(r" (?!\s*[0-9])|[().,]|[^\S\n]*พ\.ศ\.", text[end:])
    return run if is_whole and letters(run) <= _LONGEST_PROVINCE and not _NO_PROVINCE.match(run) else ""
