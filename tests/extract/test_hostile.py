"""Files made to harm: real PDFs and Word files, changed at random or on purpose. A document or a clear error comes."""

from __future__ import annotations

import os
import random
import re
import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.extract.making import FIXTURES
from tipmine.errors import DamagedFileError, InputError, TooLargeError, WrongTypeError
from tipmine.extract import extract_document
from tipmine.limits import limited
from tipmine.records import Document

SEEDS = ("heads.pdf", "columns.pdf", "table.pdf", "marks-chromium.pdf", "marks-libreoffice.pdf", "turned.pdf")
SECONDS = 90
"""A changed page of these files takes well under a second; what takes this long hangs."""

MOST_FOR_A_PAGE = 200_000_000
"""Bytes. A page of these files takes a tenth; a billion codes take a thousand times as much."""

FUZZ = settings(
    max_examples=int(os.environ.get("TIPMINE_FUZZ", "30")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # A seed does not shrink to anything simpler.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""The variable TIPMINE_FUZZ asks for more cases of each kind."""


def survives(path: Path) -> Document | None:
    """Reads the file under the limits of a worker; None if it is refused by an InputError, as a damaged one may be."""
    try:
        with limited(path.name, seconds=SECONDS, megabytes=4_000):
            document = extract_document(path, ocr="never")
    except InputError as problem:
        assert "took over" not in str(problem), problem
        assert problem.subject == path.name
        assert problem.expected and problem.do
        return None
    assert all(line.text.strip() for line in document.lines)
    assert {line.page for line in document.lines} <= {page.number for page in document.pages}
    return document


def read(path: Path) -> Document:
    """The same for a file that must be read, however strange it is."""
    document = survives(path)
    assert document is not None
    return document


def texts(document: Document, first: int = 0) -> list[str]:
    """The texts of the lines from page `first` on."""
    return [line.text for line in document.lines if line.page >= first]


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


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("บทที่ ๑", 1)
    document.add_paragraph("เครือข่ายเฝ้าระวังในตำบลสมมติ")
    document.add_table(2, 2).cell(0, 0).text = "ช่อง"
    document.save(str(path))
    return path


def rewritten(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """A ZIP file with parts replaced or added, or left out where the change is None."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            data = changes[name] if name in changes else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return target


def test_every_missing_or_emptied_part_of_a_word_file(tmp_path: Path) -> None:
    source = word_file(tmp_path / "whole.docx")
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
    for name in names:
        for data in (None, b"", b"<a/>", b"<?xml version='1.0'?><w:p"):
            survives(rewritten(source, tmp_path / "part.docx", {name: data}))


@FUZZ
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_flipped_bytes_in_the_parts_of_a_word_file(tmp_path: Path, seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    source = word_file(tmp_path / "whole.docx")
    with zipfile.ZipFile(source) as archive:
        name = chance.choice([n for n in archive.namelist() if n.endswith((".xml", ".rels"))])
        data = bytearray(archive.read(name))
    for _ in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    survives(rewritten(source, tmp_path / "flipped.docx", {name: bytes(data)}))


def body(text: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>'.encode()


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A billion laughs, and a file of the machine named as an entity."""
    source = word_file(tmp_path / "whole.docx")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    for head, name in (
        (f'<!DOCTYPE d [<!ENTITY l0 "ฮา">{laughs}]>', "l11"),
        (f'<!DOCTYPE d [<!ENTITY f SYSTEM "{secret.as_uri()}">]>', "f"),
    ):
        data = body(f"<w:p><w:r><w:t>&{name};</w:t></w:r></w:p>", head)
        path = rewritten(source, tmp_path / "entity.docx", {"word/document.xml": data})
        start = time.monotonic()
        survives(path)
        try:
            lines = [line.text for line in extract_document(path).lines]
        except InputError:
            lines = []
        assert "ความลับ" not in "".join(lines) and sum(map(len, lines)) < 10_000
        assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("tag", ["w:sdt", "w:ins", "w:tbl><w:tr><w:tc", "w:p><w:r><w:txbxContent"])
def test_deep_xml(tmp_path: Path, tag: str) -> None:
    source = word_file(tmp_path / "whole.docx")
    closed = "".join(f"</{part}>" for part in reversed(tag.split("><")))

    def nested(depth: int) -> Path:
        data = body(f"<{tag}>" * depth + "<w:p><w:r><w:t>ครู</w:t></w:r></w:p>" + closed * depth)
        return rewritten(source, tmp_path / "deep.docx", {"word/document.xml": data})

    assert texts(read(nested(80))) == ["ครู"]
    with pytest.raises(DamagedFileError):
        extract_document(nested(5_000))


@pytest.mark.parametrize("style", ["decimal", "lowerRoman", "thaiLetters"])
def test_a_list_that_starts_at_an_impossible_number(tmp_path: Path, style: str) -> None:
    document = docx.Document()
    document.add_paragraph("จัดอบรมครู", style="List Number")
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        level.find(qn("w:numFmt")).set(qn("w:val"), style)
        level.find(qn("w:start")).set(qn("w:val"), "9" * 12)
    document.save(str(tmp_path / "start.docx"))
    [text] = texts(read(tmp_path / "start.docx"))
    assert text.endswith(". จัดอบรมครู")


def test_styles_that_are_based_on_each_other(tmp_path: Path) -> None:
    document = docx.Document()
    one, other = document.styles["List"], document.styles["List 2"]
    one.base_style, other.base_style = other, one
    document.add_paragraph("จัดอบรมครู", style=one)
    document.save(str(tmp_path / "styles.docx"))
    assert texts(read(tmp_path / "styles.docx")) == ["จัดอบรมครู"]


def test_a_footnote_that_refers_to_itself_is_read_once(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    source = word_file(tmp_path / "whole.docx")
    with zipfile.ZipFile(source) as parts:
        relations, types = (parts.read(n).decode() for n in ("word/_rels/document.xml.rels", "[Content_Types].xml"))
    space = "http://schemas.openxmlformats.org"
    link = (
        f'<Relationship Id="rId99" Type="{space}/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>ดูหมายเหตุ</w:t></w:r>{reference}</w:p></w:footnote>'
    notes = f'<w:footnotes xmlns:w="{space}/wordprocessingml/2006/main">{note}</w:footnotes>'
    path = rewritten(
        source,
        tmp_path / "loop.docx",
        {
            "word/document.xml": body(f"<w:p><w:r><w:t>ครู</w:t></w:r>{reference}</w:p>"),
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", link + "</Relationships>").encode(),
            "[Content_Types].xml": types.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            ).encode(),
            "word/footnotes.xml": notes.encode(),
        },
    )
    assert texts(read(path)) == ["ครู[1]", "[1] ดูหมายเหตุ[1]"]


def test_bombs_in_word_files(tmp_path: Path) -> None:
    source = word_file(tmp_path / "whole.docx")
    path = rewritten(source, tmp_path / "bomb.docx", {"word/styles.xml": b" " * (150 << 20)})
    with pytest.raises(TooLargeError):
        extract_document(path)
    # A directory that lies about the size of a part.
    data = bytearray(rewritten(source, tmp_path / "b.docx", {"word/document.xml": b" " * (30 << 20)}).read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
        at += 4
    (tmp_path / "lie.docx").write_bytes(data)
    with pytest.raises((DamagedFileError, TooLargeError)):
        extract_document(tmp_path / "lie.docx")


def test_a_word_file_within_a_zip_that_leads_out_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in" / "slip.docx"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.xml", "x")
        archive.writestr("word/../../document.xml", "x")
    with pytest.raises((WrongTypeError, DamagedFileError)):
        extract_document(path)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["in", "slip.docx"]


@pytest.mark.parametrize(
    "text", ["ก" * 500_000, "\u0e48" * 100_000, "(" * 300_000, "ก \u0e48" * 30_000, "1." * 300_000, " " * 2_000_000]
)
def test_long_lines_of_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(text + "ข", encoding="utf-8")
    [line] = texts(read(path))
    assert line.endswith("ข")
