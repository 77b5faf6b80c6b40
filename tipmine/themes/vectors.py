"""Turns utterances into vectors from words, letters and thesaurus ideas, each including the turns around them.

No model is needed: TF-IDF and truncated SVD capture what a corpus of a few hundred turns can show, and the thesaurus
adds what it cannot. A local folder with a sentence-transformers or model2vec model replaces words and letters. On the
sample corpus, adding the block of a turn (the question and the other answers) raises the agreement with gold themes
from .1 to above .4, since most turns are too short to be understood alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from tipmine.errors import MissingFileError, MissingPartError
from tipmine.lexical.dialogue import contexts, moderator_turns
from tipmine.lexical.grams import gram_counts
from tipmine.lexical.ideas import idea_vectors
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

Vectors = NDArray[np.float32]

DIMENSIONS = 100
PARTS = {"words": 0.7, "letters": 0.7, "ideas": 1.0}
"""Weight of each part. Ideas have most, since they alone connect what was said in different words."""
CONTEXT_SHARE = 1.5
"""Total weight of the other turns of a turn's block, beside 1 for the turn itself."""
CONTEXT_DECAY = 0.7
"""Factor on the weight for each turn further away."""
QUESTION_WEIGHT = 2.0
"""Weight of the moderator's question at any distance, beside 1 for the nearest answer: the question names the topic."""
GRAM_SIZES = (3, 4)
MOST_GRAMS = 50_000
"""Most character n-grams that are counted, the most frequent first. More cost memory and add only names and typos."""


def theme_vectors(units: Sequence[TextUnit], *, seed: int = 7, folder: str = "") -> Vectors:
    """A vector (row) of length 1 or 0 per unit. Raises MissingFileError or MissingPartError for a bad `folder`."""
    mix = context_mix(units)
    parts: dict[str, Any] = {"ideas": idea_vectors(units)[0]}
    if folder:
        parts["words"] = model_vectors([unit.text for unit in units], folder)
    else:
        parts["words"] = _word_matrix(units)
        parts["letters"] = _letter_matrix(units)
    reduced = [PARTS[name] * _reduced(mix @ part, seed) for name, part in parts.items()]
    return np.asarray(normalize(np.hstack(reduced)), np.float32)


def _word_matrix(units: Sequence[TextUnit]) -> Any:
    try:
        return TfidfVectorizer(analyzer=content_words, sublinear_tf=True).fit_transform([unit.words for unit in units])
    except ValueError:  # no content word at all
        return sparse.csr_matrix((len(units), 1))


def _letter_matrix(units: Sequence[TextUnit]) -> Any:
    counts = gram_counts((unit.text for unit in units), GRAM_SIZES)
    # Only columns that two units share: the SVD's memory grows with the number of columns.
    met = np.bincount(counts.indices, minlength=counts.shape[1])
    common = np.flatnonzero(met > 1)
    if len(common) > MOST_GRAMS:
        common = np.sort(common[np.argsort(-met[common], kind="stable")[:MOST_GRAMS]])
    if not len(common):
        return sparse.csr_matrix((len(units), 1))
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, common])


def context_mix(units: Sequence[TextUnit]) -> Any:
    """Units-by-units weights: 1 for the unit itself, CONTEXT_SHARE spread over the other turns of its block.

    Where nobody leads the talk no question bounds a block, and each turn stands for itself: with its neighbours, turns
    of a whole document would become alike, and no theme would be found.
    """
    asks = moderator_turns(units)
    led = {unit.doc for unit, asking in zip(units, asks, strict=True) if asking}
    rows, columns, values = list(range(len(units))), list(range(len(units))), [1.0] * len(units)
    for index, near in enumerate(contexts(units, asks)):
        if units[index].doc not in led:
            continue
        weights = [QUESTION_WEIGHT if asks[other] else CONTEXT_DECAY ** (abs(other - index) - 1) for other in near]
        total = sum(weights)
        rows += [index] * len(near)
        columns += near
        values += [CONTEXT_SHARE * weight / total for weight in weights]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(units), len(units)))


def _reduced(matrix: Any, seed: int) -> Vectors:
    """The rows in a few dimensions, centred and scaled to length 1; empty rows stay empty."""
    matrix = normalize(matrix)
    size = min(DIMENSIONS, min(matrix.shape) - 1)
    dense = TruncatedSVD(size, random_state=seed).fit_transform(matrix) if size >= 1 else np.zeros((matrix.shape[0], 1))
    filled = np.linalg.norm(dense, axis=1) > 1e-9
    if filled.any():
        dense = np.where(filled[:, None], dense - dense[filled].mean(axis=0), 0)
    return np.asarray(normalize(dense), np.float32)


def model_vectors(texts: Sequence[str], folder: str) -> Vectors:
    """Vectors from a local model folder: model2vec, else sentence-transformers. Nothing is downloaded."""
    path = Path(folder)
    if not path.is_dir():
        raise MissingFileError(folder, "the folder of the embedding model is not there", "a local model folder")
    try:
        from model2vec import StaticModel

        return np.asarray(StaticModel.from_pretrained(str(path)).encode(list(texts)), np.float32)
    except (ImportError, OSError, ValueError, KeyError):
        pass  # not installed, or the folder holds the other kind of model
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingPartError(
            folder, "neither model2vec nor sentence-transformers can read it", "an installed reader",
            "install tipmine[neural], or leave [themes] vectors empty",
        ) from error  # fmt: skip
    model = SentenceTransformer(str(path), local_files_only=True)
    return np.asarray(model.encode(list(texts), show_progress_bar=False), np.float32)
