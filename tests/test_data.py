"""The one reader of the data files that people edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tipmine.data
from tipmine.data import data_fingerprint, data_lines
from tipmine.pipeline import STAGES


def test_comments_and_blank_lines_are_left_out() -> None:
    lines = data_lines("lexicon/words.tsv")

    assert lines
    assert not [line for line in lines if line.startswith("#") or not line.strip()]


def test_only_an_optional_file_may_be_missing() -> None:
    assert data_lines("lexicon/no-such-file.tsv", optional=True) == []
    with pytest.raises(FileNotFoundError):
        data_lines("lexicon/no-such-file.tsv")


def test_the_fingerprint_changes_with_a_file_and_with_one_in_a_folder(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "words.tsv").write_text("ล่าม\n", encoding="utf-8")
    (tmp_path / "provinces.txt").write_text("น่าน\n", encoding="utf-8")
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    before = data_fingerprint("lexicon", "provinces.txt")
    (tmp_path / "lexicon" / "README.md").write_text("for people", encoding="utf-8")
    assert data_fingerprint("lexicon", "provinces.txt") == before
    (tmp_path / "lexicon" / "words.tsv").write_text("ล่าม\nคนแปล\n", encoding="utf-8")
    changed = data_fingerprint("lexicon", "provinces.txt")
    (tmp_path / "provinces.txt").write_text("แพร่\n", encoding="utf-8")
    assert len({before, changed, data_fingerprint("lexicon", "provinces.txt")}) == 3


def test_every_data_file_that_results_depend_on_belongs_to_a_stage() -> None:
    folder = Path(tipmine.data.__file__).parent
    known = {name for stage in STAGES for name in stage.data}
    assert all((folder / name).exists() for name in known)
    entries = {path.name for path in folder.iterdir() if path.suffix not in (".md", ".py") and path.name[0] != "_"}
    # Reports are made anew by every run.
    assert entries - {"report"} == {name.split("/")[0] for name in known}
