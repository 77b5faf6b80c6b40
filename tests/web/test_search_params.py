"""The address of a search page holds all of its question."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from tipmine.web.search_params import SearchParams


def test_a_question_comes_back_from_its_own_address() -> None:
    params = SearchParams("ล่าม & คน", {"pillar": ("policy",), "doc": ("a/b c.pdf",)}, "kwic", "left", 3)
    assert SearchParams.read(QueryParams(params.address().partition("?")[2])) == params


def test_toggling_a_value_twice_leads_back() -> None:
    params = SearchParams("x", {"kind": ("plan",)})
    once = SearchParams.read(QueryParams(params.toggled("kind", "finding").partition("?")[2]))
    assert once.filters == {"kind": ("plan", "finding")}
    assert once.toggled("kind", "finding") == params.address()
