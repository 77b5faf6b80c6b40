"""Executes content streams: the library's interpreter with a faster parser and loop.

Operators do what they do in the library, except that colours, dashes and other things irrelevant to text are ignored.
PDF 32000-1, 7.8.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFTextState
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt

from tipmine.extract.bounded import MAX_STREAM, OverLimitError, content_of
from tipmine.extract.content import CLIP, next_statement
from tipmine.extract.paths import bounds_of

_PASSED_OVER = frozenset(b"CS cs SC SCN sc scn G g RG rg K k ri i gs d w J j M sh BX EX MP DP ET ID F".split())
"""Operators without effect on text: colours, line styles, shadings, marked points."""

_SOMETHING = re.compile(rb"[\s\0]*+[^\s\0%]")
"""Anything but white space and comments."""

CLOCK = 0x3FF
"""Operators between two checks of the clock, minus one."""


class FastInterpreter(PDFPageInterpreter):
    """The library's interpreter with its parser and its loop replaced."""

    device: Any
    stream_ids: set[int]

    def execute(self, streams: Iterable[object]) -> None:
        """Execute content streams as one. A stream that draws itself, directly or indirectly, is ignored."""
        self.stream_ids.clear()
        parts: list[bytes] = []
        size = 0
        for reference in streams:
            stream = stream_value(reference)
            if stream.objid is None or stream.objid in self.parent_stream_ids:
                continue
            self.stream_ids.add(stream.objid)
            data, whole = content_of(stream)
            self.device.broke_off |= not whole
            parts.append(data)
            size += len(parts[-1])
            if size > MAX_STREAM:
                raise OverLimitError(f"a page's content unpacks to over {MAX_STREAM:,} bytes")
        self._run(b"\n".join(parts))

    def _run(self, data: bytes) -> None:
        operators, watch = self._operators(), self.device.watch
        at, size, done = 0, len(data), 0
        while at < size:
            done += 1
            if not done & CLOCK:
                watch.look()
            start = at
            operands, operator, at = next_statement(data, start, operators)
            if operator is None:
                # Operands without an operator, such as an open bracket, begin a statement whose end is missing.
                self.device.broke_off |= bool(_SOMETHING.match(data, start))
            act, count = operators.get(operator, _NOTHING)
            if act is None:
                continue
            if not count:
                act(self)
            elif len(operands) >= count:
                act(self, *operands[-count:])

    def clip_to_rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Execute `re W n`, which in many files precedes each piece of text."""
        self.do_re(x, y, width, height)
        self.do_W()
        self.do_n()

    def do_q(self) -> None:
        """Saves the state. What the library copies of colours and line styles never changes here."""
        self.gstack.append((self.ctm, self.textstate, self.graphicstate))
        state = object.__new__(PDFTextState)
        state.__dict__.update(self.textstate.__dict__)
        self.textstate = state

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - the operator's name
        """Begins a span of marked content, whose properties may be named in the page's resources (14.6.2)."""
        if isinstance(props, PSLiteral):
            named = resolve1((self.resources or {}).get("Properties"))
            props = resolve1(named.get(props.name)) if isinstance(named, dict) else None
        super().do_BDC(tag, props)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - the operator's name
        """Shows strings with moves of the pen between them."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, None, self.graphicstate)

    def do_Tj(self, s: Any) -> None:  # noqa: N802 - the operator's name
        """Shows a string."""
        self.do_TJ((s,))

    def do__w(self, aw: Any, ac: Any, s: Any) -> None:
        """Shows a string on the next line, with these spacings (9.4.3); the library would stay on the same line."""
        self.do_Tw(aw)
        self.do_Tc(ac)
        self.do__q(s)

    @classmethod
    def _operators(cls) -> dict[bytes | None, tuple[Any, int]]:
        """Operator -> the method that executes it (None: ignored), and its number of operands."""
        table: dict[bytes | None, tuple[Any, int]] | None = cls.__dict__.get("_table")
        if table is None:
            table = {}
            for name in dir(cls):
                if name.startswith("do_"):
                    operator = _SPELLED.get(name[3:], name[3:].replace("_a", "*")).encode("ascii")
                    act = getattr(cls, name)
                    passed = operator in _PASSED_OVER
                    table[operator] = _NOTHING if passed else (act, act.__code__.co_argcount - 1)
            # An image within the stream is not a plain statement.
            del table[b"BI"], table[b"ID"]
            table[CLIP] = (cls.clip_to_rectangle, 4)
            cls._table = table  # type: ignore[attr-defined]
        return table


class ClippingInterpreter(FastInterpreter):
    """Tells the listener the clipping box. For paths, the bounds are used: a hidden letter is far outside them."""

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

    def clip_to_rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Clips to a rectangle."""
        a, b, c, d, e, f = self.ctm
        if self.curpath or b or c:
            super().clip_to_rectangle(x, y, width, height)
            return
        x0, x1, y0, y1 = a * x + e, a * (x + width) + e, d * y + f, d * (y + height) + f
        self.device.narrow_clip((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _clip(self) -> None:
        points = [point for _, *numbers in self.curpath for point in zip(numbers[::2], numbers[1::2], strict=False)]
        if points:
            self.device.narrow_clip(bounds_of([apply_matrix_pt(self.ctm, point) for point in points]))


_NOTHING = (None, 0)

_SPELLED = {"_q": "'", "_w": '"'}
