"""The settings of a run: the file `tipmine.toml` in the corpus folder, over the defaults below.

All mistakes in a file are reported at once, each with its key, the value given and what is allowed.

    [run]
    ocr = "auto"  # "auto": Tesseract if it is installed and needed; "never"; "always"
    [themes]
    seed = 7
    [trace]
    candidates = 10
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from tipmine.errors import UsageError
from tipmine.ids import content_hash
from tipmine.records import DEFAULT_SEED, LEAST_CANDIDATES, OcrMode

FILE_NAME = "tipmine.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the setting `section_key` is written as `key` under `[section]`."""

    run_ocr: OcrMode = "auto"
    """Whether pages without usable text go to Tesseract: `auto` (if it is installed), `never`, or `always`."""
    limits_seconds: int = 3600
    """Longest time for one document. Seconds. A page takes about 0.1 s, a page that needs OCR about 4 s.

    OCR stops when nine tenths of it have passed; the pages that it has not reached are listed, and read by a later run
    with a higher limit."""
    limits_megabytes: int = 4000
    """Most private memory of a worker. MB (10 ** 6 bytes). A survey of 2,000 pages takes some 500 MB."""
    themes_seed: int = DEFAULT_SEED
    """Seed of everything random in finding themes."""
    themes_vectors: str = ""
    """A local folder with a sentence-transformers or model2vec model; empty: vectors made from the corpus."""
    themes_seeds: str = ""
    """Seed words that guide themes: a file in the corpus folder (`theme_files.py`), or `pillars`."""
    themes_edits: str = ""
    """Renames, merges and splits of themes by hand, done again after each run: a file in the corpus folder."""
    trace_candidates: int = LEAST_CANDIDATES
    """Pieces of evidence kept for each recommendation, best first, if there are so many."""
    tag_model: str = ""
    """A model folder to use in place of the one that ships."""

    def fingerprint(self, section: str | None) -> str:
        """Eight hex digits that change with the settings of a section; always the same for None."""
        chosen = {key: value for key, value in asdict(self).items() if section and key.startswith(f"{section}_")}
        return content_hash(chosen, digits=8)


_ALLOWED: Mapping[str, tuple[str, ...]] = {"run_ocr": get_args(OcrMode)}
"""The allowed values of settings that take one of a few words."""
_RANGES: Mapping[str, range] = {
    "limits_seconds": range(1, 1_000_001),
    "limits_megabytes": range(500, 1_000_001),
    "themes_seed": range(2**32),
    "trace_candidates": range(LEAST_CANDIDATES, 1_001),
}
"""The allowed values of the settings that are numbers, in the unit of each.

The alarm would take a time of 0 for no limit, and with less memory a worker fails while it loads its models. The
greatest seed is numpy's; the other greatest values only catch slips of the keyboard.
"""


def load_settings(folder: Path) -> Settings:
    """The settings for the corpus in `folder`; the defaults if it has no `tipmine.toml`.

    Raises UsageError, naming every wrong key and value, for a file with mistakes or one that is not TOML.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise UsageError(str(path), f"not a TOML file: {error}", "key = value under [section]") from error
    return settings_from(content, str(path))


def settings_from(content: Mapping[str, Any], subject: str) -> Settings:
    """Settings from nested mappings `{section: {key: value}}`; `subject` names their source in errors.

    Raises UsageError that names every wrong key and value.
    """
    known = {field.name: type(field.default) for field in fields(Settings)}
    mistakes: list[str] = []
    chosen: dict[str, Any] = {}
    for section, entries in content.items():
        if not isinstance(entries, Mapping):
            mistakes.append(f"{section} must be under a [section]")
            continue
        for key, value in entries.items():
            name = f"{section}_{key}"
            if name not in known:
                mistakes.append(f"[{section}] {key} is not a setting")
            elif type(value) is not known[name]:
                mistakes.append(f"[{section}] {key} must be {known[name].__name__}; got {value!r}")
            elif name in _ALLOWED and value not in _ALLOWED[name]:
                mistakes.append(f"[{section}] {key} must be one of {', '.join(_ALLOWED[name])}; got {value!r}")
            elif name in _RANGES and value not in _RANGES[name]:
                least, most = _RANGES[name][0], _RANGES[name][-1]
                mistakes.append(f"[{section}] {key} must be from {least:,} to {most:,}; got {value:,}")
            else:
                chosen[name] = value
    if mistakes:
        allowed = ", ".join("[{}] {}".format(*name.split("_", 1)) for name in sorted(known))
        raise UsageError(subject, "; ".join(mistakes), allowed)
    return replace(Settings(), **chosen)
