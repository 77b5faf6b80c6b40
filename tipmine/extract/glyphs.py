"""Reads a PDF page by page as glyphs, tables and drawings. The only module that imports pdfplumber.

pdfplumber opens the file, lists its pages, and finds tables among the drawn rules; the glyphs come from listener.py,
in stream order, which for nearly all producers is the order of the text. Pages are not kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfplumber.table import TableFinder
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.geometry import obj_to_edges

from tipmine.errors import DamagedFileError, EncryptedError, InputError, TooLargeError
from tipmine.extract.angles import HALF_TURN, QUARTER_TURN, THREE_QUARTER_TURN
from tipmine.extract.bounded import OverLimitError
from tipmine.extract.drafts import BoxTuple
from tipmine.extract.fonts import FontBook
from tipmine.extract.halfruled import CellsBeside, missing_edges
from tipmine.extract.interpreter import ClippingInterpreter
from tipmine.extract.joined_codes import PRODUCER
from tipmine.extract.library import ADAPTED, SILENT
from tipmine.extract.listener import Glyph, Listener
from tipmine.extract.paths import Drawn, squared
from tipmine.extract.shading import pieces_of_cells
from tipmine.extract.strips import Edge
from tipmine.extract.unpainted import unpainted

CACHED_FONTS = 400
CACHED_OBJECTS = 20_000
"""Entries that the PDF library may keep between pages; without a limit, memory grows with the page count."""

LOOK_AHEAD = 40
"""Number of first pages whose fonts are examined before any page is read."""

TAIL = 65_536
"""Bytes at the end of a file within which the end-of-file marker must be."""

ROUND_POINTS = 5
"""Points of a filled path from which it may be round or a diamond; three corners are an arrowhead."""

THIN = 3.0
"""Greatest thickness in points of a rectangle that counts as a rule."""

MOSTLY_HIDDEN = 0.7
"""Share of hidden glyphs from which the clipping is considered wrong, and all glyphs are read."""


@dataclass(slots=True)
class PageContent:
    """Content of one page: its glyphs in stream order, the cells of its tables, the areas of pictures and drawings."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    tables: list[list[list[BoxTuple | None]]] = field(default_factory=list)
    """Tables as rows of cell boxes; None if a cell is covered by a merged one."""
    images: list[BoxTuple] = field(default_factory=list)
    drawings: list[BoxTuple] = field(default_factory=list)
    """Boxes of filled or curved shapes, of which charts consist."""
    dots: list[BoxTuple] = field(default_factory=list)
    """Boxes of filled shapes that may be bullets, of any size: round or square, not arrowheads."""
    horizontal_rules: list[Edge] = field(default_factory=list)
    """The horizontal edges of its drawn rules and boxes."""
    boxes: list[BoxTuple] = field(default_factory=list)
    """Drawn rectangles, which may each frame a text."""
    invisible: int = 0
    """Number of glyphs that are not painted, as in the text layer of a scan."""
    broke_off: bool = False
    """Whether the end of the page's content stream is missing."""
    no_tables: bool = False
    """Whether its rules and shapes could not be read, so that it has no tables."""


class _SpecKeeper(PDFResourceManager):
    """Keeps each font's dictionary, since the library does not keep the map from codes to glyphs."""

    def get_font(self, objid: object, spec: Any) -> Any:
        font: Any = super().get_font(objid, spec)
        if not hasattr(font, "tipmine_spec"):
            font.tipmine_spec = spec
        if len(self._cached_fonts) > CACHED_FONTS:
            self._cached_fonts.clear()
        return font


class PdfReader:
    """An open PDF that yields its pages one by one and keeps none of them."""

    def __init__(self, pdf: Any, name: str) -> None:
        self._pdf = pdf
        self._name = name
        self.fonts = FontBook()
        self.fonts.joins_codes = PRODUCER in str((pdf.metadata or {}).get("Producer", ""))
        pdf.rsrcmgr = _SpecKeeper()

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def pages(self, start: int = 0, stop: int | None = None) -> Iterator[PageContent]:
        """The pages from `start` up to `stop`, counted from 0, in order.

        For a page with a broken content stream, whatever could be read is yielded.
        """
        self.fonts.learn(self._simple_fonts())
        for page in self._pdf.pages[start:stop]:
            yield self._read(page)
            self._forget(page)

    def _simple_fonts(self) -> Iterator[Any]:
        """The one-byte fonts of the first pages."""
        for page in self._pdf.pages[:LOOK_AHEAD]:
            try:
                fonts = resolve1(page.page_obj.resources.get("Font")) or {}
                for reference in fonts.values():
                    spec = resolve1(reference)
                    if literal_name(spec.get("Subtype")) in ("Type1", "TrueType", "MMType1"):
                        yield self._pdf.rsrcmgr.get_font(getattr(reference, "objid", None), spec)
            except Exception:  # noqa: BLE001, S112 - a broken resource; reading the page will meet it again
                continue

    def _read(self, page: Any) -> PageContent:
        width, height = float(page.width), float(page.height)
        listener = Listener(self._pdf.rsrcmgr, page.page_number, height, self.fonts)
        failed = False
        if crop := _crop_of(page.page_obj):
            listener.narrow_clip(crop)
        try:
            ClippingInterpreter(self._pdf.rsrcmgr, listener).process_page(page.page_obj)
        except OverLimitError as problem:
            raise _too_large(self._name, f"{problem} (page {page.page_number})") from problem
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - the parsers may raise anything; the page keeps what came before
            listener.broke_off = failed = True
        glyphs = listener.glyphs
        if len(listener.hidden) > MOSTLY_HIDDEN * (len(glyphs) + len(listener.hidden)):
            glyphs = sorted(glyphs + listener.hidden, key=lambda glyph: glyph.place)
        content = PageContent(
            page.page_number, width, height, glyphs, invisible=len(listener.unpainted), broke_off=listener.broke_off
        )
        if not failed:
            try:
                _add_drawings(page, listener.drawn, content)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - the table finder meets shapes of any kind; the page keeps its text
                content.tables, content.no_tables = [], True
            else:
                if dropped := unpainted(content.glyphs, listener.unpainted, [*content.images, *content.drawings]):
                    content.glyphs = [glyph for glyph in content.glyphs if glyph.place not in dropped]
                    content.invisible -= len(dropped)
        return content

    def _forget(self, page: Any) -> None:
        page.close()
        page.page_obj.contents = []
        cache = self._pdf.doc._cached_objs
        if len(cache) > CACHED_OBJECTS:
            cache.clear()
        self.fonts.forget(CACHED_FONTS)


def _crop_of(page: Any) -> BoxTuple | None:
    """The part of a page that viewers show, if not all of it, from the lower left of the turned page; else None."""
    media, crop = page.mediabox, page.cropbox
    x0, y0, x1, y1 = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    if x1 - x0 < 1 or y1 - y0 < 1 or (x0, y0, x1, y1) == tuple(media):
        return None
    left, below, right, above = x0 - media[0], y0 - media[1], media[2] - x1, media[3] - y1
    width, height = x1 - x0, y1 - y0
    if page.rotate in (QUARTER_TURN, THREE_QUARTER_TURN):
        left, below = (below, right) if page.rotate == QUARTER_TURN else (above, left)
        width, height = height, width
    elif page.rotate == HALF_TURN:
        left, below = right, above
    return left, below, left + width, below + height


class _Ruled:
    """The edges of a page's drawn paths, in place of the page from which pdfplumber's table finder would take them."""

    def __init__(self, kinds: Mapping[str, list[dict[str, Any]]]) -> None:
        lines, rects, curves = (
            [edge for item in kinds[kind] for edge in obj_to_edges(item)] for kind in ("line", "rect", "curve")
        )
        self.edges = lines + rects + curves


def _add_drawings(page: Any, drawn: Sequence[Drawn], content: PageContent) -> None:
    """Adds the pictures, shapes, boxes and tables of a page to `content`."""
    kinds: dict[str, list[dict[str, Any]]] = {"image": [], "curve": [], "rect": [], "line": []}
    for shape in map(squared, drawn):
        kinds[shape.kind].append(_as_object(shape, page))
    content.images = [_bounds(item) for item in kinds["image"]]
    content.drawings = [_bounds(item) for item in kinds["curve"] if item["fill"] or len(item["pts"]) > 2]
    content.dots = [_bounds(item) for item in kinds["curve"] if item["fill"] and len(item["pts"]) >= ROUND_POINTS]
    for item in kinds["line"] + kinds["rect"]:
        if not _is_rule(item):
            box = _bounds(item)
            content.boxes.append(box)
            if item["fill"]:
                content.drawings.append(box)
                content.dots.append(box)
    if len(kinds["line"]) + len(kinds["rect"]) >= 2:
        _drop_shading(kinds)
        ruled = _Ruled(kinds)
        finder = _find_tables(ruled)
        edges = [_as_edge(edge) for edge in finder.edges]
        content.horizontal_rules = [edge for edge in edges if not edge.vertical]
        missing = missing_edges(edges, content.glyphs, _cells_of(finder))
        if missing:
            ruled.edges = finder.edges + [_from_edge(edge) for edge in missing]
            finder = _find_tables(ruled)
        content.tables = [[list(row.cells) for row in table.rows] for table in finder.tables]


def _drop_shading(kinds: dict[str, list[dict[str, Any]]]) -> None:
    """Removes the rectangles that only shade a cell in pieces."""
    areas = [item for item in kinds["rect"] if item["fill"] and not item["stroke"] and not _is_rule(item)]
    if len(areas) < 2:
        return
    rules = [item for item in kinds["rect"] if not item["fill"] or item["stroke"] or _is_rule(item)]
    cells = [cell for table in _find_tables(_Ruled(kinds | {"rect": rules})).tables for cell in table.cells]
    pieces = pieces_of_cells([_bounds(area) for area in areas], cells)
    kinds["rect"] = rules + [area for at, area in enumerate(areas) if at not in pieces]


def _is_rule(item: Mapping[str, Any]) -> bool:
    return bool(item["width"] <= THIN or item["height"] <= THIN)


def _find_tables(ruled: Any) -> TableFinder:
    return TableFinder(ruled, {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3})


def _cells_of(finder: TableFinder) -> CellsBeside:
    rows = [(row.bbox, sum(cell is not None for cell in row.cells)) for table in finder.tables for row in table.rows]

    def cells_beside(x: float, y: float) -> int:
        return max((many for (x0, top, x1, bottom), many in rows if x0 <= x <= x1 and top <= y <= bottom), default=0)

    return cells_beside


def _as_edge(edge: Mapping[str, Any]) -> Edge:
    if edge["orientation"] == "v":
        return Edge(True, edge["x0"], edge["top"], edge["bottom"])
    return Edge(False, edge["top"], edge["x0"], edge["x1"])


def _from_edge(edge: Edge) -> dict[str, Any]:
    """A missing edge in the form of pdfplumber."""
    x0, x1 = (edge.at, edge.at) if edge.vertical else (edge.start, edge.end)
    top, bottom = (edge.start, edge.end) if edge.vertical else (edge.at, edge.at)
    return {
        "object_type": "line",
        "orientation": "v" if edge.vertical else "h",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _as_object(item: Drawn, page: Any) -> dict[str, Any]:
    """A drawn object in the form of pdfplumber, with the fields that its table finder uses.

    Like the glyphs, it is measured from the corner of the page, wherever the file puts that corner.
    """
    height = page.height
    top = height - item.y1
    return {
        "object_type": item.kind,
        "x0": item.x0,
        "x1": item.x1,
        "y0": item.y0,
        "y1": item.y1,
        "top": top,
        "bottom": height - item.y0,
        "doctop": top,
        "width": item.x1 - item.x0,
        "height": item.y1 - item.y0,
        "fill": item.fill,
        "stroke": item.stroke,
        "pts": [(x, height - y) for x, y in item.points],
    }


def _bounds(item: Mapping[str, Any]) -> BoxTuple:
    return float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"])


@contextmanager
def open_pdf(path: Path, password: str | None = None) -> Iterator[PdfReader]:
    """Opens a PDF for reading page by page.

    Raises EncryptedError if a password is needed or wrong, DamagedFileError if the file cannot be parsed. While it is
    open, the PDF library is changed in the whole process (`library.py`).
    """
    with SILENT, ADAPTED, _opened(path, password) as reader:
        yield reader


@contextmanager
def _opened(path: Path, password: str | None) -> Iterator[PdfReader]:
    try:
        pdf = pdfplumber.open(path, password=password)
    except Exception as problem:
        # The library wraps some errors and lets others through; in any case the file is damaged.
        raise _why_not_opened(path, problem, password) from problem
    try:
        try:
            count = len(pdf.pages)
        except OverLimitError as problem:
            raise _too_large(path.name, str(problem)) from problem
        except Exception as problem:
            raise _damaged(path) from problem
        if not count or _is_cut(path, pdf):
            raise _damaged(path)
        yield PdfReader(pdf, path.name)
    finally:
        # The library looks at all pages once more to close them, and fails again where they are broken.
        with suppress(Exception):
            pdf.close()
        pdf.stream.close()


def _why_not_opened(path: Path, problem: Exception, password: str | None) -> InputError:
    """The error for a file that the PDF library does not open."""
    cause = problem.args[0] if isinstance(problem, PdfminerException) and problem.args else problem
    if isinstance(cause, PDFPasswordIncorrect):
        wrong = "the password is wrong" if password else "the PDF is encrypted"
        return EncryptedError(path.name, wrong, "the password that opens it", "give it with --password")
    if isinstance(cause, PDFEncryptionError):
        wrong = f"an encryption that cannot be read ({cause})"
        return EncryptedError(path.name, wrong, "a PDF with standard encryption", "save it without encryption")
    return _too_large(path.name, str(cause)) if isinstance(cause, OverLimitError) else _damaged(path)


def _damaged(path: Path) -> DamagedFileError:
    return DamagedFileError(
        path.name, "the PDF cannot be parsed", "a whole PDF file", "download or save it again; it may be cut short"
    )


def _is_cut(path: Path, pdf: Any) -> bool:
    """Whether the end of the file is missing: its index had to be rebuilt, and there is no end-of-file marker."""
    if not any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs):
        return False
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        return b"startxref" not in stream.read()


def _too_large(name: str, wrong: str) -> TooLargeError:
    return TooLargeError(name, wrong, "a document within the limits", "split it, or save it again with another program")


def pdfplumber_text(path: Path) -> str:
    """What pdfplumber's own `extract_text` gives for a PDF, for comparison."""
    with SILENT, pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)
