"""The arrays that the modules of lexical, themes and trace exchange."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
"""Scores of pairs of texts, higher for nearer ones: a row per recommendation (or left text), a column per piece of
evidence (or right text). Where a function says so, one score for each column only."""
