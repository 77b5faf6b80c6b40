"""The words of roles as people edit them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data_copies import read_changed
from tipmine.errors import InputError
from tipmine.tag import role_cues


@pytest.mark.parametrize(("old", "new", "side"), [("told", "tolled", "sentence"), ("follows", "follow", "heading")])
def test_a_misspelt_class_is_an_error_that_names_the_side(
    old: str, new: str, side: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_changed("role_cues.tsv", f"{old}\t{side}", f"{new}\t{side}", tmp_path, monkeypatch)
    monkeypatch.setattr(role_cues, "_rows", role_cues._rows.__wrapped__)

    with pytest.raises(InputError, match=rf"data/role_cues\.tsv: the side {side} has the classes .*\b{new}\b"):
        role_cues.sentence_words.__wrapped__("lead") if side == "sentence" else role_cues.heading_choice("to")
