"""The words that decide between readings, with the cost of each, and a letter model for unlisted words.

Costs are negative natural logarithms of probabilities: 5 for the commonest words, about 17 for a listed word that is
not in the corpora. The lists and the counts ship with PyThaiNLP (Thai National Corpus and Thai Textbook Corpus
unigrams, CC0; person names, CC BY-SA; they are read where they are installed, not copied), and
`tipmine/data/lexicon/words.tsv` adds the project's own. Loading takes about 0.4 s, once per process. Where words alone
must decide which mark is lost, `tipmine/data/repair/counts.tsv` adds how often words, and pairs of them, occur in the
project's own passages.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tipmine.data import data_lines, data_rows, row_errors
from tipmine.errors import InputError, MissingPartError
from tipmine.extract.repair.orthography import first_impossible
from tipmine.extract.repair.trie import Node, grow
from tipmine.thai import LETTERS, SARA_AA, SARA_AM, count_letters

_ONLY_LETTERS = re.compile(f"[{LETTERS}]+")

UNCOUNTED_WORD = 17.0
"""Cost of a dictionary word that is in no corpus. Higher: more rare words are left to the letter model."""
NAME = 17.5
"""Cost of a listed person name."""
SYLLABLE = 16.0
"""Cost of a syllable that is not a word: names are made of them."""
OWN_WORD = 12.0
"""Cost of a word of the project's own list without a corpus count."""
UNSEEN_LETTER = 9.0
"""Cost of a letter after two letters that never precede it in the word lists."""
WORD_START = "^^"
"""In the keys of letter costs: in place of the two letters before the first of a word."""
NOT_SEEN = "??"
"""In place of two letters that are on the line before."""
_COUNTS_FILE = "repair/counts.tsv"
_ALL_WORDS = "*"
"""In place of a word, in the row with the number of all words."""
_PAIR = 1.0
"""Added to the cost of a counted word or pair, since other texts have others. Higher: the general counts weigh more."""
_LONG_ENOUGH = 5
"""Fewest letters of a word without its nikhahit that is worth a look: shorter ones may be two words by chance."""
_SHORT = 4
_RARE = 10.5
"""Cost above which a word of at most `_SHORT` letters is examined further. Lower: clean text takes longer."""
_SMALLEST_COUNT = 20
"""Fewest occurrences of a corpus word outside the dictionaries for it to count: rarer ones are mostly typing errors."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`root` is the tree of the listed words with their costs; `letters` maps three letters in a row to the cost of
    the third."""

    root: Node
    letters: dict[str, float]
    broken: dict[str, tuple[str, ...]]
    """Words without the nikhahit of their sara am, keyed by their first three letters: a reason to look closer."""


def _corpus_folder() -> Path:
    spec = find_spec("pythainlp")
    if spec is None or not spec.submodule_search_locations:
        raise MissingPartError("pythainlp", "the package is not installed", do="install tipmine with its dependencies")
    return Path(spec.submodule_search_locations[0]) / "corpus"


def _lines(name: str) -> list[str]:
    return (_corpus_folder() / name).read_text(encoding="utf-8-sig").split("\n")


def _clean(words: Iterable[str]) -> list[str]:
    whole = (word.strip() for word in words)
    return [w for w in whole if _ONLY_LETTERS.fullmatch(w) and first_impossible(w) < 0]


def _counts() -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in ("tnc_freq.txt", "ttc_freq.txt"):
        for line in _lines(name):
            word, _, count = line.partition("\t")
            if count:
                counts[word] += int(count)
    return counts


def _own_words() -> list[str]:
    words = [row[0] for row in data_rows("lexicon/words.tsv", optional=True)]
    return words + data_lines("repair/dialect_words.txt", optional=True)


@cache
def word_costs() -> dict[str, float]:
    """The cost of each listed word, read once per process; not to be changed."""
    counts = _counts()
    total = math.log(sum(counts.values()))
    costs: dict[str, float] = dict.fromkeys(_clean(_lines("syllables_th.txt")), SYLLABLE)
    for name in ("person_names_female_th.txt", "person_names_male_th.txt", "family_names_th.txt"):
        costs.update(dict.fromkeys(_clean(_lines(name)), NAME))
    costs.update(dict.fromkeys(_clean(_lines("words_th.txt")), UNCOUNTED_WORD))
    costs.update(dict.fromkeys(_clean(_own_words()), OWN_WORD))
    often = (word for word, count in counts.items() if count >= _SMALLEST_COUNT or word in costs)
    for word in _clean(often):
        costs[word] = min(total - math.log(counts[word]), costs.get(word, UNCOUNTED_WORD))
    for word in data_lines("repair/not_words.txt", optional=True):
        costs.pop(word, None)
    return costs


def _letter_costs(words: Iterable[str]) -> dict[str, float]:
    """Costs of the third of three letters; `^` stands for the beginning of a word, `?` for a letter not seen."""
    triples = _triples("".join(f"{WORD_START}{word}" for word in words))
    pairs: Counter[str] = Counter()
    for triple, count in triples.items():
        pairs[triple[:2]] += count
    inner = {triple: count for triple, count in triples.items() if "^" not in triple}
    for triple, count in inner.items():
        for part in (NOT_SEEN + triple[2], NOT_SEEN[0] + triple[1:]):
            triples[part] += count
            pairs[part[:2]] += count
    return {
        triple: min(UNSEEN_LETTER, math.log(pairs[triple[:2]] + 20) - math.log(count))
        for triple, count in triples.items()
        if triple[2] != "^"
    }


def _triples(joined: str) -> Counter[str]:
    """How often each three letters follow each other; as numbers, since a million strings take a second."""
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    packed, counts = np.unique(codes[:-2] << 42 | codes[1:-1] << 21 | codes[2:], return_counts=True)
    letters = (packed[:, None] >> np.array([42, 21, 0], np.uint64) & 0x1FFFFF).astype(np.uint32)
    text = letters.tobytes().decode("utf-32-le")
    return Counter({text[at * 3 : at * 3 + 3]: int(count) for at, count in enumerate(counts)})


def _counted_costs() -> dict[str, float]:
    """The costs of words and pairs from the counts of the project's own passages."""
    information: dict[str, float] = {}
    for row in data_rows(_COUNTS_FILE, cells=2):
        with row_errors(_COUNTS_FILE, row, "how often the word occurs, a whole number above 0"):
            information[row[0]] = math.log(int(row[1]))
    if _ALL_WORDS not in information:
        raise InputError(f"data/{_COUNTS_FILE}", f"has no row {_ALL_WORDS}", "a row with the number of all words")
    total = information.pop(_ALL_WORDS)
    return {word: total - count + _PAIR for word, count in information.items()}


@cache
def load_lexicon() -> Lexicon:
    """The word and letter costs, read once per process."""
    costs = word_costs()
    return Lexicon(grow(costs), _letter_costs(costs), _broken(costs))


@cache
def load_counted() -> Lexicon:
    """The word and letter costs, with words and pairs as likely as in the project's own passages."""
    costs, general = dict(word_costs()), load_lexicon()
    for word, cost in _counted_costs().items():
        costs[word] = min(cost, costs.get(word, cost))
    return Lexicon(grow(costs), general.letters, general.broken)


def word_share(text: str) -> float:
    """The share of the Thai letters of `text` that are in known words of two letters or more, from 0 to 1.

    Words are taken greedily, longest first, so the figure is a cheap lower bound; a text without Thai letters
    has 1.0. Clean prose is above 0.95, text with displaced marks far below.
    """
    letters = count_letters(text)
    if not letters:
        return 1.0
    root = load_lexicon().root
    return sum(_known_letters(run, root) for run in _ONLY_LETTERS.findall(text)) / letters


def _broken(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if SARA_AM in word and len(word) >= _LONG_ENOUGH:
            form = word.replace(SARA_AM, SARA_AA)
            forms[form[:3]].append(form)
    return {head: tuple(own) for head, own in forms.items()}


def looks_undamaged(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` is made of common words, so that it needs no closer look.

    Short rare words count as signs of damage, since the pieces of a broken word are often words.
    """
    root, broken = lexicon.root, lexicon.broken
    for run in _ONLY_LETTERS.findall(text):
        at, size = 0, len(run)
        while at < size:
            forms = broken.get(run[at : at + 3])
            if forms and run.startswith(forms, at):
                return False
            end, cost = _longest(run, at, root)
            if end - at < 2 or (end - at <= _SHORT and cost > _RARE):
                return False
            at = end
    return True


def _longest(run: str, at: int, root: Node) -> tuple[int, float]:
    """End and cost of the longest word at `at`; `at` itself if there is none."""
    node: Node | None = root
    best, cost = at, 0.0
    for end in range(at, len(run)):
        node = node[run[end]] if node is not None else None
        if node is None:
            break
        if node.cost:
            best, cost = end + 1, node.cost
    return best, cost


def first_word_length(text: str) -> int:
    """The number of letters of the longest listed word at the beginning of `text`; 0 if there is none.

    >>> first_word_length("ประสานงานของทุกอำเภอ")
    9
    """
    return _longest(text, 0, load_lexicon().root)[0]


def _known_letters(run: str, root: Node) -> int:
    known = at = 0
    while at < len(run):
        end, _ = _longest(run, at, root)
        known += end - at if end - at > 1 else 0
        at = max(end, at + 1)
    return known
