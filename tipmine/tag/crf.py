"""Conditional random fields of CRFsuite: how those of names and of roles are trained and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypedDict, Unpack


class Penalties(TypedDict):
    """Regularisation of a random field: L1 (`c1`) and L2 (`c2`) penalties, and the most steps of L-BFGS."""

    c1: float
    c2: float
    iterations: int


def read_field(path: Path) -> Any:
    """The `pycrfsuite.Tagger` of a trained field."""
    import pycrfsuite

    field = pycrfsuite.Tagger()
    field.open(str(path))
    return field


def train_field(
    sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], path: Path, **penalties: Unpack[Penalties]
) -> None:
    """Fit a random field to sequences, each the features and the labels of its items, and write it to `path`.

    L-BFGS starts from zero, so that the same data give the same model.
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
