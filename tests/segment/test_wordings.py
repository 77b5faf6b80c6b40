"""The file of wordings, which people edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.data_copies import read_changed
from tipmine.errors import InputError
from tipmine.segment import wordings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    wordings._table.cache_clear()
    yield
    wordings._table.cache_clear()


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ("caption\tตาราง(", "data/segment/wordings.tsv: “ตาราง[(]” is not a regular expression"),
        ("caption\tตาราง|", "row “caption ตาราง[|]” is not complete"),
        ("captoin\tตาราง", "row “captoin ตาราง” has an unknown use"),
    ],
)
def test_a_broken_row_is_named_by_the_first_look_for_any_wording(
    new: str, wrong: str, tmp_path: Path, monkeypatch: Any
) -> None:
    read_changed("segment/wordings.tsv", "\ncaption\tตาราง\n", f"\n{new}\n", tmp_path, monkeypatch)
    topic = wordings.Wording("topic")

    with pytest.raises(InputError, match=wrong):
        topic.match("การป้องกัน")


def test_a_wording_fills_the_place_of_its_words_in_a_pattern() -> None:
    caption = wordings.Wording("caption", pattern="ดู ?<words> ?[0-9]")

    assert caption.fullmatch("ดูตาราง 2")
    assert caption.match("ตามที่ดูภาพ 3", 6)
    assert not caption.search("ดูตารางที่แนบ")
    assert caption.findall("ดูตาราง 2 และดูกราฟ 4") == ["ดูตาราง 2", "ดูกราฟ 4"]


def test_the_name_of_a_use_stands_for_its_words_and_the_name_of_a_group_does_not() -> None:
    table = wordings.Wording("caption", pattern="(?P<namely><words>)ที่เกี่ยวข้อง ?<as_follows>")

    match = table.fullmatch("ตารางที่เกี่ยวข้อง ดังนี้")
    assert match
    assert match["namely"] == "ตาราง"
    assert not table.search("ตารางที่เกี่ยวข้อง คือ")
