"""Tables on the terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len

from tipmine.cli.folding import fold
from tipmine.cli.tables import print_table


def test_a_missing_value_is_an_empty_cell_of_a_column_of_numbers() -> None:
    stream = StringIO()
    print_table([{"doc": "a.docx", "pages": None}, {"doc": "b.pdf", "pages": 12}], stream=stream)
    lines = stream.getvalue().splitlines()
    assert "None" not in stream.getvalue()
    assert lines[2].rstrip().endswith("   12"), lines


TEXT = "ตำรวจควรกำหนดหน้าที่ของหน่วยงานระดับชาติ (สาระการรู้เท่าทัน) และแจ้งความคืบหน้าแก่ผู้เสียหายเป็นภาษาเมียนมา"


@pytest.mark.parametrize("width", [1, 2, 7, 12, 20, 33])
def test_rows_never_begin_with_what_belongs_to_the_letter_before(width: int) -> None:
    rows = fold(TEXT, width).split("\n")
    assert "".join(rows).replace(" ", "") == TEXT.replace(" ", "")
    dependent = "\u0e2f\u0e30\u0e32\u0e33" + "".join(map(chr, (*range(0x0E34, 0x0E3B), *range(0x0E45, 0x0E4F))))
    assert not [row for row in rows if row[0] in dependent]
    assert not [row for row in rows if "\u0e40" <= row[-1] <= "\u0e44"]


def test_rows_are_broken_between_words_as_far_as_they_fit() -> None:
    rows = fold("ควรกำหนดหน้าที่ระดับชาติ", 10).split("\n")
    assert rows == ["ควรกำหนด", "หน้าที่", "ระดับชาติ"]
    assert fold("plan-sommottara-2566.pdf", 20).split("\n") == ["plan-sommottara-", "2566.pdf"]


def test_the_table_keeps_within_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = StringIO()
    print_table([{"doc": "plan-sommottara-2566.pdf", "page": 3, "text": TEXT, "kind": "finding"}], stream=stream)
    assert "plan-sommottara-2566.pdf" in stream.getvalue()
    assert all(cell_len(line) <= 80 for line in stream.getvalue().splitlines())


ACTORS = ["ล่าม", "ผู้เสียหายจากการค้ามนุษย์", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด", "ตำรวจ", "พนักงานอัยการ"]


def test_a_wide_table_of_counts_is_turned_round_and_any_other_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    def shown(rows: list[dict[str, object]]) -> list[str]:
        stream = StringIO()
        print_table(rows, "query", stream)
        return [line.rstrip() for line in stream.getvalue().splitlines()]

    pillars = ("policy", "protection")
    counts = [{"pillar": pillar} | dict.fromkeys(ACTORS, number) for number, pillar in enumerate(pillars)]
    lines = shown(counts)
    assert lines[1].split() == ["pillar:", "policy", "protection"]
    assert lines[2].split() == ["ล่าม", "0", "1"]
    assert sum("pillar" in line for line in lines) == 1
    named = [row | {ACTORS[0]: "ไม่มี"} for row in counts]
    assert sum(line.startswith("pillar") for line in shown(named)) > 1
    narrow = [{"year": year, "policy": 1, "protection": 2} for year in (2566, 2567)]
    assert shown(narrow)[1].split() == ["year", "policy", "protection"]
