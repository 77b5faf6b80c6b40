"""REFI-QDA: valid by the public schema, and read back by a reader of our own that slices every selection."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.report import refi
from tests.report.conftest import FORMULA, SPOKEN
from tipmine.report.codedtext import safe
from tipmine.report.qdpx import write_qdc, write_qdpx
from tipmine.store.decisions import decide
from tipmine.store.run import Run

SCHEMA = Path(__file__).parent / "schema" / "Project.xsd"


@pytest.fixture
def project(hard: Run, tmp_path: Path) -> refi.Project:
    path = tmp_path / "hard.qdpx"
    write_qdpx(hard, path)
    return refi.read(path)


def test_the_project_is_valid_by_the_public_schema(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "hard.qdpx"
    write_qdpx(hard, path)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    with zipfile.ZipFile(path) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))


def test_every_coded_passage_is_cut_out_of_the_stored_text_letter_for_letter(hard: Run, project: refi.Project) -> None:
    expected = {f"passage={p.id}": safe(p.text) for p in hard.passages() if p.kind != "other"}
    found = {s.description.split("; ")[-1]: s.text for s in project.selections if "passage=" in s.description}
    assert found == expected
    assert safe(SPOKEN) in found.values() and FORMULA in found.values()


def test_actors_are_selections_of_their_own_words(project: refi.Project) -> None:
    found = {(s.text, tuple(s.codes)) for s in project.selections if s.description.startswith("actor=")}
    assert ("เด็ก", ("ผู้เกี่ยวข้อง: เด็ก", "บทบาท: ผู้ได้รับประโยชน์")) in found


def test_several_labels_stand_on_one_passage(project: refi.Project) -> None:
    chosen = next(s for s in project.selections if s.text == FORMULA)
    assert sorted(chosen.codes) == ["ประเภท: ข้อเสนอแนะ", "เสา: ด้านการคุ้มครองช่วยเหลือ", "เสา: ด้านความร่วมมือ"]
    assert "protection p=0.900" in chosen.description and "page=1" in chosen.description


def test_two_themes_of_one_label_are_two_codes(project: refi.Project) -> None:
    themes = {name for name in project.codes.values() if name.startswith("ประเด็น:")}
    assert themes == {"ประเด็น: ไม่มีล่าม", "ประเด็น: ไม่มีล่าม (t-1)"}


def test_year_province_and_type_arrive_as_variables_of_the_document(project: refi.Project) -> None:
    assert project.variables["plan-67.pdf"] == {
        "ปี พ.ศ.": "2567",
        "จังหวัด": "จังหวัดสมมติ",
        "ประเภทเอกสาร": "แผน",
        "ชื่อเอกสาร": "แผนสมมติ ๒๕๖๗",
    }


def test_links_join_recommendations_with_evidence_that_is_more_than_weak(project: refi.Project) -> None:
    by_guid = {s.guid: s for s in project.selections}
    assert len(project.links) == 3
    assert all("ประเภท: ข้อเสนอแนะ" in by_guid[origin].codes for origin, _ in project.links)


def test_what_a_person_set_aside_has_no_links(hard: Run, project: refi.Project, tmp_path: Path) -> None:
    spoken = next(p for p in hard.passages() if p.text == SPOKEN)
    decide(hard.connection, spoken.id, "kind", "other", "สมศรี")
    write_qdpx(hard, tmp_path / "aside.qdpx")
    aside = refi.read(tmp_path / "aside.qdpx")
    assert len(aside.links) == len(project.links) - 1
    assert {guid for link in aside.links for guid in link} <= {s.guid for s in aside.selections}


def test_each_document_has_a_page_map(project: refi.Project) -> None:
    assert project.notes["เลขหน้า plan-67.pdf"].splitlines()[1:] == ["0\tหน้า 1"]


def test_what_a_reviewer_decided_carries_the_reviewers_name(hard: Run, tmp_path: Path) -> None:
    passage = next(p for p in hard.passages() if p.text == FORMULA)
    decide(hard.connection, passage.id, "pillar:policy", "yes", "สมศรี")
    write_qdpx(hard, tmp_path / "x.qdpx")
    chosen = next(s for s in refi.read(tmp_path / "x.qdpx").selections if s.text == FORMULA)
    users = dict(zip(chosen.codes, chosen.users, strict=True))
    assert users["เสา: ด้านนโยบาย"] == "สมศรี"
    assert users["ประเภท: ข้อเสนอแนะ"] == "tipmine"
    decide(hard.connection, passage.id, "kind", "finding", "มานะ")
    write_qdpx(hard, tmp_path / "y.qdpx")
    chosen = next(s for s in refi.read(tmp_path / "y.qdpx").selections if s.text == FORMULA)
    assert dict(zip(chosen.codes, chosen.users, strict=True))["ประเภท: ข้อค้นพบ"] == "มานะ"


def test_a_rerun_gives_the_same_guids(hard: Run, project: refi.Project, tmp_path: Path) -> None:
    write_qdpx(hard, tmp_path / "again.qdpx")
    again = refi.read(tmp_path / "again.qdpx")
    assert [s.guid for s in again.selections] == [s.guid for s in project.selections]
    assert again.codes == project.codes


def test_a_run_without_anything_gives_a_valid_project(empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.qdpx"
    write_qdpx(empty, path)
    assert refi.read(path).selections == []
    with zipfile.ZipFile(path) as archive:
        etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(archive.read("project.qde")))


def test_the_codebook_has_the_codes_of_the_project(hard: Run, project: refi.Project, tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    write_qdc(hard, path)
    root = etree.fromstring(path.read_bytes())
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert root.get("origin")
    assert {code.get("guid"): code.get("name") for code in root.iter("{*}Code")} == project.codes
