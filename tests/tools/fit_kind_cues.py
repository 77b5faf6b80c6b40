"""Fit the weights of tipmine/data/segment/kind_cues.tsv on corpora/labelled and write them back.

Run by hand after editing patterns or adding labelled passages: python -m tests.tools.fit_kind_cues
The cues of kind_cues_by_hand.tsv take no part and stay as they are. Each passage counts twice, without
and with the type of its document, so that both are fitted; utterances count less, as elsewhere their speaker is
known. Two figures are printed: on documents left out of the fit, and, harder and nearer to a stranger's documents, on
whole files left out, each of which has an author of its own.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from tests.conftest import ROOT
from tests.segment.test_kinds import FITTED_FILES, MARKUP
from tipmine.records import DocType
from tipmine.segment.cues import FITTED, matching_cues

CUES = ROOT / "tipmine" / "data" / FITTED
TYPES: dict[str, DocType] = {
    "plan": "plan",
    "strategy": "plan",
    "report": "report",
    "digest": "report",
    "speech": "transcript",
}
UTTERANCE_WEIGHT = 0.1
"""Passages whose speaker is known need no weighing; higher makes utterances of what people wrote."""

STRENGTH = 0.3
"""C of the regression: higher fits the authors at hand more closely. Of .1, .3 and 1 the best on files left out."""


def main() -> None:
    rows = [row for row in CUES.read_text(encoding="utf-8").splitlines() if row]
    table = [row.split("\t") for row in rows if not row.startswith("#")]
    kinds, cues = table[0][2:], table[1:]
    passages = [
        json.loads(row) for path in FITTED_FILES for row in path.read_text(encoding="utf-8").splitlines() if row.strip()
    ]
    both = np.array([_features(p, "", len(cues)) for p in passages] + [_typed(p, len(cues)) for p in passages])
    labels = np.array([kinds.index(p["kind"]) for p in passages] * 2)
    weights = np.array([UTTERANCE_WEIGHT if p["kind"] == "utterance" else 1.0 for p in passages] * 2)
    groups = np.array([p["doc"] for p in passages] * 2)

    for what, parts in (("documents", groups), ("files", np.array([group.split("-")[0] for group in groups]))):
        sys.stdout.write(f"right on {what} left out: {_right(both, labels, weights, parts):.3f} of {len(labels)}\n")

    found = _fit(both, labels, weights).coef_
    found = found - found.mean(axis=0)
    written = [
        "\t".join([*cue[:2], *(f"{weight:.2f}" for weight in column)])
        for cue, column in zip(cues, found.T, strict=True)
    ]
    comments = [row for row in rows if row.startswith("#")]
    CUES.write_text("\n".join([*comments, "\t".join(table[0]), *written, ""]), encoding="utf-8")


def _right(features: Any, labels: Any, weights: Any, groups: Any) -> float:
    """The share of passages whose kind is right when their whole group is left out of the fit."""
    folds = GroupKFold(min(8, len(set(groups)))).split(features, labels, groups)
    rights = [
        _fit(features[fit], labels[fit], weights[fit]).predict(features[test]) == labels[test] for fit, test in folds
    ]
    return float(np.concatenate(rights).mean())


def _features(passage: dict[str, Any], doc_type: DocType, count: int) -> list[float]:
    text = MARKUP.sub(r"\1", passage["marked"])
    met = {cue.at for cue, _ in matching_cues(text, passage.get("section", ""), doc_type)}
    return [float(at in met) for at in range(count)]


def _typed(passage: dict[str, Any], count: int) -> list[float]:
    return _features(passage, TYPES.get(passage["doc"].split("-")[0], ""), count)


def _fit(features: Any, labels: Any, weights: Any) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=5000, fit_intercept=False)
    return model.fit(features, labels, sample_weight=weights)


if __name__ == "__main__":
    main()
