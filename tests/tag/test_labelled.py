"""Labelled files: marks out, spans in, and mistakes named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipmine.errors import RecordError
from tipmine.tag.labelled import GoldActor, Labelled, read_labelled, unmark

WORDS = st.text(alphabet="กขคงเด็ก ตำรวจabc12().", min_size=1, max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_marks_come_out_and_spans_point_at_the_names(parts: list[tuple[str, str]]) -> None:
    marked = "".join(f"{plain}{{{{partner|ngo:{name}}}}}" for plain, name in parts)
    text, actors = unmark(marked)
    assert text == "".join(plain + name for plain, name in parts)
    assert [text[actor.start : actor.end] for actor in actors] == [name for _, name in parts]


@pytest.mark.parametrize(
    ("record", "wrong"),
    [
        ({"marked": "{{boss|ngo:มูลนิธิ}}", "pillars": []}, "unknown role: 'boss'"),
        ({"marked": "{{partner|church:วัด}}", "pillars": []}, "unknown sector: 'church'"),
        ({"marked": "{{partner|ngo:มูลนิธิ", "pillars": []}, "a mark is not closed"),
        ({"text": "ตำรวจ", "pillars": ["peace"]}, "unknown pillar: 'peace'"),
        ({"text": "ตำรวจ", "kind": "poem"}, "unknown kind: 'poem'"),
        ({"text": "ตำรวจ", "actors": [{"text": "ครู", "role": "partner"}]}, "the actor 'ครู' is not in the text"),
        ({"text": "ตำรวจ", "actors": [{"start": 3, "end": 9, "role": "partner"}]}, "an actor at 3 to 9"),
        ({"text": "ตำรวจ", "actors": [{"start": "สาม", "end": 5, "role": "partner"}]}, "an actor at สาม to 5"),
        ({"text": "ตำรวจ", "actors": [5]}, "not an actor: 5"),
        ({"text": "ตำรวจ", "actors": "ตำรวจ"}, "actors are not a list"),
        ({}, "holds no text"),
    ],
)
def test_a_wrong_record_is_refused_with_its_number_and_its_mistake(record: dict[str, object], wrong: str) -> None:
    with pytest.raises(RecordError, match=f"record 2: {wrong}"):
        read_labelled([{"id": 1, "text": "ครู"}, {"id": 2, **record}])


def test_an_actor_given_by_text_stands_at_each_of_its_places_but_not_inside_a_longer_one() -> None:
    actors = [{"text": "ชุมชน", "role": "partner"}, {"text": "ผู้นำชุมชน", "roles": ["addressee"]}]
    (record,) = read_labelled([{"text": "ชุมชนและผู้นำชุมชน", "actors": actors}])
    assert record.actors == (GoldActor(0, 5, ("partner",)), GoldActor(8, 18, ("addressee",)))


def test_actors_come_in_the_order_of_the_text() -> None:
    actors = [{"start": 6, "end": 11, "role": "partner"}, {"text": "ครู", "role": "addressee"}]
    (record,) = read_labelled([{"text": "ครูกับตำรวจ", "actors": actors}])
    assert record.actors == (GoldActor(0, 3, ("addressee",)), GoldActor(6, 11, ("partner",)))


def test_a_single_label_is_known_as_such() -> None:
    (record,) = read_labelled([{"text": "ก", "label": "policy"}])
    assert isinstance(record, Labelled)
    assert record.single
    assert record.pillars == {"policy"}
    assert record.actors is None
