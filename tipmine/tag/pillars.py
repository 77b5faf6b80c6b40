"""Decides the pillars of a passage: for each pillar a linear classifier, a calibration curve and a threshold.

Each pillar is decided separately, so a passage can have several or none. The scores of a support vector machine are not
probabilities; a logistic curve turns them into probabilities. It is fitted to scores of passages that the model had not
seen (Platt 1999, with his correction of the targets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tipmine.records import PILLARS, Passage
from tipmine.tag.codebook import seed_lexicon
from tipmine.tag.features import Features, TextParts, Tokenizer, fold_numbers_and_case, hide, text_parts

Float64Array = npt.NDArray[np.float64]

BATCH = 500
"""Passages whose features, about 15 kB each, are in memory at once. Higher: more memory; lower: more time."""

NO_SCORES: Float64Array = np.zeros((0, len(PILLARS)))
"""The scores of no passages."""

COST = 0.25
"""C of the support vector machine. Higher: it fits the training passages more closely."""

SEED_WEIGHT = 1 / 3
"""Weight in training of a seed phrase of weight 1; a passage that a person labelled has weight 1."""

THRESHOLDS = (0.35, 0.45)
"""Range of probabilities in which a pillar's threshold is looked for. Lower: the pillar is assigned more often, with
more errors.

The range is narrow, since the best threshold of a pillar is mostly luck: with three ways to make the folds it was
anywhere between .30 and .54, at the same F1 out of fold, and up to .09 apart on real texts."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The linear part: features and, for each pillar, one weight per feature and an intercept."""

    features: Features
    weights: Float64Array
    intercepts: Float64Array

    def scores(self, texts: Sequence[TextParts]) -> Float64Array:
        """Raw scores, one row per passage and one column per pillar; above 0, the pillar is more likely than not."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        return np.vstack([NO_SCORES, *(self.scores_of(self.features.matrix(batch)) for batch in batches)])

    def scores_of(self, rows: Any) -> Float64Array:
        """Raw scores for feature rows made by `features.matrix`."""
        scores: Float64Array = np.asarray(rows @ self.weights.T) + self.intercepts
        return scores


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns raw scores into probabilities, `1 / (1 + exp(-(slope * score + offset)))`, and holds the thresholds."""

    slopes: Float64Array
    offsets: Float64Array
    thresholds: Float64Array

    def probabilities(self, scores: Float64Array) -> Float64Array:
        """The probability of each pillar (column) for each passage (row)."""
        return _sigmoid(scores * self.slopes + self.offsets)


def _sigmoid(values: Float64Array) -> Float64Array:
    probabilities: Float64Array = 1 / (1 + np.exp(-values))
    return probabilities


def fit_linear_model(texts: Sequence[TextParts], truth: Float64Array, tokenize: Tokenizer, seed: int) -> LinearModel:
    """Fit a linear model to passages and their pillars (rows of 0 and 1); seed phrases are added as weak examples.

    `seed` is for the solver, which takes the passages in random order.

    With few labelled passages the model rests on the seed phrases; with many, they still teach it the short official
    wordings that are rare in labelled passages.
    """
    from scipy.sparse import vstack
    from sklearn.svm import LinearSVC

    features = Features.fit(texts)
    seeds, seed_truth, seed_weights = _seeds(tokenize)
    rows = vstack([features.matrix(texts), features.matrix(seeds)]).tocsr()
    targets = np.vstack([truth, seed_truth])
    sample = np.concatenate([np.ones(len(texts)), seed_weights])
    weights, intercepts = [], []
    for column in range(len(PILLARS)):
        svm = LinearSVC(C=COST, class_weight="balanced", random_state=seed)
        svm.fit(rows, targets[:, column], sample_weight=sample)
        weights.append(svm.coef_[0])
        intercepts.append(svm.intercept_[0])
    return LinearModel(features, np.array(weights, dtype=np.float32), np.array(intercepts))


def _seeds(tokenize: Tokenizer) -> tuple[list[TextParts], Float64Array, Float64Array]:
    phrases = seed_lexicon()
    passages = [Passage(str(i), "", "finding", hide(phrase.text)) for i, phrase in enumerate(phrases)]
    texts = [text_parts(passage, tokenize(fold_numbers_and_case(passage.text))) for passage in passages]
    truth = np.array([[phrase.pillar == pillar for pillar in PILLARS] for phrase in phrases], dtype=np.float64)
    return texts, truth, np.array([phrase.weight * SEED_WEIGHT for phrase in phrases])


def calibrate(scores: Float64Array, truth: Float64Array) -> Calibration:
    """Fit curves and thresholds. `scores` must be raw scores of passages that the model had not seen."""
    curves = [_platt(scores[:, column], truth[:, column]) for column in range(len(PILLARS))]
    slopes, offsets = np.array([curve[0] for curve in curves]), np.array([curve[1] for curve in curves])
    probabilities = _sigmoid(scores * slopes + offsets)
    thresholds = [_best_threshold(probabilities[:, column], truth[:, column]) for column in range(len(PILLARS))]
    return Calibration(slopes, offsets, np.array(thresholds))


def _platt(scores: Float64Array, truth: Float64Array) -> tuple[float, float]:
    from scipy.optimize import minimize

    positives = truth.sum()
    high, low = (positives + 1) / (positives + 2), 1 / (len(truth) - positives + 2)
    targets = np.where(truth > 0, high, low)

    def loss(curve: Float64Array) -> float:
        z = scores * curve[0] + curve[1]
        return float(np.sum(np.logaddexp(0, z) - targets * z))

    best: Any = minimize(loss, np.array([2.0, 0.0]), method="BFGS")
    return float(best.x[0]), float(best.x[1])


def _best_threshold(probabilities: Float64Array, truth: Float64Array) -> float:
    """The threshold with the best F1; the middle one of equally good ones, so a single passage changes it little."""
    grid = np.arange(THRESHOLDS[0], THRESHOLDS[1] + 0.005, 0.01)
    values = []
    for threshold in grid:
        assigned = probabilities >= threshold
        hits = float((assigned & (truth > 0)).sum())
        values.append(2 * hits / max(1.0, float(assigned.sum() + truth.sum())))
    # A moving mean: the single best point of a jagged curve is mostly luck.
    smooth = np.convolve(np.pad(values, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    best = np.flatnonzero(smooth >= smooth.max() - 1e-9)
    return float(grid[best[len(best) // 2]])
