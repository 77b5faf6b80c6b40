"""The figures of themes, and what they are on known gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sklearn.metrics import adjusted_rand_score

from tests.themes.making import GOLD, UNITS
from tipmine.errors import RecordError
from tipmine.records import TextUnit
from tipmine.themes import find_themes
from tipmine.themes.evaluation import evaluate_themes, labelling, npmi
from tipmine.tokenize import words


def test_words_that_always_meet_are_coherent() -> None:
    texts = [("ก1", "ข1"), ("ก1", "ข1"), ("ค1",)]
    assert npmi([["ก1", "ข1"]], texts) == pytest.approx(1)
    assert npmi([["ก1", "ค1"]], texts) == -1


def test_the_evaluation_puts_us_beside_the_baselines() -> None:
    records = [{"id": u.id, "doc": u.doc, "text": u.text, "speaker": u.speaker, "theme": GOLD.get(u.id)} for u in UNITS]
    rows = {row["method"]: row for row in evaluate_themes(records, words)}
    assert {"tipmine", "NMF", "LDA", "KMeans + c-TF-IDF"} <= set(rows)
    assert rows["tipmine"]["outliers"] <= 0.15
    assert rows["tipmine"]["NMI_against_gold"] >= 0.6


def test_an_evaluation_of_nothing_that_was_said_is_refused() -> None:
    silent = [{"id": str(n), "text": "ครับ", "speaker": "ก"} for n in range(8)]
    with pytest.raises(RecordError, match="content"):
        evaluate_themes(silent, words)


def test_an_evaluation_of_numbered_speakers_who_all_say_the_same_has_figures() -> None:
    said = [{"id": n, "doc": n % 2, "text": "ล่ามหายาก", "speaker": n % 3, "theme": "ล่าม"} for n in range(20)]
    rows = evaluate_themes(said, words)
    assert [row["method"] for row in rows] == ["tipmine", "NMF", "LDA", "KMeans + c-TF-IDF", "BERTopic + HDBSCAN"]
    for row in rows:
        found = row["themes"] > 0
        grouped = (0, 1, 1) if found else (1, 0, 0)
        assert (row["outliers"], row["ARI_against_gold"], row["NMI_against_gold"]) == grouped


def test_the_sample_study_is_found_again(sample_corpus: Path) -> None:
    turns, gold = read_gold(sample_corpus)
    records = [turn | {"theme": gold.get(turn["id"])} for turn in turns if turn["kind"] == "utterance"]
    units = [
        TextUnit(r["id"], r["text"], words(r["text"]), r["doc"], "utterance", r.get("speaker", "")) for r in records
    ]
    result = find_themes(units)
    named = labelling(result)
    ids = sorted(gold)
    agreement = adjusted_rand_score([gold[i] for i in ids], [named.get(i, i) for i in ids])
    assert agreement >= 0.4
    assert result.figures["outlier_share"] <= 0.15


def read_gold(sample_corpus: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    def lines(name: str) -> list[dict[str, Any]]:
        text = (sample_corpus / "gold" / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    gold: dict[str, str] = {}
    for theme in lines("theme_list.jsonl"):
        for member in theme["members"]:
            gold.setdefault(member["id"], theme["theme"])
    return lines("passages.jsonl"), gold
