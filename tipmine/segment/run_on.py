"""Run-on lists: lists written within one paragraph.

Their items are marked as `1) ... 2) ...`, `ก. ... ข. ...`, ประการแรก ... ประการที่สอง ... or `- ... - ...`.

Such a paragraph is split only if its markers follow each other from the first on, and if a list can begin where the
first marker is: at the head of the paragraph (except dashes), after words that announce a list or count its items
(มีข้อจำกัดหลายประการ), after a decision (มีมติ), or after a proposal whose sentence the items complete (เสนอให้รัฐบาล
1) ... 2) ...). An enumeration within another sentence (มีสามด้าน คือ 1) ด้านคน 2) ด้านเงิน, มีวัตถุประสงค์เพื่อ 1)
ศึกษา ... 2) ...) is not split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tipmine.digits import DIGITS
from tipmine.segment.characters import letters
from tipmine.segment.numbering import Marker, follows, marker_of
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.wordings import Wording

SHORTEST_PART = 12
"""Fewest letters of a part. Lower: words enumerated in a sentence become items; higher: terse items stay together."""
SHORTEST_AT_HEAD = 8
"""Fewest letters of a part if nothing or only a label precedes the list, so that no sentence enumerates words."""
USUAL_PART = 20
"""Least average number of letters of the parts where a sentence precedes them."""
LONGEST_OPENING = 80
"""Most letters of a proposal that is put before each item; of a longer one, only the words after its last space are."""
_INSIDE = re.compile(
    rf"(?:(?<=\s)|(?<=และ)|(?<=หรือ))(?=\(?[{DIGITS}]{{1,2}}[.)]|\(?[\u0e01-\u0e2e]\)|[\u0e01-\u0e2e]\.\s|ประการ)"
)
# Fewer signs than for bullets at the head of a line: arrows and small dots also occur between words.
_DASH = re.compile("(?<=\\s)[-\u2013\u2022\u25cf\u25aa](?=\\s)")
# A letter with a stop after these words stands for a name: นาย ก. และนาย ข.
_NAMED = Wording("takes_letter", pattern=r"<words>\s*$")
_REACH = 12
"""Characters before the letter that are searched for such a word."""
_ANNOUNCED = Wording(pattern=r"(?:<as_follows>|พบว่า|[:：])\s*$")
# Introduces what is named one by one: these words only link it with its items.
_ANNOUNCED_SUBJECT = Wording(pattern=r"(?:ปัญหา|<problem>|<proposal>).{0,60}(?:<as_follows>|<namely>) ?$")
_NAMES_ONE_BY_ONE = Wording("namely", pattern=r"<words>\s*$")
"""Only before dashes: numbers also enumerate words within a sentence."""
_NUMBERS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
"""The numbers from 1 to 10 in words, each at its own index."""
_NUMBER_WORD = "|".join(_NUMBERS[1:])
# Not with all words that `numbering` takes for counts: มีสามด้าน คือ 1) ด้านคน 2) ด้านเงิน names words within a sentence.
_COUNTED = Wording(
    pattern=rf"(?:หลาย|[{DIGITS}]{{1,2}}|{_NUMBER_WORD}) ?<counted>(?:หลัก|สำคัญ|ใหญ่)?"
    r" ?(?:<as_follows>|(?:กล่าว)?<namely>)? ?[:：]? ?$"
)
_DECIDES = Wording(
    pattern=r"(?<!ตาม)(?<!จาก)(?<!สม)มติ(?:ที่ประชุม)?(?:เห็นชอบ|อนุมัติ|รับทราบ|กำหนด)? ?<as_follows>? ?[:：]? ?$"
)
_LABEL = re.compile(r"^[^:：]{0,40} ?[:：] ?$")
# A proposal and whom it addresses; the items say what is proposed.
_PROPOSES = Wording(
    pattern=r"(?:(?:เสนอ|แนะนำ|เรียกร้อง|ขอ)(?:แนะ|ขอ)?(?:(?:ต่อ|ไปยัง)\S{2,60}?)?ให้\S{0,80}"
    r"|\S{0,80}(?<!สม)(?<!พอ)ควร(?:จะ|ต้อง|มี|ให้|เร่ง)?(?:ดำเนิน(?:การ|งาน))?)(?<!ข้อ)(?<!ที่)(?<!ตาม)"
    r" ?<as_follows>? ?:? ?$"
)
_AND_AT_END = re.compile(r"\s*(?:และ|หรือ|,|;)\s*$")
_ORDINAL = re.compile(rf"ประการ(?:(?P<first>แรก)|ที่ ?(?P<word>{_NUMBER_WORD}|[{DIGITS}])|(?P<last>สุดท้าย))")


Opening = Literal["head", "announced", "counted", "decision", "proposal"]


@dataclass(frozen=True, slots=True)
class RunOn:
    """A run-on list: the text before it, its items, and how it begins."""

    intro: Paragraph | None
    """None if the list is at the head, or if `opens` is a proposal and all of it is put before the items."""
    items: tuple[Paragraph, ...]
    opens: Opening
    ordinal: bool = False
    """Whether its items are counted in words: ประการแรก, ประการที่สอง."""


def run_on(paragraph: Paragraph) -> RunOn | None:
    """The run-on list in a paragraph, or None."""
    text = paragraph.text
    starts, last = _starts(text)
    opens = _opens(text[: starts[0]], last) if last else None
    if opens is None or last is None:
        return None
    edges = [*starts, len(text)]
    items = tuple(_part(paragraph, start, end) for start, end in pairwise(edges))
    if not _long_enough(items, text[: starts[0]]):
        return None
    ordinal = last.family == "ordinal"
    if opens != "proposal" or ordinal:
        intro = _part(paragraph, 0, starts[0]) if starts[0] else None
        return RunOn(intro, items, "announced" if opens == "proposal" else opens, ordinal)
    at = _opening(text[: starts[0]])
    opening = _part(paragraph, at, starts[0])
    whole = tuple(_read_with(opening, item) for item in items)
    return RunOn(_part(paragraph, 0, at) if at else None, whole, opens, ordinal)


def _opens(before: str, marker: Marker) -> Opening | None:
    """How a list with such markers begins after the words `before`; None if it cannot."""
    dashes = not marker.path
    if not before.strip():
        return None if dashes else "head"
    if _PROPOSES.search(before):
        return "proposal"
    if _DECIDES.search(before):
        return "decision"
    if _COUNTED.search(before):
        return "counted"
    announced = _ANNOUNCED.search(before) or _ANNOUNCED_SUBJECT.search(before)
    return "announced" if announced or (dashes and _NAMES_ONE_BY_ONE.search(before)) else None


def _long_enough(items: Sequence[Paragraph], before: str) -> bool:
    """Whether each item is long enough to be one after the words `before`."""
    counts = [letters(item.text[item.marker.end if item.marker else 0 :]) for item in items]
    if not before.strip() or any(words.search(before) for words in (_LABEL, _ANNOUNCED_SUBJECT, _COUNTED)):
        return min(counts) >= SHORTEST_AT_HEAD
    return min(counts) >= SHORTEST_PART and sum(counts) >= USUAL_PART * len(counts)


def _opening(before: str) -> int:
    """Where the proposal that is put before each item begins."""
    if letters(before) <= LONGEST_OPENING:
        return 0
    proposal = _PROPOSES.search(before)
    return before.rfind(" ", 0, proposal.start()) + 1 if proposal else 0


def _read_with(opening: Paragraph, item: Paragraph) -> Paragraph:
    """An item after the words whose sentence it completes; the numbers of both go into the marker."""
    marker, own = item.marker, opening.marker
    if marker is None:
        return item
    before, rest = opening.behind(own.end if own else 0), item.behind(marker.end)
    shift = len(before.text) + 1
    moved = tuple(replace(span, start=span.start + shift, end=span.end + shift) for span in rest.spans)
    number = " ".join(part.text for part in (own, marker) if part and part.path)
    marker = marker if marker.path or own is None else own
    return replace(
        rest,
        text=f"{before.text} {rest.text}",
        spans=before.spans + moved,
        marker=replace(marker, text=number, end=0),
    )


def _starts(text: str) -> tuple[list[int], Marker | None]:
    """Where the parts of the first list in `text` begin, each with a marker that follows the last; and the last marker.

    A paragraph that is itself an item may hold a list: its own number is not followed by the next within it.
    """
    runs: dict[tuple[str, tuple[int, ...]], list[tuple[int, Marker]]] = {}
    for at, marker in _markers(text):
        run = runs.setdefault((marker.family, marker.path[:-1]), [])
        if run and follows(marker, run[-1][1]):
            run.append((at, marker))
        elif marker.path[-1] == 1 and len(run) < 2:
            run[:] = [(at, marker)]
    lists = [run for run in runs.values() if len(run) > 1]
    first = min(lists, key=lambda run: run[0][0], default=[]) or _dashes(text)
    return [at for at, _ in first], first[-1][1] if len(first) > 1 else None


def _dashes(text: str) -> list[tuple[int, Marker]]:
    markers = ((found.start(), marker_of(text[found.start() : found.end() + 1])) for found in _DASH.finditer(text))
    bullets = [(at, marker) for at, marker in markers if marker]
    return [(at, marker) for at, marker in bullets if marker.family == bullets[0][1].family]


def _markers(text: str) -> Iterator[tuple[int, Marker]]:
    before = 0
    for at in (0, *(found.start() for found in _INSIDE.finditer(text))):
        window = text[at : at + 40]
        if window.startswith("ก.") and _NAMED.search(text[max(0, at - _REACH) : at]):
            continue
        marker = _ordinal(window, before) or marker_of(window)
        if marker is not None and marker.path:
            before = marker.path[-1] if marker.family == "ordinal" else before
            yield at, marker


def _ordinal(text: str, before: int) -> Marker | None:
    """ประการแรก, ประการที่สอง and so on; ประการสุดท้าย follows number `before`."""
    found = _ORDINAL.match(text)
    if not found:
        return None
    word = found["word"] or ""
    number = (
        1 if found["first"] else before + 1 if found["last"] else int(word) if word.isdigit() else _NUMBERS.index(word)
    )
    return Marker(found.group(), found.end(), "ordinal", 0, (number,))


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    text = _AND_AT_END.sub("", paragraph.text[start:end]) if end < len(paragraph.text) else paragraph.text[start:end]
    text = text.rstrip()
    behind = paragraph.behind(start)
    spans = tuple(replace(span, end=min(span.end, len(text))) for span in behind.spans if span.start < len(text))
    return replace(behind, text=text, spans=spans, marker=marker_of(text))
