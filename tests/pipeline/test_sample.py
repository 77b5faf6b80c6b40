"""The sample corpus, from its files to its reports, against gold that was made by reading it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tipmine.extract.scoring import comparable_text
from tipmine.report import write_reports
from tipmine.store.query import Query, search
from tipmine.store.run import Run, open_run


@pytest.fixture(scope="module")
def run(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    # Reports are written into the folder.
    out = shutil.copytree(sample_run, tmp_path_factory.mktemp("reported") / "run")
    with open_run(out) as opened:
        yield opened


def gold(sample_corpus: Path, name: str) -> list[dict[str, Any]]:
    lines = (sample_corpus / "gold" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def bare(text: str) -> str:
    return "".join(comparable_text(text).split())


def without_number(text: str) -> str:
    """The bare text after a measure's number."""
    return bare(re.sub(r"^[0-9\u0e50-\u0e59.]+\s", "", text))


def test_every_recommendation_of_the_report_is_found_with_its_number(run: Run, sample_corpus: Path) -> None:
    wanted = {bare(item["text"]): str(item["number"]) for item in gold(sample_corpus, "recommendations.jsonl")}
    found = {bare(p.text): "".join(filter(str.isdecimal, p.number)) for p in run.passages(kind="recommendation")}
    assert found == wanted


def test_nearly_every_passage_that_a_reader_marked_is_in_a_passage_of_its_kind(run: Run, sample_corpus: Path) -> None:
    """A measure of a table is there with its row, so that the marked words are the head of the passage."""
    found = [(p.doc, p.kind, bare(p.text)) for p in run.passages()]
    wanted = gold(sample_corpus, "passages.jsonl")
    right = sum(
        any(
            (doc, kind) == (item["doc"], item["kind"]) and text.startswith(without_number(item["text"]))
            for doc, kind, text in found
        )
        for item in wanted
    )
    assert right >= 0.97 * len(wanted)


def test_every_turn_has_its_speaker_and_every_passage_its_place(run: Run) -> None:
    for passage in run.passages():
        assert (passage.kind == "utterance") <= bool(passage.speaker), passage
        assert passage.lines
        assert all(0 <= span.start <= span.end <= len(passage.text) for span in passage.lines)
        if passage.doc.endswith(".pdf"):
            assert all(span.box is not None for span in passage.lines), passage


def test_what_the_manifest_says_is_known_of_each_document(run: Run) -> None:
    by_doc = {info.doc: info for info in run.documents()}
    assert by_doc["fg2-manosamut.pdf"].province == "มโนสมุทร"
    assert by_doc["report-study-2567.pdf"].year_be == 2567


def test_themes_quote_what_was_said_and_leave_the_moderator_out(run: Run) -> None:
    themes = run.themes()
    assert len(themes.themes) >= 5
    passages = {p.id: p for p in run.passages(kind="utterance")}
    for theme in themes.themes:
        assert len(theme.docs) >= 2 or not theme.stable
        for quote in theme.quotes:
            assert passages[quote.id].text[quote.start : quote.end].strip()
            assert "ผู้ดำเนินการ" not in passages[quote.id].speaker


def test_every_recommendation_has_a_trace_with_ranked_evidence(run: Run) -> None:
    traces = run.traces()
    assert len(traces) == 25
    for trace in traces:
        assert [item.rank for item in trace.evidence] == list(range(1, len(trace.evidence) + 1))
        assert len(trace.evidence) == 10
        assert all(item.reasons for item in trace.evidence)


def test_the_index_answers_over_all_documents(run: Run) -> None:
    answer = search(run, Query("ล่าม", facets=("kind", "doc")))
    assert answer.total >= 5
    assert len(answer.counts["doc"]) >= 3
    assert all("ล่าม" in hit.passage.text for hit in answer.hits)


def test_reports_are_written_and_load_nothing_from_outside(run: Run) -> None:
    paths = write_reports(run)
    page = paths["html"].read_text(encoding="utf-8")
    assert 'lang="th"' in page
    for address in ("http://", "https://", "//cdn"):
        assert f'src="{address}' not in page
        assert f'href="{address}' not in page
    assert paths["xlsx"].stat().st_size > 10_000
