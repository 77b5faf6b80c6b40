"""How the sources are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""The combining marks of Thai, for the brackets of a pattern."""
BARE = re.compile(f"(?<![\u0e01-\u0e2e{MARKS}])[{MARKS}]")


@pytest.mark.parametrize("folder", ["tipmine", "tests", "corpora", "scripts"])
def test_no_mark_stands_bare_in_code(folder: str) -> None:
    """Without a consonant before it a mark is drawn over what happens to be there: it is named or escaped."""
    lines = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BARE.search(line)
    ]
    assert not lines
