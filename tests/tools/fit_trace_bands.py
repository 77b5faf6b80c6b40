"""Fits the curves of `[calibration]` and `[support]` in `tipmine/data/trace_weights.toml`.

    python -m tests.tools.fit_trace_bands tests/cases/trace/study_first.jsonl tests/cases/trace/study_second.jsonl

Each study is seen in all the shapes of `tests.bench.trace_shapes`, once with its evidence and once with all good
evidence of a recommendation taken away, so that the curves learn talk that wanders and what a gap looks like. Printed
beside the curves: what they say of the study that they did not see.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tests.bench.trace_shapes import SHAPES, shaped
from tipmine.records import LEAST_CANDIDATES
from tipmine.tokenize import words
from tipmine.trace.evaluation import TraceGold, read_gold
from tipmine.trace.fusing import rank

REGULAR = 10.0
"""Inverse strength of the regularisation: weak, there are thousands of pairs."""
BOUNDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0)

Sample = tuple[NDArray[np.float64], NDArray[np.bool_]]


def samples(gold: TraceGold) -> tuple[Sample, Sample]:
    """Features and answers of pairs (standing, support) and of recommendations (support)."""
    ranked = rank(gold.recommendations, gold.evidence)
    column_of = {unit.id: column for column, unit in enumerate(gold.evidence)}
    pairs: list[tuple[float, float, bool]] = []
    covered: list[tuple[float, bool]] = []
    for row, unit in enumerate(gold.recommendations):
        good = {column_of[id_] for id_ in gold.relevant[unit.id]}
        for hidden in [set[int](), good] if good else [set[int]()]:
            support = ranked.relative_support(row, hidden)
            covered.append((support, bool(good) and not hidden))
            order = [column for column in ranked.order(row, LEAST_CANDIDATES + len(hidden)) if column not in hidden]
            pairs += [
                (float(ranked.fused[row, column]) / ranked.usual, support, column in good and not hidden)
                for column in order[:LEAST_CANDIDATES]
                if not ranked.idle[column]
            ]
    return arrays(pairs), arrays(covered)


def arrays(rows: Sequence[tuple[float, ...]]) -> Sample:
    """Rows of features, the last of which is the answer, as features and answers."""
    table = np.asarray(rows, np.float64)
    return table[:, :-1], table[:, -1] > 0


def fit(parts: Sequence[Sample]) -> LogisticRegression:
    """The curve over these samples."""
    features, answers = np.vstack([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    return LogisticRegression(C=REGULAR).fit(features, answers)


def told(model: LogisticRegression, parts: Sequence[Sample]) -> str:
    """The right answers among all whose chance by the curve lies between two BOUNDS."""
    chance = np.concatenate([model.predict_proba(part[0])[:, 1] for part in parts])
    answers = np.concatenate([part[1] for part in parts])
    cells = []
    for low, high in itertools.pairwise(BOUNDS):
        inside = (chance >= low) & (chance < high)
        cells.append(f"{low:.1f}: {answers[inside].sum()}/{inside.sum()}")
    return "  ".join(cells)


def main() -> None:
    """Prints the curves and, for each study, the right answers by what the curve of the others says."""
    parser = argparse.ArgumentParser(description="Fit the bands of traces")
    parser.add_argument("gold", type=Path, nargs="+")
    options = parser.parse_args()
    pairs: list[list[Sample]] = []
    covered: list[list[Sample]] = []
    for path in options.gold:
        lines = path.read_text(encoding="utf-8").splitlines()
        gold = read_gold([json.loads(line) for line in lines if line.strip()], words)
        found = [samples(shaped(gold, shape)) for shape in SHAPES]
        pairs.append([pair for pair, _ in found])
        covered.append([support for _, support in found])
    for name, studies in (("calibration", pairs), ("support", covered)):
        curve = fit([part for study in studies for part in study])
        sys.stdout.write(f"[{name}] intercept {curve.intercept_[0]:.2f}, weights {curve.coef_[0].round(2).tolist()}\n")
        for number, path in enumerate(options.gold):
            rest = [part for other, study in enumerate(studies) if other != number for part in study]
            if rest:
                sys.stdout.write(f"  {path.name}: {told(fit(rest), studies[number])}\n")


if __name__ == "__main__":
    main()
