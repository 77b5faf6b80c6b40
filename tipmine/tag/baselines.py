"""Baselines for the pillar model: the seed lexicon, the most frequent pillar, and a plain linear classifier.

The plain classifier sees words and letter sequences and nothing else: no seeds, no headings, no masked names. It is
trained when needed, on the labelled corpus of a checkout; without that corpus it is left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from tipmine.records import DEFAULT_SEED, PILLARS
from tipmine.tag.codebook import UNTAGGED_KINDS, lexicon_votes
from tipmine.tag.features import Tokenizer, hide
from tipmine.tag.labelled import Labelled, read_labelled
from tipmine.tag.metrics import PillarScores, truth_of

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "labelled"

LEXICON_THRESHOLD = 2.0
"""Sum of weights from which the seed lexicon alone assigns a pillar: one typical phrase. Lower assigns more."""


def baselines(gold: Sequence[Labelled], tokenize: Tokenizer) -> dict[str, PillarScores]:
    """Scores by baseline: one row per gold passage, one column per pillar; a score of .5 or more assigns the pillar."""
    votes = np.array([lexicon_votes(hide(passage.text)) for passage in gold])
    common = np.zeros((len(gold), len(PILLARS)))
    counts = Counter(pillar for passage in gold for pillar in passage.pillars)
    if counts:
        common[:, PILLARS.index(counts.most_common(1)[0][0])] = 1.0
    simple = {"seed lexicon": votes / (votes + LEXICON_THRESHOLD), "most frequent": common}
    plain = _plain_svc(gold, tokenize)
    return simple if plain is None else {"plain SVC": plain, **simple}


def _plain_svc(gold: Sequence[Labelled], tokenize: Tokenizer) -> PillarScores | None:
    """Scores of a linear classifier over words and letter sequences; None if there is no corpus to train it on."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    asked = {passage.document for passage in gold}
    texts, truth = _corpus_without(asked)
    if not texts:
        return None
    words = TfidfVectorizer(analyzer=_word_pairs(tokenize), min_df=2, sublinear_tf=True)
    union = make_union(words, TfidfVectorizer(analyzer="char", ngram_range=(2, 5), min_df=3, sublinear_tf=True))
    rows = union.fit_transform(texts)
    asked_rows = union.transform([passage.text for passage in gold])
    columns = [
        LinearSVC(C=0.5, random_state=DEFAULT_SEED).fit(rows, truth[:, column]).decision_function(asked_rows)
        for column in range(len(PILLARS))
    ]
    return np.asarray(1 / (1 + np.exp(-2 * np.array(columns).T)))


def _word_pairs(tokenize: Tokenizer) -> Any:
    def analyse(text: str) -> list[str]:
        words = [token.text for token in tokenize(text) if token.text.strip()]
        return [*words, *(f"{a}|{b}" for a, b in pairwise(words))]

    return analyse


def _corpus_without(docs: set[str]) -> tuple[list[str], PillarScores]:
    records = [
        json.loads(line)
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    kept = [p for p in read_labelled(records) if p.document not in docs and p.kind not in UNTAGGED_KINDS]
    return [passage.text for passage in kept], truth_of(kept)
