"""The files by which an analyst steers themes: seed words before themes are found, edits by hand afterwards.

`tipmine.toml` of a corpus names them as `[themes] seeds` and `[themes] edits`, `tipmine themes` as options. Seeds are
lines `name<TAB>word|word`, or the word `pillars` in place of a file; edits are described in `themes/edits.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipmine.errors import MissingFileError, RecordError
from tipmine.extract.txt import decode
from tipmine.ids import content_hash
from tipmine.jsonl import lines_of, parse_objects
from tipmine.settings import Settings

PILLARS = "pillars"
"""The seed words of the five pillars: the phrases of the pillar lexicon."""


def read_guides(source: str, folder: Path = Path()) -> Mapping[str, Sequence[str]]:
    """Name -> seed words; empty for an empty `source`. Relative paths start from `folder`.

    Raises MissingFileError if there is no such file, RecordError for a malformed line.
    """
    from tipmine.tag.codebook import seed_lexicon

    seeds: dict[str, list[str]] = {}
    if source == PILLARS:
        for phrase in seed_lexicon():
            seeds.setdefault(phrase.pillar, []).append(phrase.text)
        return seeds
    for number, line in enumerate(lines_of(_content(source, folder)), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition("\t")
        cells = [word.strip() for word in words.split("|") if word.strip()]
        if not name.strip() or not cells:
            raise RecordError(f"{source}, line {number}", "no seed words in it", "name, a tab, words joined by |")
        seeds[name.strip()] = cells
    return seeds


def read_edits(source: str, folder: Path = Path()) -> list[dict[str, Any]]:
    """Edits by hand in their order; empty for an empty `source`. Raises as `read_guides` does."""
    return list(parse_objects(lines_of(_content(source, folder)), source, required=("do",)))


@dataclass(frozen=True, slots=True)
class Steering:
    """An analyst's seed words and edits for the themes of a corpus."""

    guides: Mapping[str, Sequence[str]]
    edits: Sequence[Mapping[str, Any]]

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that change with the content of the files.

        The order of the guides counts: of two that draw a theme equally, the first gives it its name.
        """
        return content_hash([list(self.guides.items()), self.edits], digits=8)


def read_steering(settings: Settings, folder: Path) -> Steering:
    """The content of the files that the settings name. Raises as `read_guides` does."""
    return Steering(read_guides(settings.themes_seeds, folder), read_edits(settings.themes_edits, folder))


def _content(source: str, folder: Path) -> str:
    if not source:
        return ""
    path = folder / source
    if not path.is_file():
        raise MissingFileError(str(path), "no such file", "a file of seed words or of edits", "correct the name")
    return decode(path.read_bytes(), str(path))[0].removeprefix("\ufeff")
