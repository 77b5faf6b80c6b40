"""Wrong cells of a filled sheet, collected so that a person can correct all of them at once."""

from __future__ import annotations

from pathlib import Path

from tipmine.errors import RecordError

MOST = 20
"""Most wrong cells that are named; the others are counted."""


class Mistakes:
    """The cells of a file that cannot be taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[tuple[str, str, str]] = []

    def add(self, where: str, wrong: str, expected: str) -> None:
        """Note a cell: its place in the file, what is wrong, and what was expected."""
        self._found.append((where, wrong, expected))

    def raise_if_any(self) -> None:
        """Raises RecordError that names the noted cells; does nothing if there are none."""
        if not self._found:
            return
        if len(self._found) == 1:
            where, wrong, expected = self._found[0]
            raise RecordError(f"{self._path}, {where}", wrong, expected)
        named = "; ".join(f"{where}: {wrong}" for where, wrong, _ in self._found[:MOST])
        more = f"; and {len(self._found) - MOST} more" if len(self._found) > MOST else ""
        expected = "; ".join(dict.fromkeys(expected for *_, expected in self._found))
        wrong = f"{len(self._found)} cells cannot be taken, so that none was: {named}{more}"
        raise RecordError(str(self._path), wrong, expected, "correct them and import the file again")
