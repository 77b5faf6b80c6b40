"""Unpainted text that does not belong to a page: the advertisement of a program.

Unpainted text at a picture or a drawing is what that shows: an OCR layer, handwriting, letters drawn as paths.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tipmine.extract.drafts import BoxTuple
from tipmine.extract.listener import Glyph

MOSTLY_UNPAINTED = 0.5
"""Share of glyphs that are not painted from which a page may be a scan with its OCR layer."""

SAME_LINE = 0.5
"""Largest difference in em between the baselines of successive glyphs in one run."""


def unpainted(glyphs: Sequence[Glyph], not_painted: Collection[int], shown: Sequence[BoxTuple]) -> set[int]:
    """The places of the glyphs to leave out of a page.

    `not_painted` are the places of those that are not painted, `shown` the boxes of pictures and drawings, in points.
    """
    if not 0 < len(not_painted) < MOSTLY_UNPAINTED * len(glyphs):
        return set()
    return {
        glyph.place
        for run in _runs(glyphs, not_painted)
        if not any(_is_beside(run, box) for box in shown)
        for glyph in run
    }


def _runs(glyphs: Sequence[Glyph], not_painted: Collection[int]) -> list[list[Glyph]]:
    """The unpainted glyphs that follow each other on one line."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.place not in not_painted:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and glyph.place == last.place + 1 and abs(glyph.y - last.y) < SAME_LINE * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _is_beside(run: Sequence[Glyph], box: BoxTuple) -> bool:
    """Whether a run of glyphs is on a box, or within an em of it."""
    x0, top, x1, bottom = box
    left, right, em = run[0].x0, max(glyph.x1 for glyph in run), run[0].size
    return left - em <= x1 and x0 <= right + em and run[0].top - em <= bottom and top <= run[0].bottom + em
