"""One parser of JSONL for the commands and for the files of edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tipmine.errors import RecordError
from tipmine.jsonl import lines_of, parse_objects
from tipmine.theme_files import read_edits, read_guides

LINE_SEPARATOR = "\u2028"


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    edit = f'{{"do": "rename", "theme": ["t"], "label": "ล่าม{LINE_SEPARATOR}แปล"}}\r\n'
    (tmp_path / "edits.jsonl").write_text(edit * 2, encoding="utf-8", newline="")
    edits = read_edits("edits.jsonl", tmp_path)
    assert [record["label"] for record in edits] == [f"ล่าม{LINE_SEPARATOR}แปล"] * 2
    (tmp_path / "seeds.tsv").write_text(f"ล่าม\tแปล{LINE_SEPARATOR}ภาษา|ล่าม\r\n", encoding="utf-8", newline="")
    assert read_guides("seeds.tsv", tmp_path) == {"ล่าม": [f"แปล{LINE_SEPARATOR}ภาษา", "ล่าม"]}


@pytest.mark.parametrize("line", ['{"label": "x"}', "[1]", "{", "[" * 100_000, '{"do": ' + "9" * 5_000 + "}"])
def test_a_line_that_is_no_edit_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "edits.jsonl").write_text('{"do": "merge"}\n\n' + line, encoding="utf-8")
    with pytest.raises(RecordError, match="line 3"):
        read_edits("edits.jsonl", tmp_path)


def test_a_required_text_is_a_string() -> None:
    assert list(parse_objects(lines_of('{"text": "ก"}\n'), "x", ("text",))) == [{"text": "ก"}]
    with pytest.raises(RecordError, match="line 1"):
        list(parse_objects(['{"text": 1}'], "x", ("text",)))
