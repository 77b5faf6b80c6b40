"""Marks find their base before anything is sorted."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.making import glyph, glyphs_of
from tests.timing import cpu_seconds
from tipmine.extract.lines import Spacing, print_line, to_segments
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import to_clusters, with_nikhahits, without_doubles
from tipmine.thai import in_storage_order, join_sara_am

SYLLABLES = st.lists(
    st.sampled_from(["ก", "กิ", "กี่", "กุ", "ปู่", "ฝ้", "ที่", "น์", "เ", "แ", "า", "ๆ", "ำ", "A", "7"]),
    min_size=1,
    max_size=40,
).map("".join)


def read(glyphs: list[Glyph]) -> str:
    segments = to_segments(to_clusters(glyphs))
    return print_line(segments, Spacing(True)).text if segments else ""


@given(SYLLABLES)
def test_text_drawn_in_storage_order_reads_as_written(text: str) -> None:
    assert read(glyphs_of(text)) == join_sara_am(text)


@given(SYLLABLES, st.floats(-2.5, 0.0))
def test_marks_shifted_to_the_left_stay_with_their_base(text: str, shift: float) -> None:
    drawn = [g._replace(x=g.x + shift, x0=g.x0 + shift, x1=g.x1 + shift) if g.mark else g for g in glyphs_of(text)]
    assert read(drawn) == join_sara_am(text)


@given(SYLLABLES, st.floats(-1.4, 0.0))
def test_tight_spacing_does_not_move_a_mark_to_the_next_letter(text: str, kern: float) -> None:
    drawn: list[Glyph] = []
    moved = 0.0
    for g in glyphs_of(text):
        if not g.mark and drawn:
            moved += kern
        drawn.append(g._replace(x=g.x + moved, x0=g.x0 + moved, x1=g.x1 + moved))
    assert read(drawn) == join_sara_am(text)


@given(SYLLABLES, st.randoms(use_true_random=False))
def test_marks_drawn_after_all_letters_are_put_back_by_their_place(text: str, rng: random.Random) -> None:
    drawn = glyphs_of(text)
    marks = [g for g in drawn if g.mark]
    rng.shuffle(marks)
    late = [g._replace(place=n) for n, g in enumerate([g for g in drawn if not g.mark] + marks)]
    assert read(late) == join_sara_am(text)


@given(SYLLABLES, st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_overprinting_changes_nothing(text: str, dx: float, dy: float) -> None:
    drawn = glyphs_of(text)
    again = [g._replace(x=g.x + dx, x0=g.x0 + dx, x1=g.x1 + dx, y=g.y + dy, place=g.place + 500) for g in drawn]
    assert read(drawn + again) == join_sara_am(text)


def test_a_shadow_under_large_letters_is_dropped() -> None:
    times = 10
    large = [
        g._replace(x=g.x * times, x0=g.x0 * times, x1=g.x1 * times, size=g.size * times) for g in glyphs_of("กฎของกลุ่ม")
    ]
    shadow = [g._replace(x=g.x - 5, x0=g.x0 - 5, x1=g.x1 - 5, y=g.y + 7) for g in large]
    drawn = [g._replace(place=n) for n, g in enumerate(shadow + large)]
    assert read(drawn) == "กฎของกลุ่ม"


@pytest.mark.parametrize("text", ["ff", "ll", "//", "......", "11", "กก", "งง"])
def test_double_letters_side_by_side_are_no_overprint(text: str) -> None:
    assert len(without_doubles(glyphs_of(text, width=1.8))) == len(text)


def test_glyphs_of_an_impossible_size_take_no_longer() -> None:
    def seconds(size: float) -> float:
        drawn = [g._replace(size=size, x1=g.x0 + size) for g in glyphs_of("กขคง" * 100)]
        return cpu_seconds(lambda: without_doubles(drawn))

    assert seconds(1e5) < 5 * seconds(1e3)


def test_letter_by_letter_overprint_reads_once() -> None:
    drawn = [
        g for one in glyphs_of("งบประมาณ") for g in (one, one._replace(x=one.x + 0.3, x0=one.x0 + 0.3, x1=one.x1 + 0.3))
    ]
    assert read([g._replace(place=n) for n, g in enumerate(drawn)]) == "งบประมาณ"


def test_a_mark_drawn_after_the_space_goes_to_the_letter_before_it() -> None:
    base, space = glyph("ถ", 100.0), glyph(" ", 106.0, width=3.0, place=1)
    mark, after = glyph("\N{THAI CHARACTER SARA UE}", 109.0, width=0.0, place=2, mark=True), glyph("ง", 109.0, place=3)
    assert read([base, space, mark, after]) == "ถึง"


def test_a_real_space_after_a_mark_that_is_drawn_late_stays() -> None:
    base, space = glyph("ร", 100.0), glyph(" ", 106.0, width=3.0, place=1)
    mark, after = glyph("\N{THAI CHARACTER SARA II}", 106.0, width=0.0, place=2, mark=True), glyph("ท", 109.0, place=3)
    assert read([base, space, mark, after]) == "รี ท"


def test_marks_drawn_before_their_base_go_to_it_and_not_to_the_letter_before() -> None:
    """As Apache FOP draws them; their pen is at the right edge of the base."""
    drawn = [glyph("ก", 100.0), glyph("\N{THAI CHARACTER SARA I}", 112.0, width=0.0, place=1, mark=True)]
    drawn += [glyph("\N{THAI CHARACTER MAI EK}", 112.0, width=0.0, place=2, mark=True), glyph("ป", 106.0, place=3)]
    assert read([*drawn, glyph("ต", 112.0, place=4)]) == "กป\N{THAI CHARACTER SARA I}\N{THAI CHARACTER MAI EK}ต"


@pytest.mark.parametrize(("after", "text"), [(112.0, "กิต"), (106.0, "กิต"), (118.0, "กิ ต")])
def test_a_mark_that_takes_room_leaves_no_gap_after_it(after: float, text: str) -> None:
    """In a font of one width; a program that shapes text goes back over the mark (the second case)."""
    mark = glyph("\N{THAI CHARACTER SARA I}", 106.0, width=6.0, place=1, mark=True)
    assert read([glyph("ก", 100.0), mark, glyph("ต", after, place=2)]) == text


@pytest.mark.parametrize("hidden", [" ", "\N{THAI CHARACTER SARA AM}", "\ufffd"])
@pytest.mark.parametrize("aa", ["\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"])
def test_a_glyph_without_width_before_sara_aa_is_the_nikhahit(hidden: str, aa: str) -> None:
    drawn = [
        glyph("ค", 100.0),
        glyph(hidden, 106.0, width=0.0, place=1),
        glyph(aa, 106.0, place=2),
        glyph("น", 112.0, place=3),
    ]
    assert read(drawn) == "คำน"


def test_a_space_with_width_before_sara_aa_is_left_to_the_words() -> None:
    drawn = [
        glyph("ค", 100.0),
        glyph(" ", 106.0, width=2.0, place=1),
        glyph("\N{THAI CHARACTER SARA AA}", 108.0, place=2),
    ]
    assert [g.text for g in with_nikhahits(drawn)] == ["ค", " ", "\N{THAI CHARACTER SARA AA}"]


@given(
    st.lists(st.sampled_from("\u0e31\u0e34\u0e35\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4c\u0e4d"), max_size=6).map("".join)
)
def test_storage_order_is_stable_and_keeps_every_mark_once(marks: str) -> None:
    ordered = in_storage_order(marks)
    assert in_storage_order(ordered) == ordered
    assert set(ordered) == set(marks) and len(ordered) == len(set(marks))


AM = "\N{THAI CHARACTER SARA AM}"


@pytest.mark.parametrize("cluster", ["ท" + AM, "น\N{THAI CHARACTER MAI THO}" + AM])
def test_glyphs_that_are_all_mapped_to_their_cluster_are_one(cluster: str) -> None:
    marks = [glyph(mark, 106.0, width=0.0, place=n, plain=cluster, mark=True) for n, mark in enumerate(cluster[1:], 1)]
    drawn = [glyph(cluster, 100.0), *marks, glyph(cluster, 106.0, place=8), glyph("ง", 112.0, place=9)]
    assert read(drawn) == cluster + "ง"


def test_a_cluster_that_is_one_glyph_may_be_said_twice() -> None:
    cluster = "ท" + AM
    assert read([glyph(cluster, 100.0), glyph(cluster, 106.0, place=1)]) == 2 * cluster


@pytest.mark.parametrize("mark", ["\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER MAI THO}"])
def test_a_mark_that_is_part_of_a_sara_am_is_not_added_to_it(mark: str) -> None:
    cluster = "น\N{THAI CHARACTER MAI THO}" + AM
    assert read([glyph(cluster, 100.0, width=12.0), glyph(mark, 106.0, width=0.0, place=1, mark=True)]) == cluster
