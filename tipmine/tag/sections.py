"""Pillars that a passage has by its heading alone.

`สื่อลามก | 21 | 34 | 47` says nothing of a pillar, but it stands under `3. ด้านการดำเนินคดี`. Headings are among the
features of a passage, with little weight, since most passages are about something else than their heading. Only where
the words of a passage carry no pillar does a heading that surely names one decide.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tipmine.records import Passage
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.features import TextParts, hide, plain
from tipmine.tag.pillars import Calibration, Machine, Matrix

SURE_HEADING = 0.7
"""Least probability of a pillar, judged by the letters of a heading alone, from which the heading names it. Lower: what
stands under a chapter of several matters gets one of them."""
LEVELS = 2
"""Headings that may decide, from the innermost outwards; the first that names a pillar does."""
HEADING_SCORE = 0.75
"""Probability given to such a pillar: 15 of 19 were right in the passages of 29 whole documents."""


def fill_from_headings(
    scores: Matrix, passages: Sequence[Passage], machine: Machine, calibration: Calibration
) -> dict[int, str]:
    """Raise the scores (a row per passage, a column per pillar) of written passages without a pillar, in place.

    Returns the heading that decided, by the index of the passage.
    """
    silent = [
        row
        for row, passage in enumerate(passages)
        if passage.section
        and passage.kind not in (*UNTAGGED_KINDS, "utterance")
        and not (scores[row] >= calibration.thresholds).any()
    ]
    headings = sorted({heading for row in silent for heading in passages[row].section[-LEVELS:]})
    texts = [TextParts("", plain(hide(heading)), ()) for heading in headings]
    named = dict(zip(headings, calibration.probabilities(machine.scores(texts)) >= SURE_HEADING, strict=True))
    decided: dict[int, str] = {}
    for row in silent:
        above = reversed(passages[row].section[-LEVELS:])
        heading = next((heading for heading in above if named[heading].any()), "")
        if heading:
            scores[row] = np.where(named[heading], HEADING_SCORE, scores[row])
            decided[row] = heading
    return decided
