"""What holds for the passages of any document: ids, spans, and nothing lost."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segment.making import passages, plain, printed, table_over_pages
from tipmine.segment.note_marks import without_note_marks


def test_ids_stay_when_other_passages_change() -> None:
    before = {p.text: p.id for p in passages(plain(["หนึ่งหนึ่งหนึ่ง", "สองสองสอง", "สามสามสาม"]))}
    after = {p.text: p.id for p in passages(plain(["หนึ่งหนึ่งหนึ่ง", "ใหม่ใหม่ใหม่", "สองสองสอง", "สามสามสาม"]))}

    assert all(after[text] == before[text] for text in before)


def test_equal_passages_have_different_ids() -> None:
    found = passages(plain(["ข้อความเดิม", "ข้อความเดิม", "ข้อความเดิม"]))

    assert len({p.id for p in found}) == 3


def test_a_megabyte_in_one_line_and_many_lines_take_linear_time() -> None:
    one = plain(["คณะกรรมการควรจัดล่ามเพศหญิง " * 40_000])
    many = plain(["1.1 หน่วยงานควรจัดล่ามประจำด่าน", "ก" * 75] * 10_000)
    start = time.process_time()
    found = passages(one) + passages(many)

    assert len(found) > 10_000
    # Measured 5 s; backtracking or joining again and again takes minutes.
    assert time.process_time() - start < 40


lines = st.lists(
    st.fixed_dictionaries(
        {"text": st.text(alphabet="กขคเา\u0e34\u0e48 .:()1๒-", min_size=0, max_size=30)},
        optional={
            "x": st.sampled_from([70, 90, 106, 300]),
            "x1": st.sampled_from([300, 519, 520]),
            "gap": st.sampled_from([1, 1, 1, 2]),
            "bold": st.booleans(),
            "size": st.sampled_from([14, 14, 16, 10]),
            "role": st.sampled_from(["body", "body", "heading", "footnote", "figure"]),
            "block": st.sampled_from([0, 0, 1]),
        },
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(lines, st.sampled_from(["", "plan", "report", "transcript", "letter"]))
def test_spans_point_into_the_passage_and_no_letter_is_lost_or_made(rows: list[dict[str, Any]], doc_type: str) -> None:
    document = printed(rows)
    found = passages(document, type=doc_type)
    for passage in found:
        assert passage.text.strip()
        assert all(0 <= span.start < span.end <= len(passage.text) for span in passage.lines)

    read = Counter("".join(passage.text + passage.number + passage.speaker for passage in found))
    written = Counter("".join(line.text for line in without_note_marks(document.lines)))
    for char in "กขค1๒":
        # In a transcript the times and numbers before a label belong to nobody.
        assert read[char] <= written[char] if doc_type == "transcript" else read[char] == written[char]


# A number that is in two cells of a row is shown once, so no other cell may be a 9.
CELLS = st.sampled_from(
    ["", "1", "2", "3.", "๔", "1.1", " 2 ", "กิจกรรม", "หน่วยงาน", "จัดล่ามประจำด่าน", "9) จัดรถ", "- ทำป้าย", "การป้องกัน"]
)
ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=7)
)


@settings(deadline=None, max_examples=150)
@given(ROWS, st.integers(1, 7), st.sampled_from(["", "plan", "report"]))
def test_no_cell_of_a_table_is_lost(rows: list[list[str]], first_page: int, doc_type: str) -> None:
    pages = [[" | ".join(cells) for cells in part] for part in (rows[:first_page], rows[first_page:])]
    found = passages(table_over_pages(*pages), type=doc_type)

    read = Counter("".join(passage.text + passage.number for passage in found))
    # A head that is printed again on the next page counts once.
    written = Counter("".join(cell for cells in dict.fromkeys(map(tuple, rows)) for cell in cells))
    assert all(read[char] >= count for char, count in written.items() if char.isalnum())
