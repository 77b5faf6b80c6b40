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
_LONGEST_MARKER = 40
"""Characters from the beginning of a marker in which it is looked for."""
_ANNOUNCED = Wording(pattern=r"(?:<as_follows>|พบว่า|[:：])\s*$")
# Problems or proposals that are named one by one: the last words only link them with the items.
_ANNOUNCED_SUBJECT = Wording(pattern=r"(?:ปัญหา|<problem>|<proposal>).{0,60}(?:<as_follows>|<namely>|<for_example>) ?$")
_NAMES_ONE_BY_ONE = Wording("namely", "for_example", pattern=r"<words>\s*$")
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

PlacedMarker = tuple[int, Marker]
"""A marker, after the offset at which it begins."""
Opening = Literal["head", "announced", "counted", "decision", "proposal"]
"""How a list begins: at the head of the paragraph, or after words of such a kind."""


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
    markers = _first_list(text)
    if not markers:
        return None
    starts, last = [at for at, _ in markers], markers[-1][1]
    before = text[: starts[0]]
    opens = _opens(before, last)
    if opens is None:
        return None
    items = tuple(_part(paragraph, start, end) for start, end in pairwise([*starts, len(text)]))
    if not _long_enough(items, before):
        return None
    ordinal = last.family == "ordinal"
    if opens != "proposal" or ordinal:
        intro = _part(paragraph, 0, starts[0]) if before else None
        return RunOn(intro, items, "announced" if opens == "proposal" else opens, ordinal)
    at = _opening(before)
    opening = _part(paragraph, at, starts[0])
    sentences = tuple(_read_with(opening, item) for item in items)
    return RunOn(_part(paragraph, 0, at) if at else None, sentences, opens, ordinal)


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
    outer, marker = opening.marker, item.marker
    if marker is None:
        return item
    before, rest = opening.behind(outer.end if outer else 0), item.behind(marker.end)
    shift = len(before.text) + 1
    moved = tuple(replace(span, start=span.start + shift, end=span.end + shift) for span in rest.spans)
    numbers = " ".join(part.text for part in (outer, marker) if part and part.path)
    return replace(
        rest,
        text=f"{before.text} {rest.text}",
        spans=before.spans + moved,
        marker=replace(marker if marker.path or outer is None else outer, text=numbers, end=0),
    )


def _first_list(text: str) -> list[PlacedMarker]:
    """The markers of the first list in `text`, each of which follows the one before it; empty if there is no list.

    A paragraph that is itself an item may hold a list: its own number is not followed by the next within it.
    """
    runs: dict[tuple[str, tuple[int, ...]], list[PlacedMarker]] = {}
    for at, marker in _numbers(text):
        run = runs.setdefault((marker.family, marker.path[:-1]), [])
        if run and follows(marker, run[-1][1]):
            run.append((at, marker))
        elif marker.path[-1] == 1 and len(run) < 2:
            run[:] = [(at, marker)]
    lists = [run for run in runs.values() if len(run) > 1]
    if lists:
        return min(lists, key=lambda run: run[0][0])
    dashes = _dashes(text)
    return dashes if len(dashes) > 1 else []


def _dashes(text: str) -> list[PlacedMarker]:
    """The dashes or bullets in `text` that are like the first one."""
    places = ((match.start(), marker_of(text[match.start() : match.end() + 1])) for match in _DASH.finditer(text))
    dashes = [(at, marker) for at, marker in places if marker]
    return [(at, marker) for at, marker in dashes if marker.family == dashes[0][1].family]


def _numbers(text: str) -> Iterator[PlacedMarker]:
    """All numbers in `text`, of any family, that could be those of items."""
    ordinal = 0
    for at in (0, *(match.start() for match in _INSIDE.finditer(text))):
        window = text[at : at + _LONGEST_MARKER]
        if window.startswith("ก.") and _NAMED.search(text[max(0, at - _REACH) : at]):
            continue
        marker = _ordinal(window, ordinal) or marker_of(window)
        if marker is not None and marker.path:
            ordinal = marker.path[-1] if marker.family == "ordinal" else ordinal
            yield at, marker


def _ordinal(text: str, before: int) -> Marker | None:
    """ประการแรก, ประการที่สอง and so on; ประการสุดท้าย follows number `before`."""
    match = _ORDINAL.match(text)
    if not match:
        return None
    if match["first"]:
        number = 1
    elif match["last"]:
        number = before + 1
    else:
        number = int(match["word"]) if match["word"].isdigit() else _NUMBERS.index(match["word"])
    return Marker(match.group(), match.end(), "ordinal", 0, (number,))


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    text = paragraph.text[start:end]
    if end < len(paragraph.text):
        text = _AND_AT_END.sub("", text)
    text = text.rstrip()
    behind = paragraph.behind(start)
    spans = tuple(replace(span, end=min(span.end, len(text))) for span in behind.spans if span.start < len(text))
    return replace(behind, text=text, spans=spans, marker=marker_of(text))
