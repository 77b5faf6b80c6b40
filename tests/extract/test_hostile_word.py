"""Word files made to harm: changed at random or on purpose. A document or a clear error comes."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.surviving import FUZZ, SECONDS, read, survives, texts, word_file
from tipmine.errors import DamagedFileError, InputError, TooLargeError, WrongTypeError
from tipmine.extract import extract_document


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
