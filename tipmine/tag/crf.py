"""Trains and opens the conditional random fields (CRFs) of names and of roles, with CRFsuite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypedDict, Unpack


class Penalties(TypedDict):
    """Regularisation of a CRF: L1 (`c1`) and L2 (`c2`) penalties, and the most steps of L-BFGS."""

    c1: float
    c2: float
    iterations: int


def open_crf(path: Path) -> Any:
    """The `pycrfsuite.Tagger` of a trained CRF."""
    import pycrfsuite

    crf = pycrfsuite.Tagger()
    crf.open(str(path))
    return crf


def train_crf(
    sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], path: Path, **penalties: Unpack[Penalties]
) -> None:
    """Fit a CRF to sequences, each the features and the labels of its items, and write it to `path`.

    L-BFGS starts from zero, so the same data give the same model.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": penalties["c1"],
            "c2": penalties["c2"],
            "max_iterations": penalties["iterations"],
            "feature.minfreq": 1,
        }
    )
    for features, labels in sequences:
        trainer.append(features, labels)
    trainer.train(str(path))
