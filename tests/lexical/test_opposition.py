"""What demands the opposite is told from what only looks like it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tipmine.lexical.opposition import demands, opposed
from tipmine.tokenize import words

FILE = Path(__file__).parent.parent / "cases" / "lexical" / "opposition.jsonl"
"""Pairs of recommendations, written for the project."""
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("near", [True, False])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["right"])
def test_opposite_demands_are_found_and_look_alikes_are_not(case: dict[str, str], near: bool) -> None:
    left, right = (demands(words(case[side])) for side in ("left", "right"))
    assert opposed(left, right, near=near) is case["opposed"]
    assert opposed(right, left, near=near) is case["opposed"]
    assert not opposed(left, left, near=near)


def test_in_texts_that_are_less_alike_more_objects_must_be_the_same() -> None:
    left, right = (demands(words(text)) for text in ("ควรเปิดเผยชื่อนายจ้าง", "ไม่ควรเปิดเผยชื่อผู้เสียหาย"))
    assert opposed(left, right, near=True)
    assert not opposed(left, right, near=False)
