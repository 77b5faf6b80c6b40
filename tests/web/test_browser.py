"""The desk in a real browser: Debian's Chromium through Playwright; skipped by name where either is missing."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import write_sample_run
from tests.web.browser import CHROMIUM, Window, opened_browser, serving
from tipmine.ids import file_sha256
from tipmine.store.run import open_run

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if not Path(CHROMIUM).is_file():
    pytest.skip("chromium is not installed", allow_module_level=True)

REC = "p-report.pdf-0"


@pytest.fixture
def served(tmp_path: Path, sample_corpus: Path) -> Iterator[str]:
    """A desk on a free port, with a page picture for the report."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(sample_corpus / "documents" / "letter-2567.pdf", corpus / "report.pdf")
    run = write_sample_run(tmp_path / "run")
    digest = file_sha256(corpus / "report.pdf")
    run.connection.execute("UPDATE documents SET sha256 = ? WHERE doc = 'report.pdf'", (digest,))
    run.close()
    (tmp_path / "run" / "run.json").write_text(json.dumps({"corpus": str(corpus)}), encoding="utf-8")
    with serving(tmp_path / "run") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def window(browser: Any, served: str) -> Iterator[Window]:
    opened = Window(browser, served, viewport={"width": 1280, "height": 900})
    yield opened
    opened.context.close()
    assert opened.wrong == []


def codes(tmp_path: Path) -> list[str]:
    with open_run(tmp_path / "run") as run:
        return [tag.code for tag in run.taggings()[REC].pillars]


def test_search_filter_read_on_the_page_reject_undo_and_export(window: Window, tmp_path: Path) -> None:
    page = window.page
    window.sign("สมศรี")
    page.goto("/")
    window.press("/")
    page.keyboard.type("ล่าม")
    window.press("Enter")
    page.wait_for_selector(".hits li")
    assert page.locator(".hits li").count() == 2
    page.click(".facets a:has-text('ตำรวจ') >> nth=0")
    page.wait_for_url("**actor=police**")
    assert page.locator(".hits li").count() == 1
    with page.expect_download() as download:
        page.click("text=CSV")
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 1
    window.press("j")
    window.press("Enter")
    page.wait_for_selector(".passage.chosen")
    page.wait_for_load_state("networkidle")
    assert page.locator("rect.lit").count() == 1
    assert page.locator("mark.hit").first.inner_text() == "ล่าม"
    page.focus(".decide li.pillar-protection")
    window.press("n")
    page.wait_for_selector(".note")
    assert codes(tmp_path) == []
    window.press("u")
    page.wait_for_selector(".note:has-text('เลิกทำแล้ว')")
    assert codes(tmp_path) == ["protection"]
    window.press("y")
    page.wait_for_selector(".note:has-text('บันทึกแล้ว')")
    with open_run(tmp_path / "run") as run:
        assert {tag.by for tag in run.taggings()[REC].pillars} == {"สมศรี"}


def test_links_are_judged_with_one_key_and_the_coverage_follows(window: Window) -> None:
    page = window.page
    window.sign("สมศรี")
    page.goto(f"/trace/{REC}")
    window.press("j")
    window.press("n")
    page.wait_for_selector(".status-rejected")
    assert page.locator("h1 .coverage-partial").count() == 1
    window.press("u")
    page.wait_for_selector("h1 .coverage-direct")


def test_the_queue_is_worked_by_keys_alone(window: Window, tmp_path: Path) -> None:
    page = window.page
    window.sign("มานะ")
    page.goto("/review")
    first = page.locator("input[name=subject]").first.get_attribute("value")
    window.press("1")
    window.press("y")
    page.wait_for_selector(".note")
    assert page.locator("#item input[name=subject]").get_attribute("value") != first
    with open_run(tmp_path / "run") as run:
        assert "policy" in [tag.code for tag in run.taggings()[first].pillars]
    window.press("u")
    page.wait_for_url("**item=**")
    assert page.locator("#item input[name=subject]").get_attribute("value") == first


def test_a_question_is_kept_found_again_and_taken_out(window: Window) -> None:
    page = window.page
    window.sign("สมศรี")
    page.goto("/search?q=ล่าม&kind=finding")
    page.fill("#saved input[name=name]", "ล่ามในข้อค้นพบ")
    window.press("Enter")
    page.click("nav >> text=ภาพรวม")
    page.click("nav >> text=ค้นหา")
    page.click("#filters .saved >> text=ล่ามในข้อค้นพบ")
    page.wait_for_selector(".saved a[aria-current]")
    assert page.input_value("#q") == "ล่าม"
    assert page.locator(".hits li").count() == 1
    page.get_by_role("button", name="ลบคำค้น ล่ามในข้อค้นพบ").click()
    page.wait_for_selector("#saved input[name=name]")
    assert page.locator(".saved li").count() == 0


def test_key_words_in_context_are_gone_through_and_opened_by_keys(window: Window) -> None:
    page = window.page
    page.goto("/search?q=ล่าม&view=kwic&sort=left")
    window.press("j")
    window.press("j")
    passage = page.evaluate("document.activeElement.querySelector('a').getAttribute('href')")
    window.press("Enter")
    page.wait_for_selector(".passage.chosen")
    assert page.locator(".passage.chosen").get_attribute("id") in passage


def test_single_keys_can_be_switched_off(window: Window) -> None:
    page = window.page
    page.goto("/help")
    page.uncheck("#keys")
    page.goto("/")
    window.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
