"""Pillars that a passage gets from its surroundings, if its own words do not clearly show one.

* By its heading: `สื่อลามก | 21 | 34 | 47` says nothing about a pillar, but it is under `3. ด้านการดำเนินคดี`. Headings
  are among the features of a passage, with little weight, since most passages are about something other than their
  heading; so a heading decides only where the words do not.
* By its document: in a report on work against trafficking nearly every finding is about some pillar. There the
  likeliest one is right two times in three, though the model, which has also learnt passages on neighbouring matters,
  is not sure.

Both change only the scores of written passages; what somebody says in a conversation may not be about any pillar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tipmine.records import WRITTEN_KINDS, Passage
from tipmine.tag.features import TextParts, fold_numbers_and_case, hide
from tipmine.tag.pillars import Calibration, Float64Array, LinearModel

SURE_HEADING = 0.7
"""Least probability of a pillar, by the letters of a heading alone, for the heading to name it. Lower: passages under a
chapter on several topics get the pillar of one of them."""
LEVELS = 2
"""Number of headings that may decide, from the innermost outwards; the first that names a pillar does."""
HEADING_SCORE = 0.75
"""Probability given to such a pillar: 15 of 19 were right in the passages of 29 whole documents."""
OF_THE_FIELD = 0.7
"""Least share of written passages with a pillar in a document of the field. Lower: news on related topics counts as
such; higher: summaries of studies do not."""
LEAST_LIKELY = 0.2
"""Least probability of the most likely pillar of a passage in such a document. Lower: more passages get a pillar, but
the additional errors cancel out the gain."""
LIKELIEST_SCORE = 0.65
"""Probability given to such a pillar: 63 of 95 were right, in 35 whole documents and the held-out passages. The pillar
stays doubtful, so a reviewer is shown it."""


def fill_from_surroundings(
    scores: Float64Array, passages: Sequence[Passage], linear: LinearModel, calibration: Calibration
) -> dict[int, str]:
    """Raise the scores (a row per passage, a column per pillar) of passages without a pillar, in place.

    Returns, by passage index, the headings that decided.
    """
    written = np.array([passage.kind in WRITTEN_KINDS for passage in passages], dtype=bool)
    headings = _by_headings(scores, _without_pillar(scores, written, calibration), passages, linear, calibration)
    undecided = set(_without_pillar(scores, written, calibration))
    by_doc: dict[str, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        if written[row]:
            by_doc[passage.doc].append(row)
    for rows in by_doc.values():
        own = [row for row in rows if row in undecided]
        if len(rows) - len(own) >= OF_THE_FIELD * len(rows):
            for row in own:
                likeliest = scores[row].argmax()
                if scores[row, likeliest] >= LEAST_LIKELY:
                    scores[row, likeliest] = LIKELIEST_SCORE
    return headings


def _without_pillar(scores: Float64Array, written: npt.NDArray[np.bool_], calibration: Calibration) -> list[int]:
    """The written passages none of whose scores reaches its threshold."""
    return [int(row) for row in np.flatnonzero(written & ~(scores >= calibration.thresholds).any(axis=1))]


def _by_headings(
    scores: Float64Array,
    undecided: Sequence[int],
    passages: Sequence[Passage],
    linear: LinearModel,
    calibration: Calibration,
) -> dict[int, str]:
    """Raise, in place, the scores of the `undecided` passages (rows) whose heading names a pillar.

    Returns, by row, the headings that decided.
    """
    headings = sorted({heading for row in undecided for heading in passages[row].section[-LEVELS:]})
    texts = [TextParts("", fold_numbers_and_case(hide(heading)), ()) for heading in headings]
    named = dict(zip(headings, calibration.probabilities(linear.scores(texts)) >= SURE_HEADING, strict=True))
    decided: dict[int, str] = {}
    for row in undecided:
        above = tuple(reversed(passages[row].section[-LEVELS:]))
        heading = next((heading for heading in above if named[heading].any()), "")
        if heading:
            scores[row] = np.where(named[heading], HEADING_SCORE, scores[row])
            decided[row] = heading
    return decided
