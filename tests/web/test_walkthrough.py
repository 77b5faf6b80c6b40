"""From the sample run to a letter, a report and a QualCoder project, as somebody goes who has never seen the desk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.refi import Project, read
from tests.web.browser import CHROMIUM, Window, opened_browser, serving
from tests.web.walkthrough import OFFICE, REVIEWER, VIEW, Found, walk
from tipmine.records import PILLARS
from tipmine.report.labels import label
from tipmine.store.decisions import active
from tipmine.store.query import Query, search
from tipmine.store.run import open_run

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if not Path(CHROMIUM).is_file():
    pytest.skip("chromium is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def folder(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("walkthrough")
    shutil.copytree(sample_run, out / "run")
    return out


@pytest.fixture(scope="module")
def before(folder: Path) -> list[str]:
    """What the store answers before anybody has decided anything."""
    asked = Query(filters={"pillar": ["protection"], "actor": ["police"], "type": ["transcript"]}, limit=200)
    with open_run(folder / "run") as run:
        return [hit.passage.text for hit in search(run, asked).hits]


@pytest.fixture(scope="module")
def walked(folder: Path, before: list[str], sample_corpus: Path) -> Iterator[Found]:
    assert before, "the way leads past passages of the police"
    with serving(folder / "run", corpus=sample_corpus) as address, opened_browser() as browser:
        window = Window(browser, address, viewport=VIEW)
        found = walk(window, folder)
        assert window.wrong == []
        yield found
        window.context.close()


@pytest.fixture(scope="module")
def project(walked: Found) -> Project:
    return read(walked.project)


def test_the_officer_sees_all_protection_passages_of_the_police_in_focus_groups(
    walked: Found, before: list[str]
) -> None:
    assert sorted(walked.found) == sorted(before)


def test_the_rejected_tag_is_gone_from_the_run_under_her_name(walked: Found, folder: Path) -> None:
    with open_run(folder / "run") as run:
        passage = run.passages_by_id([walked.passage])[walked.passage]
        codes = [tag.code for tag in run.taggings(doc=passage.doc)[walked.passage].pillars]
        assert [(d.value, d.reviewer) for d in active(run.connection)[walked.passage].values()] == [("no", REVIEWER)]
    assert walked.rejected not in [label("pillar", code) for code in codes]


def test_the_report_counts_one_passage_less(walked: Found) -> None:
    assert walked.police_after == walked.police_before - 1
    assert walked.police_in_report == walked.police_after


def test_the_office_gets_its_list_as_a_word_file_that_bears_its_name(walked: Found, folder: Path) -> None:
    import docx

    assert walked.letter.name == f"แบบติดตาม-{OFFICE}.docx"
    rows = [cell.text for row in docx.Document(str(walked.letter)).tables[0].rows for cell in row.cells]
    with open_run(folder / "run") as run:
        asked = Query(filters={"actor": ["msdhs_provincial"], "role": ["addressee"], "kind": ["recommendation"]})
        for hit in search(run, asked).hits:
            assert any(hit.passage.text in cell for cell in rows)


def test_the_coded_corpus_is_read_back_whole(walked: Found, project: Project, folder: Path) -> None:
    with open_run(folder / "run") as run:
        passages = {passage.id: passage for passage in run.passages()}
        taggings = run.taggings()
    pillars = {f"เสา: {label('pillar', code)}" for code in PILLARS}
    assert pillars <= set(project.codes.values())
    coded = sorted((s.text, code) for s in project.selections for code in s.codes if code in pillars)
    assert coded == sorted(
        (passages[key].text, f"เสา: {label('pillar', tag.code)}")
        for key, tagging in taggings.items()
        for tag in tagging.pillars
    )
    assert (passages[walked.passage].text, f"เสา: {walked.rejected}") not in coded


def test_the_documentation_shows_every_picture_that_is_made_and_no_other() -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (docs / "walkthrough.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(path.name for path in docs.glob("walkthrough-*.png"))
