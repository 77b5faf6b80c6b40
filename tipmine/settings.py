"""The settings of a run: `tipmine.toml` in the corpus folder over the defaults below.

All mistakes of a file are collected and raised at once, each with its key, what was given and what is allowed.

    [run]
    ocr = "auto"  # "auto": Tesseract where it is installed and needed; "never"; "always"
    [themes]
    seed = 7
    [trace]
    candidates = 10
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from tipmine.errors import UsageError
from tipmine.records import OcrMode

FILE_NAME = "tipmine.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the name in the file is `[section] key` for `section_key`."""

    run_ocr: OcrMode = "auto"
    """Pages without usable text go to Tesseract where it is installed (`auto`), never, or always."""
    limits_seconds: int = 3600
    """Longest time for one document. A page takes about .1 s, a page for OCR about 4 s. Seconds."""
    limits_megabytes: int = 4000
    """Most private memory of a worker. A survey of 2,000 pages takes some 500 MB. MB (10 ** 6 bytes)."""
    themes_seed: int = 7
    themes_vectors: str = ""
    """A local folder with a sentence-transformers or model2vec model; empty: vectors made from the corpus."""
    trace_candidates: int = 10
    """Ranked evidence kept for each recommendation."""
    tag_model: str = ""
    """A model folder in place of the one that ships."""

    def fingerprint(self, prefix: str) -> str:
        """Eight hex digits over the settings whose names begin with `prefix`: changes when one of them does."""
        chosen = {key: value for key, value in asdict(self).items() if key.startswith(prefix)}
        return hashlib.blake2b(json.dumps(chosen, sort_keys=True).encode(), digest_size=4).hexdigest()


_ALLOWED: Mapping[str, tuple[str, ...]] = {"run_ocr": get_args(OcrMode)}


def load_settings(folder: Path) -> Settings:
    """The settings for the corpus in `folder`; the defaults where it has no `tipmine.toml`.

    Raises UsageError that names every wrong key and value of the file.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(str(path), f"not a TOML file: {error}", "key = value under [section]") from error
    return settings_from(content, str(path))


def settings_from(content: Mapping[str, Any], subject: str) -> Settings:
    """Settings out of nested mappings `{section: {key: value}}`; `subject` names the source in errors."""
    known = {field.name: type(field.default) for field in fields(Settings)}
    mistakes: list[str] = []
    chosen: dict[str, Any] = {}
    for section, entries in content.items():
        if not isinstance(entries, Mapping):
            mistakes.append(f"{section} must stand under a [section]")
            continue
        for key, value in entries.items():
            name = f"{section}_{key}"
            if name not in known:
                mistakes.append(f"[{section}] {key} is not a setting")
            elif type(value) is not known[name]:
                mistakes.append(f"[{section}] {key} must be {known[name].__name__}; got {value!r}")
            elif name in _ALLOWED and value not in _ALLOWED[name]:
                mistakes.append(f"[{section}] {key} must be one of {', '.join(_ALLOWED[name])}; got {value!r}")
            else:
                chosen[name] = value
    if mistakes:
        raise UsageError(subject, "; ".join(mistakes), f"settings of {', '.join(sorted(known))}")
    return replace(Settings(), **chosen)
