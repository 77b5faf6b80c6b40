from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipmine.report.pieces import Span, pieces
from tipmine.web.marks import excerpt

TEXTS = st.text(alphabet="กขมาเแ\u0e48\u0e49\u0e31ำ ab<>&\"'", max_size=60)
SPANS = st.lists(st.builds(Span, st.integers(-3, 70), st.integers(-3, 70), st.sampled_from(["x", "y"])), max_size=6)


@given(TEXTS, SPANS)
def test_pieces_give_the_text_back(text: str, spans: list[Span]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(TEXTS, SPANS)
def test_a_letter_has_the_classes_of_all_spans_over_it(text: str, spans: list[Span]) -> None:
    at = 0
    legal = [s for s in spans if 0 <= s.start < s.end <= len(text)]
    for piece in pieces(text, spans):
        for place in range(at, at + len(piece.text)):
            assert set(piece.css.split()) == {s.css for s in legal if s.start <= place < s.end}
        at += len(piece.text)


def test_an_excerpt_shows_the_first_mark_and_says_what_is_left_out() -> None:
    text = "ก" * 1000 + "ล่าม" + "ข" * 1000
    cut = excerpt(text, [Span(1000, 1004, "hit")])
    assert [piece.text for piece in cut if piece.css == "hit"] == ["ล่าม"]
    assert cut[0].text == cut[-1].text == "…"
    assert sum(len(piece.text) for piece in cut) < 450


def test_an_excerpt_never_begins_with_a_mark_without_its_letter() -> None:
    text = "กั" * 600 + "ล่าม" + "กั" * 600
    for at in range(1196, 1206):
        cut = excerpt(text, [Span(at, at + 1, "hit")])
        assert cut[1].text[0] != "\N{THAI CHARACTER MAI HAN-AKAT}"
