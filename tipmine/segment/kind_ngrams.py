"""What the character n-grams of a passage and of its headings say of its kind, beside the cues.

Cues hold what a person thought of. The weights of `data/segment/kind_ngrams.tsv` are learnt instead: by a multinomial
logistic regression over which n-grams a passage has, from labelled passages and whole documents. They know wordings
that no cue names, but no rule of the codebook, so they only add to the sums of the cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeVar, get_args

import numpy as np
import numpy.typing as npt

from tipmine.data import data_rows, row_errors
from tipmine.digits import arabic_digits
from tipmine.errors import InputError
from tipmine.records import KINDS, Kind
from tipmine.segment.characters import squeeze

NGRAM_WEIGHTS = "segment/kind_ngrams.tsv"
"""The learnt weights; written by `python -m tests.tools.fit_kind_ngrams`."""
SIZES = (2, 3, 4, 5)
"""Lengths of the n-grams, in code points."""
READ = 300
"""Code points of a text that are looked at: the kind shows at its head. Higher: long findings that end in a proposal
become recommendations, and it costs more time."""
BLANK, CIRCLE = "\N{OPEN BOX}", "\N{DOTTED CIRCLE}"
"""How the file writes a blank, and what it puts before a mark at the beginning of an n-gram: both can be seen."""
_SHARE = 0.8
"""Weight of the n-grams beside the cues. Higher: passages follow the wording of authors who were learnt from, against
the codebook's rules; lower: what no cue names is taken for the most frequent kind."""
_FARTHEST = 6.0
"""Greatest distance from the best kind that counts, in log odds. Higher: n-grams alone decide against clear cues."""
_BEFORE_WEIGHTS = 2
"""Number of columns before the weights: where to look, and the n-gram."""
_HEADINGS_KEPT = 1000
_NUMBER = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*")

Place = Literal["text", "section", "always"]
"""Where an n-gram is looked for; `always` is the one row of constants."""
Name = TypeVar("Name", Kind, Place)
Weights = npt.NDArray[np.float64]


class _Learnt(NamedTuple):
    """The file: the row of each n-gram, by place; the weights, one column a kind; and the kinds."""

    rows: Mapping[Place, Mapping[str, int]]
    weights: Weights
    kinds: tuple[Kind, ...]


def ngram_odds(text: str, path: Sequence[str]) -> dict[Kind, float]:
    """What the n-grams of a text and its heading path add to the log odds of each kind; all together add nothing.

    Speech is not among the kinds: who speaks is known from labels.
    """
    learnt = _learnt()
    (constant,) = learnt.rows["always"].values()
    odds = learnt.weights[constant] + _mean(folded(text[:READ]), "text") + _of_headings(" > ".join(path))
    near = np.maximum(odds - odds.max(), -_FARTHEST)
    return dict(zip(learnt.kinds, (_SHARE * (near - near.mean())).tolist(), strict=True))


def folded(text: str) -> str:
    """A text in the form whose n-grams are learnt: numbers as 0, Latin letters in lower case, white space one blank."""
    return _NUMBER.sub("0", arabic_digits(squeeze(text))).lower()


def ngrams(text: str) -> Iterator[str]:
    """The n-grams of a folded text, in all sizes; some more than once."""
    return (text[at : at + size] for size in SIZES for at in range(len(text) - size + 1))


@lru_cache(maxsize=_HEADINGS_KEPT)
def _of_headings(path: str) -> Weights:
    return _mean(folded(path), "section")


def _mean(text: str, place: Place) -> Weights:
    """The weights of the known n-grams of a text, added up, by the square root of their number: rows of length 1, as a
    regression is fitted to them."""
    learnt = _learnt()
    known = learnt.rows[place]
    found = sorted({row for ngram in ngrams(text) if (row := known.get(ngram)) is not None})
    total: Weights = learnt.weights[found].sum(axis=0) / max(1.0, len(found) ** 0.5)
    return total


@cache
def _learnt() -> _Learnt:
    """The weights. Raises InputError, naming the row, if the file cannot be used."""
    head, *table = data_rows(NGRAM_WEIGHTS)
    known: dict[str, Kind] = {kind: kind for kind in KINDS}
    with row_errors(NGRAM_WEIGHTS, head, f"where, ngram, and some of {', '.join(KINDS)}"):
        kinds = tuple(_named(known, name) for name in head[_BEFORE_WEIGHTS:])
    places: dict[str, Place] = {place: place for place in get_args(Place)}
    rows: dict[Place, dict[str, int]] = {place: {} for place in get_args(Place)}
    weights = np.zeros((len(table), len(kinds)))
    for at, row in enumerate(table):
        with row_errors(NGRAM_WEIGHTS, row, "where, ngram, and a number for each kind"):
            where, ngram, *written = row
            rows[_named(places, where)][ngram.removeprefix(CIRCLE).replace(BLANK, " ")] = at
            weights[at] = [float(weight) for weight, _ in zip(written, kinds, strict=True)]
    if len(rows["always"]) != 1:
        raise InputError(f"data/{NGRAM_WEIGHTS}", f"{len(rows['always'])} rows of constants", "one row “always”")
    return _Learnt(rows, weights, kinds)


def _named(known: Mapping[str, Name], name: str) -> Name:
    """The name, if it is known. Raises ValueError if not."""
    if name not in known:
        raise ValueError(f"“{name}” is not known")
    return known[name]
