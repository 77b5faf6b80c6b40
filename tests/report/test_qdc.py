"""The codebook out and in again: valid by the public schema, renamed themes taken, hostile files refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

from tipmine.cli.main import app
from tipmine.errors import DamagedFileError, MissingFileError, TooLargeError
from tipmine.report import qdc
from tipmine.report.qdc import import_codebook, read_codebook
from tipmine.report.qdpx import CODEBOOK, PROJECT, write_qdc, write_qdpx
from tipmine.store.run import Run

SCHEMA = Path(__file__).parent / "schema" / "Project.xsd"


@pytest.fixture
def codes(hard: Run, tmp_path: Path) -> Path:
    path = tmp_path / "codes.qdc"
    write_qdc(hard, path)
    return path


def change(path: Path, before: str, after: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after), encoding="utf-8")


def labels(run: Run) -> dict[str, str]:
    return {theme.id: theme.label for theme in run.themes().themes}


def test_the_codebook_is_valid_by_the_public_schema(codes: Path) -> None:
    # A codebook alone and the one inside a project have the same types in the standard; only the namespace differs.
    content = codes.read_text(encoding="utf-8")
    assert f'<CodeBook xmlns="{CODEBOOK}"' in content
    inner = content[content.index("<Codes") : content.index("</CodeBook>")]
    project = f'<Project xmlns="{PROJECT}" name="x" origin="x"><CodeBook>{inner}</CodeBook></Project>'
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(project))


def test_what_was_written_is_read_back_with_the_codes_above(codes: Path, hard: Run, tmp_path: Path) -> None:
    found = read_codebook(codes)
    groups = [code for code in found if not code.above]
    assert [group.name for group in groups][:2] == ["เสา 5P", "ประเภทข้อความ"]
    protection = next(code for code in found if code.name == "เสา: ด้านการคุ้มครองช่วยเหลือ")
    assert protection.above == ("เสา 5P",)
    write_qdpx(hard, tmp_path / "all.qdpx")
    assert read_codebook(tmp_path / "all.qdpx") == found


def test_an_unchanged_codebook_changes_nothing(codes: Path, hard: Run) -> None:
    before = labels(hard)
    taken = import_codebook(hard, codes, "สมศรี")
    assert (taken.renamed, taken.unknown) == (0, ())
    assert taken.known == sum(bool(code.above) for code in read_codebook(codes))
    assert labels(hard) == before


def test_a_theme_renamed_elsewhere_keeps_its_new_name(codes: Path, hard: Run) -> None:
    change(codes, "ประเด็น: ไม่มีล่าม (t-1)", "กลัวคนรู้")
    change(codes, '"ประเด็น: ไม่มีล่าม"', '"ประเด็น: ขาดล่าม"')
    assert import_codebook(hard, codes, "สมศรี").renamed == 2
    assert labels(hard) == {"t-0": "ขาดล่าม", "t-1": "กลัวคนรู้"}
    assert import_codebook(hard, codes, "สมศรี").renamed == 0


def test_codes_of_ones_own_are_named_and_nothing_else(codes: Path, hard: Run) -> None:
    guid = "AAAAAAAA-0000-0000-0000-000000000001"
    change(codes, "</Codes>", f'<Code guid="{guid}" name="ความกลัว" isCodable="true"/></Codes>')
    assert import_codebook(hard, codes, "สมศรี").unknown == ("ความกลัว",)


@pytest.mark.parametrize("space", ["urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0"])
def test_namespaces_that_other_programs_write_are_read(codes: Path, space: str) -> None:
    expected = read_codebook(codes)
    change(codes, CODEBOOK, space)
    assert read_codebook(codes) == expected


DOCTYPE = '<!DOCTYPE CodeBook [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
HOSTILE = {
    "entities": DOCTYPE + '<CodeBook xmlns="{0}" origin="&b;"/>',
    "a file of the machine": DOCTYPE + '<CodeBook xmlns="{0}"><Codes><Code name="&a;">&f;</Code></Codes></CodeBook>',
    "another document": '<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "a codebook of another standard": '<CodeBook xmlns="urn:other"/>',
    "no XML": "codes: a, b",
    "nothing": "",
    "codes nested without end": '<CodeBook xmlns="{0}"><Codes>' + "<Code>" * 5_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_and_foreign_files_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "codes.qdc"
    path.write_text(content.replace("{0}", CODEBOOK), encoding="utf-8")
    with pytest.raises(DamagedFileError):
        read_codebook(path)


def test_a_project_that_unpacks_to_more_than_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qdc, "MOST_BYTES", 100_000)
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 50_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(TooLargeError):
        read_codebook(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other", "")
    with pytest.raises(DamagedFileError, match=r"project\.qde"):
        read_codebook(path)
    with pytest.raises(MissingFileError):
        read_codebook(tmp_path / "none.qdc")


def test_a_project_with_damaged_bytes_is_refused(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.qdpx"
    write_qdpx(hard, path)
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("project.qde")
    content = bytearray(path.read_bytes())
    begin = place.header_offset + 30 + len(place.filename)
    content[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match=r"project\.qde"):
        read_codebook(path)


def test_the_command_takes_a_codebook(small: Run, tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    write_qdc(small, path)
    change(path, "ไม่มีคนแปล", "ขาดล่าม")
    result = CliRunner().invoke(app, ["review", "import", str(path), "--reviewer", "สมศรี", "--run", str(small.folder)])
    assert result.exit_code == 0, result.output
    assert "1 theme named by สมศรี" in result.output
    assert labels(small) == {"t-1": "ขาดล่าม"}
