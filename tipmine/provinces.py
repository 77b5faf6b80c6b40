"""The provinces of Thailand, from `data/provinces.txt`."""

from __future__ import annotations

from functools import cache

from tipmine.data import data_lines


def province_at(text: str, start: int = 0) -> str:
    """The province whose name begins at code point `start` of `text`, the longest of several; empty if there is none.

    >>> province_at("ศาลจังหวัดชลบุรีพิพากษา", 10)
    'ชลบุรี'
    """
    return next((name for name in _provinces() if text.startswith(name, start)), "")


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(sorted(map(str.strip, data_lines("provinces.txt")), key=len, reverse=True))
