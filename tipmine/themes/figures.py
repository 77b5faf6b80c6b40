"""Figures on a set of themes, as reports and the query desk show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from tipmine.records import Theme


def theme_figures(themes: Sequence[Theme], outliers: Collection[str], aside: Collection[str]) -> dict[str, float]:
    """Numbers of utterances and themes, the share of ungrouped utterances, and the mean stability of the themes.

    `outliers` are the ids of the ungrouped utterances, `aside` of those set aside, which do not count as `spoken`.
    """
    spoken = len({member.id for theme in themes for member in theme.members}) + len(outliers)
    return {
        "utterances": float(spoken + len(aside)),
        "spoken": float(spoken),
        "themes": float(len(themes)),
        "stable_themes": float(sum(theme.stable for theme in themes)),
        "outlier_share": len(outliers) / spoken if spoken else 0.0,
        "mean_stability": float(np.mean([theme.stability for theme in themes])) if themes else 0.0,
    }
