"""Our CRF of names on ThaiNER's organisations: an outside yardstick.

    python -m tests.bench.thainer_bench

Trains on `../shared/data/thainer/train.txt` and asks `val.txt` (ThaiNER 1.5, wannaphong/thai-ner, CC BY 3.0; it does
not ship). Beside it: the gazetteer alone. Known from elsewhere: PyThaiNLP's own CRF F1 .79, a fine-tuned
transformer .89. Takes some minutes and about 2 GB.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tipmine.records import Token
from tipmine.tag import open_names
from tipmine.tag.candidates import Candidate, CandidateFinder, split_tokens
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.open_names import NameCRF, train_names
from tipmine.tokenize import PhraseFinder, tokenize_text

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "thainer"
_TAG = re.compile(r"\[(/?)([A-Z]+)\]")
_LONGEST = 1500
"""Code points of a line that is used; longer ones are whole articles and are cut at white space."""


class Sentence(NamedTuple):
    tokens: list[Token]
    candidates: list[Candidate]
    spans: list[tuple[int, int]]


def lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]


def read(lines: Iterable[str], finder: CandidateFinder) -> Iterator[Sentence]:
    for line in lines:
        text, spans = untag(line[:_LONGEST])
        if text:
            held = finder.find(text)
            yield Sentence(split_tokens(tokenize_text(text), held), held, spans)


def untag(line: str) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at = length = begin = 0
    for tag in _TAG.finditer(line):
        pieces.append(line[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if tag[2] == "ORGANIZATION" and tag[1]:
            spans.append((begin, length))
        begin = length
    return "".join(pieces) + line[at:], spans


def scores(found: list[list[tuple[int, int]]], sentences: list[Sentence]) -> str:
    right = sum(len(set(f) & set(s.spans)) for f, s in zip(found, sentences, strict=True))
    said, gold = sum(map(len, found)), sum(len(s.spans) for s in sentences)
    return f"P {right / said:.3f}  R {right / gold:.3f}  F1 {2 * right / (said + gold):.3f}  ({gold} organisations)"


def main() -> None:
    finder = CandidateFinder(load_gazetteer(), PhraseFinder)
    asked = lines_of(DATA / "val.txt")
    # Every line of val.txt is in train.txt as well; a CRF that had seen them would score .93.
    seen = frozenset(asked)
    train = list(read((line for line in lines_of(DATA / "train.txt") if line not in seen), finder))
    val = list(read(asked, finder))
    alone = [[(c.start, c.end) for c in s.candidates] for s in val]
    sys.stdout.write(f"gazetteer alone  {scores(alone, val)}\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.crfsuite"
        rows = ((s.tokens, s.candidates, "finding", s.spans) for s in train)
        train_names(rows, path, c1=0.05, c2=0.05, iterations=60)  # type: ignore[arg-type]
        crf = NameCRF(path)
        # The gazetteer lists groups of people as well, which are no organisations: its matches are features here,
        # and are not kept against the CRF.
        open_names.KEEP_MATCH = 2.0
        ours = [[(n.start, n.end) for n in crf.names(s.tokens, s.candidates, "finding")] for s in val]
    sys.stdout.write(f"our CRF        {scores(ours, val)}\n")


if __name__ == "__main__":
    main()
