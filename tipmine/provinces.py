"""The provinces of Thailand, of `data/provinces.txt`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def province_at(text: str, start: int = 0) -> str:
    """The province whose name begins at `start` (a code point) of `text`, of several the longest; empty if none does.

    >>> province_at("ศาลจังหวัดชลบุรีพิพากษา", 10)
    'ชลบุรี'
    """
    return next((name for name in _provinces() if text.startswith(name, start)), "")


@cache
def _provinces() -> tuple[str, ...]:
    text = files("tipmine.data").joinpath("provinces.txt").read_text(encoding="utf-8")
    names = [row.strip() for row in text.splitlines() if row.strip() and not row.startswith("#")]
    return tuple(sorted(names, key=len, reverse=True))
