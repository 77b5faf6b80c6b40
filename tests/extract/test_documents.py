"""Files as they come: of the wrong kind, encrypted, cut short, empty, huge, or simply many pages."""

from __future__ import annotations

import tracemalloc
import zipfile
import zlib
from pathlib import Path

import docx
import pikepdf
import pytest

from tests.extract.making import FIXTURES, blank_pdf, save_copy
from tipmine.errors import (
    DamagedFileError,
    EncryptedError,
    MissingFileError,
    TooLargeError,
    WrongTypeError,
)
from tipmine.extract import bounded, extract_document
from tipmine.extract.glyphs import open_pdf
from tipmine.extract.layout import lay_out

MARKS = FIXTURES / "marks-chromium.pdf"
ENCRYPTED = pikepdf.Encryption(owner="owner", user="user")


def read(path: Path, password: str | None = None) -> list[str]:
    return [line.text for line in extract_document(path, password=password, ocr="never").lines]


def test_an_encrypted_file_asks_for_the_password(tmp_path: Path) -> None:
    path = save_copy(MARKS, tmp_path / "a.pdf", encryption=ENCRYPTED)
    with pytest.raises(EncryptedError, match="--password"):
        read(path)
    with pytest.raises(EncryptedError, match="wrong"):
        read(path, "guess")
    assert read(path, "user") == read(MARKS)


def test_a_file_encrypted_without_a_password_to_open_is_read(tmp_path: Path) -> None:
    path = save_copy(MARKS, tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="owner", user=""))
    assert read(path) == read(MARKS)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_truncated_file_is_damaged(tmp_path: Path, share: float) -> None:
    data = MARKS.read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(DamagedFileError):
        read(path)


def test_bytes_after_the_end_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "tail.pdf"
    path.write_bytes(MARKS.read_bytes() + b"\n" * 5000)
    assert read(path) == read(MARKS)


@pytest.mark.parametrize("name", ["empty.pdf", "empty.docx", "empty.txt"])
def test_an_empty_file_is_damaged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    with pytest.raises(DamagedFileError, match="empty"):
        read(path)


def test_a_missing_file_and_a_folder_are_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(MissingFileError):
            read(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("scan.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        ("page.pdf", b"<!DOCTYPE html><html><body>404</body></html>"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("noise.txt", bytes(range(256)) * 8),
        ("note.rtf", b"{\\rtf1 hello}"),
    ],
)
def test_files_of_another_kind_are_refused_by_name_of_kind(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(WrongTypeError):
        read(path)


def test_an_encrypted_word_file_is_said_to_be_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(EncryptedError):
        read(path)


def test_the_kind_is_told_by_the_content_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "named.txt"
    path.write_bytes(MARKS.read_bytes())
    assert read(path) == read(MARKS)
    path = tmp_path / "text.pdf"
    path.write_text("บรรทัดเดียว", encoding="utf-8")
    assert read(path) == ["บรรทัดเดียว"]


def test_a_text_that_begins_like_a_zip_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "pk.txt"
    path.write_text("PK ย่อมาจากชื่อพื้นที่สมมติ", encoding="utf-8")
    assert read(path) == ["PK ย่อมาจากชื่อพื้นที่สมมติ"]


def packed(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()


def test_a_stream_that_unpacks_to_a_gigabyte_is_too_large_in_bounded_memory(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    bomb = pikepdf.Stream(pdf, b"x")
    bomb.write(packed(1 << 30), filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = bomb
    pdf.save(tmp_path / "bomb.pdf")
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        read(tmp_path / "bomb.pdf")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * bounded.MAX_STREAM


def test_forms_within_forms_end_at_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MAX_FORMS", 500)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    inner = pdf.make_indirect(form(pdf, b"n", None))
    for _ in range(9):
        inner = pdf.make_indirect(form(pdf, b"/X Do " * 10, inner))
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    pdf.pages[0].Contents = pdf.make_stream(b"/X Do")
    pdf.save(tmp_path / "forms.pdf")
    with pytest.raises(TooLargeError, match="forms"):
        read(tmp_path / "forms.pdf")


def form(pdf: pikepdf.Pdf, content: bytes, inner: pikepdf.Object | None) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, content)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = [0, 0, 100, 100]
    if inner is not None:
        stream.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    return stream


@pytest.mark.parametrize(
    ("megabytes", "limit"), [(120, "of text; expected: at most 100,000,000"), (12, "at most 200 times")]
)
def test_a_docx_that_unpacks_to_too_much_says_over_which_limit(tmp_path: Path, megabytes: int, limit: str) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (megabytes * 1_000_000))
    with pytest.raises(TooLargeError, match=limit):
        read(path)


def test_the_text_of_a_word_file_may_be_a_part_of_another_number(tmp_path: Path) -> None:
    # Word in a browser writes `document2.xml`.
    docx.Document().save(tmp_path / "usual.docx")
    with zipfile.ZipFile(tmp_path / "usual.docx") as usual, zipfile.ZipFile(tmp_path / "a.docx", "w") as renamed:
        for name in usual.namelist():
            data = usual.read(name).replace(b"document.xml", b"document2.xml")
            renamed.writestr(name.replace("document.xml", "document2.xml"), data)
    assert read(tmp_path / "a.docx") == []


def test_a_cut_docx_is_damaged_and_another_zip_is_of_the_wrong_kind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("content.xml", "x" * 2000)
    with pytest.raises(WrongTypeError):
        read(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(WrongTypeError, match="an Excel workbook"):
        read(tmp_path / "b.docx")
    (tmp_path / "cut.docx").write_bytes((tmp_path / "a.zip").read_bytes()[:300])
    with pytest.raises(DamagedFileError):
        read(tmp_path / "cut.docx")


def test_a_broken_page_gives_what_could_be_read_and_the_others_are_whole(tmp_path: Path) -> None:
    with pikepdf.open(FIXTURES / "heads.pdf") as pdf:
        content = pdf.pages[1].Contents.read_bytes()
        pdf.pages[1].Contents = pdf.make_stream(content[: len(content) // 2] + b" << [ ( \xff >> ] endstream 1 0 obj (")
        pdf.save(tmp_path / "broken.pdf")
    pages = [line.page for line in extract_document(tmp_path / "broken.pdf", ocr="never").lines]
    assert pages.count(1) == pages.count(3) == 4


def content_pdf(path: Path, data: bytes, packed: bytes | None = None) -> str:
    """The verdict on a page drawn by `data`, or by these data in packed form."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, data)
    if packed is not None:
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = stream
    pdf.save(path)
    return extract_document(path, ocr="never").pages[0].quality.reason


def test_a_page_that_breaks_off_is_in_doubt_and_a_wrong_checksum_is_not(tmp_path: Path) -> None:
    whole = b"q 1 0 0 1 0 0 cm 0 0 10 10 re f Q\n" * 500
    reasons = {
        name: content_pdf(tmp_path / f"{name}.pdf", whole + end, pack)
        for name, end, pack in (
            ("whole", b"", None),
            ("spaces", b" \n ", None),
            ("open", b"[ (", None),
            ("cut", b"", zlib.compress(whole)[:-12]),
            ("noise", b"", zlib.compress(whole)[:2] + b"\xff" * 40),
            ("checksum", b"", zlib.compress(whole)[:-4] + b"\0\0\0\0"),
            ("no checksum", b"", zlib.compress(whole)[:-4]),
        )
    }
    assert {name for name, reason in reasons.items() if "breaks off" in reason} == {"open", "cut", "noise"}


def test_empty_pages_are_pages_without_lines(tmp_path: Path) -> None:
    document = extract_document(blank_pdf(tmp_path / "blank.pdf", pages=3), ocr="never")
    assert len(document.pages) == 3 and not document.lines


def test_many_pages_are_read_in_flat_memory(tmp_path: Path) -> None:
    with pikepdf.open(FIXTURES / "columns.pdf") as source:
        pdf = pikepdf.new()
        for _ in range(60):
            pdf.pages.extend(source.pages)
        pdf.save(tmp_path / "many.pdf")
    sizes: list[int] = []
    with open_pdf(tmp_path / "many.pdf") as reader:
        tracemalloc.start()
        for content in reader.pages():
            lay_out(content)
            if content.number in (20, 60):
                sizes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert sizes[1] - sizes[0] < 3_000_000
