"""The report's filter in a real browser, from the file itself; skipped by name where there is no browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report.conftest import FORMULA, SCHOOLS
from tests.web.browser import CHROMIUM, opened_browser
from tipmine.report.html import page
from tipmine.report.material import gather
from tipmine.store.decisions import decide
from tipmine.store.run import Run

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if not Path(CHROMIUM).is_file():
    pytest.skip("chromium is not installed", allow_module_level=True)


@pytest.fixture
def opened(hard: Run, tmp_path: Path) -> Iterator[Any]:
    key = next(passage.id for passage in hard.passages() if passage.text == FORMULA)
    decide(hard.connection, key, "pillar:partnership", "no", "สมศรี")
    path = tmp_path / "report.html"
    path.write_text(page(gather(hard)), encoding="utf-8")
    with opened_browser() as browser:
        window = browser.new_page()
        wrong: list[str] = []
        window.on("pageerror", lambda error: wrong.append(str(error)))
        window.goto(path.as_uri())
        yield window
        assert wrong == []


def shown(window: Any) -> list[str]:
    return [text.strip() for text in window.locator("article.rec:visible .text").all_inner_texts()]


def test_the_filter_shows_what_is_asked_for_and_counts_recommendations_only(opened: Any) -> None:
    assert len(shown(opened)) == 5
    gaps = opened.locator("#gaps ~ details .rec").count()
    opened.fill("[name=words]", "เด็ก รู้เท่าทัน")
    assert shown(opened) == [SCHOOLS]
    assert opened.inner_text("#count") == "1"
    assert opened.locator("#gaps ~ details .rec:not([hidden])").count() == gaps > 0, "gaps are not part of the register"
    opened.click("button[type=reset]")
    opened.wait_for_function("document.getElementById('count').textContent === '5'")
    opened.select_option("[name=state]", "reviewed")
    assert shown(opened) == [FORMULA]
    opened.select_option("[name=state]", "doubtful")
    assert len(shown(opened)) == 4, "what a person decided is in doubt no more"
    opened.select_option("[name=coverage]", "partial")
    assert len(shown(opened)) == 1
