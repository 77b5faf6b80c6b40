"""What learnt n-grams add to the kinds."""

from __future__ import annotations

import pytest

from tipmine.data import data_rows
from tipmine.errors import InputError
from tipmine.segment import kind_ngrams
from tipmine.segment.kind_ngrams import NGRAM_WEIGHTS, folded, ngram_odds, ngrams
from tipmine.thai import MAI_EK

PROPOSAL, RESULT = "ควรจัดให้มีล่ามประจำด่านชายแดนทุกแห่ง", "พบว่าผู้เสียหายร้อยละ 40 ไม่ได้รับค่าสินไหมทดแทน"


def test_the_wording_speaks_for_its_kind() -> None:
    proposal, result = ngram_odds(PROPOSAL, ("ข้อเสนอแนะ",)), ngram_odds(RESULT, ("ผลการศึกษา",))

    assert max(proposal, key=lambda kind: proposal[kind]) == "recommendation"
    assert max(result, key=lambda kind: result[kind]) == "finding"
    assert sum(proposal.values()) == pytest.approx(0)
    assert "utterance" not in proposal


def test_headings_speak_too() -> None:
    text = "ฐานข้อมูลกลางของจังหวัด"
    below = ngram_odds(text, ("ข้อเสนอแนะเชิงนโยบาย",))["recommendation"]

    assert below > ngram_odds(text, ("ผลการศึกษา",))["recommendation"]


def test_text_without_a_known_ngram_has_the_constants_only() -> None:
    assert ngram_odds("", ()) == ngram_odds("\u4eba\u6c11", ()) == ngram_odds("", ("\u4eba",))


def test_numbers_and_blanks_are_folded_before_ngrams_are_cut() -> None:
    assert folded("ร้อยละ  ๔๐.๕ ABC") == "ร้อยละ 0 abc"
    assert list(ngrams("abc")) == ["ab", "bc", "abc"]


def test_marks_and_blanks_of_the_file_are_read_back() -> None:
    rows = {row[1] for row in data_rows(NGRAM_WEIGHTS)}
    text = kind_ngrams._learnt().rows["text"]

    assert any(row.startswith(f"\N{DOTTED CIRCLE}{MAI_EK}") for row in rows)
    assert any(ngram.startswith(MAI_EK) for ngram in text)
    assert any(" " in ngram for ngram in text)
    assert not any("\N{DOTTED CIRCLE}" in ngram or "\N{OPEN BOX}" in ngram for ngram in text)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["where", "ngram", "finding", "advice"]], "advice"),
        ([["where", "ngram", "finding", "plan"], ["title", "ab", "1", "2"]], "title"),
        ([["where", "ngram", "finding", "plan"], ["text", "ab", "1"]], "longer"),
        ([["where", "ngram", "finding", "plan"], ["text", "ab", "1", "much"]], "much"),
        ([["where", "ngram", "finding", "plan"], ["text", "ab", "1", "2"]], "constants"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_row(
    rows: list[list[str]], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_ngrams, "data_rows", lambda _: rows)

    with pytest.raises(InputError, match=said):
        kind_ngrams._learnt.__wrapped__()
