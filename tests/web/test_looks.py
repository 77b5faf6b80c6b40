"""How the pages look and answer to keys, over a real run with decisions of two reviewers: in Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.browser import CHROMIUM, Window, opened_browser, serving
from tipmine.report.material import gather
from tipmine.report.tables import agency_rows
from tipmine.store.decisions import decide
from tipmine.store.run import open_run

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if not Path(CHROMIUM).is_file():
    pytest.skip("chromium is not installed", allow_module_level=True)

AXE = Path(os.environ.get("TIPMINE_AXE", Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js"))
"""axe-core is taken from where npm put it and does not ship."""
PHONE, DESK, PAPER = 390, 1280, 794
"""Widths of windows. Pixels; paper is A4 at 96 to the inch."""
TABS = 30
"""Elements of a page that the tabulator is taken to: the frame, the forms and the first of what is listed."""
UNMARKED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
  const box = at.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 1;
  return marked && seen ? "" : at.outerHTML.slice(0, 160);
}"""
"""The element that has the focus, where nothing shows that it has; empty where something does, null after the last."""


@pytest.fixture(scope="module")
def folder(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which two people have decided, and not always alike."""
    out = tmp_path_factory.mktemp("looks") / "run"
    shutil.copytree(sample_run, out)
    with open_run(out) as run:
        for number, passage in enumerate(run.passages(kind="recommendation")[:6]):
            for reviewer, value in (("สมศรี", "yes"), ("มานะ", "yes" if number % 3 else "no")):
                decide(run.connection, passage.id, "pillar:policy", value, reviewer)
    return out


@pytest.fixture(scope="module")
def pages(folder: Path) -> tuple[str, ...]:
    """One address of every view, the fullest where there is a choice."""
    with open_run(folder) as run:
        turn = next(p for p in run.passages(kind="utterance") if p.doc.endswith(".pdf"))
        rec = max(run.traces(), key=lambda trace: len(trace.evidence)).rec
        theme = run.themes().themes[0].id
        agency = agency_rows(gather(run))[0]["agency"]
    search, trace = "/search?q=ล่าม", "/trace?view="
    return (
        "/",
        "/search",
        search,
        search + "&view=kwic",
        search + "&view=collocates",
        "/search?view=cross&rows=pillar&columns=actor",
        f"/read?doc={turn.doc}&passage={turn.id}",
        f"/read?doc={turn.doc}&passage={turn.id}&show=raw",
        "/themes",
        f"/themes/{theme}",
        "/trace",
        trace + "matrix",
        trace + "heat",
        trace + "gaps",
        f"/trace/{rec}",
        "/agencies",
        f"/agencies?agency={agency}",
        "/review",
        "/review?only=doubtful",
        "/review?queue=conflicts",
        "/review?queue=history",
        "/help",
        "/name",
        "/nothing",
    )


@pytest.fixture(scope="module")
def served(folder: Path, sample_corpus: Path) -> Iterator[str]:
    with serving(folder, corpus=sample_corpus) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


def opened(browser: Any, served: str, width: int, **options: Any) -> Window:
    window = Window(browser, served, viewport={"width": width, "height": 900}, **options)
    window.sign("สมศรี")
    return window


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_is_wider_than_the_window_or_says_anything_to_the_console(
    browser: Any, served: str, pages: tuple[str, ...], width: int
) -> None:
    window = opened(browser, served, width)
    wide = {}
    for address in pages[:-1]:
        window.page.goto(address)
        window.page.wait_for_load_state("networkidle")
        wide[address] = window.page.evaluate("document.documentElement.scrollWidth")
    window.context.close()
    assert {address: found for address, found in wide.items() if found > width} == {}
    assert window.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(browser: Any, served: str, pages: tuple[str, ...], scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip(f"axe-core is not here: {AXE} (npm install axe-core)")
    window = opened(browser, served, DESK, color_scheme=scheme)
    # In the dark only colours are other.
    rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
    found = []
    for address in pages:
        window.page.goto(address)
        window.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = window.page.evaluate(f"axe.run({{resultTypes: ['violations'] {rules}}})")
        assert result["passes"], f"axe looked at nothing on {address}"
        found += [(address, v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
    window.context.close()
    assert found == []


def test_the_tabulator_goes_through_a_page_and_shows_where_it_is(
    browser: Any, served: str, pages: tuple[str, ...]
) -> None:
    window = opened(browser, served, DESK, reduced_motion="reduce")
    unmarked = []
    for address in pages:
        window.page.goto(address)
        window.page.wait_for_load_state("load")
        for _ in range(TABS):
            window.page.keyboard.press("Tab")
            found = window.page.evaluate(UNMARKED)
            if found is None:
                break
            unmarked += [(address, found)] if found else []
    window.context.close()
    assert unmarked == []


def test_the_first_tab_stop_leads_past_the_menu(browser: Any, served: str) -> None:
    window = opened(browser, served, DESK)
    window.page.goto("/search?q=ล่าม")
    window.press("Tab")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "main"
    window.context.close()


def test_paper_shows_the_passages_and_nothing_to_press(browser: Any, served: str, pages: tuple[str, ...]) -> None:
    window = opened(browser, served, PAPER)
    window.page.emulate_media(media="print")
    for address in pages[:-1]:
        window.page.goto(address)
        left = window.page.locator(".top nav, button, .facets, select").filter(visible=True)
        # The review queue and the name are forms and nothing else.
        if address not in ("/review", "/review?only=doubtful", "/name"):
            assert left.count() == 0, (address, left.first.evaluate("e => e.outerHTML"))
        assert window.page.locator("main").inner_text().strip()
        # Paper cannot be moved to the side.
        assert window.page.evaluate("document.documentElement.scrollWidth") <= PAPER, address
    window.context.close()
