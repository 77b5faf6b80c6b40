"""Scores made comparable between rows and columns, and the share of a turn's block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.trace.making import unit
from tipmine.lexical.dialogue import moderator_turns
from tipmine.trace.normalise import (
    CLOSE_TALK,
    LEAST_CONTEXT,
    block_agreement,
    context_matrix,
    is_table,
    matching,
    mutual,
    with_context,
)


@given(st.integers(5, 12), st.integers(0, 2**16))
@settings(max_examples=20, deadline=None)
def test_each_recommendation_gets_one_answer_in_all_and_each_answer_goes_out_alike(size: int, seed: int) -> None:
    shares = matching(np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32))
    assert np.all(shares >= 0)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-4)
    assert np.allclose(shares.sum(axis=0), size / (size + 1), atol=1e-4)


def test_an_answer_that_two_want_goes_to_the_one_that_has_no_other() -> None:
    shares = matching(np.array([[3.0, 2.9, 0.0], [3.0, 0.0, 0.0], [0.0, 0.0, 1.0]], np.float32))
    assert shares.argmax(axis=1).tolist() == [1, 0, 2]


def test_scores_of_long_texts_are_brought_down_to_those_of_short_ones() -> None:
    scores = np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]], np.float32)
    assert np.allclose(*mutual(scores))


def _talk(matters: Sequence[int], spread: float = 0.4) -> tuple[NDArray[np.float32], Any]:
    """Scores of 12 recommendations for 240 turns in blocks of six, and the blocks; a turn is near to its matter."""
    units = [unit(f"t{at}", "พูด", doc="g1", speaker="ผู้ดำเนินการ" if at % 6 == 0 else "ก") for at in range(len(matters))]
    noise = np.random.default_rng(3).normal(0, spread, (12, len(matters)))
    return np.asarray(np.eye(12)[:, list(matters)] + noise, np.float32), context_matrix(units, moderator_turns(units))


def test_a_block_counts_where_the_talk_keeps_to_its_questions_and_hardly_where_it_wanders() -> None:
    keeping = [at // 6 % 12 for at in range(240)]
    wandering = [int(at) for at in np.random.default_rng(5).permutation(keeping)]

    close, far = (block_agreement(*_talk(matters)) for matters in (keeping, wandering))

    assert close > CLOSE_TALK
    assert abs(far) < CLOSE_TALK / 3
    for matters, share in ((keeping, 1.0), (wandering, LEAST_CONTEXT)):
        scores, matrix = _talk(matters)
        added = with_context(scores, np.ones_like(scores), matrix) - scores
        assert np.allclose(added, share, atol=0.06)


def test_hundreds_of_turns_are_no_response_table() -> None:
    assert is_table(89, 89)
    assert not is_table(25, 300)
    assert not is_table(2, 2)
