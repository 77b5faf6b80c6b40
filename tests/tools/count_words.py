"""Counts the words and pairs of words of the labelled passages: `python -m tests.tools.count_words`.

Writes `tipmine/data/repair/counts.tsv`, by which words that differ in a lost low mark are told apart (`รวมถึง` and
`ร่วม`). Only pairs are kept in which another word would be possible without low marks. The held-out passages are not
counted: `python -m tests.bench.repair_bench` measures on them.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.bench.damage import low_lost
from tipmine.extract.repair.lexicon import word_costs
from tipmine.extract.repair.orthography import first_impossible
from tipmine.tag.labelled import read_labelled
from tipmine.thai import LETTERS
from tipmine.tokenize.words import tokenize_text

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "tipmine" / "data" / "repair" / "counts.tsv"
_FEWEST = 2
"""Occurrences from which a word or pair is kept; 3 make the file half as long and leave a tenth more errors."""
_COMMON = 15.0
"""Cost up to which a word counts as another possible one; higher keeps more pairs."""
_ONLY_LETTERS = re.compile(f"[{LETTERS}]{{2,}}")
_HEAD = """\
# word or pair<TAB>count. Words and pairs of adjacent words in the labelled passages of this project, without the
# held-out ones; the pairs are those of which a word would be another without its low marks. The first row is the
# number of all words. Made by: python -m tests.tools.count_words
"""


def labelled_texts() -> Iterator[str]:
    """The text of each labelled passage that is not held out."""
    for source in sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")):
        rows = [json.loads(row) for row in source.read_text(encoding="utf-8").splitlines() if row]
        yield from (passage.text for passage in read_labelled(rows))


def without_low_marks(word: str) -> str:
    """`word` as it looks where its low marks are lost."""
    return low_lost(word, random.Random(0))  # noqa: S311 - not used by this damage


def counted(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """The counts of words and pairs, and the number of all words."""
    forms = Counter(without_low_marks(word) for word, cost in word_costs().items() if cost < _COMMON)
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        pieces = [token.text for token in tokenize_text(text)]
        words.update(filter(_ONLY_LETTERS.fullmatch, pieces))
        pairs.update(pair for pair in pairwise(pieces) if all(map(_ONLY_LETTERS.fullmatch, pair)))
    total = words.total()
    for pair, count in pairs.items():
        if any(forms[without_low_marks(word)] > 1 for word in pair):
            words["".join(pair)] += count
    return words, total


def main() -> None:
    """Write the file."""
    counts, total = counted(labelled_texts())
    kept = {word: count for word, count in counts.items() if count >= _FEWEST and first_impossible(word) < 0}
    rows = [f"{word}\t{count}\n" for word, count in sorted(kept.items(), key=lambda row: (-row[1], row[0]))]
    TARGET.write_text(f"{_HEAD}*\t{total}\n{''.join(rows)}", encoding="utf-8")


if __name__ == "__main__":
    main()
