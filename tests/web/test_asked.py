"""The address of a search page holds all of its question."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from tipmine.web.asked import Asked


def test_a_question_comes_back_from_its_own_address() -> None:
    asked = Asked("ล่าม & คน", {"pillar": ("policy",), "doc": ("a/b c.pdf",)}, "kwic", "left", 3)
    assert Asked.read(QueryParams(asked.address().partition("?")[2])) == asked


def test_toggling_a_value_twice_leads_back() -> None:
    asked = Asked("x", {"kind": ("plan",)})
    once = Asked.read(QueryParams(asked.toggled("kind", "finding").partition("?")[2]))
    assert once.filters == {"kind": ("plan", "finding")}
    assert once.toggled("kind", "finding") == asked.address()
