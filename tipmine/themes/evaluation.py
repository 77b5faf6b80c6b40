"""Evaluates themes: against gold, over seeds, and compared with NMF, LDA, KMeans and BERTopic on the same utterances.

Gold records hold `id`, `doc`, `text`, `speaker` and, on utterances that have one, `theme` (a name, or a list of names;
only the first counts). ARI and NMI are computed over the utterances with a theme; an ungrouped utterance counts as a
group of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import Interval, bootstrap
from tipmine.lexical.units import WordCutter, text_unit
from tipmine.lexical.wordlists import content_words
from tipmine.records import DEFAULT_SEED, TextUnit, ThemeSet
from tipmine.themes.baselines import kmeans, lda, nmf
from tipmine.themes.bertopic_model import density_topics, topic_terms
from tipmine.themes.finding import find_themes
from tipmine.themes.prepare import set_aside
from tipmine.themes.vectors import theme_vectors

SEEDS = tuple(range(DEFAULT_SEED, DEFAULT_SEED + 3))
TOP_TERMS = 10
"""Number of terms of a theme from which NPMI and diversity are measured."""
DRAWS = 200
"""Samples in a bootstrap. Fewer than elsewhere, since each takes an ARI over all utterances."""

Labelling = Mapping[str, str]


def evaluate_themes(records: Sequence[Mapping[str, Any]], words: WordCutter) -> list[dict[str, Any]]:
    """One row of figures per method. Raises RecordError if fewer than two of the records have content."""
    units = [replace(text_unit(record, words), kind="utterance") for record in records]
    gold = {str(r["id"]): _first(r["theme"]) for r in records if r.get("theme")}
    aside = set_aside(units)
    spoken = [unit for unit in units if unit.id not in aside]
    if len(spoken) < 2:
        raise RecordError("gold file", f"only {len(spoken)} utterances with content", "at least two")
    texts = [content_words(unit.words) for unit in spoken]
    runs_of: dict[str, list[Labelling]] = {"tipmine": [labelling(find_themes(units, seed=seed)) for seed in SEEDS]}
    # For the methods that ask for a number of groups.
    groups = min(max(2, len(set(runs_of["tipmine"][0].values()))), max(2, len(spoken) - 1))
    plain: dict[str, Callable[..., Any]] = {"NMF": nmf, "LDA": lda, "KMeans + c-TF-IDF": kmeans}
    for name, method in plain.items():
        runs_of[name] = [_named(spoken, method(texts, groups, seed).tolist()) for seed in SEEDS]
    runs_of["BERTopic + HDBSCAN"] = [_density(units, spoken, texts, seed) for seed in SEEDS]
    return [_row(name, runs, spoken, texts, gold) for name, runs in runs_of.items()]


def labelling(themes: ThemeSet) -> dict[str, str]:
    """Utterance id -> id of the theme in which it has most weight; ungrouped utterances are left out."""
    best: dict[str, tuple[float, str]] = {}
    for theme in themes.themes:
        for member in theme.members:
            if member.id not in best or best[member.id][0] < member.weight:
                best[member.id] = (member.weight, theme.id)
    return {id_: theme for id_, (_, theme) in best.items()}


def _density(
    units: Sequence[TextUnit], spoken: Sequence[TextUnit], texts: Sequence[Sequence[str]], seed: int
) -> Labelling:
    place = {unit.id: index for index, unit in enumerate(units)}
    points = theme_vectors(units, seed=seed)[[place[unit.id] for unit in spoken]]
    topics = density_topics([" ".join(words) for words in texts], points, min_size=max(3, len(spoken) // 60), seed=seed)
    return _named(spoken, topics.tolist())


def _named(units: Sequence[TextUnit], labels: Sequence[int]) -> Labelling:
    return {unit.id: str(label) for unit, label in zip(units, labels, strict=True) if label >= 0}


def _row(
    name: str,
    runs: Sequence[Labelling],
    spoken: Sequence[TextUnit],
    texts: Sequence[Sequence[str]],
    gold: Labelling,
) -> dict[str, Any]:
    first = runs[0]
    names = sorted(set(first.values()))
    labels = [names.index(first[unit.id]) if unit.id in first else -1 for unit in spoken]
    terms = topic_terms([" ".join(words) for words in texts], labels)
    tops = [[word for word, _ in ranked[:TOP_TERMS]] for ranked in terms.values()]
    seeds = [_agreement(a, b, [unit.id for unit in spoken]) for a, b in combinations(runs, 2)]
    row: dict[str, Any] = {
        "method": name,
        "themes": len(names),
        "outliers": round(labels.count(-1) / max(1, len(labels)), 3),
        "ARI_over_seeds": round(float(np.mean(seeds)), 3),
        "NPMI": round(npmi(tops, texts), 3),
        "diversity": round(len({word for top in tops for word in top}) / max(1, sum(map(len, tops))), 3),
    }
    if gold:
        row |= _agreement_with_gold(first, gold).columns("ARI_against_gold")
        left, right = _aligned(gold, first, sorted(gold))
        row["NMI_against_gold"] = round(float(normalized_mutual_info_score(left, right)), 3)
    return row


def _aligned(left: Labelling, right: Labelling, ids: Sequence[str]) -> tuple[list[str], list[str]]:
    return [left.get(id_, f"?{id_}") for id_ in ids], [right.get(id_, f"?{id_}") for id_ in ids]


def _agreement(left: Labelling, right: Labelling, ids: Sequence[str]) -> float:
    return float(adjusted_rand_score(*_aligned(left, right, ids)))


def _agreement_with_gold(labels: Labelling, gold: Labelling) -> Interval:
    """The adjusted Rand index over the utterances that have a theme in gold."""
    left, right = (np.asarray(side) for side in _aligned(gold, labels, sorted(gold)))

    def agreement(drawn: Sequence[int]) -> float:
        # An utterance drawn twice would agree with itself and raise the index, so each counts once.
        once = np.unique(drawn)
        return float(adjusted_rand_score(left[once], right[once]))

    return bootstrap(agreement, len(gold), draws=DRAWS)


def npmi(tops: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> float:
    """Mean normalised pointwise mutual information of the terms of each theme, counted in `texts` (-1 to 1)."""
    sets = [set(words) for words in texts]
    size = len(sets)
    values = []
    for top in tops:
        for a, b in combinations(top, 2):
            both = sum(a in words and b in words for words in sets) / size
            if both == 0:
                values.append(-1.0)
                continue
            if both == 1:
                continue
            alone = [sum(word in words for words in sets) / size for word in (a, b)]
            values.append(float(np.log(both / (alone[0] * alone[1])) / -np.log(both)))
    return float(np.mean(values)) if values else 0.0


def _first(theme: object) -> str:
    return str(theme[0]) if isinstance(theme, list) else str(theme)
