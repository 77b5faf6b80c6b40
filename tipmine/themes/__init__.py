"""Themes of what people said: found, named, quoted, checked for stability, and edited by analysts.

extract -> segment -> tokenize -> tag -> [themes] -> trace

`find_themes` groups the utterances of a corpus. `assign_utterances` puts new utterances into existing themes.
`rename`, `merge` and `split` are an analyst's edits, and `replay` applies recorded edits again after a rerun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipmine.callables import load_late

if TYPE_CHECKING:
    from tipmine.themes.assign import assign_utterances
    from tipmine.themes.edits import keep_ids, merge, read_themes, rename, replay, split
    from tipmine.themes.finding import find_themes

__all__ = ["assign_utterances", "find_themes", "keep_ids", "merge", "read_themes", "rename", "replay", "split"]

__getattr__ = load_late(
    __name__,
    {
        "assign": ("assign_utterances",),
        "edits": ("keep_ids", "merge", "read_themes", "rename", "replay", "split"),
        "finding": ("find_themes",),
    },
)
