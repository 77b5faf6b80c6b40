"""Themes of what people said: found, named, quoted, kept stable, and changed by hand.

extract -> segment -> tokenize -> tag -> [themes] -> trace

`find_themes` groups the utterances of a corpus. `assign_utterances` puts new ones into existing themes; `rename`,
`merge` and `split` are what an analyst does by hand, and `replay` does it again after a rerun.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tipmine.themes.assign import assign_utterances
    from tipmine.themes.edits import merge, read_themes, rename, replay, split
    from tipmine.themes.finding import find_themes

__all__ = ["assign_utterances", "find_themes", "merge", "read_themes", "rename", "replay", "split"]

_HOMES = {
    "assign_utterances": "assign",
    "find_themes": "finding",
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
