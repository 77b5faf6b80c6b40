"""A fast parser of content streams: bytes -> statements of operands and an operator.

A page of text has 5,000 to 20,000 tokens. The library parses each letter by letter, in 4 KB buffers, which took half
of the time of reading a PDF. Here one regular expression matches a whole statement (an operator with its operands) in
the simple form that nearly all have; another reads the rest token by token.
PDF 32000-1, 7.3 (objects), 7.8.2 (content streams), 8.9.7 (inline images).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT, literal_name

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

_STATEMENT = re.compile(
    rb"""%(s)s*+(?:(?:(?:%(n)s%(s)s++)*+(?:g|G|rg|RG|k|K|w|j|J|M|i|ET)|/[A-Za-z0-9_]++%(s)s++(?:gs|cs|CS))%(s)s++){0,8}+
    (?:
    ((?:%(n)s%(s)s++)*+)(?:(re%(s)s++W\*?+%(s)s++n)|([A-Za-z]++\*?+))  # 1 numbers, 2 clipping, 3 any operator
    |\[((?:[-+.0-9 \t\r\n\f]++|%(t)s|<[0-9A-Fa-f]*+>)*+)\]%(s)s*+TJ    # 4 inside of an array
    |(%(t)s)%(s)s*+Tj                                                  # 5 string
    |<([0-9A-Fa-f]++)>%(s)s*+Tj                                        # 6 hex string
    |/([A-Za-z0-9_]++)%(s)s++(%(n)s)%(s)s++Tf                          # 7 name, 8 number
    |/([A-Za-z0-9_]++)%(s)s*+<<((?:[^<>(){}\#%%]++|%(t)s)*+)>>%(s)s*+BDC  # 9 name, 10 inside of a dictionary
    )(?=[ \t\r\n\f/\[(<]|\Z)"""
    % {
        b"s": rb"[ \t\r\n\f]",
        b"n": rb"[-+]?(?:[0-9]{1,9}(?:\.[0-9]*+)?|\.[0-9]++)",
        b"t": rb"\((?:[^()\\]++|\\.)*+\)",
    },
    re.VERBOSE | re.DOTALL,
)
"""A statement in simple form, for which it gives the same result as `_TOKEN`. Ignored operators are matched together
with the statement after them, only a few at a time, so that a failed match does not cost much."""
_match = _STATEMENT.match
_CLIP, _OPERATOR, _SHOWN, _SHOWN_STRING, _SHOWN_HEX, _FONT, _SPAN = 2, 3, 4, 5, 6, 8, 10

_ELEMENT = re.compile(rb"\(((?:[^()\\]++|\\.)*+)\)|<([0-9A-Fa-f]*+)>|([-+.0-9]++)", re.DOTALL)

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.)|$)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_STRING_PART = re.compile(rb"[^()\\]++|\\.|[()]|\\$", re.DOTALL)
_NAME_HEX = re.compile(rb"#([0-9A-Fa-f]{0,2})")
_END_OF_IMAGE = re.compile(rb"EI(?=[\s\0]|$)")
_TEXT_AHEAD = re.compile(rb"[\s\0\x20-\x7e]{8}|[\s\0\x20-\x7e]{0,7}\Z")
_ASCII85 = ("ASCII85Decode", "A85")

_PAIRS = {b"]": b"[", b">>": b"<<", b"}": b"{"}

MOST_OPERANDS = 10_000
"""Most operands kept for an operator. Operators take six at most; more are garbage and are dropped."""

MOST_NUMBER = 1e9
"""Largest number accepted; with larger ones, positions on the page overflow."""

CLIP = b"re W n"
"""Three operators that are executed as one: clipping to a rectangle."""


class Word(bytes):
    """An operator, or a word such as null within an array."""


def tokens(data: bytes) -> Iterator[Any]:
    """Operands (numbers, bytes, names, lists, dictionaries, inline images) and operators (`Word`) of a stream.

    Arrays and dictionaries are single operands. What cannot be parsed is skipped, as viewers do. The time is linear in
    the length of the data.
    """
    at, size = 0, len(data)
    while at < size:
        operands, operator, at = statement(data, at)
        yield from operands
        if operator is not None:
            yield operator


def statement(data: bytes, at: int) -> tuple[list[Any], Word | None, int]:
    """The operands and the operator of the statement that begins at offset `at`, and the offset of its end.

    The operator is None if the stream ends before one. Of too many operands, only the last are returned. All is done in
    one loop, since calling a function for each of the 20,000 tokens of a page would take longer than its work.
    """
    operands: list[Any] = []
    outer: list[tuple[bytes, list[Any]]] = []
    held: list[Any] | None = None
    kind = b""
    size = len(data)
    match = _TOKEN.match
    while at < size:
        hit = match(data, at)
        if hit is None:
            break
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
                return [*operands, image], Word(b"EI"), at
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
        if held is not None:
            held.append(token)
        elif token.__class__ is Word:
            return operands, token, at
        else:
            if len(operands) > MOST_OPERANDS:
                operands.clear()
            operands.append(token)
    return operands, None, size


def next_statement(data: bytes, at: int, operators: Container[bytes | None]) -> tuple[Sequence[Any], bytes | None, int]:
    """As `statement`, but faster for a statement in simple form whose operator is one of `operators`.

    Clipping to a rectangle is one statement (`CLIP`), the properties of a span without ActualText are left empty, and
    ignored operators are skipped with the statement after them.
    """
    hit = _match(data, at)
    plain = _plain_statement(hit, operators) if hit is not None else None
    return statement(data, at) if hit is None or plain is None else (*plain, hit.end())


def _plain_statement(hit: re.Match[bytes], operators: Container[bytes | None]) -> tuple[Sequence[Any], bytes] | None:
    """Operands and operator of a statement that `_STATEMENT` matched; None if only `statement` can parse it."""
    group = hit.lastindex
    if group == _OPERATOR:
        operator = hit[3]
        return ([*map(float, hit[1].split())], operator) if operator in operators else None
    if group == _CLIP:
        numbers = [*map(float, hit[1].split())]
        return (numbers, CLIP) if len(numbers) == 4 else None
    if group == _SHOWN:
        parts = _plain_array(hit[4])
        return None if parts is None else ((parts,), b"TJ")
    if group == _SHOWN_STRING:
        return (unescape(hit[5][1:-1]),), b"Tj"
    if group == _SHOWN_HEX:
        return (_hex(hit[6]),), b"Tj"
    if group == _FONT:
        return (_name(hit[7]), float(hit[8])), b"Tf"
    # The only property of a span that is used is its ActualText.
    return None if b"ActualText" in hit[10] else ((_name(hit[9]), {}), b"BDC")


def _plain_array(inside: bytes) -> list[Any] | None:
    """The strings and numbers of an array; None if a number is written oddly."""
    parts: list[Any] = []
    for text, digits, number in _ELEMENT.findall(inside):
        if number:
            try:
                value = float(number)
            except ValueError:
                return None
            if not -MOST_NUMBER < value < MOST_NUMBER:
                return None
            parts.append(value)
        elif digits:
            parts.append(_hex(digits))
        else:
            parts.append(unescape(text) if b"\\" in text else text)
    return parts


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
    """The string that begins at `start`, which may hold brackets, and where it ends; the rest if it has no end."""
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
