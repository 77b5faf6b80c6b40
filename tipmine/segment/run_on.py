"""Lists that are written on in one paragraph, as `1) ... 2) ... 3) ...` or ประการแรก ... ประการที่สอง ...

Such a paragraph is taken apart only if its markers follow each other from the first on, and if a list can begin where
the first one stands: at the head of the paragraph, or behind words that announce a list. An enumeration within a
sentence (มีสามด้าน คือ 1) ด้านคน 2) ด้านเงิน) stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tipmine.segment.numbering import Marker, follows, marker_of
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.thai import DIGITS, letters

SHORTEST_PART = 20
"""Letters of a part. Lower: words that are enumerated in a sentence become items; higher: terse items stay together."""
_INSIDE = re.compile(rf"(?<=\s)(?=\(?[{DIGITS}]{{1,2}}[.)]|\(?[\u0e01-\u0e2e]\)|ประการ)")
_ANNOUNCED = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|[:：])\s*$")
_ORDINAL = re.compile(rf"ประการ(?:(?P<first>แรก)|ที่ ?(?P<word>หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|[{DIGITS}])|(?P<last>สุดท้าย))")
_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด")


def parts_of(paragraph: Paragraph) -> list[Paragraph]:
    """The parts of a list written on in one paragraph, with what introduces it first; else the paragraph alone."""
    starts = _starts(paragraph.text)
    if len(starts) < 2 or not (starts[0] == 0 or _ANNOUNCED.search(paragraph.text[: starts[0]])):
        return [paragraph]
    edges = [*([0] if starts[0] else []), *starts, len(paragraph.text)]
    parts = [_part(paragraph, start, end) for start, end in pairwise(edges)]
    listed = parts[len(parts) - len(starts) :]
    return parts if all(letters(part.text) >= SHORTEST_PART for part in listed) else [paragraph]


def _starts(text: str) -> list[int]:
    """Where the parts of a list begin in `text`: the first marker, and each one that follows the one before it."""
    starts: list[int] = []
    last: Marker | None = None
    for at, marker in _markers(text):
        if (last is None and marker.path[-1] == 1) or (last is not None and follows(marker, last)):
            starts.append(at)
            last = marker
    return starts


def _markers(text: str) -> Iterator[tuple[int, Marker]]:
    before = 0
    for at in (0, *(found.start() for found in _INSIDE.finditer(text))):
        window = text[at : at + 40]
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
        1 if found["first"] else before + 1 if found["last"] else int(word) if word.isdigit() else _WORDS.index(word)
    )
    return Marker(found.group(), found.end(), "ordinal", 0, (number,))


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    text = paragraph.text[start:end].rstrip()
    behind = paragraph.behind(start)
    spans = tuple(replace(span, end=min(span.end, len(text))) for span in behind.spans if span.start < len(text))
    return replace(behind, text=text, spans=spans, marker=marker_of(text))
