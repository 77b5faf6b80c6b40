"""Lines written for this test, broken as real documents break them; look-alikes; what is known to fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tipmine.extract.repair import repair_text, replay, undo

CASES = Path(__file__).parent.parent / "cases" / "repair"


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def named(row: dict[str, str]) -> str:
    return row["why"]


@pytest.mark.parametrize("row", rows("wild.jsonl"), ids=named)
def test_a_line_broken_as_real_documents_break_it_is_whole_again(row):
    repaired = repair_text(row["raw"])
    assert repaired.text == row["text"]
    assert replay(row["raw"], repaired.edits) == row["text"]
    assert undo(row["text"], repaired.edits) == row["raw"]


@pytest.mark.parametrize("row", rows("look_alikes.jsonl"), ids=named)
def test_a_clean_line_that_looks_broken_is_left_alone(row):
    assert repair_text(row["text"]).edits == ()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row["reason"]))
        for row in rows("known_failures.jsonl")
    ],
    ids=named,
)
def test_what_is_known_not_to_be_repaired_yet(row):
    assert repair_text(row["raw"]).text == row["text"]
