"""Content streams taken apart: each kind of token, streams made to harm, the library's parser as a second reader."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSEOF, PSKeyword, PSLiteral

from tests.extract.making import FIXTURES
from tests.timing import cpu_seconds
from tipmine.errors import TooLargeError
from tipmine.extract import extract_document, interpreter
from tipmine.extract.content import CLIP, MOST_NUMBER, MOST_OPERANDS, Word, next_statement, statement, tokens, unescape


def read(data: bytes) -> list[Any]:
    return list(tokens(data))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"(plain)", b"plain"),
        (b"()", b""),
        (b"(a(b)c)", b"a(b)c"),
        (b"(a\\(b)", b"a(b"),
        (b"(\\101\\7z\\0053)", b"A\x07z\x053"),
        (b"(\\n\\r\\t\\b\\f\\\\)", b"\n\r\t\b\f\\"),
        (b"(one\\\ntwo\\\r\nthree)", b"onetwothree"),
        (b"(\\q)", b"q"),
        (b"(no end", b"no end"),
        (b"(a(b)", b"a(b)"),
        (b"(\xe0\xb8\x81)", b"\xe0\xb8\x81"),
        (b"<0E01>", b"\x0e\x01"),
        (b"<0e 01\n2>", b"\x0e\x01\x20"),
        (b"<>", b""),
        (b"<41", b"A"),
    ],
)
def test_strings_and_hex_strings(data: bytes, text: bytes) -> None:
    assert read(data) == [text]


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b"12", 12),
        (b"-12", -12),
        (b"+3", 3),
        (b".5", 0.5),
        (b"5.", 5.0),
        (b"-.25", -0.25),
        (b"9" * 40, MOST_NUMBER),
        (b"-" + b"9" * 40, MOST_NUMBER),
    ],
)
def test_numbers_are_read_and_huge_ones_are_cut(data: bytes, number: float) -> None:
    assert read(data) == [number]


def test_a_lone_sign_or_point_is_passed_over() -> None:
    assert read(b"- . + 7 Tw") == [7, b"Tw"]


def test_names_with_hex_and_without_letters() -> None:
    assert read(b"/F1 /A#42 /A#20B / /\xe0\xb8\x81") == [LIT("F1"), LIT("AB"), LIT("A B"), LIT(""), LIT("ก")]


def test_arrays_and_nested_dictionaries_come_whole() -> None:
    assert read(b"[(a) -3 [1 2] <42>] TJ") == [[b"a", -3, [1, 2], b"B"], b"TJ"]
    assert read(b"/Span << /ActualText (x) /In << /K [1 << /D 2 >>] >> /Odd >> BDC") == [
        LIT("Span"),
        {"ActualText": b"x", "In": {"K": [1, {"D": 2}]}},
        b"BDC",
    ]


def test_brackets_that_do_not_match_are_passed_over() -> None:
    assert read(b"] >> 1 Tw") == [1, b"Tw"]
    assert read(b"[ 1 >> 2 ] TJ") == [[1, 2], b"TJ"]
    assert read(b"[ 1 2 Tw") == []


def test_words_are_operators_and_true_and_false_are_not() -> None:
    read_back = read(b"true false T* ' \" BT")
    assert read_back == [True, False, b"T*", b"'", b'"', b"BT"]
    assert [type(token) for token in read_back] == [bool, bool, Word, Word, Word, Word]


def test_comments_end_with_their_line() -> None:
    assert read(b"1 % (not this\r2 %\n3") == [1, 2, 3]


def test_an_inline_image_ends_where_text_goes_on() -> None:
    image, end, *after = read(b"BI /W 2 /H 2 /BPC 8 ID \x00 EI\xff\x01 EI \xfe\xff\nEI\nQ 7 Tw")
    assert isinstance(image, PDFStream) and image.attrs["W"] == 2
    assert image.rawdata == b"\x00 EI\xff\x01 EI \xfe\xff\n"
    assert (end, after) == (b"EI", [b"Q", 7, b"Tw"])


def test_an_inline_image_in_ascii85_ends_after_its_mark() -> None:
    image, end, operator = read(b"BI /W 1 /F /A85 ID 9jqo^ EI ~>\nEI BT")
    assert image.rawdata == b"9jqo^ EI ~>\n"
    assert (end, operator) == (b"EI", b"BT")


def test_an_inline_image_without_end_takes_the_rest() -> None:
    image, end = read(b"BI /W 1 ID abc")
    assert (image.rawdata, end) == (b"abc", b"EI")


def draw(folder: Path, *streams: bytes, fit: bytes = b"BT /F0 12 Tf 72 700 Td 14 TL ") -> list[str]:
    """The lines of a page whose content is these streams, in a font of Latin letters."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=pdf.make_indirect(font)))
    parts = [pdf.make_stream(part) for part in (fit, *streams, b" ET")]
    pdf.pages[0].Contents = pikepdf.Array(parts)
    pdf.save(folder / "drawn.pdf")
    return [line.text for line in extract_document(folder / "drawn.pdf", ocr="never").lines]


def test_the_quote_operators_show_on_the_next_line(tmp_path: Path) -> None:
    assert draw(tmp_path, b"(one) Tj (two) ' 0 0 (three) \" [(fo) -20 (ur)] TJ") == ["one", "two", "threefour"]


def test_too_few_operands_pass_an_operator_over(tmp_path: Path) -> None:
    assert draw(tmp_path, b"(one) Tj Tj 3 Td Tf nonsense (two) '") == ["one", "two"]


def test_streams_of_a_page_are_one_and_their_border_parts_tokens(tmp_path: Path) -> None:
    assert draw(tmp_path, b"(one) Tj (two)", b"' 0", b"-14 Td (three) Tj") == ["one", "two", "three"]


def test_operands_without_operator_are_dropped(tmp_path: Path) -> None:
    assert draw(tmp_path, b"1 " * (3 * MOST_OPERANDS) + b" Tc 0 Tc (one) Tj") == ["one"]


def test_a_page_whose_streams_are_over_the_limit_together_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter, "MAX_STREAM", 1_000)
    with pytest.raises(TooLargeError, match="content unpacks to over 1,000 bytes"):
        draw(tmp_path, b" " * 600, b" " * 600)


def test_a_form_that_draws_itself_is_drawn_once(tmp_path: Path) -> None:
    with pikepdf.open(FIXTURES / "heads.pdf") as pdf:
        page = pdf.pages[0]
        form = pdf.make_indirect(pikepdf.Stream(pdf, page.Contents.read_bytes() + b"\n/Me Do /Other Do"))
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, page.MediaBox
        other = pdf.make_indirect(pikepdf.Stream(pdf, b"/Me Do /Other Do"))
        other.Type, other.Subtype, other.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, page.MediaBox
        resources = pikepdf.Dictionary(page.Resources)
        resources.XObject = pikepdf.Dictionary(Me=form, Other=other)
        page.Resources = form.Resources = other.Resources = pdf.make_indirect(resources)
        page.Contents = pdf.make_stream(b"/Me Do")
        pdf.save(tmp_path / "self.pdf")
    plain = [line.text for line in extract_document(FIXTURES / "heads.pdf", ocr="never").lines if line.page == 1]
    drawn = [line.text for line in extract_document(tmp_path / "self.pdf", ocr="never").lines if line.page == 1]
    assert plain and drawn == plain


@pytest.mark.parametrize(
    "piece", [b"(", b"[", b"<<", b"<", b"\\", b"BI ", b"BI ID ", b"(\\", b"/#", b"-", b"%", b"\0", b"[<<(", b"EI "]
)
def test_time_is_linear_in_noise(piece: bytes) -> None:
    def seconds(count: int) -> float:
        return cpu_seconds(lambda: deque(tokens(piece * count), maxlen=0))

    # Eight times the data in less than 40 times the time: a square would take 64 times.
    assert seconds(80_000) < max(0.5, 40 * seconds(10_000))


def plain(token: Any) -> Any:
    """A token of the library as this module gives it."""
    if isinstance(token, PSKeyword):
        return bytes(token.name)
    if isinstance(token, list):
        return [plain(part) for part in token]
    if isinstance(token, dict):
        return {key: plain(value) for key, value in token.items()}
    return token


def library(*parts: bytes) -> list[Any]:
    parser = PDFContentParser([PDFStream({}, part) for part in parts])
    found = []
    try:
        while True:
            found.append(plain(parser.nextobject()[1]))
    except PSEOF:
        return found


def escaped(text: bytes) -> bytes:
    return (
        b"("
        + b"".join(b"\\" + bytes((c,)) if c in b"()\\" else b"\\%03o" % c if c < 32 else bytes((c,)) for c in text)
        + b")"
    )


NAMES = st.text("ABCxyz0129.-_", min_size=1, max_size=8).map(lambda name: b"/" + name.encode())
NUMBERS = st.integers(-(10**8), 10**8).map(lambda n: b"%d" % n) | st.decimals(
    -10_000, 10_000, places=3, allow_nan=False
).map(lambda n: f"{n:f}".encode())
STRINGS = st.binary(max_size=12).map(escaped) | st.binary(max_size=12).map(lambda b: b"<" + b.hex().encode() + b">")
PLAIN = NAMES | NUMBERS | STRINGS
OPERANDS = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda parts: b"[" + b" ".join(parts) + b"]")
        | st.lists(st.tuples(NAMES, inner), max_size=3).map(
            lambda pairs: b"<<" + b" ".join(name + b" " + value for name, value in pairs) + b">>"
        )
    ),
    max_leaves=8,
)
OPERATORS = st.sampled_from([b"BT", b"ET", b"Tj", b"TJ", b"T*", b"'", b'"', b"q", b"Q", b"cm", b"Do", b"BDC", b"f*"])


@settings(max_examples=400, deadline=None)
@given(st.lists(OPERANDS | OPERATORS, max_size=20), st.sampled_from([b" ", b"\n", b"\r\n", b" % note\n"]))
def test_generated_streams_read_as_the_library_reads_them(parts: list[bytes], between: bytes) -> None:
    data = between.join(parts) + b" "
    assert read(data) == library(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(b"()<>[]{}/%\\# BIDE1.-\n"), max_size=80).map(bytes))
def test_any_bytes_are_taken_apart_without_error(data: bytes) -> None:
    found = read(data)
    assert all(isinstance(token, int | float | bytes | list | dict | PSLiteral) for token in found)
    assert len(found) <= len(data), "each is made of bytes of its own"


@given(st.binary(max_size=40))
def test_escaping_is_undone(text: bytes) -> None:
    assert unescape(escaped(text)[1:-1]) == text


KNOWN = frozenset(
    {b"q", b"Q", b"cm", b"re", b"W", b"W*", b"n", b"Tf", b"Td", b"Tj", b"TJ", b"T*", b"BDC", b"EMC", CLIP}
)
PASSED = frozenset({b"g", b"rg", b"gs", b"ET", b"w"})
FRAGMENTS = st.sampled_from(
    [b"1", b"-2.5", b".5", b"7.", b"1e", b"--3", b"+4", b"99999999999", b"12-3", b"/F1", b"/P", b"(a)", b"(a(b))",
     b"(\\051)", b"(a", b"<0E01>", b"<0e", b"<0 e>", b"[", b"]", b"[(a)-3<41>]", b"[(\\(b)", b"<<", b"<</MCID 1>>",
     b"<</ActualText (x)>>", b"<</Actual#54ext (x)>>", b"true", b"null", b"%c\n", b"BI", b"\0", *KNOWN, *PASSED]
)  # fmt: skip


def carried_out(step: Any, data: bytes) -> list[Any]:
    """What is done in their order: operators that are passed over left out, three that are done as one taken apart,
    properties other than ActualText left out."""
    done: list[Any] = []
    at = 0
    while at < len(data):
        operands, operator, at = step(data, at)
        if operator == CLIP:
            done += [(b"re", [*operands]), (b"W", []), (b"n", [])]
        elif operator in KNOWN:
            operands = [
                {k: v for k, v in o.items() if k == "ActualText"} if isinstance(o, dict) else o for o in operands
            ]
            moves = operator in (b"W", b"W*", b"n")
            shown = [list(o) if isinstance(o, list | tuple) else o for o in operands]
            done.append((b"W" if operator == b"W*" else operator, [] if moves else shown))
    return done


@settings(max_examples=600, deadline=None)
@given(
    st.lists(FRAGMENTS | NUMBERS | STRINGS | st.just(b"0 0 9 9 re W* n"), max_size=24),
    st.sampled_from([b" ", b"\r\n", b""]),
)
def test_the_fast_way_does_what_the_slow_way_does(parts: list[bytes], between: bytes) -> None:
    data = between.join(parts)
    fast = carried_out(lambda data, at: next_statement(data, at, KNOWN), data)
    assert fast == carried_out(statement, data)
