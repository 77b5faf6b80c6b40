"""CSV, Parquet and Web Annotations: the same passages and labels as in the run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.builders import FINDING, INTERPRETERS
from tests.report.conftest import FORMULA, SCHOOLS
from tipmine import __version__
from tipmine.pipeline import run_pipeline
from tipmine.report.flat import write_flat_csv, write_parquet
from tipmine.report.webannotation import write_annotations
from tipmine.store.decisions import decide
from tipmine.store.run import Run, open_run


def test_csv_and_parquet_hold_a_row_a_passage_with_labels_as_0_and_1(hard: Run, tmp_path: Path) -> None:
    write_flat_csv(hard, tmp_path / "p.csv")
    write_parquet(hard, tmp_path / "p.parquet")
    assert (tmp_path / "p.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = pq.read_table(tmp_path / "p.parquet")
    assert [row["id"] for row in rows] == table["id"].to_pylist() == [p.id for p in hard.passages()]
    row = next(row for row in rows if row["text"] == SCHOOLS)
    assert (row["pillar.protection"], row["pillar.policy"], row["pillar.policy.score"]) == ("1", "0", "0.1")
    assert (row["actor.children"], row["actor.rtp"], row["coverage"]) == ("1", "0", "none")
    assert (row["reviewed"], row["doubtful"]) == ("0", "1"), "partnership at .6"
    assert "'" + FORMULA in {row["text"] for row in rows}, "defused in CSV"
    assert FORMULA in table["text"].to_pylist(), "as it is in Parquet"
    assert str(table.schema.field("pillar.policy").type) == "int8"


def test_annotations_quote_the_text_and_find_it_by_page_and_position(small: Run, tmp_path: Path) -> None:
    write_annotations(small, tmp_path / "a.jsonld")
    content = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert content["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    texts = {info.doc: small.document(info.doc).plain_text() for info in small.documents()}
    assert len({item["id"] for item in content["items"]}) == len(content["items"]) == 10
    for item in content["items"]:
        page, quotation, position = item["target"]["selector"]
        assert page["value"] == "page=1" and page["refinedBy"] == quotation
        cut = texts[item["target"]["source"]][position["start"] : position["end"]]
        assert cut == quotation["exact"]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("ข้อเสนอแนะดังนี้ 1) ควรเพิ่มล่ามประจำด่านทุกแห่งในปีหน้า 2) ควรเพิ่มล่ามประจำด่าน", ("1) ", "2) ")),
        ("เครือข่ายเสนอให้รัฐบาล 1) เพิ่มล่ามประจำด่านตรวจคนเข้าเมืองทุกแห่ง 2) เพิ่มล่ามประจำด่านตรวจคนเข้าเมือง", ("", "")),
    ],
    ids=["items", "items with the words before them"],
)
def test_an_item_that_begins_like_the_one_before_it_in_its_line_has_its_own_place(
    tmp_path: Path, text: str, starts: tuple[str, str]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(f"ข้อเสนอแนะ\n\n{text}\n", encoding="utf-8")
    run_pipeline(corpus, tmp_path / "run")
    with open_run(tmp_path / "run") as run:
        plain = run.document("a.txt").plain_text()
        write_annotations(run, tmp_path / "a.jsonld")
    items = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["items"]
    found = [
        selector
        for item in items
        if item["body"][0]["tipmine:code"] == "recommendation"
        for selector in item["target"]["selector"]
        if selector["type"] == "TextPositionSelector"
    ]
    begins = [plain.index(start) + len(start) if start else plain.index("เครือข่าย") for start in starts]
    assert [at["start"] for at in found] == begins
    assert found[-1]["end"] == len(plain.rstrip())


def test_every_annotation_is_signed_by_who_said_it(small: Run, tmp_path: Path) -> None:
    rec, finding = "p-report.pdf-0", "p-report.pdf-2"
    decide(small.connection, rec, "kind", "plan", "สมศรี")
    decide(small.connection, finding, "pillar:policy", "yes", "มานะ")
    write_annotations(small, tmp_path / "a.jsonld")
    items = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["items"]

    def signed(text: str) -> dict[str, str]:
        whole = [item for item in items if item["target"]["selector"][1]["exact"] == text]
        return {item["body"][0]["tipmine:code"]: item["creator"]["name"] for item in whole}

    machine = f"tipmine {__version__}"
    assert signed(INTERPRETERS) == {"plan": "สมศรี", "protection": machine}
    assert signed(FINDING) == {"finding": machine, "policy": "มานะ", "protection": machine}


def test_a_position_that_cannot_be_found_is_left_out_and_the_quotation_stays(hard: Run, tmp_path: Path) -> None:
    hard.connection.execute("UPDATE lines SET text = 'อื่น'")
    write_annotations(hard, tmp_path / "a.jsonld")
    content = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    kinds = {selector["type"] for item in content["items"] for selector in item["target"]["selector"]}
    assert kinds == {"TextQuoteSelector", "FragmentSelector"}


def test_a_run_without_anything_gives_files_that_open(empty: Run, tmp_path: Path) -> None:
    write_annotations(empty, tmp_path / "a.jsonld")
    write_flat_csv(empty, tmp_path / "p.csv")
    write_parquet(empty, tmp_path / "p.parquet")
    assert json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["items"] == []
    assert pq.read_table(tmp_path / "p.parquet").num_rows == 0
