"""What queries mean, checked against a plain reading of the passages: any nesting, any text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from tests.builders import write_texts
from tipmine.errors import UsageError
from tipmine.store.language import closed, facets_of, parse
from tipmine.store.marks import find_marks
from tipmine.store.query import Answer, Query, concordance, search
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

WORDS = ("alpha", "alarm", "beta", "gamma")
TEXTS = tuple(" ".join(random.Random(n).choices(WORDS, k=1 + n % 7)) for n in range(60))  # noqa: S311 -- repeatable
Holds = Callable[[str], bool]


@dataclass(frozen=True)
class Asked:
    """A query as it is written, and whether a text should be found by it."""

    written: str
    holds: Holds


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with create_run(Path(tmp_path_factory.mktemp("meaning")) / "run") as opened:
        write_texts(opened, [("other", text) for text in TEXTS])
        yield opened


def begins(word: str, side: str) -> bool:
    return word.startswith(side[:-1]) if side.endswith("*") else word == side


def word(side: str) -> Asked:
    return Asked(side, lambda text: any(begins(each, side) for each in text.split()))


def near(left: tuple[str, ...], right: tuple[str, ...], distance: int) -> Asked:
    def holds(text: str) -> bool:
        places = list(enumerate(text.split()))
        return any(
            any(begins(a, side) for side in left)
            and any(begins(b, side) for side in right)
            and 0 <= abs(i - j) - 1 <= distance
            for i, a in places
            for j, b in places
        )

    sides = [f"({' OR '.join(side)})" if len(side) > 1 else side[0] for side in (left, right)]
    return Asked(f"{sides[0]} NEAR/{distance} {sides[1]}", holds)


def all_of(a: Asked, b: Asked) -> Asked:
    return Asked(f"({a.written}) ({b.written})", lambda text: a.holds(text) and b.holds(text))


def one_of(a: Asked, b: Asked) -> Asked:
    return Asked(f"({a.written} OR {b.written})", lambda text: a.holds(text) or b.holds(text))


def none_of(a: Asked) -> Asked:
    return Asked(f"-({a.written})", lambda text: not a.holds(text))


def but_not(a: Asked, b: Asked) -> Asked:
    return Asked(f"({a.written}) AND NOT ({b.written})", lambda text: a.holds(text) and not b.holds(text))


SIDE = st.sampled_from((*WORDS, "al*", "alp*", "g*", "zeta"))
SIDES = st.lists(SIDE, min_size=1, max_size=2).map(tuple)
LETTERS = st.tuples(st.sampled_from([text for text in TEXTS if len(text) > 8]), st.integers(0, 4), st.integers(3, 9))
QUOTED = LETTERS.map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]].strip()).map(
    lambda letters: Asked(f'"{letters}"', lambda text: letters in text)
)
ATOM = SIDE.map(word) | QUOTED | st.builds(near, SIDES, SIDES, st.integers(0, 3))
ASKED = st.recursive(
    ATOM,
    lambda part: (
        st.builds(all_of, part, part)
        | st.builds(one_of, part, part)
        | st.builds(none_of, part)
        | st.builds(but_not, part, part)
    ),
    max_leaves=6,
)


def answered(run: Run, query: Query) -> Answer:
    """The answer, unless brackets in brackets come to too many alternatives: that is refused, and tried elsewhere."""
    try:
        return search(run, query)
    except UsageError as error:
        assert "too many alternatives" in error.wrong
        reject()


@settings(max_examples=300)
@given(ASKED)
def test_a_query_finds_what_a_plain_reading_finds(run: Run, asked: Asked) -> None:
    answer = answered(run, Query(asked.written, limit=len(TEXTS), facets=("kind",)))
    assert {hit.passage.text for hit in answer.hits} == {text for text in TEXTS if asked.holds(text)}, asked.written
    assert answer.total == sum(map(asked.holds, TEXTS))
    assert answer.counts["kind"].get("other", 0) == answer.total


@given(ASKED, st.integers(0, 20), st.integers(1, 20))
def test_pages_of_an_answer_are_pieces_of_the_whole(run: Run, asked: Asked, offset: int, limit: int) -> None:
    whole = [hit.passage.id for hit in answered(run, Query(asked.written, limit=len(TEXTS))).hits]
    page = search(run, Query(asked.written, limit=limit, offset=offset))
    assert [hit.passage.id for hit in page.hits] == whole[offset : offset + limit]


PIECES = st.sampled_from((
    *WORDS, '"', "(", ")", "-", "-(", "~", "*", "OR", "AND", "NOT", "NEAR", "NEAR/", "NEAR/9999",
    "kind:", "kind:other", ":", "\\",
    "[x TO y]", "\x00", "\n", "\u200b", "\ud800", "\u0e31", "\u0e33", "\u0e4d\u0e32", "ตร.",
    "a^2", ".*", "{1,9}", "' OR 1=1;--",
))  # fmt: skip
HOSTILE = st.lists(PIECES | st.text(max_size=5), max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=300)
@given(HOSTILE)
@example("(" * 2_000)
@example(")" * 2_000 + "alpha")
@example("((alpha OR beta) gamma")
@example("alpha NEAR")
@example("NEAR alpha")
@example("alpha NEAR NEAR OR OR beta")
@example("-(-(-(alpha)))")
@example("(alpha -beta) NEAR/2 (gamma NEAR/1 beta)")
@example("alpha NEAR/2 -beta")
@example("*" * 100)
@example("~" * 100)
@example("alpha " * 800)
def test_any_text_is_answered_or_refused_with_a_reason(run: Run, text: str) -> None:
    try:
        answer = search(run, Query(text))
    except UsageError as error:
        assert error.expected
        return
    assert 0 <= len(answer.hits) <= answer.total <= len(TEXTS)
    for line in concordance(answer):
        assert line.left + line.hit + line.right in line.passage.text


@pytest.mark.parametrize("piece", ["a" * 500, "(a{0} OR b{0})", "-(a{0} b{0})", "(a{0} OR b{0}) NEAR"])
def test_what_would_take_too_long_is_refused(piece: str) -> None:
    with pytest.raises(UsageError, match="too"):
        parse(" ".join(piece.format(n) for n in range(12)))


def test_what_is_said_twice_counts_once() -> None:
    groups = {frozenset(term.letters for term in group) for group in parse("(a OR b) " * 100)}
    assert groups == {frozenset("a"), frozenset("b"), frozenset("ab")}


def test_a_facet_cannot_be_left_out() -> None:
    with pytest.raises(UsageError, match="cannot be left out"):
        facets_of("alpha -kind:plan")


def test_a_minus_after_near_leaves_out_what_stands_close(run: Run) -> None:
    found = {hit.passage.text for hit in search(run, Query("alpha NEAR/0 -beta", limit=len(TEXTS))).hits}
    close = near(("alpha",), ("beta",), 0).holds
    assert found == {text for text in TEXTS if "alpha" in text.split() and not close(text)}


@settings(max_examples=300)
@given(HOSTILE)
def test_a_query_whose_brackets_are_closed_means_the_same(text: str) -> None:
    try:
        wanted = parse(text), facets_of(text)
    except UsageError:
        reject()
    assert (parse(closed(text)), facets_of(closed(text))) == wanted
    if wanted[0]:
        assert parse(f'{closed(text)} ) ) "') == wanted[0]


@given(st.text(max_size=40), st.lists(PIECES | st.text(max_size=5), max_size=6).map(" ".join))
def test_marks_stand_in_the_text_in_order_without_overlaps(text: str, asked: str) -> None:
    ends = [0]
    try:
        marks = find_marks(text, words(text), parse(asked))
    except UsageError:
        return
    for start, end in marks:
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
