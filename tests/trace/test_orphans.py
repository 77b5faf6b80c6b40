"""Themes that no recommendation answers."""

from __future__ import annotations

from dataclasses import replace

from tests.trace.making import EVIDENCE, RECS
from tipmine.records import Band, Evidence, Member, Theme, Trace
from tipmine.trace import theme_links, trace
from tipmine.trace.orphans import ANSWERED


def theme(id_: str, members: list[str], terms: tuple[str, ...]) -> Theme:
    joined = tuple(Member(member, 0.9) for member in members)
    return Theme(id_, terms[0], terms, len(members), ("fg",), 0.9, joined, ())


def test_a_theme_that_no_recommendation_answers_is_an_orphan() -> None:
    themes = (theme("t1", ["u1", "u2"], ("ล่าม", "แปล")), theme("t2", ["u6"], ("น้ำท่วม", "ถนน")))
    links = theme_links(themes, trace(RECS, EVIDENCE))
    assert "r1" in {rec for rec, _ in links["t1"]}
    assert links["t2"] == []


def test_faint_links_answer_a_theme_together_and_one_that_a_person_confirmed_alone() -> None:
    def link(id_: str, score: float, band: Band = "weak") -> Evidence:
        return Evidence(id_, 1, score, band, ())

    asked = (theme("t1", ["u1", "u2", "u3"], ("ล่าม",)),)
    faint = Trace("r1", "none", (link("u1", 0.25), link("u2", 0.2), link("u3", 0.12)))
    assert theme_links(asked, [faint]) == {"t1": [("r1", 0.57)]}
    assert theme_links(asked, [replace(faint, evidence=faint.evidence[:2])]) == {"t1": []}
    confirmed = Trace("r2", "direct", (link("u1", 0.02, "confirmed"), link("u9", 0.9, "confirmed")))
    assert theme_links(asked, [confirmed, faint]) == {"t1": [("r1", 0.57), ("r2", ANSWERED)]}
