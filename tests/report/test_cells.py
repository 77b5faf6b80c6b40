"""Cells that no spreadsheet calculates, and page ranges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipmine.report.cells import from_safe_cell, printable, safe_cell
from tipmine.report.thai_formats import page_ranges

CASES = Path(__file__).parent.parent / "cases" / "report" / "cells.jsonl"


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()])
def test_texts_that_a_spreadsheet_would_calculate_are_defused_and_others_left(case: dict[str, object]) -> None:
    assert safe_cell(case["value"]) == case["cell"]


@given(st.text())
def test_a_defused_text_never_begins_like_a_formula_and_can_be_armed_again(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    harmless = cell.lstrip().lstrip("+-").replace(".", "", 1).rstrip("%").isdigit()
    assert harmless or not cell.lstrip().startswith(("=", "+", "-", "@"))
    if not printable(text).startswith("'"):
        assert from_safe_cell(cell) == printable(text)


@given(st.one_of(st.integers(), st.floats(allow_nan=False), st.booleans()))
def test_numbers_stay_numbers(value: float) -> None:
    assert safe_cell(value) is value


@given(st.sets(st.integers(1, 60)))
def test_page_ranges_name_every_page_once(pages: set[int]) -> None:
    named: list[int] = []
    for part in filter(None, page_ranges(pages).split(", ")):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(pages)
