"""The reader: a page image with the passage highlighted, beside the page's text with the tags marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tipmine.records import ActorTag, Box, DocumentInfo, Line, Page, Passage, PillarTag, Tagging
from tipmine.report.pieces import Piece, Span, pieces
from tipmine.store.decisions import Decision, history
from tipmine.store.doubts import Doubts, doubts_of
from tipmine.store.fields import Field
from tipmine.store.language import parse
from tipmine.store.marks import find_marks
from tipmine.store.run import Run
from tipmine.tag.addressees import actors_of, from_heading
from tipmine.web.desk import desk_of, read_address
from tipmine.web.marks import tag_spans
from tipmine.web.names import edit_words
from tipmine.web.numbers import whole_number
from tipmine.web.paging import last_page
from tipmine.web.pictures import WIDTHS, find_file
from tipmine.web.search_params import MOST_TEXT

_AT_ONCE = 60
"""Most passages shown at once, for documents without pages and for very full pages."""
_PADDING = 2.0
"""Distance between a highlight's edge and its line, in PDF points."""


class Highlight(NamedTuple):
    """A highlighted box on the page image: left, top, width and height in PDF points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page as the reader shows it."""

    passage: Passage
    tagging: Tagging
    machine: Tagging
    pieces: tuple[Piece, ...]
    highlights: tuple[Highlight, ...]
    chosen: bool
    address: str
    decisions: tuple[Decision, ...]
    """The decisions of all reviewers that are not undone, oldest first."""

    @property
    def decided(self) -> Mapping[Field, Decision]:
        """The decision in force for each field."""
        return {decision.field: decision for decision in self.decisions}

    @property
    def disputed(self) -> Mapping[Field, tuple[Decision, ...]]:
        """For each field, the latest decisions of other reviewers that differ from the one in force."""
        latest = {(decision.field, decision.reviewer): decision for decision in self.decisions}
        against: dict[Field, tuple[Decision, ...]] = {}
        for (field, _reviewer), decision in latest.items():
            if decision.value != self.decided[field].value:
                against[field] = (*against.get(field, ()), decision)
        return against

    @property
    def doubts(self) -> Doubts:
        """The tags that a person should still check."""
        return doubts_of(self.tagging, self.decided)

    @property
    def refused_pillars(self) -> tuple[PillarTag, ...]:
        """Pillars that the model assigned and a person rejected."""
        kept = {tag.code for tag in self.tagging.pillars}
        return tuple(tag for tag in self.machine.pillars if tag.code not in kept)

    @property
    def heading_actors(self) -> tuple[ActorTag, ...]:
        """Actors whom the heading asks to act, if the text asks nobody."""
        return tuple(filter(from_heading, actors_of(self.passage, self.tagging)))

    @property
    def refused_actors(self) -> tuple[ActorTag, ...]:
        """Actors that the model marked and a person rejected."""
        kept = {(tag.start, tag.end) for tag in self.tagging.actors}
        return tuple(tag for tag in self.machine.actors if (tag.start, tag.end) not in kept)


def passage(request: Request) -> Response:
    """The permanent address of a passage: redirects to the page that holds it."""
    desk = desk_of(request)
    key = request.path_params["id"]
    with desk.open() as run:
        passage_ = run.passages_by_id([key]).get(key)
    if passage_ is None:
        raise HTTPException(404, "ไม่มีข้อความนี้ในชุดงาน")
    asked = {"q": request.query_params["q"][:MOST_TEXT]} if "q" in request.query_params else {}
    return RedirectResponse(read_address(passage_.doc, passage_.page, key, **asked) + f"#{key}", 303)


def read(request: Request) -> Response:
    """One page of a document. Parameters: `doc`, `page`; optional `passage`, `q` (words to mark) and `show=raw`."""
    desk = desk_of(request)
    params = request.query_params
    with desk.open() as run:
        info = known_document(run, params.get("doc", ""))
        pages = {page.number: page for page in run.pages(info.doc) if page.number}
        passages = run.passages(doc=info.doc)
        chosen = next((p for p in passages if p.id == params.get("passage", "")), None)
        page = _asked_page(params.get("page", ""), pages, chosen)
        on_page = [p for p in passages if not page or any(span.page == page.number for span in p.lines)]
        number = page.number if page else 0
        words = params.get("q", "")[:MOST_TEXT]
        part = _part(on_page, chosen, params.get("part", ""))
        shown = _shown(run, info.doc, part.passages, chosen, number, words)
        raw = params.get("show") == "raw"
        source = find_file(info, desk.corpus)
        values: dict[str, Any] = {
            "info": info,
            "page": page,
            "pages": pages,
            "shown": shown,
            "part": part,
            "chosen": chosen,
            "lines": [show_line(line) for line in run.lines(info.doc, number)] if raw else None,
            "picture": page is not None and page.width > 0 and not source.missing,
            "missing": source.missing,
            "q": words,
            **_neighbours(shown, chosen),
        }
        return desk.render(request, "reader.html", run, **values)


def known_document(run: Run, doc: str) -> DocumentInfo:
    """The document with this id; responds 404 if the run does not have it."""
    document = next((info for info in run.documents() if info.doc == doc), None)
    if document is None:
        raise HTTPException(404, "ไม่มีเอกสารนี้ในชุดงาน")
    return document


def _asked_page(asked: str, pages: dict[int, Page], chosen: Passage | None) -> Page | None:
    number = whole_number(asked)
    if number is not None and number in pages:
        return pages[number]
    if asked:
        raise HTTPException(404, "เอกสารนี้ไม่มีหน้านี้")
    first = min(pages, default=0)
    return pages.get(chosen.page if chosen else first, pages.get(first))


class Part(NamedTuple):
    """A part of a page with very many passages."""

    passages: Sequence[Passage]
    number: int
    last: int


def _part(on_page: Sequence[Passage], chosen: Passage | None, asked: str) -> Part:
    last = last_page(len(on_page), _AT_ONCE)
    number = whole_number(asked) or 1
    if not asked and chosen is not None:
        place = next((i for i, p in enumerate(on_page) if p.id == chosen.id), 0)
        number = place // _AT_ONCE + 1
    number = min(max(number, 1), last)
    return Part(on_page[(number - 1) * _AT_ONCE : number * _AT_ONCE], number, last)


def _shown(run: Run, doc: str, passages: Sequence[Passage], chosen: Passage | None, page: int, q: str) -> list[Shown]:
    taggings, machine = run.taggings(doc=doc), run.machine_taggings(doc=doc)
    made: dict[str, list[Decision]] = {}
    for decision in history(run.connection):
        if not decision.undone:
            made.setdefault(decision.subject, []).append(decision)
    groups = parse(q)
    words = run.words(each.id for each in passages) if groups else {}
    shown = []
    for each in passages:
        marks = find_marks(each.text, words.get(each.id, ()), groups)
        spans = tag_spans(taggings[each.id]) + [Span(a, b, "hit") for a, b in marks]
        shown.append(
            Shown(
                passage=each,
                tagging=taggings[each.id],
                machine=machine[each.id],
                pieces=tuple(pieces(each.text, spans)),
                highlights=tuple(
                    dict.fromkeys(_highlight(span.box) for span in each.lines if span.page == page and span.box)
                ),
                chosen=chosen is not None and each.id == chosen.id,
                address=read_address(doc, page, each.id, **({"q": q} if q else {})) + f"#{each.id}",
                decisions=tuple(made.get(each.id, ())),
            )
        )
    return shown


def _highlight(box: Box) -> Highlight:
    width, height = box.x1 - box.x0 + 2 * _PADDING, box.bottom - box.top + 2 * _PADDING
    values = (box.x0 - _PADDING, box.top - _PADDING, width, height)
    return Highlight(*(round(value, 1) for value in values))


def _neighbours(shown: Sequence[Shown], chosen: Passage | None) -> dict[str, str]:
    """The addresses of the passages before and after the chosen one on the page."""
    place = next((i for i, item in enumerate(shown) if chosen and item.passage.id == chosen.id), None)
    if place is None:
        return {"before": "", "after": shown[0].address if shown else ""}
    return {
        "before": shown[place - 1].address if place > 0 else "",
        "after": shown[place + 1].address if place + 1 < len(shown) else "",
    }


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the letters of its raw text made visible, and its repairs in words."""

    line: Line
    raw: tuple[Piece, ...]
    edits: tuple[str, ...]


def show_line(line: Line) -> ShownLine:
    """A line for the table of raw text; characters that no font can show are written as code points."""
    return ShownLine(line, tuple(visible(line.raw)), tuple(edit_words(edit) for edit in line.edits))


def visible(text: str) -> list[Piece]:
    """A text in which private-use, control and unassigned characters are written as their code points.

    >>> [p.text for p in visible("a" + chr(0xF70A))]
    ['a', 'U+F70A']
    """
    pieces: list[Piece] = []
    plain = ""
    for letter in text:
        if unicodedata.category(letter) in ("Co", "Cc", "Cn", "Cs", "Cf"):
            pieces += [Piece(plain)] if plain else []
            pieces.append(Piece(f"U+{ord(letter):04X}", "code"))
            plain = ""
        else:
            plain += letter
    return [*pieces, Piece(plain)] if plain else pieces


def picture(request: Request) -> Response:
    """A page of a document of the run as PNG; 404 if there is nothing to draw."""
    desk = desk_of(request)
    params = request.query_params
    number, width = whole_number(params.get("page", "")), whole_number(params.get("width", ""))
    if number is None:
        raise HTTPException(404)
    with desk.open() as run:
        info = known_document(run, params.get("doc", ""))
        page = next((page for page in run.pages(info.doc) if page.number == number), None)
    path = find_file(info, desk.corpus).path if page else None
    wide = width if width in WIDTHS else WIDTHS[1]
    content = desk.pictures.page(path, page, wide) if path and page else None
    if content is None:
        raise HTTPException(404, "วาดหน้านี้ไม่ได้")
    # The address names a page of one file of this run; a changed file is not drawn at all.
    return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=3600"})
