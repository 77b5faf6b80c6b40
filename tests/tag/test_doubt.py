"""What is marked doubtful, and how far a model can be trusted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tipmine.errors import RecordError
from tipmine.records import PILLARS, ActorTag, PillarTag, Tagging
from tipmine.tag.agreement import reliability
from tipmine.tag.doubt import doubtful_pillars, is_doubtful
from tipmine.tag.labelled import Labelled
from tipmine.tag.metrics import reader_flags
from tipmine.tag.trust import Trust, compare_annotators

SCORES = dict(zip(PILLARS, (0.9, 0.6, 0.3, 0.2, 0.01), strict=True))
UNSURE = Tagging("1", "finding", (), SCORES, ())
ACTOR = ActorTag(0, 3, "ครู", "", "ครู", "education", "", "partner", 0.4, "open-class name")


def passage(id_: str, *pillars: str) -> Labelled:
    return Labelled(id_, id_, "finding", "ครูสอน", (), "", frozenset(pillars))


def test_pillars_near_the_middle_are_doubtful_whether_given_or_not() -> None:
    assert doubtful_pillars(UNSURE) == (PILLARS[1], PILLARS[2])


def test_what_a_person_decided_is_not_in_doubt() -> None:
    decided = replace(UNSURE, pillars=(PillarTag(PILLARS[1], 1.0, "confirmed", by="นักวิจัย"),))
    assert doubtful_pillars(decided) == (PILLARS[2],)
    assert is_doubtful(ACTOR)
    assert not is_doubtful(replace(ACTOR, by="นักวิจัย"))


def test_a_kind_that_carries_no_pillars_has_no_doubts() -> None:
    assert doubtful_pillars(replace(UNSURE, kind="other")) == ()


def test_reliability_counts_scores_by_fifths() -> None:
    assert reliability([0.1, 0.1, 0.9, 1.0], [False, True, True, True]) == [
        (pytest.approx(0.1), 0.5, 2),
        (pytest.approx(0.95), 1.0, 2),
    ]


def test_trust_tells_doubtful_decisions_from_clear_ones() -> None:
    scores = np.array([[0.9, 0.1, 0.1, 0.1, 0.5]])
    truth = np.array([[True, False, False, True, False]])
    trust = Trust.of(scores, truth, scores >= 0.4, [])
    assert trust.doubtful == pytest.approx(0.2)
    assert trust.clear == pytest.approx(0.75)


def test_another_reader_is_judged_on_the_passages_that_both_read() -> None:
    gold = [passage("a", "policy"), passage("b", "prevention"), passage("c")]
    records = [{"id": "b", "pillars": ["prevention"]}, {"id": "a", "pillars": []}, {"id": "z", "pillars": ["policy"]}]
    places, flags = reader_flags(gold, records)
    assert places == [0, 1]
    assert flags.sum() == 1
    truth = np.array([[pillar in p.pillars for pillar in PILLARS] for p in gold])
    model, reader = compare_annotators(gold, truth, truth, records)
    assert (model.passages, model.f1.value) == (2, 1.0)
    assert reader.f1.value == 0.5


def test_an_unknown_pillar_of_a_reader_is_refused() -> None:
    with pytest.raises(RecordError, match="peace"):
        reader_flags([passage("a")], [{"id": "a", "pillars": ["peace"]}])
