"""Which pillars a passage has: one linear classifier a pillar, its score made a probability, its own threshold.

Each pillar is decided by itself, so that a passage can have several or none. The scores of a support vector machine
are no probabilities; a logistic curve fitted to scores of passages that the machine had not seen (Platt 1999, with
his correction of the targets) makes them so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tipmine.records import PILLARS
from tipmine.tag.codebook import seed_lexicon
from tipmine.tag.features import Features, Sight, Tokenizer, hide, plain, see

Matrix = npt.NDArray[np.float64]

COST = 0.25
"""C of the machine: higher fits the training passages more closely."""

SEED_WEIGHT = 1 / 3
"""Weight of a seed phrase of weight 1 as a training passage, beside 1 for a passage that a person labelled."""

THRESHOLDS = (0.3, 0.6)
"""Within these a pillar's threshold is looked for. A low one shows more and errs more."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The linear part: features and, for each pillar, a weight a feature and a constant."""

    features: Features
    weights: Matrix
    constants: Matrix

    def scores(self, sights: Sequence[Sight]) -> Matrix:
        """Raw scores, a row a passage and a column a pillar; above 0 the pillar is likelier than not."""
        return self.scores_of(self.features.matrix(sights)) if sights else np.zeros((0, len(PILLARS)))

    def scores_of(self, rows: Any) -> Matrix:
        """The same for rows that `features.matrix` gave."""
        scores: Matrix = np.asarray(rows @ self.weights.T) + self.constants
        return scores


@dataclass(frozen=True, slots=True)
class Calibration:
    """From raw scores to probabilities, `1 / (1 + exp(-(slope * score + offset)))`, and the thresholds."""

    slopes: Matrix
    offsets: Matrix
    thresholds: Matrix

    def probabilities(self, scores: Matrix) -> Matrix:
        """The probability of each pillar on each passage."""
        result: Matrix = 1 / (1 + np.exp(-(scores * self.slopes + self.offsets)))
        return result


def fit_machine(sights: Sequence[Sight], truth: Matrix, tokenize: Tokenizer) -> Machine:
    """Fit a machine to passages and their pillars (a 0/1 row each); seed phrases stand in as weak passages.

    With few labelled passages the seed phrases carry the machine; with many they keep the short official wordings
    alive that people seldom label.
    """
    from scipy.sparse import vstack
    from sklearn.svm import LinearSVC

    features = Features.fit(sights)
    seeds, seed_truth, seed_weights = _seeds(tokenize)
    rows = vstack([features.matrix(sights), features.matrix(seeds)]).tocsr()
    targets = np.vstack([truth, seed_truth])
    sample = np.concatenate([np.ones(len(sights)), seed_weights])
    weights, constants = [], []
    for column in range(len(PILLARS)):
        machine = LinearSVC(C=COST, class_weight="balanced", random_state=7)
        machine.fit(rows, targets[:, column], sample_weight=sample)
        weights.append(machine.coef_[0])
        constants.append(machine.intercept_[0])
    return Machine(features, np.array(weights, dtype=np.float32), np.array(constants))


def _seeds(tokenize: Tokenizer) -> tuple[list[Sight], Matrix, Matrix]:
    from tipmine.records import Passage

    phrases = seed_lexicon()
    passages = [Passage(str(i), "", "finding", hide(phrase.text)) for i, phrase in enumerate(phrases)]
    sights = [see(passage, tokenize(plain(passage.text))) for passage in passages]
    truth = np.array([[phrase.pillar == pillar for pillar in PILLARS] for phrase in phrases], dtype=np.float64)
    return sights, truth, np.array([phrase.weight * SEED_WEIGHT for phrase in phrases])


def calibrate(scores: Matrix, truth: Matrix) -> Calibration:
    """Fit curves and thresholds to raw scores of passages that the machine had not seen."""
    curves = [_platt(scores[:, column], truth[:, column]) for column in range(len(PILLARS))]
    slopes, offsets = np.array([curve[0] for curve in curves]), np.array([curve[1] for curve in curves])
    probabilities = 1 / (1 + np.exp(-(scores * slopes + offsets)))
    thresholds = [_best_threshold(probabilities[:, column], truth[:, column]) for column in range(len(PILLARS))]
    return Calibration(slopes, offsets, np.array(thresholds))


def _platt(scores: Matrix, truth: Matrix) -> tuple[float, float]:
    from scipy.optimize import minimize

    positives = truth.sum()
    high, low = (positives + 1) / (positives + 2), 1 / (len(truth) - positives + 2)
    targets = np.where(truth > 0, high, low)

    def loss(curve: Matrix) -> float:
        z = scores * curve[0] + curve[1]
        return float(np.sum(np.logaddexp(0, z) - targets * z))

    best: Any = minimize(loss, np.array([2.0, 0.0]), method="BFGS")
    return float(best.x[0]), float(best.x[1])


def _best_threshold(probabilities: Matrix, truth: Matrix) -> float:
    """The threshold with the best F1; of equal ones the middle, so that one passage more or less moves it little."""
    grid = np.arange(THRESHOLDS[0], THRESHOLDS[1] + 0.005, 0.01)
    values = []
    for threshold in grid:
        said = probabilities >= threshold
        hits = float((said & (truth > 0)).sum())
        values.append(2 * hits / max(1.0, float(said.sum() + truth.sum())))
    # A moving mean: the single best point of a jagged curve is mostly luck.
    smooth = np.convolve(np.pad(values, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    best = np.flatnonzero(smooth >= smooth.max() - 1e-9)
    return float(grid[best[len(best) // 2]])
