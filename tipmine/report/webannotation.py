"""W3C Web Annotations (JSON-LD): each tag is an annotation located by page, quotation and position.

Quotation and page remain valid if the document is extracted again; the position is in code points of the text that
`tipmine extract --text` prints, and is left out if the passage is not found there letter for letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid5

from tipmine import __version__
from tipmine.records import Passage, Tagging
from tipmine.report.codetree import NAMESPACE
from tipmine.report.files import replacing_file
from tipmine.report.labels import label
from tipmine.store.decisions import active, apply_to_taggings
from tipmine.store.fields import KIND
from tipmine.store.run import Run

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"tipmine": "urn:tipmine:"}]
_PAGE_RULES = "http://tools.ietf.org/rfc/rfc8118"
_AROUND = 32
"""Code points before and after a quotation that distinguish it from the same words elsewhere."""

_MACHINE = "model"
"""The creator of a tag that no person gave."""

Item = dict[str, Any]


def write_annotations(run: Run, path: Path) -> None:
    """Write an AnnotationPage with one annotation per line. Raises RunError if it cannot be written."""
    with replacing_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        head = {"@context": _CONTEXT, "id": "urn:tipmine:annotations", "type": "AnnotationPage"}
        stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [')
        comma = "\n"
        for item in items_of(run):
            stream.write(comma + json.dumps(item, ensure_ascii=False))
            comma = ",\n"
        stream.write("\n]}\n")


def items_of(run: Run) -> Iterator[Item]:
    """The annotations of a run in document order: for each passage, one for its kind, each pillar and each actor."""
    decided = active(run.connection)
    for info in run.documents():
        taggings = apply_to_taggings(run.machine_taggings(doc=info.doc), decided)
        passages = run.passages(doc=info.doc)
        places = _Places(run, info.doc, passages)
        for at, passage in enumerate(passages):
            tagging = taggings[passage.id]
            if tagging.kind == "other":
                continue
            around = (passages[at - 1].text if at else "", passages[at + 1].text if at + 1 < len(passages) else "")
            decision = decided.get(passage.id, {}).get(KIND)
            yield from _passage_items(passage, tagging, decision.reviewer if decision else _MACHINE, places, around)
            for tag in tagging.actors:
                bodies = [_body(tag.name, tag.actor, tag.score), _body(label("role", tag.role), tag.role, tag.score)]
                span = (tag.start, tag.end)
                yield _item(passage, f"{tag.start}:{tag.end}", bodies, tag.by, _target(passage, span, places, around))


def _passage_items(
    passage: Passage, tagging: Tagging, kind_by: str, places: _Places, around: tuple[str, str]
) -> Iterator[Item]:
    """An annotation for each statement about a whole passage, since each may have a different creator."""
    target = _target(passage, (0, len(passage.text)), places, around)
    yield _item(passage, "kind", [_body(label("kind", tagging.kind), tagging.kind, None)], kind_by, target)
    for tag in tagging.pillars:
        yield _item(passage, tag.code, [_body(label("pillar", tag.code), tag.code, tag.score)], tag.by, target)


def _item(passage: Passage, part: str, bodies: list[Item], by: str, target: Item) -> Item:
    machine = by == _MACHINE
    creator = {"type": "Software", "name": f"tipmine {__version__}"} if machine else {"type": "Person", "name": by}
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE, f'annotation|{passage.id}|{part}')}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": creator,
        "body": bodies,
        "target": target,
    }


def _body(words: str, code: str, score: float | None) -> Item:
    body: Item = {"type": "TextualBody", "purpose": "tagging", "value": words, "language": "th"}
    if code:
        body["tipmine:code"] = code
    return body if score is None else body | {"tipmine:score": round(score, 4)}


def _target(passage: Passage, span: tuple[int, int], places: _Places, around: tuple[str, str]) -> Item:
    start, end = span
    before, after = around[0] + "\n" + passage.text[:start], passage.text[end:] + "\n" + around[1]
    quotation: Item = {
        "type": "TextQuoteSelector",
        "exact": passage.text[start:end],
        "prefix": before[-_AROUND:],
        "suffix": after[:_AROUND],
    }
    selectors: list[Item] = [quotation]
    position = places.find(passage, start, end)
    if position:
        selectors.append({"type": "TextPositionSelector", "start": position[0], "end": position[1]})
    if passage.page:
        page = {"type": "FragmentSelector", "conformsTo": _PAGE_RULES, "value": f"page={passage.page}"}
        selectors.insert(0, page | {"refinedBy": quotation})
    return {"type": "SpecificResource", "source": quote(passage.doc), "selector": selectors}


class _Places:
    """Where the passages of a document are in its plain text."""

    def __init__(self, run: Run, doc: str, passages: Sequence[Passage]) -> None:
        at = 0
        lines: dict[tuple[int, int], _PlacedLine] = {}
        for number, page in enumerate(run.pages(doc)):
            at += 1 if number else 0  # the form feed between pages
            for line in run.lines(doc, page.number):
                lines[(line.page, line.number)] = _PlacedLine(at, line.text)
                at += len(line.text) + 1
        self._starts: Mapping[str, tuple[int | None, ...]] = {
            passage.id: tuple(
                lines[span.page, span.line].take(passage.text[span.start : span.end])
                if (span.page, span.line) in lines
                else None
                for span in passage.lines
            )
            for passage in passages
        }
        """Passage id -> for each of its spans, the offset of its text; None if it is not there letter for letter."""

    def find(self, passage: Passage, start: int, end: int) -> tuple[int, int] | None:
        """The half-open offsets of a part of a passage in the plain text; None if it is not found."""
        first, last = self._at(passage, start), self._at(passage, end - 1)
        return (first, last + 1) if first is not None and last is not None and first <= last else None

    def _at(self, passage: Passage, offset: int) -> int | None:
        for span, start in zip(passage.lines, self._starts[passage.id], strict=True):
            if span.start <= offset < span.end:
                return None if start is None else start + offset - span.start
        return None


class _PlacedLine:
    """A line at its offset in the plain text, and which parts of it were found to be those of passages."""

    def __init__(self, start: int, text: str) -> None:
        self._start, self._text = start, text
        self._taken: list[tuple[int, int]] = []

    def take(self, words: str) -> int | None:
        """The offset of these words in the plain text: where they are first outside what was taken before.

        The items of a list in one line may begin alike. Words before several items are taken several times.
        """
        first = at = self._text.find(words)
        while at >= 0 and any(at < end and start < at + len(words) for start, end in self._taken):
            at = self._text.find(words, at + 1)
        place = at if at >= 0 else first
        if place < 0:
            return None
        self._taken.append((place, place + len(words)))
        return self._start + place
