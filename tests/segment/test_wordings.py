"""The file of wordings, which people edit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tipmine.data
from tipmine.errors import InputError
from tipmine.segment import wordings

FOLDER = Path(tipmine.data.__file__).parent


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    wordings._table.cache_clear()
    yield
    wordings._table.cache_clear()


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ("caption\tตาราง(", "data/segment/wordings.tsv: “ตาราง[(]” is no regular expression"),
        ("caption\tตาราง|", "row “caption ตาราง[|]” is not complete"),
        ("captoin\tตาราง", "row “captoin ตาราง” has an unknown use"),
    ],
)
def test_a_broken_row_is_named_by_the_first_look_for_any_wording(
    new: str, wrong: str, tmp_path: Path, monkeypatch: Any
) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "data")
    file = copy / "segment" / "wordings.tsv"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("\ncaption\tตาราง\n", f"\n{new}\n"), encoding="utf-8")
    monkeypatch.setattr(tipmine.data, "files", lambda _: copy)
    topic = wordings.Wording("topic")

    with pytest.raises(InputError, match=wrong):
        topic.match("การป้องกัน")


def test_a_wording_stands_between_what_is_before_and_behind_it() -> None:
    caption = wordings.Wording("caption", before="ดู ?", behind=" ?[0-9]")

    assert caption.fullmatch("ดูตาราง 2")
    assert caption.match("ตามที่ดูภาพ 3", 6)
    assert not caption.search("ดูตารางที่แนบ")
    assert caption.findall("ดูตาราง 2 และดูกราฟ 4") == ["ดูตาราง 2", "ดูกราฟ 4"]
