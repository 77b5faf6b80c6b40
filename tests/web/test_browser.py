"""The desk in a real browser: Debian's Chromium through Playwright; skipped by name where either is missing."""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import write_sample_run
from tipmine.ids import file_sha256
from tipmine.store.run import open_run

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
if not Path(CHROMIUM).is_file():
    pytest.skip("chromium is not installed", allow_module_level=True)

REC = "p-report.pdf-0"
PAGES = ("/", "/search?q=ล่าม", "/search?q=ล่าม&view=kwic", "/search?view=cross", "/read?doc=report.pdf&passage=" + REC)
PAGES += ("/themes", "/themes/t-1", "/trace", "/trace?view=matrix", "/trace?view=heat", "/trace?view=gaps")
PAGES += (f"/trace/{REC}", "/agencies", "/review", "/review?queue=conflicts", "/review?queue=history", "/help", "/name")
AXE = Path(os.environ.get("TIPMINE_AXE", Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js"))
"""axe-core is taken from where npm put it and does not ship."""


@pytest.fixture
def served(tmp_path: Path, sample_corpus: Path) -> Iterator[str]:
    """A desk on a free port, with a page picture for the report."""
    import uvicorn

    from tipmine.web import create_app

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(sample_corpus / "documents" / "letter-2567.pdf", corpus / "report.pdf")
    run = write_sample_run(tmp_path / "run")
    digest = file_sha256(corpus / "report.pdf")
    run.connection.execute("UPDATE documents SET sha256 = ? WHERE doc = 'report.pdf'", (digest,))
    run.close()
    (tmp_path / "run" / "run.json").write_text(json.dumps({"corpus": str(corpus)}), encoding="utf-8")
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(tmp_path / "run"), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


class Window:
    """A browser window that collects what goes wrong in it and what it asks other places for."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=base, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.wrong: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url, base))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _asked(self, url: str, base: str) -> None:
        if not url.startswith(base):
            self.wrong.append(f"asked {url}")

    def press(self, key: str) -> None:
        """Press a key once the page with its script is there."""
        self.page.wait_for_load_state("load")
        self.page.keyboard.press(key)

    def sign(self, name: str) -> None:
        self.page.goto("/name")
        self.page.fill("#name", name)
        self.page.click("text=ใช้ชื่อนี้")


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


def test_single_keys_can_be_switched_off(window: Window) -> None:
    page = window.page
    page.goto("/help")
    page.uncheck("#keys")
    page.goto("/")
    window.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


@pytest.mark.parametrize("width", [380, 1280])
def test_no_page_is_wider_than_the_window(browser: Any, served: str, width: int) -> None:
    window = Window(browser, served, viewport={"width": width, "height": 800})
    for address in PAGES:
        window.page.goto(address)
        wide = window.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{address} is {wide} wide"
    window.context.close()
    assert window.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(browser: Any, served: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip(f"axe-core is not here: {AXE} (npm install axe-core)")
    window = Window(browser, served, viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    window.sign("สมศรี")
    # In the dark only colours are other.
    rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
    found = []
    for address in PAGES:
        window.page.goto(address)
        window.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = window.page.evaluate(f"axe.run({{resultTypes: ['violations'] {rules}}})")
        assert result["passes"], f"axe looked at nothing on {address}"
        found += [(address, v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
    window.context.close()
    assert found == []
