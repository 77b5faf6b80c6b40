"""Fits the curve of `[calibration_table]` in `tipmine/data/trace_weights.toml`.

    python -m tests.tools.fit_table_bands tests/cases/trace/pairs.jsonl ../shared/data/thaigov_rec_response_dev.jsonl

Each file holds pairs of a recommendation and its answer. Each counts whole and in parts of PART pairs, since tables are
mostly shorter. Printed beside the curve: for each file, what the curve of the others says of it, as the right answers
among all whose chance lies between two bounds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.tools.fit_trace_bands import Sample, arrays, fit, told
from tipmine.records import LEAST_CANDIDATES
from tipmine.tokenize import words
from tipmine.trace.evaluation import TraceGold, read_gold
from tipmine.trace.fusing import rank
from tipmine.trace.tracing import pair_features

FEATURES = ("share", "words", "topics", "ideas")
PART = 15
"""Pairs of a part."""


def samples(gold: TraceGold) -> Sample:
    """Features and answers of the best candidates of each recommendation."""
    ranked = rank(gold.recommendations, gold.evidence, table=True)
    rows: list[tuple[float, ...]] = []
    for row, unit in enumerate(gold.recommendations):
        for column in ranked.order(row, LEAST_CANDIDATES):
            found = pair_features(ranked, row, column)
            right = gold.evidence[column].id in gold.relevant[unit.id]
            rows.append((*(found[name] for name in FEATURES), right))
    return arrays(rows)


def parts_of(records: Sequence[dict[str, Any]]) -> Iterator[TraceGold]:
    """The whole table, and its parts of PART pairs."""
    yield read_gold(records, words)
    for start in range(0, len(records) - PART + 1, PART):
        yield read_gold(records[start : start + PART], words)


def main() -> None:
    """Prints the curve and, for each file, the right answers by what the curve of the others says."""
    parser = argparse.ArgumentParser(description="Fit the bands of response tables")
    parser.add_argument("pairs", type=Path, nargs="+")
    options = parser.parse_args()
    files: list[list[Sample]] = []
    for path in options.pairs:
        lines = path.read_text(encoding="utf-8").splitlines()
        files.append([samples(gold) for gold in parts_of([json.loads(line) for line in lines if line.strip()])])
    curve = fit([part for parts in files for part in parts])
    sys.stdout.write(f"intercept {curve.intercept_[0]:.2f}\n")
    for name, weight in zip(FEATURES, curve.coef_[0], strict=True):
        sys.stdout.write(f"{name} {weight:.2f}\n")
    for number, path in enumerate(options.pairs):
        rest = [part for other, parts in enumerate(files) if other != number for part in parts]
        if rest:
            sys.stdout.write(f"{path.name}: {told(fit(rest), files[number])}\n")
        sys.stdout.write(f"{path.name}, curve of all: {told(curve, files[number])}\n")


if __name__ == "__main__":
    main()
