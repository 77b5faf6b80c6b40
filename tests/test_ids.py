from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tipmine.ids import content_hash, content_id, file_sha256

parts = st.lists(st.one_of(st.text(max_size=6), st.integers()), max_size=4)


@given(parts, parts)
def test_different_parts_give_different_ids(first: list[str | int], second: list[str | int]) -> None:
    assert (content_id("p", *first) == content_id("p", *second)) == (first == second)


def test_an_id_is_the_same_on_every_machine() -> None:
    assert content_id("p", "report.pdf", "ข้อความ", 0) == "p-7e914f19843e9ed2c9dc"


def test_a_file_is_hashed_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert file_sha256(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_hash_depends_on_content_and_not_on_the_order_of_keys() -> None:
    assert content_hash({"a": 1, "b": "ล่าม"}) == content_hash({"b": "ล่าม", "a": 1}) != content_hash({"a": 1})
    assert len(content_hash([], digits=8)) == 8
