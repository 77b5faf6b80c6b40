"""Collects the glyphs of a page in the order of its content stream, with clipping applied.

pdfplumber's own page objects are not used for text: a dictionary per character takes half the time, and sorting by x
separates Thai marks from their bases. Text hidden by a clipping path (text that overflows its frame in a layout
program) is not visible on the page and is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.utils import mult_matrix

from tipmine.extract.actualtext import ACTUAL_TEXT, ActualTextStack
from tipmine.extract.angles import QUARTER_TURN
from tipmine.extract.bounded import Watch
from tipmine.extract.fonts import FontBook
from tipmine.extract.looks import Look, marks_fit
from tipmine.extract.paths import Bounds, Drawn, drawn_parts
from tipmine.extract.string_style import PenMoves, StringStyle, glyph_box, metrics_of
from tipmine.extract.unknown import is_stand_in
from tipmine.thai import SARA_AA, SARA_AM, is_mark

INVISIBLE = 3
"""Text rendering mode of invisible text, such as the OCR layer of a scan (PDF 32000-1, 9.3.6)."""

MAX_PATHS = 60_000
"""Most paths collected on one page; a page with more is a map, has no tables, and would take much memory."""

CLIP_SLACK = 2.0
"""Points by which a glyph must be outside the clipping box to count as hidden, since boxes are drawn tight."""

SPACE = 32
"""The code that word spacing applies to (PDF 32000-1, 9.3.3)."""


Matrix = tuple[float, float, float, float, float, float]
"""A text matrix (PDF 32000-1, 9.4.4): scale and direction in the first four, place in points in the last two."""


class Glyph(NamedTuple):
    """A drawn glyph, or several under one ActualText. Lengths in points, origin of the page at the top left."""

    text: str
    """Its text, after font maps and ActualText; may be several letters, or empty."""
    plain: str
    """Its text by the ToUnicode map, as other readers print it; `(cid:n)` if there is none."""
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    """The pen's position. For a mark, the right edge of its ink if the font gives it, which is near the right edge of
    its base."""
    y: float
    """Baseline."""
    size: float
    font: str
    bold: bool
    angle: int
    """Direction of writing in degrees, counter-clockwise, as in `angles.py`."""
    place: int
    """Index in the content stream."""
    rule: str
    """Why `text` differs from `plain`: `font-map`, `actual-text`, or empty."""
    mark: bool
    """Whether it is a combining mark, by its letter, or by having no width and ink only above or below."""


def glyph_fields(*names: str) -> Callable[[Glyph], tuple[Any, ...]]:
    """A function that reads these fields of a glyph at once: twice as fast as one by one, which counts for letters."""
    return itemgetter(*map(Glyph._fields.index, names))


class Listener(PDFPageAggregator):
    """Collects glyphs, pictures and paths as they are drawn."""

    def __init__(self, manager: Any, number: int, height: float, fonts: FontBook) -> None:
        super().__init__(manager, pageno=number, laparams=None)
        self.glyphs: list[Glyph] = []
        self.hidden: list[Glyph] = []
        """Glyphs outside their clipping box."""
        self.unpainted: set[int] = set()
        """Places of glyphs that are not painted."""
        self.broke_off = False
        """Whether the end of the page's content stream is missing."""
        self.clip: Bounds | None = None
        self.clips: list[Bounds | None] = []
        self._figures: list[tuple[Bounds | None, int]] = []
        self._height = height
        self._fonts = fonts
        self._styles: dict[tuple[Any, ...], StringStyle] = {}
        self.drawn: list[Drawn] = []
        """Pictures and paths in the order in which they are drawn."""
        self._mode = 0
        self._paths = 0
        self._actual = ActualTextStack()
        self.watch = Watch()

    def narrow_clip(self, box: Bounds) -> None:
        """Intersect the clipping area with a box, for everything drawn from now on."""
        old = self.clip
        if old is None:
            self.clip = box
        else:
            self.clip = (max(old[0], box[0]), max(old[1], box[1]), min(old[2], box[2]), min(old[3], box[3]))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """A form begins; clipping inside it ends with the form."""
        self.watch.check_form()
        super().begin_figure(name, bbox, matrix)
        self._figures.append((self.clip, len(self.clips)))

    def end_figure(self, name: str) -> None:
        """A form ends."""
        super().end_figure(name)
        self.clip, depth = self._figures.pop()
        del self.clips[depth:]

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ARG002 - the library's signature
        """A marked-content span begins."""
        self._actual.open(props)

    def end_tag(self) -> None:
        """A marked-content span ends."""
        self._actual.close()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Collect the glyphs of one operator. What they share is computed once."""
        font = textstate.font
        self._mode = textstate.render
        if font.is_vertical():
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        matrix = mult_matrix(textstate.matrix, self.ctm)
        scaling = textstate.scaling * 0.01
        spacing = PenMoves(
            textstate.charspace * scaling,
            0 if font.is_multibyte() else textstate.wordspace * scaling,
            0.001 * textstate.fontsize * scaling,
        )
        style = self._style(matrix, font, textstate.fontsize, scaling, textstate.rise)
        upright = not matrix[1] and not matrix[2] and not style.angle
        write = self._write_upright if upright else self._write
        before = len(self.glyphs) + len(self.hidden)
        textstate.linematrix = write(seq, matrix, textstate.linematrix, font, style, spacing)
        if self._mode == INVISIBLE:
            self.unpainted.update(range(before, len(self.glyphs) + len(self.hidden)))

    def _write(
        self, seq: Any, matrix: Matrix, pos: tuple[float, float], font: Any, style: StringStyle, spacing: PenMoves
    ) -> tuple[float, float]:
        """Collect glyphs one by one; returns the position of the pen after them."""
        a, b, c, d, e, f = matrix
        x, y = pos
        spaced = False
        for part in seq:
            if isinstance(part, bytes):
                for cid in font.decode(part):
                    if spaced:
                        x += spacing.letters
                    x += self._collect(style, x * a + y * c + e, x * b + y * d + f, cid)
                    if cid == SPACE:
                        x += spacing.words
                    spaced = True
            elif isinstance(part, int | float):
                x -= part * spacing.moves
                spaced = True
        return x, y

    def _write_upright(
        self, seq: Any, matrix: Matrix, pos: tuple[float, float], font: Any, style: StringStyle, spacing: PenMoves
    ) -> tuple[float, float]:
        """Does what `_write` does, but faster, for upright text from left to right, whose height is computed once.

        Written without calls, since one for each glyph costs as much as all the rest; a glyph's fields are given in
        order.
        """
        a, _, _, d, e, f = matrix
        x, height = pos[0], self._height
        reader, metrics, size = style.reader, style.metrics, style.size
        name, bold, descent = reader.name, reader.bold, reader.descent
        baseline = height - (style.rise_y + (pos[1] * d + f))
        top, bottom = baseline - (1 + descent) * size, baseline + -descent * size
        glyphs, hidden, clip, make = self.glyphs, self.hidden, self.clip, tuple.__new__
        letters, words, moves = spacing
        spoken = not self._actual.idle
        spaced = False
        for part in seq:
            if isinstance(part, bytes):
                codes = font.decode(part)
                for cid in codes:
                    if spaced:
                        x += letters
                    measured = metrics.get(cid)
                    if measured is None:
                        measured = metrics[cid] = metrics_of(style, cid)
                    text, plain, rule, mark, advance, ink, reach, look = measured
                    left = x * a + e
                    right = left + ink
                    if spoken:
                        text, rule, drop = self._spoken(text, rule, look)
                        if drop:
                            self._widen(plain, right, baseline)
                            x += advance
                            if cid == SPACE:
                                x += words
                            spaced = True
                            continue
                        if rule == ACTUAL_TEXT:
                            mark = is_mark(text)
                            reach = reach if mark else 0.0
                    glyph = make(
                        Glyph,
                        (
                            text, plain, left if left <= right else right, top, right if left <= right else left,
                            bottom, left + reach, baseline, size, name, bold, 0, len(glyphs) + len(hidden), rule, mark,
                        ),
                    )  # fmt: skip
                    if clip is None or self._is_visible(glyph):
                        glyphs.append(glyph)
                    else:
                        hidden.append(glyph)
                    x += advance
                    if cid == SPACE:
                        x += words
                    spaced = True
                self.watch.check_many(len(codes))
            elif isinstance(part, int | float):
                x -= part * moves
                spaced = True
        return x, pos[1]

    def render_char(
        self, matrix: Matrix, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
    ) -> float:
        """Collect one glyph of a vertical string; returns its advance."""
        if self._mode == INVISIBLE:
            self.unpainted.add(len(self.glyphs) + len(self.hidden))
        return self._collect(self._style(matrix, font, fontsize, scaling, rise), *matrix[4:], cid)

    def _style(self, matrix: Matrix, font: Any, fontsize: float, scaling: float, rise: float) -> StringStyle:
        """The style of a string under a text matrix, of which only scale and direction matter; made once for each."""
        a, b, c, d, _, _ = matrix
        key = (font, a, b, c, d, fontsize, scaling, rise)
        style = self._styles.get(key)
        if style is None:
            size = abs(fontsize) * math.hypot(c, d)
            quarters = round(math.degrees(math.atan2(b * scaling * fontsize, a * scaling * fontsize)) / QUARTER_TURN)
            angle = quarters % 4 * QUARTER_TURN
            reader = self._fonts.reader(font)
            style = StringStyle(reader, {}, a, b, fontsize, scaling, c * rise, d * rise, size, angle)
            self._styles[key] = style
        return style

    def _collect(self, style: StringStyle, e: float, f: float, cid: int) -> float:
        """Collect one glyph drawn at (e, f), in points from the lower left; returns its advance."""
        self.watch.check()
        reader, _, a, b, fontsize, scaling, rise_x, rise_y, size, angle = style
        reading = reader.read(cid)
        advance: float = reading.width * fontsize * scaling
        x, y = rise_x + e, self._height - (rise_y + f)
        end_x, end_y = x + a * advance, y - b * advance
        text, rule, drop = self._spoken(reading.text, reading.rule, reading.look)
        if drop:
            self._widen(reading.plain, end_x, y)
            return advance
        x0, x1, top, bottom = glyph_box(angle, x, y, end_x, end_y, size, reader.descent)
        mark = is_mark(text) if rule == ACTUAL_TEXT else reading.mark
        if mark and angle == 0:
            x += reading.reach * fontsize * scaling * a
        glyph = Glyph(
            text=text,
            plain=reading.plain,
            x0=x0,
            top=top,
            x1=x1,
            bottom=bottom,
            x=x,
            y=y,
            size=size,
            font=reader.name,
            bold=reader.bold,
            angle=angle,
            place=len(self.glyphs) + len(self.hidden),
            rule=rule,
            mark=mark,
        )
        (self.glyphs if self._is_visible(glyph) else self.hidden).append(glyph)
        return advance

    def _spoken(self, text: str, rule: str, look: Look) -> tuple[str, str, bool]:
        """The text of a glyph under the current ActualText, its rule, and whether it belongs to the glyph before it."""
        spoken, why, drop = self._actual.text_for(text, rule)
        if why == ACTUAL_TEXT and not drop:
            if not marks_fit(spoken, look):
                # LibreOffice swaps the texts of two marks of one base; the ink of each says which is which.
                return text, rule, False
            if len(spoken) > 1 and self._last_base() == spoken and _is_rest(text, spoken, look):
                # Typst gives a glyph that it draws apart the text of the whole cluster, which has been given already.
                return "", why, True
            if len(spoken) == 1 and is_stand_in(text):
                self._fonts.unknown.tell(text, spoken)
        return spoken, why, drop

    def _last_base(self) -> str:
        """The text of the last glyph that is not a mark; empty if only marks were drawn lately."""
        return next((glyph.text for glyph in self.glyphs[:-5:-1] if not glyph.mark), "")

    def _is_visible(self, glyph: Glyph) -> bool:
        if self.clip is None:
            return True
        x0, y0, x1, y1 = self.clip
        base = self._height - glyph.y
        return (
            glyph.x1 > x0 - CLIP_SLACK
            and glyph.x0 < x1 + CLIP_SLACK
            and base + 0.5 * glyph.size > y0 - CLIP_SLACK
            and base < y1 + CLIP_SLACK
        )

    def _widen(self, plain: str, x1: float, y: float) -> None:
        """Extend the glyph that carries the text of an ActualText span over this further glyph of the span."""
        last = len(self.glyphs) - 1
        while last > 0 and self.glyphs[last].mark and self.glyphs[last].rule != ACTUAL_TEXT:
            # A mark that was drawn apart, between two spans of one cluster.
            last -= 1
        if last >= 0:
            glyph = self.glyphs[last]
            same_line = abs(glyph.y - y) < glyph.size
            wider = max(glyph.x1, x1) if same_line else glyph.x1
            self.glyphs[last] = glyph._replace(plain=glyph.plain + plain, x1=wider)

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002 - the library's signature
        """Collect the place of a picture."""
        self.drawn.append(Drawn("image", *self.cur_item.bbox))

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: ARG002 - the library's signature
        """Collect a path, for the table finder and the charts."""
        self.watch.check()
        self._paths += 1
        if self._paths <= MAX_PATHS:
            self.drawn += drawn_parts(path, self.ctm, fill, stroke)


def _is_rest(text: str, spoken: str, look: Look) -> bool:
    """Whether a glyph is drawn after the first one of the cluster `spoken`: a mark, or the sara aa of a sara am."""
    return look in ("above", "below") or (spoken[-1] == SARA_AM and text in (SARA_AA, SARA_AM))
