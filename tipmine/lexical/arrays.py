"""The arrays that the modules of lexical, themes and trace exchange."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PairScores = NDArray[np.float32]
"""Scores of pairs of texts, higher for nearer ones: one row per recommendation (or left text), one column per piece of
evidence (or right text). Where a function says so, only one score per column."""
