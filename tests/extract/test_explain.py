"""Every change has a reason in words."""

from __future__ import annotations

from pathlib import Path

from tipmine.extract import extract_document
from tipmine.extract.compose import RULE_OVERPRINT, RULE_SPACING
from tipmine.extract.explain import PAGE_RULES, explain_edits
from tipmine.extract.repair import RULES, reason
from tipmine.records import Edit


def test_each_change_is_shown_with_its_letters_and_its_reason() -> None:
    (sentence,) = explain_edits("ทำางาน", [Edit("am-aa", 1, "\u0e33\u0e32", "\u0e33")])
    shown = "ท[\u0e33\u0e32]งาน \N{RIGHTWARDS ARROW} ท[\u0e33]งาน (am-aa): "
    assert sentence == shown + reason("am-aa")
    assert "สระอาจึงซ้ำ" in sentence and "sara aa appears twice" in sentence


def test_a_later_change_is_shown_in_the_text_that_the_earlier_ones_left() -> None:
    first, second = explain_edits("กข", [Edit(RULE_OVERPRINT, 0, "ก", ""), Edit(RULE_SPACING, 1, "", " ")])
    assert first.startswith("[ก]ข \N{RIGHTWARDS ARROW} []ข ") and "counts once" in first
    assert second.startswith("ข[] \N{RIGHTWARDS ARROW} ข[ ] ") and "ช่องว่าง" in second


def test_every_rule_that_the_sample_corpus_needs_has_a_story(sample_corpus: Path) -> None:
    stories = set(PAGE_RULES) | {rule.id for rule in RULES}
    used: set[str] = set()
    for path in sorted((sample_corpus / "documents").glob("*.pdf")):
        document = extract_document(path, ocr="never")
        used |= set(document.damage)
        for line in document.lines:
            assert len(list(explain_edits(line.raw, line.edits))) == len(line.edits)
    assert used
    assert used <= stories
