"""Whole documents from file to passages: what was right once stays right."""

from __future__ import annotations

import csv

import pytest

from tests.bench.document_bench import COUNTS, DOCUMENTS, RECORDED, counts_of


def recorded() -> list[dict[str, str]]:
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_document_has_recorded_counts() -> None:
    assert [row["document"] for row in recorded()] == sorted(path.stem for path in DOCUMENTS.glob("*.jsonl"))


@pytest.mark.parametrize("row", recorded(), ids=lambda row: row["document"])
def test_a_document_is_cut_as_when_it_was_recorded(row: dict[str, str]) -> None:
    """Exactly so: who makes one better or worse records the new counts (`document_bench --record`) and sees the change.

    What they are measured against is what a reader took for its passages; the README of the cases says where readers
    and program differ on purpose.
    """
    gold = DOCUMENTS / f"{row['document']}.jsonl"
    (path,) = (path for path in DOCUMENTS.glob(f"{gold.stem}.*") if path != gold)

    assert counts_of(gold, path) == {name: int(row[name]) for name in COUNTS}
