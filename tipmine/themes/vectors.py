"""Turns utterances into vectors of words, letters, near words and thesaurus ideas, each including the turns around it.

No model is needed: TF-IDF and truncated SVD capture what a corpus of a few hundred turns can show, and the thesaurus
adds what it cannot, through its ideas and through word vectors mined from it and the corpus together. A local folder
with a sentence-transformers or model2vec model replaces everything except the ideas. Most turns are too short to be
understood alone, so the block of a turn (the question and the other answers) is added to the degree that blocks keep to
one matter. What all turns of a transcript share, such as a dialect, is subtracted: it would group what was said in one
room, not what was said about one matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from tipmine.errors import DamagedFileError, MissingFileError, MissingPartError, TipmineError
from tipmine.lexical.dialogue import contexts, moderator_turns
from tipmine.lexical.grams import gram_counts
from tipmine.lexical.ideas import idea_vectors
from tipmine.lexical.synonyms import mine_vectors
from tipmine.lexical.wordlists import content_words
from tipmine.records import DEFAULT_SEED, TextUnit

Vectors = NDArray[np.float32]

THEME_DIMENSIONS = 100
"""Most dimensions of each part after the SVD. Lower blurs themes of few turns; higher keeps the noise of rare words."""
PARTS = {"words": 0.7, "letters": 0.5, "near": 0.7, "ideas": 1.0}
"""Weight of each part. Ideas have most: only they reliably connect what was said in different words."""
THEME_BLOCK_SHARE = 0.6
"""Total weight of the other turns of a turn's block (the turn itself has 1) in talk that keeps to the matter. Higher:
each block becomes a group of its own transcript, and what others said about the matter is missed. Lower: short turns
are left alone. Over ten studies the mean agreement with gold (ARI) is .48 to .50 with .45 to .6, .46 with .65; with
1.5, and half as many groups, it was .40. A study that was never looked at in choosing this did not gain (.30, .27)."""
WANDERING, CLOSE = 0.02, 0.06
"""Similarity of neighbouring turns (`neighbour_likeness`) up to which blocks do not count, and from which they count in
full; in between they count in proportion. Higher: blocks are trusted less, and short turns find no theme. Lower: blocks
that wander become themes. In two studies whose groups wander the similarity is .02, in six others .05 to .12."""
NEIGHBOURS = 2
"""Number of turns on either side that serve as the block where nobody leads the talk."""
NEIGHBOUR_SHARE = 1.0
"""Total weight of these neighbours. Higher: neighbours that speak of different things become themes."""
THEME_BLOCK_DECAY = 0.7
"""Factor on the weight of another turn for each turn of distance."""
QUESTION_WEIGHT = 2.0
"""Weight of the moderator's question, which names the topic, at any distance; the nearest answer has 1."""
MANY_TURNS = 5
"""Number of turns of a transcript at which half of its mean vector is subtracted from them; of longer transcripts,
nearly all is. Higher leaves dialects in; lower removes from a few turns what they say."""
THEME_GRAM_SIZES = (3, 4)
"""Lengths in code points of the letter sequences that are counted."""
MOST_GRAMS = 50_000
"""Most character n-grams counted, the most frequent first. Higher: more memory, for nothing but names and typos."""


def theme_vectors(units: Sequence[TextUnit], *, seed: int = DEFAULT_SEED, folder: str = "") -> Vectors:
    """A vector (row) of length 1 or 0 per unit. Raises what `model_vectors` raises for a `folder` that is not empty."""
    by_moderator = moderator_turns(units)
    parts: dict[str, Any] = {"ideas": idea_vectors(units)[0]}
    around = _surroundings(units, by_moderator)
    likeness = neighbour_likeness(_reduced(parts["ideas"], seed), around, by_moderator)
    trust = min(1.0, max(0.0, (likeness - WANDERING) / (CLOSE - WANDERING)))
    mix = sparse.identity(len(units), format="csr") + trust * around
    if folder:
        parts["words"] = model_vectors([unit.text for unit in units], folder)
    else:
        parts["words"] = _word_matrix(units)
        parts["letters"] = _letter_matrix(units)
        parts["near"] = mine_vectors(units, seed=seed).texts(units)
    docs = [unit.doc for unit in units]
    reduced = [PARTS[name] * _without_document(_reduced(mix @ part, seed), docs) for name, part in parts.items()]
    return np.asarray(normalize(np.hstack(reduced)), np.float32)


def _word_matrix(units: Sequence[TextUnit]) -> Any:
    try:
        return TfidfVectorizer(analyzer=content_words, sublinear_tf=True).fit_transform([unit.words for unit in units])
    except ValueError:  # no content word at all
        return sparse.csr_matrix((len(units), 1))


def _letter_matrix(units: Sequence[TextUnit]) -> Any:
    counts = gram_counts((unit.text for unit in units), THEME_GRAM_SIZES)
    # Keep only columns that two units share: the SVD's memory grows with the number of columns.
    met = np.bincount(counts.indices, minlength=counts.shape[1])
    common = np.flatnonzero(met > 1)
    if len(common) > MOST_GRAMS:
        common = np.sort(common[np.argsort(-met[common], kind="stable")[:MOST_GRAMS]])
    if not len(common):
        return sparse.csr_matrix((len(units), 1))
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, common])


def _surroundings(units: Sequence[TextUnit], by_moderator: Sequence[bool]) -> Any:
    """Units-by-units weights of the other turns that help to understand a turn; each row sums to a share or to 0.

    In a talk that somebody leads, these are the question and the other answers of its block. Elsewhere no question
    bounds a block, and only the `NEIGHBOURS` on either side count: with more, all turns of a document would become
    alike.
    """
    led = {unit.doc for unit, asks in zip(units, by_moderator, strict=True) if asks}
    blocks = contexts(units, by_moderator)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for index, beside in _beside(units).items():
        block = blocks[index] if units[index].doc in led else beside
        weights = [
            QUESTION_WEIGHT if by_moderator[other] else THEME_BLOCK_DECAY ** (abs(other - index) - 1) for other in block
        ]
        share = (THEME_BLOCK_SHARE if units[index].doc in led else NEIGHBOUR_SHARE) / (sum(weights) or 1.0)
        rows += [index] * len(block)
        columns += block
        values += [share * weight for weight in weights]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(units), len(units)))


def _beside(units: Sequence[TextUnit]) -> dict[int, Sequence[int]]:
    """For each unit the indices of its neighbours in its document."""
    docs: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        docs.setdefault(unit.doc, []).append(index)
    return {
        index: [*turns[max(0, at - NEIGHBOURS) : at], *turns[at + 1 : at + NEIGHBOURS + 1]]
        for turns in docs.values()
        for at, index in enumerate(turns)
    }


def neighbour_likeness(points: Vectors, around: Any, by_moderator: Sequence[bool]) -> float:
    """How much nearer two neighbouring answers are than any two answers: the difference of two mean cosines.

    `points` are the ideas of the turns by themselves; `around` says which turns are neighbours. 0 if none are.
    """
    answers = np.flatnonzero(~np.asarray(by_moderator, bool))
    alone = points[answers]
    together = (around[answers][:, answers] > 0).astype(np.float32)
    if not together.nnz:
        return 0.0
    size = len(answers)
    everywhere = (float((alone.sum(axis=0) ** 2).sum()) - float((alone**2).sum())) / (size * (size - 1))
    return float((together @ alone * alone).sum() / together.nnz) - everywhere


def _without_document(points: Vectors, docs: Sequence[str]) -> Vectors:
    """The rows without what all rows of their document share (`MANY_TURNS`), scaled to length 1 again."""
    names, place = np.unique(np.asarray(docs), return_inverse=True)
    if len(names) < 2:
        return points
    count = np.bincount(place)[:, None]
    sums = np.zeros((len(names), points.shape[1]), np.float32)
    np.add.at(sums, place, points)
    common = sums / (count + MANY_TURNS)
    return np.asarray(normalize(np.where(np.any(points, axis=1, keepdims=True), points - common[place], 0)), np.float32)


def _reduced(matrix: Any, seed: int) -> Vectors:
    """The rows in a few dimensions, centred and scaled to length 1; empty rows stay empty."""
    matrix = normalize(matrix)
    size = min(THEME_DIMENSIONS, min(matrix.shape) - 1)
    # As many extra vectors make the decomposition of a few hundred turns exact, so it does not depend on the seed.
    svd = TruncatedSVD(max(1, size), n_oversamples=THEME_DIMENSIONS, random_state=seed)
    dense = svd.fit_transform(matrix) if size >= 1 else np.zeros((matrix.shape[0], 1))
    filled = np.linalg.norm(dense, axis=1) > 1e-9
    if filled.any():
        dense = np.where(filled[:, None], dense - dense[filled].mean(axis=0), 0)
    return np.asarray(normalize(dense), np.float32)


def model_vectors(texts: Sequence[str], folder: str) -> Vectors:
    """Vectors (one row per text) from a local model folder: model2vec, else sentence-transformers. Nothing is loaded
    from the network.

    Raises MissingFileError if the folder is not there, MissingPartError if it cannot be read and a reader is missing,
    DamagedFileError if it cannot be read although both are installed.
    """
    path = Path(folder)
    if not path.is_dir():
        raise MissingFileError(
            folder, "there is no such folder", "a local embedding model", "correct the name, or leave it empty"
        )
    failures: dict[str, Exception] = {}
    for reader, encode in _READERS.items():
        try:
            return np.asarray(encode(str(path), list(texts)), np.float32)
        except Exception as error:  # noqa: BLE001 -- the other library may read it; what damage provokes has no common class
            failures[reader] = error
    raise _unreadable(folder, failures)


def _with_model2vec(path: str, texts: list[str]) -> Any:
    from model2vec import StaticModel

    return StaticModel.from_pretrained(path).encode(texts)


def _with_sentence_transformers(path: str, texts: list[str]) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(path, local_files_only=True).encode(texts, show_progress_bar=False)


_READERS: Mapping[str, Callable[[str, list[str]], Any]] = {
    "model2vec": _with_model2vec,
    "sentence-transformers": _with_sentence_transformers,
}
"""The libraries that read embedding models, in the order in which they are tried: model2vec fails at once on the other
kind of model, while sentence-transformers may make a model of anything that transformers reads."""


def _unreadable(folder: str, failures: Mapping[str, Exception]) -> TipmineError:
    """The error for a model folder that no library could read; `failures` has what each raised."""
    causes = "; ".join(
        f"{reader}: {'not installed' if isinstance(error, ImportError) else f'{type(error).__name__}: {error}'}"
        for reader, error in failures.items()
    )
    wrong = f"the embedding model cannot be read ({causes})"
    if any(isinstance(error, ImportError) for error in failures.values()):
        return MissingPartError(
            folder, wrong, "an installed reader", "install the extra: neural; or leave the name of the folder empty"
        )
    expected = "a folder that model2vec or sentence-transformers has saved"
    return DamagedFileError(folder, wrong, expected, "save the model again, or leave the name of the folder empty")
