"""Figures of agreement against values worked out by hand or known from the literature."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.agreement_bench import krippendorff_alpha
from tipmine.lexical.bootstrap import bootstrap
from tipmine.tag.agreement import (
    calibration_error,
    cohen_kappa,
    coverage_accuracy,
)
from tipmine.tag.labelled import GoldActor, Labelled
from tipmine.tag.metrics import matched, span_counts


def test_kappa_of_a_table_worked_by_hand() -> None:
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_kappa_has_no_value_where_nothing_can_be_disagreed_about() -> None:
    assert math.isnan(cohen_kappa([1, 1], [1, 1]))
    assert math.isnan(cohen_kappa([], []))


def test_alpha_of_krippendorffs_own_example_with_missing_labels() -> None:
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability": nominal, four observers, alpha = .743.
    a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    assert krippendorff_alpha(list(zip(a, b, c, d, strict=True))) == pytest.approx(0.743, abs=0.0005)


@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_a_reader_agrees_with_herself(labels: list[bool]) -> None:
    assert cohen_kappa(labels, labels) == pytest.approx(1.0) or len(set(labels)) == 1


def test_an_interval_holds_its_figure_and_comes_back_with_the_same_seed() -> None:
    values = [0, 1] * 40
    figure = bootstrap(lambda rows: sum(values[i] for i in rows) / len(rows), 80)
    assert figure.low < figure.value < figure.high
    assert figure == bootstrap(lambda rows: sum(values[i] for i in rows) / len(rows), 80)


def test_intervals_over_documents_are_wider_than_over_passages() -> None:
    values = [document % 2 for document in range(8) for _ in range(10)]
    groups = [document for document in range(8) for _ in range(10)]

    def mean(rows: object) -> float:
        return sum(values[i] for i in rows) / len(rows)  # type: ignore[attr-defined,arg-type]

    single, whole = bootstrap(mean, 80), bootstrap(mean, 80, groups=groups)
    assert whole.high - whole.low > single.high - single.low


def test_scores_that_are_shares_of_right_ones_are_calibrated() -> None:
    # Ten bins of ten equal scores each, of which as many are right as the score says.
    scores = [tenth / 10 for tenth in range(10) for _ in range(10)]
    right = [i < tenth for tenth in range(10) for i in range(10)]
    assert calibration_error(scores, right) == pytest.approx(0.0)
    assert calibration_error([0.9] * 10, [False] * 10) == pytest.approx(0.9)


def test_the_surest_decisions_come_first_in_the_coverage_curve() -> None:
    scores = [i / 100 for i in range(100)]
    curve = coverage_accuracy(scores, [score >= 0.5 for score in scores])
    assert curve[0] == (0.1, 1.0)
    assert curve[-1] == (1.0, 0.5)


def test_optional_actors_are_neither_right_nor_wrong() -> None:
    gold = Labelled(
        "1", "d", "finding", "ครู ตำรวจ เด็ก", (), "", frozenset(),
        actors=(GoldActor(0, 3, ("partner",)),), optional_actors=(GoldActor(4, 9, ()),),
    )  # fmt: skip
    assert span_counts(gold, [(0, 3), (4, 9)], exact=True) == (1, 1, 1, 1)
    assert span_counts(gold, [(0, 3), (10, 14)], exact=True) == (1, 2, 1, 1)
    assert span_counts(gold, [(0, 2)], exact=True) == (0, 1, 0, 1)
    assert span_counts(gold, [(0, 2)], exact=False) == (1, 1, 1, 1)


def test_each_gold_actor_is_matched_with_the_span_that_overlaps_it_most() -> None:
    actors = (GoldActor(0, 10, ("partner",)), GoldActor(12, 20, ("mention",)))
    gold = Labelled("1", "d", "finding", "x" * 20, (), "", frozenset(), actors=actors)
    assert sorted(matched(gold, [(0, 3), (2, 14), (13, 20)])) == [(1, actors[0]), (2, actors[1])]
