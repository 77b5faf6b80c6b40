"""The one reader of the data files that people edit."""

from __future__ import annotations

import pytest

from tipmine.data import data_lines


def test_comments_and_blank_lines_are_left_out() -> None:
    lines = data_lines("lexicon/words.tsv")

    assert lines
    assert not [line for line in lines if line.startswith("#") or not line.strip()]


def test_only_an_optional_file_may_be_missing() -> None:
    assert data_lines("lexicon/no-such-file.tsv", optional=True) == []
    with pytest.raises(FileNotFoundError):
        data_lines("lexicon/no-such-file.tsv")
