"""The way of an officer who has never seen the desk, from a question to a letter, by what is on the page alone.

    python -m tests.web.walkthrough docs          # runs the sample corpus and makes the pictures of docs/walkthrough.md

`test_walkthrough.py` goes the same way and looks at what comes out.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.web.browser import Window, opened_browser, serving

REVIEWER = "สมศรี"
OFFICE = "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด"
WRONG = "ด้านการดำเนินคดี"
"""In the sample the word for the police brings this pillar to people who tell of help that nobody gave."""
VIEW = {"width": 1280, "height": 800}
Show = Callable[[str, Any], None]
"""Takes the name of a step and its page; the pictures are made here."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the officer has seen and holds at the end."""

    found: list[str]
    """The text of each passage of the answer."""
    passage: str
    """The id of the passage that was read, as the page's own link has it."""
    rejected: str
    """The label of the pillar that was rejected."""
    police_before: int
    police_after: int
    police_in_report: int
    """Passages of the police with that pillar: in the grid of the desk, and in that of the saved report."""
    letter: Path
    project: Path


def walk(window: Window, folder: Path, show: Show = lambda _name, _page: None) -> Found:
    """Go the whole way; files are saved into `folder`."""
    page = window.page
    _sign(page)
    show("start", page)
    found = _search(page)
    show("search", page)
    _open_one_with_a_picture(page)
    show("read", page)
    wrong = _wrong_pillar(page)
    passage = page.locator(".passage.chosen").get_attribute("id") or ""
    before = _police(page, wrong)
    page.go_back()
    page.go_back()
    _reject(page, wrong)
    show("reject", page)
    after = _police(page, wrong)
    show("change", page)
    page.click("nav >> text=ภาพรวม")
    in_report = _open_report(window, folder, wrong, show)
    letter = _letter(window, folder)
    show("office", page)
    page.click("nav >> text=ภาพรวม")
    project = window.save("text=ชุดข้อมูลที่ลงรหัสแล้ว (QDPX)", folder)
    return Found(found, passage, wrong, before, after, in_report, letter, project)


def _sign(page: Any) -> None:
    page.goto("/")
    page.click("text=ใส่ชื่อผู้ตรวจ")
    page.fill("#name", REVIEWER)
    page.click("text=ใช้ชื่อนี้")
    page.wait_for_selector("h1:has-text('ภาพรวมของชุดเอกสาร')")


def _search(page: Any) -> list[str]:
    page.click("nav >> text=ค้นหา")
    _narrow(page, "เสาหลัก", "ด้านการคุ้มครองช่วยเหลือ")
    _narrow(page, "ผู้เกี่ยวข้อง", "ตำรวจ")
    _narrow(page, "ประเภทเอกสาร", "บันทึกการสนทนา")
    return [text.strip() for text in page.locator(".hits .text").all_inner_texts()]


def _narrow(page: Any, facet: str, value: str) -> None:
    """Click on a value of a facet, behind "more" where it is rare."""
    section = page.locator(".facets section", has=page.get_by_role("heading", name=facet, exact=True))
    choice = section.locator("a", has=page.get_by_text(value, exact=True))
    # Whether a value is visible is answered at once, so the page has to be there before it is asked.
    section.wait_for()
    if not choice.is_visible():
        section.locator("summary").click()
    choice.click()
    page.wait_for_selector(f".chosen .tag:has-text('{value}')")


def _open_one_with_a_picture(page: Any) -> None:
    for place in range(page.locator(".hits .place").count()):
        page.locator(".hits .place").nth(place).click()
        page.wait_for_selector(".passage.chosen")
        if page.locator(".sheet").count():
            page.wait_for_load_state("networkidle")
            return
        page.go_back()
    raise AssertionError("none of the passages is in a document with pictures of its pages")


def _wrong_pillar(page: Any) -> str:
    """What the officer takes for wrong: `WRONG`, or what the machine is least sure of where it no longer says that."""
    tags = page.locator(".decide .tag:not(.maybe) > span").all_inner_texts()
    scores = {text.split()[0]: float(text.split()[1]) for text in tags}
    return WRONG if WRONG in scores else min(scores, key=lambda name: scores[name])


def _police(page: Any, pillar: str) -> int:
    """What the desk's grid of actors and pillars says of the police in a pillar."""
    page.click("nav >> text=ข้อเสนอแนะ")
    page.click("text=ผู้เกี่ยวข้อง × เสาหลัก")
    return _cell(page.locator("main .grid"), "ตำรวจ", pillar)


def _cell(grid: Any, actor: str, pillar: str) -> int:
    """The number in the row of an actor and the column of a pillar, whose head may be short."""
    heads = grid.locator("thead th").all_inner_texts()
    place = next(i for i, head in enumerate(heads) if head.strip() in pillar)
    names = [text.split()[0] for text in grid.locator("tbody th").all_inner_texts()]
    cell = grid.locator("tbody tr").nth(names.index(actor)).locator("th, td").nth(place)
    return int(re.findall(r"\d+", cell.inner_text())[0])


def _open_report(window: Window, folder: Path, pillar: str, show: Show) -> int:
    report = window.save("text=รายงานหน้าเว็บ (HTML)", folder)
    page = window.context.new_page()
    page.goto(report.as_uri() + "#heat")
    show("report", page)
    number = _cell(page.locator("#heat ~ .scroll .grid").first, "ตำรวจ", pillar)
    page.close()
    return number


def _reject(page: Any, pillar: str) -> None:
    page.wait_for_selector(".passage.chosen")
    page.locator(".decide .tag", has_text=pillar).get_by_role("button", name=f"ไม่ใช่{pillar}").click()
    page.wait_for_selector(f".note:has-text('บันทึกแล้ว: ไม่ใช่{pillar}')")


def _letter(window: Window, folder: Path) -> Path:
    window.page.click("nav >> text=หน่วยงาน")
    window.page.get_by_role("link", name=OFFICE, exact=True).click()
    return window.save("text=แบบติดตาม (Word)", folder)


def main() -> None:
    """Run the sample corpus and make the pictures."""
    from PIL import Image

    from tipmine.pipeline import run_pipeline

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    folder = parser.parse_args().folder
    corpus = Path(__file__).parent.parent.parent / "corpora" / "sample"

    def show(name: str, page: Any) -> None:
        path = folder / f"walkthrough-{name}.png"
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path)
        # Few colours are on the page; a third of the size.
        Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)

    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        run_pipeline(corpus, out / "sample")
        with serving(out / "sample", corpus=corpus) as address, opened_browser() as browser:
            window = Window(browser, address, viewport=VIEW, reduced_motion="reduce")
            walk(window, out, show)
            window.context.close()


if __name__ == "__main__":
    main()
