"""The tagger that ships, and labelled passages, loaded once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tipmine.records import Kind, Passage, Tagging
from tipmine.tag import Tagger, load_tagger
from tipmine.tag.labelled import Labelled, read_labelled
from tipmine.tokenize import PhraseFinder, tokenize_text

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "tag"

TagText = Callable[..., Tagging]


def cases(name: str) -> list[Any]:
    """The cases of a file as pytest parameters; known failures are strict xfails with their reason."""
    found = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        known = case.get("class") == "known failure"
        marks = [pytest.mark.xfail(strict=True, reason=case["reason"])] if known else []
        found.append(pytest.param(case, id=case["id"], marks=marks))
    return found


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return load_tagger(None, finder=PhraseFinder)


@pytest.fixture(scope="session")
def tag_text(tagger: Tagger) -> TagText:
    def tag(text: str, kind: Kind = "finding", section: tuple[str, ...] = ()) -> Tagging:
        return tagger.tag([Passage("p", "d", kind, text, section)], [tokenize_text(text)])[0]

    return tag


@pytest.fixture(scope="session")
def labelled() -> list[Labelled]:
    path = ROOT / "corpora" / "labelled" / "plan.jsonl"
    return read_labelled(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
