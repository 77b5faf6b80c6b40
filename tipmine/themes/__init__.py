"""Themes of what people said: found, named, quoted, checked for stability, and edited by analysts.

extract -> segment -> tokenize -> tag -> [themes] -> trace

`find_themes` groups the utterances of a corpus. `assign_utterances` puts new utterances into existing themes.
`rename`, `merge` and `split` are an analyst's edits, and `replay` applies recorded edits again after a rerun.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tipmine.themes.assign import assign_utterances
    from tipmine.themes.edits import keep_ids, merge, read_themes, rename, replay, split
    from tipmine.themes.finding import find_themes

__all__ = ["assign_utterances", "find_themes", "keep_ids", "merge", "read_themes", "rename", "replay", "split"]

_HOMES = {
    "assign_utterances": "assign",
    "find_themes": "finding",
    "keep_ids": "edits",
    "merge": "edits",
    "read_themes": "edits",
    "rename": "edits",
    "replay": "edits",
    "split": "edits",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"tipmine.themes.{_HOMES[name]}"), name)
