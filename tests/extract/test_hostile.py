"""Files made to harm: real PDFs and texts, changed at random or on purpose. A document or a clear error comes."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.extract.making import FIXTURES
from tests.extract.surviving import FUZZ, read, survives, texts, word_file
from tipmine.errors import DamagedFileError, TooLargeError
from tipmine.extract import extract_document
from tipmine.limits import limited

SEEDS = ("heads.pdf", "columns.pdf", "table.pdf", "marks-chromium.pdf", "marks-libreoffice.pdf", "turned.pdf")

MOST_FOR_A_PAGE = 200_000_000
"""Bytes. A page of these files takes a tenth; a billion codes take a thousand times as much."""


def unpacked(name: str) -> bytes:
    """A PDF with its streams unpacked, so that changes reach the content and the font maps."""
    out = BytesIO()
    with pikepdf.open(FIXTURES / name) as pdf:
        pdf.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


@FUZZ
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 40), st.booleans())
@example("columns.pdf", 1144, 22, True)  # a line of one glyph that draws nothing
def test_flipped_bytes(tmp_path: Path, name: str, seed: int, count: int, packed: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = bytearray((FIXTURES / name).read_bytes() if packed else unpacked(name))
    for _ in range(count):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    path = tmp_path / "flipped.pdf"
    path.write_bytes(data)
    survives(path)


@FUZZ
@given(st.sampled_from(SEEDS), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_cut_and_repeated_parts(tmp_path: Path, name: str, one: float, other: float, repeat: bool) -> None:
    data = unpacked(name)
    start, end = sorted((int(one * len(data)), int(other * len(data))))
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[:end] + data[start:] if repeat else data[:start] + data[end:])
    if path.stat().st_size:
        survives(path)


HUGE = [
    b"9" * 12,
    b"-" + b"9" * 12,
    b"1e99",
    b"0.000000000000001",
    b"-1",
    b"nan",
    b"9" * 400,
    b"null",
    b"[",
    b"<<",
    b"()",
]


@FUZZ
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 30), st.sampled_from(HUGE))
def test_numbers_that_cannot_be(tmp_path: Path, name: str, seed: int, count: int, value: bytes) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = unpacked(name)
    numbers = [hit.span() for hit in re.finditer(rb"(?<![\w.-])-?[0-9]+(?:\.[0-9]+)?(?![\w.])", data)]
    for start, end in sorted(chance.sample(numbers, min(count, len(numbers))), reverse=True):
        data = data[:start] + value + data[end:]
    path = tmp_path / "numbers.pdf"
    path.write_bytes(data)
    survives(path)


@FUZZ
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 12))
def test_objects_that_stand_for_others(tmp_path: Path, name: str, seed: int, count: int) -> None:
    """References are turned to other objects: pages that are fonts, fonts that are pages, trees with loops."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with pikepdf.open(FIXTURES / name) as pdf:
        holders = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream) and len(o.keys())]
        for _ in range(count):
            holder = chance.choice(holders)
            key = chance.choice(sorted(holder.keys()))
            if key not in ("/Length", "/Filter", "/DecodeParms"):
                holder[key] = chance.choice(holders)
        path = tmp_path / "swapped.pdf"
        try:
            pdf.save(path)
        except (pikepdf.PdfError, RuntimeError, ValueError):
            return
    survives(path)


STEPS = pytest.mark.parametrize(
    ("suffix", "step"),
    [(".pdf", "tipmine.extract.interpreter.ClippingInterpreter.process_page"), (".docx", "tipmine.extract.docx._size")],
)
"""A step of each reader in which any error counts as damage of the file."""


def file_of(suffix: str, folder: Path) -> Path:
    return FIXTURES / "heads.pdf" if suffix == ".pdf" else word_file(folder / "a.docx")


@STEPS
def test_the_end_of_the_time_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, step: str
) -> None:
    path = file_of(suffix, tmp_path)
    monkeypatch.setattr(step, lambda *_: time.sleep(30))
    with pytest.raises(TooLargeError, match="took over 1 s"), limited(path.name, seconds=1, megabytes=4_000):
        extract_document(path, ocr="never")


@STEPS
def test_the_end_of_the_memory_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, step: str
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    path = file_of(suffix, tmp_path)
    monkeypatch.setattr(step, fail)
    with pytest.raises(MemoryError):
        extract_document(path, ocr="never")


@pytest.mark.parametrize("part", ["W", "ToUnicode"])
def test_a_font_that_names_a_billion_codes(tmp_path: Path, part: str) -> None:
    path = tmp_path / "codes.pdf"
    with pikepdf.open(FIXTURES / "marks-chromium.pdf") as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if part == "W":
                font.DescendantFonts[0].W = pikepdf.Array([0, 10**9, 500])
            else:
                font.ToUnicode = pdf.make_stream(b"1 beginbfrange <00000000> <7fffffff> <0e01> endbfrange")
        pdf.save(path)
    tracemalloc.start()
    try:
        assert read(path).lines
        assert tracemalloc.get_traced_memory()[1] < MOST_FOR_A_PAGE
    finally:
        tracemalloc.stop()


def nested_pdf(path: Path, content: bytes) -> Path:
    with pikepdf.open(FIXTURES / "heads.pdf") as pdf:
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b"<<" * 200_000,
        b"q " * 500_000,
        b"/Span BDC " * 200_000,
        b"(" * 500_000,
        b"BI " * 100_000,
        b"BT /F1 1e30 Tf 9999999999 0 0 9999999999 0 0 Tm (x) Tj " * 1_000,
        b"0 0 m 1 1 l W n " * 50_000,
        b"1 0 0 1 99999 99999 cm " * 20_000,
        b"[" * 30_000 + b"]" * 30_000 + b" TJ",
    ],
)
def test_content_without_end(tmp_path: Path, content: bytes) -> None:
    document = read(nested_pdf(tmp_path / "content.pdf", content))
    assert texts(document, 2) == texts(read(FIXTURES / "heads.pdf"), 2)


def test_marks_of_an_impossible_size(tmp_path: Path) -> None:
    """A mark without width is on the page wherever its ink would reach; it reached over a million places once."""
    with pikepdf.open(FIXTURES / "marks-libreoffice.pdf") as pdf:
        content, count = re.subn(rb"(/F\d+) [\d.]+ Tf", rb"\1 999999999 Tf", pdf.pages[0].Contents.read_bytes())
        assert count
        pdf.pages[0].Contents = pdf.make_stream(content * 20)
        pdf.save(tmp_path / "marks.pdf")
    assert [page.quality.verdict for page in read(tmp_path / "marks.pdf").pages] == ["doubtful"]


def test_a_page_tree_that_loops_and_one_that_is_deep(tmp_path: Path) -> None:
    with pikepdf.open(FIXTURES / "heads.pdf") as pdf:
        pages = pdf.Root.Pages
        pages.Kids.append(pages)
        pdf.save(tmp_path / "loop.pdf")
    assert texts(read(tmp_path / "loop.pdf")) == texts(read(FIXTURES / "heads.pdf"))
    parts = [b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"]
    depth = 3_000
    parts += [b"%d 0 obj <</Type/Pages/Count 1/Kids[%d 0 R]>> endobj\n" % (n, n + 1) for n in range(2, depth)]
    parts.append(
        b"%d 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%%%EOF" % depth
    )
    (tmp_path / "deep.pdf").write_bytes(b"".join(parts))
    with pytest.raises(DamagedFileError):
        extract_document(tmp_path / "deep.pdf")


@pytest.mark.parametrize(
    "text", ["ก" * 500_000, "\u0e48" * 100_000, "(" * 300_000, "ก \u0e48" * 30_000, "1." * 300_000, " " * 2_000_000]
)
def test_long_lines_of_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(text + "ข", encoding="utf-8")
    [line] = texts(read(path))
    assert line.endswith("ข")
