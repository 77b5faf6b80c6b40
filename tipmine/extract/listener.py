"""Listens to a page's content stream: each glyph as it is drawn, in stream order, with the clipping in force.

pdfplumber's own page objects are not used for text: a dictionary per character costs half the time, and its order
by x position is what tears Thai marks from their bases. What a clipping path hides (text that hangs out of its
frame in a layout program) is not on the page and is left out.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.utils import apply_matrix_pt

from tipmine.extract.actualtext import ACTUAL_TEXT, ActualTextStack
from tipmine.extract.bounded import Watch
from tipmine.extract.content import FastInterpreter
from tipmine.extract.fonts import FontBook, FontReader
from tipmine.extract.looks import marks_fit
from tipmine.extract.thai import is_mark
from tipmine.extract.unknown import UnknownGlyphs

INVISIBLE = 3
"""Text rendering mode of the text layer that OCR lays under a scan (PDF 32000-1, 9.3.6)."""

MAX_PATHS = 60_000
"""Drawn paths noted on one page; a map with more has no tables in it, and costs memory."""

CLIP_SLACK = 2.0
"""Points by which a glyph must lie outside the clipping box to be hidden: boxes are drawn tight."""

SPACE = 32
"""The code that word spacing applies to (PDF 32000-1, 9.3.3)."""

Bounds = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A drawn glyph, or several under one ActualText. Lengths in points, origin of the page at the top left."""

    text: str
    """What it says: after font maps and ActualText; may be several letters, or empty."""
    plain: str
    """What its ToUnicode map says: what other readers print; `(cid:n)` where there is none."""
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    """Origin: where the pen stood. For a mark, the right edge of its ink where the font tells it: near the right edge
    of its base."""
    y: float
    """Baseline."""
    size: float
    font: str
    bold: bool
    angle: int
    """Direction of writing in degrees, counter-clockwise: 0, 90, 180 or 270."""
    place: int
    """Place in the content stream."""
    rule: str
    """Why `text` differs from `plain`: `font-map`, `actual-text`, or empty."""
    mark: bool
    """A combining sign: by its letter, or by having no width and ink above or below."""


class _Hand(NamedTuple):
    """What the glyphs of one string share."""

    reader: FontReader
    a: float
    b: float
    fontsize: float
    scaling: float
    rise_x: float
    rise_y: float
    size: float
    angle: int


class ClippingInterpreter(FastInterpreter):
    """Tells the listener the clipping box. Paths are taken by their bounds: a hidden letter lies far outside."""

    def do_q(self) -> None:
        """Saves the state, clipping included."""
        super().do_q()
        self.device.clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - the operator's name
        """Restores the state, clipping included."""
        super().do_Q()
        if self.device.clips:
            self.device.clip = self.device.clips.pop()

    def do_W(self) -> None:  # noqa: N802 - the operator's name
        """Clips to the path, nonzero rule."""
        self._clip()

    def do_W_a(self) -> None:  # noqa: N802 - the operator's name
        """Clips to the path, even-odd rule."""
        self._clip()

    def _clip(self) -> None:
        points = [
            apply_matrix_pt(self.ctm, (float(x), float(y)))
            for operator, *numbers in self.curpath
            for x, y in zip(numbers[::2], numbers[1::2], strict=False)
        ]
        if points:
            self.device.narrow_clip(
                (
                    min(p[0] for p in points),
                    min(p[1] for p in points),
                    max(p[0] for p in points),
                    max(p[1] for p in points),
                )
            )


class Listener(PDFPageAggregator):
    """Notes glyphs as they are drawn; leaves paths to the library."""

    def __init__(self, manager: Any, number: int, height: float, fonts: FontBook) -> None:
        super().__init__(manager, pageno=number, laparams=None)
        self.glyphs: list[Glyph] = []
        self.hidden: list[Glyph] = []
        """Glyphs outside their clipping box."""
        self.invisible = 0
        self.clip: Bounds | None = None
        self.clips: list[Bounds | None] = []
        self._figures: list[tuple[Bounds | None, int]] = []
        self._height = height
        self._fonts = fonts
        self._mode = 0
        self._paths = 0
        self._actual = ActualTextStack()
        self.watch = Watch()

    def narrow_clip(self, box: Bounds) -> None:
        """Only what lies within the box, too, is visible from here on."""
        old = self.clip
        if old is None:
            self.clip = box
        else:
            self.clip = (max(old[0], box[0]), max(old[1], box[1]), min(old[2], box[2]), min(old[3], box[3]))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """A form begins; what its content clips ends with it."""
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
        """Notes the rendering mode, which glyphs are not told."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_string_horizontal(
        self, seq: Any, matrix: Any, pos: Any, font: Any, fontsize: float, scaling: float, charspace: float,
        wordspace: float, rise: float, dxscale: float, *_: Any,
    ) -> tuple[float, float]:  # fmt: skip
        """Notes the glyphs of one operator; gives where the pen stands after them.

        What the library does, but what is the same for all glyphs of the string is reckoned once.
        """
        a, b, c, d, e, f = matrix
        hand = self._hand(a, b, c, d, font, fontsize, scaling, rise)
        x, y = pos
        spaced = False
        for part in seq:
            if isinstance(part, bytes):
                for cid in font.decode(part):
                    if spaced:
                        x += charspace
                    x += self._note(hand, x * a + y * c + e, x * b + y * d + f, cid)
                    if cid == SPACE and wordspace:
                        x += wordspace
                    spaced = True
            elif isinstance(part, int | float):
                x -= part * dxscale
                spaced = True
        return x, y

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
    ) -> float:
        """Notes one glyph of a string that runs downwards; gives its advance."""
        a, b, c, d, e, f = matrix
        return self._note(self._hand(a, b, c, d, font, fontsize, scaling, rise), e, f, cid)

    def _hand(
        self, a: float, b: float, c: float, d: float, font: Any, fontsize: float, scaling: float, rise: float
    ) -> _Hand:
        size = abs(fontsize) * math.hypot(c, d)
        angle = round(math.degrees(math.atan2(b * scaling * fontsize, a * scaling * fontsize)) / 90) * 90 % 360
        return _Hand(self._fonts.reader(font), a, b, fontsize, scaling, c * rise, d * rise, size, angle)

    def _note(self, hand: _Hand, e: float, f: float, cid: int) -> float:
        """Notes one glyph drawn at e, f, in points from the lower left; gives its advance."""
        self.watch.check()
        reader, a, b, fontsize, scaling, rise_x, rise_y, size, angle = hand
        reading = reader.read(cid)
        advance: float = reading.width * fontsize * scaling
        x, y = rise_x + e, self._height - (rise_y + f)
        end_x, end_y = x + a * advance, y - b * advance
        text, rule, drop = self._actual.text_for(reading.text, reading.rule)
        if rule == ACTUAL_TEXT and not drop:
            if not marks_fit(text, reading.look):
                # LibreOffice gives two marks of one base each other's text; the ink of each says which is which.
                text, rule = reading.text, reading.rule
            elif len(text) == 1 and UnknownGlyphs.is_stand_in(reading.text):
                self._fonts.unknown.tell(reading.text, text)
        if drop:
            self._widen(reading.plain, end_x, y)
            return advance
        x0, x1, top, bottom = _box(angle, x, y, end_x, end_y, size, reader.descent)
        mark = is_mark(text) if rule == ACTUAL_TEXT else reading.mark
        if mark and angle == 0:
            x += reading.reach * fontsize * scaling * a
        glyph = Glyph(
            text, reading.plain, x0, top, x1, bottom, x, y, size, reader.name, reader.bold, angle, len(self.glyphs),
            rule, mark,
        )  # fmt: skip
        if self._mode == INVISIBLE:
            self.invisible += 1
        (self.glyphs if self._is_visible(glyph) else self.hidden).append(glyph)
        return advance

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
        """Lets the glyph that carries an ActualText span also cover this further glyph of the span."""
        if self.glyphs:
            last = self.glyphs[-1]
            same_line = abs(last.y - y) < last.size
            self.glyphs[-1] = last._replace(plain=last.plain + plain, x1=max(last.x1, x1) if same_line else last.x1)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        """Leaves a path to the library, which the table finder asks for it."""
        self.watch.check()
        self._paths += 1
        if self._paths <= MAX_PATHS:
            super().paint_path(*args, **kwargs)


def _box(
    angle: int, x: float, y: float, end_x: float, end_y: float, size: float, descent: float
) -> tuple[float, float, float, float]:
    """x0, x1, top, bottom of a glyph from its origin, the end of its advance, and its font's descent (negative)."""
    below, above = -descent * size, (1 + descent) * size
    if angle in (0, 180):
        if angle == 180:
            below, above = above, below
        return min(x, end_x), max(x, end_x), y - above, y + below
    if angle == 270:
        below, above = above, below
    return x - above, x + below, min(y, end_y), max(y, end_y)
