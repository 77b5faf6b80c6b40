"""What was said, found and planned on one scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.trace.making import unit
from tipmine.records import TextUnit
from tipmine.trace.registers import one_scale, registers


def _numbers(kinds: Sequence[str]) -> list[TextUnit]:
    return [unit(f"e{n}", f"ข้อที่ {n}", kind=kind) for n, kind in enumerate(kinds)]


def test_a_finding_and_a_turn_that_stand_out_among_their_like_are_level_and_a_plan_ranks_below() -> None:
    evidence = _numbers(["utterance"] * 8 + ["finding"] * 8 + ["plan"] * 8)
    spread = np.arange(8, dtype=np.float32)
    # Findings score higher throughout, since their words are those of recommendations.
    scores = np.concatenate([spread, 20 + 3 * spread, 20 + 3 * spread])[None].repeat(7, axis=0)
    found = one_scale(scores, evidence, registers(evidence), np.zeros(24, bool))[0]
    assert np.allclose(found[:8], found[8:16], atol=1e-4)
    assert found[23] < found[15]


def test_a_recommendation_that_nothing_is_near_to_stays_so_when_registers_are_brought_together() -> None:
    evidence = _numbers(["utterance"] * 8 + ["finding"] * 8)
    spread = np.tile(np.arange(8, dtype=np.float32), 2)
    scores = np.array([spread * (0.1 if row == 0 else 1) for row in range(7)], np.float32)
    found = one_scale(scores, evidence, registers(evidence), np.zeros(16, bool))
    assert found[0].max() < 0.5 * found[1].max()


def test_scores_of_one_register_are_left_as_they_are() -> None:
    evidence = _numbers(["finding"] * 9)
    scores = np.random.default_rng(3).normal(size=(7, 9)).astype(np.float32)
    assert np.array_equal(one_scale(scores.copy(), evidence, registers(evidence), np.zeros(9, bool)), scores)


@pytest.mark.parametrize(
    ("kinds", "sizes"),
    [
        (["utterance"] * 9 + ["finding"] * 6 + ["plan"] * 5, [9, 6, 5]),
        (["utterance"] * 9 + ["finding"] * 4 + ["plan"] * 5, [13, 5]),
        (["finding"] * 3, [3]),
        (["finding"] * 6 + ["", "utterance"] * 4, [8, 6]),
    ],
)
def test_a_handful_of_pieces_is_no_register_of_its_own(kinds: list[str], sizes: list[int]) -> None:
    parts = registers(_numbers(kinds))
    assert [int(part.sum()) for part in parts] == sizes
    assert (np.sum(parts, axis=0) == 1).all()
