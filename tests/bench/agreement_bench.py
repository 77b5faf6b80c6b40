"""How two readers of the labelled passages agree before anything is settled.

    python -m tests.bench.agreement_bench

Reads `corpora/labelled/agreement` and prints the table of its README: each pillar with Cohen's kappa, Krippendorff's
alpha and F1, kinds, and the actors that the second reader marked against those of the corpus.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from tests.conftest import ROOT
from tipmine.lexical.bootstrap import bootstrap
from tipmine.records import PILLARS
from tipmine.tag.actor_evaluation import MarkedActor, role_rows, span_rows
from tipmine.tag.agreement import cohen_kappa
from tipmine.tag.labelled import read_labelled
from tipmine.tag.metrics import label_f1, mean_kappa
from tipmine.tag.trust import actors_read

LABELLED = ROOT / "corpora" / "labelled"
SPOKEN = "utterance"


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float:
    """Agreement of any number of readers beyond chance: 1 full, 0 chance; nan if there is only one label.

    `units` holds one sequence per unit, with one label per reader; None if a reader did not label the unit.
    Alpha for nominal labels, some of them missing: Krippendorff 2004.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        labels = [label for label in unit if label is not None]
        pairs = Counter(permutations(labels, 2))
        for pair, count in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + count / (len(labels) - 1)
    totals: dict[Hashable, float] = {}
    for (label, _), weight in weights.items():
        totals[label] = totals.get(label, 0.0) + weight
    n = sum(totals.values())
    apart = sum(weight for (a, b), weight in weights.items() if a != b)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return float("nan") if not expected else 1 - (n - 1) * apart / expected


def main() -> None:
    """Print the tables."""
    first, second = (
        {record["id"]: record for record in _records(LABELLED / "agreement" / f"{name}_reading.jsonl")}
        for name in ("first", "second")
    )
    ids = sorted(first.keys() & second.keys())
    ours, theirs = (
        np.array([[pillar in reading[id_]["pillars"] for pillar in PILLARS] for id_ in ids])
        for reading in (first, second)
    )
    sys.stdout.write(f"{len(ids)} passages read twice\n\n")
    _pillars(ours, theirs)
    spoken = np.array([first[id_]["kind"] == SPOKEN for id_ in ids])
    for name, rows in (("spoken", spoken), ("written", ~spoken)):
        sys.stdout.write(f"{name}: {int(rows.sum())} passages, mean kappa {mean_kappa(ours[rows], theirs[rows]):.3f}\n")
    kinds = np.mean([first[id_]["kind"] == second[id_]["kind"] for id_ in ids])
    sys.stdout.write(f"kinds: the same on {kinds:.0%}\n\n")
    _actors(list(second.values()))


def _pillars(ours: Any, theirs: Any) -> None:
    sys.stdout.write(
        "| pillar | Cohen's kappa (95 %) | Krippendorff's alpha | F1 | both | first | second | neither |\n"
    )
    sys.stdout.write("|---|---|---|---|---|---|---|---|\n")
    for column, pillar in enumerate(PILLARS):
        a, b = ours[:, column], theirs[:, column]

        def kappa(rows: Sequence[int], a: Any = a, b: Any = b) -> float:
            return cohen_kappa(a[rows].tolist(), b[rows].tolist())

        found = bootstrap(kappa, len(a))
        counts = [int(x.sum()) for x in (a & b, a & ~b, ~a & b, ~a & ~b)]
        alpha = krippendorff_alpha(list(zip(a.tolist(), b.tolist(), strict=True)))
        sys.stdout.write(
            f"| {pillar} | {found.value:.3f} ({found.low:.3f}-{found.high:.3f}) | {alpha:.3f} | {label_f1(a, b):.3f} | "
            + " | ".join(map(str, counts))
            + " |\n"
        )
    sys.stdout.write(f"\nmean kappa {mean_kappa(ours, theirs):.3f}\n")


def _actors(second: list[dict[str, Any]]) -> None:
    gold = read_labelled(record for path in sorted(LABELLED.glob("*.jsonl")) for record in _records(path))
    places, marks = actors_read(gold, second)
    read = [gold[place] for place in places]
    said = [[MarkedActor.of(actor) for actor in row] for row in marks]
    for row in span_rows("second reader", read, said) + role_rows("second reader", read, said):
        sys.stdout.write(f"{row['figure']}: {row['value']} ({row['value_low']}-{row['value_high']}) of {row['of']}\n")


if __name__ == "__main__":
    main()
