"""Tags the passages of a document with pillars: scores by the model, then by what surrounds a passage, then reasons.

Only all passages together show whether a document is of the field, so their scores are decided together. The features
of all of them would take too much memory: they are made for `BATCH` passages at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from tipmine.records import PILLARS, Passage, PillarTag, Token
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.features import Features, Terms, text_parts
from tipmine.tag.model_store import check_files, load_arrays, load_terms
from tipmine.tag.pillars import BATCH, NO_SCORES, Calibration, Float64Array, LinearModel
from tipmine.tag.reasons import Reasoner, by_heading
from tipmine.tag.surroundings import fill_from_surroundings

UNTAGGED_DISCOUNT = 0.1
"""Factor on pillar scores of kinds that have no pillar. Not 0, so that their order is known if the kind is wrong."""

TokensByPassage = Sequence[tuple[Token, ...]]


class Scored(NamedTuple):
    """The probability of each pillar (column) for each passage (row), and, by passage index, the heading that decided
    if the passage's own words did not."""

    scores: Float64Array
    headings: dict[int, str]


class PassageFeatures:
    """The feature rows of a document's passages, in batches; can be iterated over more than once.

    A single batch is kept. If there are more, each pass makes them again, which takes a tenth of the time for tags.
    """

    def __init__(self, features: Features, passages: Sequence[Passage], tokens: TokensByPassage) -> None:
        self._features = features
        self._passages = passages
        self._tokens = tokens
        self._only: csr_matrix | None = None

    def __iter__(self) -> Iterator[tuple[range, csr_matrix]]:
        """The indices of the passages in each batch, and their features, one row per passage."""
        for start in range(0, len(self._passages), BATCH):
            batch = range(start, min(start + BATCH, len(self._passages)))
            rows = self._rows(batch) if self._only is None else self._only
            if len(batch) == len(self._passages):
                self._only = rows
            yield batch, rows

    def _rows(self, batch: range) -> csr_matrix:
        return self._features.matrix([text_parts(self._passages[i], self._tokens[i]) for i in batch])


@dataclass(frozen=True, slots=True)
class PillarModel:
    """A trained pillar model: linear model, calibration, and what explains its decisions."""

    linear: LinearModel
    calibration: Calibration
    reasoner: Reasoner

    @classmethod
    def load(cls, folder: Path) -> PillarModel:
        """Read a model folder. Raises DamagedFileError if a file has changed since it was written."""
        check_files(folder)
        state = load_arrays(folder / "pillars.skops")
        features = Features.restore(
            Terms(load_terms(folder / "words.txt"), state["word_rarity"]),
            Terms(load_terms(folder / "letters.txt"), state["letter_rarity"]),
        )
        linear = LinearModel(features, state["weights"], state["constants"])
        calibration = Calibration(state["slopes"], state["offsets"], state["thresholds"])
        return cls(linear, calibration, Reasoner(linear))

    def scores(self, passages: Sequence[Passage], tokens: TokensByPassage) -> Float64Array:
        """The probability of each pillar (column) for each passage (row), without the discount for untagged kinds."""
        return self._scored(PassageFeatures(self.linear.features, passages, tokens), passages).scores

    def tag(
        self, passages: Sequence[Passage], tokens: TokensByPassage
    ) -> list[tuple[tuple[PillarTag, ...], dict[str, float]]]:
        """The pillars of each passage of one document, and the score of every pillar."""
        features = PassageFeatures(self.linear.features, passages, tokens)
        scores, headings = self._scored(features, passages)
        untagged = np.array([passage.kind in UNTAGGED_KINDS for passage in passages], dtype=bool)
        scores[untagged] *= UNTAGGED_DISCOUNT
        over = (scores >= self.calibration.thresholds) & ~untagged[:, np.newaxis]
        tags: list[list[PillarTag]] = [[] for _ in passages]
        for batch, rows in features:
            wanted = [(int(row), int(column)) for row, column in np.argwhere(over[batch.start : batch.stop])]
            its = slice(batch.start, batch.stop)
            for (row, column), by_words in self.reasoner.reasons(passages[its], tokens[its], rows, wanted).items():
                at = batch[row]
                reason, spans = (by_heading(headings[at]), ()) if at in headings else by_words
                tags[at].append(PillarTag(PILLARS[column], float(scores[at, column]), reason, spans=spans))
        return [
            (tuple(its), dict(zip(PILLARS, map(float, row), strict=True)))
            for its, row in zip(tags, scores, strict=True)
        ]

    def _scored(self, features: PassageFeatures, passages: Sequence[Passage]) -> Scored:
        raw = np.vstack([NO_SCORES, *(self.linear.scores_of(rows) for _, rows in features)])
        scores = self.calibration.probabilities(raw)
        return Scored(scores, fill_from_surroundings(scores, passages, self.linear, self.calibration))
