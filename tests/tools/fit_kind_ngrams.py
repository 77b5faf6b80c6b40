"""Learn the weights of tipmine/data/segment/kind_ngrams.tsv from labelled passages and whole documents, and write them.

Run by hand after adding labelled passages or documents:

    python -m tests.tools.fit_kind_ngrams

Left out are `wire.jsonl`, the held-out sets and the documents from `HELD_OUT_FROM` on, so that kinds can be measured on
them, and turns of talk, whose speaker is known. A passage of a whole document counts twice: there are fewer of them,
and they are what is read.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from tests.bench.document_bench import DOCUMENTS, HELD_OUT_FROM
from tests.conftest import ROOT
from tests.segment.test_kinds import LABELLED
from tipmine.records import KINDS
from tipmine.segment.cues import heading_path
from tipmine.segment.kind_ngrams import BLANK, CIRCLE, NGRAM_WEIGHTS, READ, folded, ngrams
from tipmine.tag.labelled import read_labelled

FILE = ROOT / "tipmine" / "data" / NGRAM_WEIGHTS
LEARNT = [kind for kind in KINDS if kind != "utterance"]
RAREST = 5
"""Fewest passages of an n-gram that is learnt. Lower: names of one document are learnt."""
KEPT = 20_000
"""N-grams that are written, those with the most weight. With 10,000 a point of accuracy is lost; 120,000 gain none."""
DOCUMENT_WEIGHT = 2.0
"""Weight of a passage of a whole document; a labelled passage has weight 1."""
HEADINGS = 0.5
"""Weight of the n-grams of headings beside those of the text."""
STRENGTH = 10.0
"""C of the regression: higher fits the authors at hand more closely."""
COMMENT = """\
# What character n-grams add to the log odds of each kind, learnt by `python -m tests.tools.fit_kind_ngrams`, which
# overwrites this file: a multinomial logistic regression (L2) on corpora/labelled and tests/cases/documents.
# where    text: the first letters of the passage; section: the heading path; always: constants
# ngram    letters, numbers as 0; \N{OPEN BOX} is a blank, and \N{DOTTED CIRCLE} stands before a mark at the beginning
# then     weights, divided by the square root of the number of known n-grams in the text or path
"""


class Example(NamedTuple):
    """A passage to learn from: its text and heading path, folded; its kind; and how much it counts."""

    text: str
    section: str
    kind: str
    weight: float


def main() -> None:
    """Learn, write the file, and print how many n-grams there are."""
    examples = list(_examples())
    texts, text_ngrams = _rows([example.text for example in examples])
    sections, section_ngrams = _rows([example.section for example in examples])
    features = hstack([texts, sections * HEADINGS]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(features, [example.kind for example in examples], [example.weight for example in examples])
    order = [list(model.classes_).index(kind) for kind in LEARNT]
    weights, constants = model.coef_[order], model.intercept_[order]
    weights, constants = weights - weights.mean(axis=0), constants - constants.mean()
    kept = _heaviest(weights, features)
    weights[:, len(text_ngrams) :] *= HEADINGS
    names = [("text", ngram) for ngram in text_ngrams] + [("section", ngram) for ngram in section_ngrams]
    rows = [_row("always", "", constants), *(_row(*names[at], weights[:, at]) for at in kept)]
    FILE.write_text(COMMENT + "\n".join(["\t".join(["where", "ngram", *LEARNT]), *rows, ""]), encoding="utf-8")
    sys.stdout.write(f"{len(examples)} passages, {len(kept)} of {len(names)} n-grams\n")


def _examples() -> Iterable[Example]:
    folders = (LABELLED, LABELLED / "names")
    labelled = [path for folder in folders for path in sorted(folder.glob("*.jsonl")) if path.stem != "wire"]
    documents = [path for path in sorted(DOCUMENTS.glob("*.jsonl")) if path.stem < HELD_OUT_FROM]
    for path in (*labelled, *documents):
        weight = DOCUMENT_WEIGHT if path in documents else 1.0
        for passage in read_labelled(map(json.loads, path.read_text(encoding="utf-8").splitlines())):
            if passage.kind != "utterance":
                section = " > ".join(heading_path(passage.section))
                yield Example(folded(passage.text[:READ]), folded(section), passage.kind, weight)


def _rows(texts: Sequence[str]) -> tuple[csr_matrix, list[str]]:
    """Which n-grams each text has, as rows of length 1, and the n-gram of each column."""
    counter = CountVectorizer(analyzer=_visible_ngrams, min_df=RAREST, binary=True, dtype=np.float64)
    return normalize(counter.fit_transform(texts)), [str(ngram) for ngram in counter.get_feature_names_out()]


def _visible_ngrams(text: str) -> list[str]:
    """The n-grams that can be written to the file and read back."""
    return [ngram for ngram in ngrams(text) if BLANK not in ngram and CIRCLE not in ngram and ngram.isprintable()]


def _heaviest(weights: Any, features: csr_matrix) -> list[int]:
    """The columns that change scores the most: a large weight for some kind, and met in many passages."""
    met = np.sqrt(np.asarray(features.multiply(features).sum(axis=0)).ravel())
    return sorted(np.argsort(-np.abs(weights).max(axis=0) * met)[:KEPT].tolist())


def _row(where: str, ngram: str, weights: Any) -> str:
    circle = CIRCLE if ngram and unicodedata.category(ngram[0]) == "Mn" else ""
    return "\t".join([where, circle + ngram.replace(" ", BLANK), *(f"{weight:.2f}" for weight in weights)])


if __name__ == "__main__":
    main()
