"""Content streams, read fast: bytes -> operands and operators, and the loop that carries them out.

A page of text is 5,000 to 20,000 tokens. The library takes each apart letter by letter, in 4 KB buffers, which was
half of all time spent on reading a PDF; here one regular expression takes a token at once. Operators do what they
do in the library, except that colours, dashes and other things that no reader of text asks for are passed over.
PDF 32000-1, 7.3 (objects), 7.8.2 (content streams), 8.9.7 (inline images).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1, stream_value
from pdfminer.psparser import LIT, literal_name

from tipmine.extract.bounded import MAX_STREAM, OverLimitError

_TOKEN = re.compile(
    rb"""[\s\0]*+(?:
    ([-+]?[0-9]*\.[0-9]*|[-+]?[0-9]++|[-+])     # 1 number
    |([A-Za-z][^\#/%\[\]()<>{}\s]*+)            # 2 word: an operator, true, false, null
    |\(((?:[^()\\]++|\\.)*+)\)                  # 3 string without brackets inside
    |<([0-9A-Fa-f\s]*+)>                        # 4 hex string
    |/((?:[^\#/%\[\]()<>{}\s]|\#[0-9A-Fa-f]{0,2})*+)  # 5 name
    |(<<|>>|[\[\]{}])                           # 6 brackets
    |(\()                                       # 7 string with brackets inside, or without end
    |(%[^\r\n]*+)                               # 8 comment
    |<([0-9A-Fa-f\s]*+)                         # 9 hex string without end
    |([^\s\0])                                  # 10 operators that are no letters, and noise
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER, _WORD, _STRING, _HEX, _NAME, _BRACKET, _OPEN, _COMMENT, _HALF_HEX, _SIGN = range(1, 11)

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.)|$)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_STRING_PART = re.compile(rb"[^()\\]++|\\.|[()]|\\$", re.DOTALL)
_NAME_HEX = re.compile(rb"#([0-9A-Fa-f]{0,2})")
_END_OF_IMAGE = re.compile(rb"EI(?=[\s\0]|$)")
_TEXT_AHEAD = re.compile(rb"[\s\0\x20-\x7e]{8}|[\s\0\x20-\x7e]{0,7}\Z")
_ASCII85 = ("ASCII85Decode", "A85")

_PAIRS = {b"]": b"[", b">>": b"<<", b"}": b"{"}

_PASSED_OVER = frozenset(b"CS cs SC SCN sc scn G g RG rg K k ri i gs d w J j M sh BX EX MP DP ET ID F".split())
"""Operators that change nothing a reader of text looks at: colours, line styles, shadings, marked points."""

MOST_OPERANDS = 10_000
"""Operands that may wait for their operator, which takes six at most; more are noise, and are dropped."""

MOST_NUMBER = 1e9
"""Largest number that is believed: with larger ones, places on the page overflow."""

CLOCK = 0x3FF
"""Operators between two looks at the clock, less one."""


class Word(bytes):
    """An operator, or a word such as null within an array."""


def tokens(data: bytes) -> Iterator[Any]:
    """Operands (numbers, bytes, names, lists, dictionaries, inline images) and operators (`Word`) of a stream.

    Arrays and dictionaries come whole. What cannot be read is passed over, as viewers do. Time is linear in the
    length of the data.
    """
    outer: list[tuple[bytes, list[Any]]] = []
    held: list[Any] | None = None
    kind = b""
    at, size = 0, len(data)
    match = _TOKEN.match
    while at < size:
        hit = match(data, at)
        if hit is None:
            return
        at = hit.end()
        group = hit.lastindex
        token: Any
        if group == _NUMBER:
            token = _number(hit[1])
            if token is None:
                continue
        elif group == _WORD:
            token = _word(hit[2])
            if token == b"BI" and held is None:
                outer.append((kind, []))
                kind, held = b"BI", []
                continue
            if token == b"ID" and kind == b"BI" and held is not None:
                image, at = _inline_image(held, data, at)
                (kind, _), held = outer.pop(), None
                yield image
                token = Word(b"EI")
        elif group == _STRING:
            token = hit[3]
            if b"\\" in token:
                token = unescape(token)
        elif group in (_HEX, _HALF_HEX):
            token = _hex(hit[group])
        elif group == _NAME:
            token = _name(hit[5])
        elif group == _BRACKET:
            bracket = hit[6]
            if bracket not in _PAIRS:
                outer.append((kind, held if held is not None else []))
                kind, held = bracket, []
                continue
            if kind != _PAIRS[bracket] or held is None:
                continue
            token = held if bracket != b">>" else _dictionary(held)
            kind, held = outer.pop()
            if not kind:
                held = None
        elif group == _OPEN:
            token, at = _bracketed(data, at)
        elif group == _SIGN:
            token = Word(hit[10])
        else:
            continue
        if held is None:
            yield token
        else:
            held.append(token)


@lru_cache(maxsize=20_000)
def _number(text: bytes) -> int | float | None:
    """A number, or None for a lone sign or point."""
    try:
        value = float(text) if b"." in text or len(text) > 9 else int(text)
    except ValueError:
        return None
    return value if -MOST_NUMBER < value < MOST_NUMBER else MOST_NUMBER


@lru_cache(maxsize=4_000)
def _word(text: bytes) -> Any:
    return True if text == b"true" else False if text == b"false" else Word(text)


@lru_cache(maxsize=4_000)
def _name(text: bytes) -> Any:
    if b"#" in text:
        text = _NAME_HEX.sub(lambda hit: bytes((int(hit[1], 16),)) if hit[1] else b"", text)
    try:
        return LIT(text.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(text)


def _hex(digits: bytes) -> bytes:
    """A hex string; a missing last digit is 0 (7.3.4.3)."""
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        packed = b"".join(digits.split())
        return bytes.fromhex((packed + b"0" if len(packed) % 2 else packed).decode("ascii"))


def unescape(text: bytes) -> bytes:
    """The bytes of a string between its brackets (7.3.4.2).

    >>> unescape(b"a\\\\051\\\\n\\\\(")
    b'a)\\n('
    """
    if b"\\" not in text:
        return text

    def plain(hit: re.Match[bytes]) -> bytes:
        if hit[1]:
            return bytes((int(hit[1], 8) & 0xFF,))
        return _ESCAPED.get(hit[2], hit[2]) if hit[2] else b""

    return _ESCAPE.sub(plain, text)


def _bracketed(data: bytes, start: int) -> tuple[bytes, int]:
    """The string that begins at `start`, with brackets inside, and where it ends; the rest where it has no end."""
    depth = 1
    for hit in _STRING_PART.finditer(data, start):
        part = hit[0]
        if part == b"(":
            depth += 1
        elif part == b")":
            depth -= 1
            if not depth:
                return unescape(data[start : hit.start()]), hit.end()
    return unescape(data[start:]), len(data)


def _dictionary(entries: Sequence[Any]) -> dict[str, Any]:
    """A dictionary; a key without a value is left out."""
    return {literal_name(key): value for key, value in zip(entries[::2], entries[1::2], strict=False)}


def _inline_image(entries: Sequence[Any], data: bytes, at: int) -> tuple[PDFStream, int]:
    """An image within the stream, and where the stream goes on: after an EI that is followed by text."""
    attributes = {key: resolve1(value) for key, value in _dictionary(entries).items()}
    packing = attributes.get("F", attributes.get("Filter"))
    packing = packing[0] if isinstance(packing, list) and packing else packing
    start = at + 1
    if literal_name(packing) in _ASCII85:
        stop = data.find(b"~>", start)
        search = stop + 2 if stop >= 0 else start
    else:
        search = start
    first = None
    for hit in _END_OF_IMAGE.finditer(data, search):
        if _TEXT_AHEAD.match(data, hit.end()):
            return PDFStream(attributes, data[start : hit.start()]), hit.end()
        first = first or hit
    end, after = (first.start(), first.end()) if first else (len(data), len(data))
    return PDFStream(attributes, data[start:end]), after


class FastInterpreter(PDFPageInterpreter):
    """The library's interpreter with its parser and its loop replaced."""

    device: Any
    stream_ids: set[int]

    def execute(self, streams: Iterable[object]) -> None:
        """Carries out content streams as one. A stream that draws itself, directly or not, is passed over."""
        self.stream_ids.clear()
        parts: list[bytes] = []
        size = 0
        for reference in streams:
            stream = stream_value(reference)
            if stream.objid is None or stream.objid in self.parent_stream_ids:
                continue
            self.stream_ids.add(stream.objid)
            parts.append(stream.get_data())
            size += len(parts[-1])
            if size > MAX_STREAM:
                raise OverLimitError(f"a page's content unpacks to over {MAX_STREAM:,} bytes")
        self._run(b"\n".join(parts))

    def _run(self, data: bytes) -> None:
        operators, watch = self._operators(), self.device.watch
        stack: list[Any] = []
        done = 0
        for token in tokens(data):
            if token.__class__ is not Word:
                if len(stack) > MOST_OPERANDS:
                    stack.clear()
                stack.append(token)
                continue
            entry = operators.get(token)
            if entry is not None:
                act, count = entry
                if not count:
                    act(self)
                elif len(stack) >= count:
                    act(self, *stack[-count:])
                done += 1
                if not done & CLOCK:
                    watch.look()
            stack.clear()

    def do__w(self, aw: Any, ac: Any, s: Any) -> None:
        """Shows a string on the next line, with these spacings (9.4.3); the library stays on the line."""
        self.do_Tw(aw)
        self.do_Tc(ac)
        self.do__q(s)

    @classmethod
    def _operators(cls) -> dict[bytes, tuple[Any, int]]:
        """Operator -> the method that carries it out, and how many operands it takes."""
        table: dict[bytes, tuple[Any, int]] | None = cls.__dict__.get("_table")
        if table is None:
            table = {}
            for name in dir(cls):
                if name.startswith("do_"):
                    operator = _SPELLED.get(name[3:], name[3:].replace("_a", "*")).encode("ascii")
                    act = getattr(cls, name)
                    if operator not in _PASSED_OVER:
                        table[operator] = (act, act.__code__.co_argcount - 1)
            cls._table = table  # type: ignore[attr-defined]
        return table


_SPELLED = {"_q": "'", "_w": '"'}
