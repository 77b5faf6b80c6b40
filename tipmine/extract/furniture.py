"""Gives lines their role on the page: running head or foot, page number, footnote, heading.

Heads and feet are recognised by repetition: the same words (numbers aside) at the same height on several pages.
Nothing is removed; later stages decide by the role.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from tipmine.digits import DIGITS
from tipmine.extract.drafts import DraftLine, DraftPage
from tipmine.records import LineRole
from tipmine.thai import CONSONANTS, COUNTING_LETTERS

MARGIN = 0.14
"""Share of the page's height at the top and at the foot in which running heads and feet are sought."""

INNER_MARGIN = 0.05
"""The same, below the first line of any page and above the last one, where no page has a line in either margin: on
sheets with crop marks, pages are in the middle. Higher: titles on such pages are taken for running heads; lower: heads
of two lines are missed."""

EDGE_LINES = 3
"""Lines from the top and from the foot that may be furniture."""

REPEATS = 3
"""Fewest pages on which a line must recur to be a running head; in short documents, all pages but one."""

SAME_HEIGHT = 1.0
"""Points by which the two ends of a running line may differ in height and in size."""

LARGER = 1.12
"""Size over body size from which a line is a heading by its size."""

TITLE_PAGES = 1 / 3
"""Share of the document's pages below which a line that recurs at their top in the largest type of the page is a title:
of a chapter whose name begins like others, of slides that go on. Higher: large running heads are read as text; lower:
such titles are lost."""

SMALLER = 0.88
"""Size over body size up to which a line at the foot is a footnote."""

MOST_OFFSET = 1_500
"""How much a printed page number may differ from the page's place in the file; beyond, it is a year."""

COMMON_SIZE = 0.5
"""Number of letters, as a share of those of the most frequent size, from which another size is running text, too."""

HEADING_LETTERS = 120
"""Longest heading in characters; a longer bold line is emphasis."""
NAMING_LETTERS = 80
"""Longest line, in characters, that counts as a running line because it ends with the number of its page."""
LONGEST_REST = 4
"""Most lines of a note that go on at the foot of the next page. Higher: small print above notes becomes one of them."""
FULL_NOTE = 2.0
"""Ems by which the last line of a note that goes on over the page end may miss the end of the longest line."""
SAME_SIZE = 0.3
"""Points by which the sizes and left edges of the lines of notes differ."""
FOOTNOTES_FROM = 0.4
"""Share of the page's height from the top below which footnotes may begin."""

_NUMBER = re.compile(f"[{DIGITS}]+")
# The printed number of a page.
_PAGE = f"[{DIGITS}]{{1,4}}"
# In the keys of `_keys`, which begin with the size of the line.
_FIRST_NUMBER = re.compile(rf"^[0-9]+ \W*({_PAGE})(?=\s|$)")
_OF_ALL = rf"(?:\s*(?:/|of|จาก)\s*{_PAGE})"
"""How many pages there are, after the number of one: `3/7`, `3 จาก 7`."""
_NUMBER_OF_ALL = re.compile(rf"(?:^|\s)({_PAGE}){_OF_ALL}\W*$", re.IGNORECASE)
# `7`, and `ฉ-7`, as pages of a summary before a report are numbered.
_LAST_NUMBER = re.compile(rf"(?:^|[\s/]|\s[{CONSONANTS}A-Z][-\u2013])({_PAGE})\W*$")
_PAGE_NUMBER = re.compile(
    rf"^[-\u2013\u2014(\[\s|]*(?:หน้า|หน้าที่|page|p\.|[{CONSONANTS}A-Z]\s?(?=-))?\s*[-\u2013\u2014]?\s*(?:{_PAGE}|[ivxlc]{{1,7}})"
    rf"{_OF_ALL}?[-\u2013\u2014)\]\s|]*$",
    re.IGNORECASE,
)
# Pages before the first chapter are counted with letters, ก ข ค ง; some people count ก ข ค ฆ ง.
_ALPHABETS = (COUNTING_LETTERS, COUNTING_LETTERS.replace("ง", "ฆง"))
_PAGE_LETTER = re.compile(rf"^[-\u2013\u2014(\[\s|]*([{_ALPHABETS[1]}])[-\u2013\u2014)\]\s|]*$")
# What a browser prints at the edges of a page: the day and the address, with the title or the page beside it.
_BROWSER = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?: ?[AP]M)?(?:\s|$)"
    r"|(?:https?|file)://\S+(?: [0-9]+/[0-9]+)?$"
)
_NAMED_PAGE = re.compile(rf"(?:หน้า|หน้าที่|page)\s*({_PAGE}){_OF_ALL}?\s*$", re.IGNORECASE)
_NOTE_MARK = re.compile(rf"^(?:[{DIGITS}]{{1,3}}|[*\u2020\u2021]{{1,3}})[\s)]?\s*\S")


class _Margins(NamedTuple):
    """Shares of a page's height above which running heads are sought, and below which running feet are."""

    head: float
    foot: float


def assign_roles(pages: Sequence[DraftPage]) -> None:
    """Gives the lines of a document's pages their roles, in place."""
    body = _body_size(pages)
    margins = _margins(pages)
    repeated = _repeated(pages, margins)
    ways: list[_Way] = [_number_of, *(partial(_letter_of, alphabet=alphabet) for alphabet in _ALPHABETS)]
    counts = [(way, _page_offset(pages, margins, way)) for way in ways]
    notes: Sequence[DraftLine] = ()
    for page in pages:
        by_height = sorted((line for line in page.lines if line.box), key=_top)
        for line in by_height:
            larger = body > 0 and line.size >= LARGER * body
            if line.role == "body" and _may_head(line) and (line.bold or line.underlined or larger):
                line.role = "heading"
        largest = max((line.size for line in by_height), default=0.0)
        titles = [line for line in by_height if 0 < LARGER * body <= line.size and line.size >= largest]
        _mark_edges(page, _edges(page, margins), by_height, repeated, counts, titles=titles, pages=len(pages))
        notes = _mark_footnotes(by_height, body, page.height, notes)


def _top(line: DraftLine) -> float:
    return line.box[1] if line.box else 0.0


def _left(line: DraftLine) -> float:
    return line.box[0] if line.box else 0.0


def _body_size(pages: Sequence[DraftPage]) -> float:
    """The size of running text: the most frequent one, by letters, outside tables; the largest of near equals.

    0 if no line has a size, as in a scan: OCR gives none.
    """
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.size:
                sizes[round(line.size, 1)] += len(line.text) if line.role == "body" else 0
    if not sizes:
        return 0.0
    most = max(sizes.values())
    return max(size for size, count in sizes.items() if count >= COMMON_SIZE * most)


def _number_of(text: str) -> int | None:
    """The number of a line that is a page number, as `- 3 -`; None for any other line, and for Roman numerals."""
    hit = _NUMBER.search(text) if _PAGE_NUMBER.match(text) else None
    return int(hit.group()) if hit else None


def _letter_of(text: str, alphabet: str) -> int | None:
    """The number of a line that has a letter as page number: 1 for the alphabet's first; None for other lines."""
    hit = _PAGE_LETTER.match(text)
    return alphabet.index(hit.group(1)) + 1 if hit and hit.group(1) in alphabet else None


_Way = Callable[[str], int | None]
"""A way of counting pages: gives the number in a line, or None if the line holds no number of this kind."""
_Count = tuple[_Way, int | None]
"""A way of counting pages, and by how much it is ahead of the pages of the file."""


def _page_offset(pages: Sequence[DraftPage], margins: _Margins, counted: _Way) -> int | None:
    """The printed page number minus the page's place in the file, as on most pages; None if they have no numbers."""
    offsets: Counter[int] = Counter()
    for page in pages:
        printed = (counted(line.text.strip()) for line in chain(*_edges(page, margins)))
        ahead = {number - page.number for number in printed if number is not None}
        offsets.update(offset for offset in ahead if abs(offset) <= MOST_OFFSET)
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= 2 or len(pages) <= 2 else None


def _may_head(line: DraftLine) -> bool:
    text = line.text.strip()
    return 0 < len(text) <= HEADING_LETTERS and any(letter.isalpha() for letter in text)


def _keys(line: DraftLine, page: DraftPage, edge: Sequence[DraftLine]) -> list[tuple[str, int]]:
    """Keys that are equal for lines that are the same head or foot: words, size and height.

    The words are those of all lines of this `edge` that are beside each other: above columns of text, the left and the
    right end of a head are separate lines. A number at the beginning or the end may count along with the pages; inside
    a line it belongs to the text.
    """
    height = round(_top(line) / max(page.height, 1) * 50)
    beside = sorted((other for other in edge if _beside(line, other)), key=_left)
    text = f"{round(line.size)} {' '.join(other.text.strip() for other in beside)}"
    keys = [text]
    for pattern in (_FIRST_NUMBER, _LAST_NUMBER, _NUMBER_OF_ALL):
        hit = pattern.search(text)
        if hit:
            offset = int(hit.group(1)) - page.number
            keys.append(f"{text[: hit.start(1)]}#{offset}{text[hit.end(1) :]}")
    return [(key, height) for key in keys]


def _beside(line: DraftLine, other: DraftLine) -> bool:
    """Whether two lines are at one height and of one size; a line counts as beside itself."""
    return abs(_top(line) - _top(other)) <= SAME_HEIGHT and abs(line.size - other.size) <= SAME_HEIGHT


def _margins(pages: Sequence[DraftPage]) -> _Margins:
    """How far the margins of a document's pages reach, see `MARGIN` and `INNER_MARGIN`."""
    boxes = [(line.box, page.height) for page in pages for line in page.lines if line.box and page.height > 0]
    highest = min((box[1] / height for box, height in boxes), default=0.0)
    lowest = max((box[3] / height for box, height in boxes), default=1.0)
    if len(pages) < REPEATS or highest < MARGIN or lowest > 1 - MARGIN:
        return _Margins(MARGIN, 1 - MARGIN)
    return _Margins(highest + INNER_MARGIN, lowest - INNER_MARGIN)


def _edges(page: DraftPage, margins: _Margins) -> tuple[list[DraftLine], list[DraftLine]]:
    """The lines nearest to the top and to the foot, within the margins."""
    lines = sorted((line for line in page.lines if line.box and line.role != "table"), key=_top)
    head = [line for line in lines[:EDGE_LINES] if line.box and line.box[1] < margins.head * page.height]
    foot = [line for line in lines[-EDGE_LINES:] if line.box and line.box[3] > margins.foot * page.height]
    return head, foot


def _repeated(pages: Sequence[DraftPage], margins: _Margins) -> dict[tuple[str, int], int]:
    """The keys of lines that recur on enough pages, with the number of these pages."""
    counts: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for text, height in (key for edge in _edges(page, margins) for line in edge for key in _keys(line, page, edge)):
            for near in (height - 1, height, height + 1):
                counts[text, near].add(page.number)
    needed = max(2, min(REPEATS, len(pages) - 1))
    return {key: len(where) for key, where in counts.items() if len(where) >= needed}


def _mark_edges(
    page: DraftPage,
    edges: tuple[list[DraftLine], list[DraftLine]],
    by_height: Sequence[DraftLine],
    repeated: Mapping[tuple[str, int], int],
    counts: Sequence[_Count],
    *,
    titles: Sequence[DraftLine],
    pages: int,
) -> None:
    """Marks the running lines and page numbers of a page; `titles` are its lines in large type, of `pages` pages."""
    head, foot = edges
    by_role: tuple[tuple[list[DraftLine], LineRole], ...] = ((head, "running_head"), (foot, "running_foot"))
    for lines, role in by_role:
        for line in lines:
            text = line.text.strip()
            if len(by_height) > 1 and (_PAGE_NUMBER.match(text) or _PAGE_LETTER.match(text)):
                if _counts_pages(text, page.number, counts):
                    line.role = "page_number"
                continue
            recurs = max(repeated.get(key, 0) for key in _keys(line, page, lines))
            is_title = role == "running_head" and line in titles and recurs < TITLE_PAGES * pages
            if (recurs and not is_title) or _of_its_edge(text, page.number):
                line.role = role


def _counts_pages(text: str, place: int, counts: Sequence[_Count]) -> bool:
    """Whether a number is that of the page at `place` in the file, as most pages are counted; Roman ones always are."""
    numbers = [(number, offset) for way, offset in counts if (number := way(text)) is not None]
    return not numbers or any(number - place == offset for number, offset in numbers)


def _of_its_edge(text: str, number: int) -> bool:
    """Whether a line shows by itself that it is a running line, though it appears on one page only."""
    return bool(_BROWSER.match(text)) or _names_page(text, number)


def _names_page(text: str, number: int) -> bool:
    """Whether a short line ends by naming this page, as do running lines that appear on one page only."""
    hit = _NAMED_PAGE.search(text)
    return hit is not None and len(text) <= NAMING_LETTERS and int(hit.group(1)) == number


def _mark_footnotes(
    by_height: Sequence[DraftLine], body: float, height: float, above: Sequence[DraftLine]
) -> Sequence[DraftLine]:
    """Marks small lines at the foot of the page or of a column, from the first that begins with a note mark.

    A full last line of the notes of the page before (`above`) may go on in lines of its size without a mark. Gives the
    lines that were marked, from the top.
    """
    run: list[DraftLine] = []
    ended: list[tuple[float, float]] = []  # from where to where there is other text below
    for line in reversed(by_height):
        if not line.box or line.role in ("page_number", "running_foot"):
            continue
        if line.box[1] < FOOTNOTES_FROM * height:
            break
        if any(left < line.box[2] and line.box[0] < right for left, right in ended):
            continue
        if line.role == "body" and 0 < line.size <= SMALLER * body:
            run.append(line)
        else:
            ended.append((line.box[0], line.box[2]))
    while run and not _NOTE_MARK.match(run[-1].text) and not _goes_on(above, run):
        run.pop()
    for line in run:
        line.role = "footnote"
    return run[::-1]


def _goes_on(above: Sequence[DraftLine], run: Sequence[DraftLine]) -> bool:
    """Whether the lines of `run`, from the foot up, begin with the rest of the last note of the page before."""
    marks = (at for at, line in enumerate(reversed(run)) if _NOTE_MARK.match(line.text))
    if not above or next(marks, len(run)) > LONGEST_REST:
        return False
    last, first = above[-1], run[-1]
    right = max(line.box[2] for line in above if line.box)
    is_full = last.box is not None and last.box[2] > right - FULL_NOTE * last.size
    return is_full and abs(last.size - first.size) <= SAME_SIZE and _left(first) >= min(map(_left, above)) - SAME_SIZE
