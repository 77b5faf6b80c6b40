# ruff: noqa: T201 - a script that talks to its user
"""How fast the search index answers: phrases with facets, and facet counts, over many passages.

    python -m tests.bench.query_bench [--passages 50000] [--queries 300] [--seed 7]

Passages are made with a seed from sentences' worth of words out of the sample corpus's texts, and go straight into an
index in a temporary folder. A question is two words that follow each other in some passage, with one value of pillar
and one of year; it is answered by the index alone, without reading the records. Each is timed once, after 20 to warm
up; the baseline is the same questions without facets. Counts over everything are asked of the passages of one year as
well, where the index cannot answer from its dictionary. Quotations are pieces of the same texts; what is timed is
finding the passages whose text has to be looked at. The peak of memory is that of this process, making the passages
included. Beside the clock is the time of the processor: on a machine that others use as well the clock counts
their work too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from tipmine.records import KINDS, PILLARS
from tipmine.store.forms import index_words
from tipmine.store.index import Clause, Entry, Group, Hits, Index, build_index
from tipmine.tokenize import words

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "gold" / "passages.jsonl"
COUNTED = ("pillar", "kind", "year", "province")
WARM = 20
WIDE = 30
"""Questions over a large part of the passages; they differ little."""
Question = tuple[Clause, Mapping[str, Sequence[str]]]
Asked = TypeVar("Asked")


def entries(texts: Sequence[Sequence[str]], count: int, seed: int) -> Iterator[Entry]:
    """Passages of two pieces of 8 to 30 words each, with facets drawn at random."""
    draw = random.Random(seed)  # noqa: S311 -- a repeatable draw
    for number in range(count):
        made: list[str] = []
        for text in draw.choices(texts, k=2):
            start = draw.randrange(len(text))
            made += text[start : start + draw.randint(8, 30)]
        facets: dict[str, Sequence[str]] = {
            "pillar": draw.sample(PILLARS, draw.randint(0, 2)),
            "kind": [draw.choice(KINDS)],
            "year": [str(draw.randint(2555, 2568))],
            "province": [f"จังหวัด {draw.randrange(77)}"],
        }
        yield Entry(str(number), made, facets, "".join(made))


def questions(texts: Sequence[Sequence[str]], count: int, seed: int) -> list[Question]:
    """Pairs of neighbouring words of the texts, each with a pillar and a year."""
    draw = random.Random(seed + 1)  # noqa: S311 -- a repeatable draw
    found: list[Question] = []
    while len(found) < count:
        text = draw.choice(texts)
        at = draw.randrange(max(1, len(text) - 1))
        phrase = tuple(index_words(text[at : at + 2]))
        if len(phrase) == 2:
            filters: dict[str, Sequence[str]] = {
                "pillar": [draw.choice(PILLARS)],
                "year": [str(draw.randint(2555, 2568))],
            }
            found.append((Clause((phrase,)), filters))
    return found


def quotations(texts: Sequence[Sequence[str]], count: int, seed: int) -> list[str]:
    """Pieces of the texts of 4 to 30 letters that begin and end anywhere."""
    draw = random.Random(seed + 2)  # noqa: S311 -- a repeatable draw
    found: list[str] = []
    while len(found) < count:
        text, length = "".join(draw.choice(texts)), draw.randint(4, 30)
        at = draw.randrange(max(1, len(text) - length))
        found.append(text[at : at + length])
    return found


def timed(asked: Sequence[Asked], answer: Callable[[Asked], object]) -> str:
    """The median and the 95th percentile by the clock, and of processor time, in milliseconds."""
    clock, processor = [], []
    for place, question in enumerate([*asked[:WARM], *asked]):
        start, busy = time.perf_counter(), time.thread_time()
        answer(question)
        if place >= WARM:
            clock.append((time.perf_counter() - start) * 1000)
            processor.append((time.thread_time() - busy) * 1000)
    return f"{_spread(clock)}   processor {_spread(processor)}"


def _spread(took: Sequence[float]) -> str:
    ordered = sorted(took)
    return f"p50 {ordered[len(ordered) // 2]:7.2f} ms   p95 {ordered[int(len(ordered) * 0.95)]:7.2f} ms"


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    texts = [cut for line in lines if len(cut := words(json.loads(line)["text"])) > 1]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        build_index(Path(folder) / "index", entries(texts, options.passages, options.seed))
        built = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{options.passages} passages from {len(texts)} texts, built in {built:.1f} s, "
            f"peak {peak:.0f} MB; {os.cpu_count()} cores"
        )
        index = Index(Path(folder) / "index")
        ask(index, questions(texts, options.queries, options.seed))
        quote(index, quotations(texts, options.queries, options.seed))


def ask(index: Index, asked: Sequence[Question]) -> None:
    """Time the questions in each way and print a line for each."""

    def answer(clause: Clause, filters: Mapping[str, Sequence[str]], counted: Sequence[str] = ()) -> Hits:
        return index.search([Group((clause,))], filters, count_facets=counted)

    def count(filters: Mapping[str, Sequence[str]]) -> Hits:
        return index.search([], filters, count_facets=COUNTED)

    hits = sorted(answer(*question).total for question in asked)
    print(f"{len(asked)} questions; hits of the median question {hits[len(hits) // 2]}, of the widest {hits[-1]}")
    print("phrase, no facets      ", timed(asked, lambda q: answer(q[0], {})))
    print("phrase with facets     ", timed(asked, lambda q: answer(*q)))
    print("facet counts of both   ", timed(asked, lambda q: answer(*q, COUNTED)))
    print("facet counts of phrase ", timed(asked, lambda q: answer(q[0], {}, COUNTED)))
    print("facet counts of a year ", timed(asked[:WIDE], lambda q: count({"year": q[1]["year"]})))
    print("facet counts of all    ", timed(asked[:WIDE], lambda _: count({})))


def quote(index: Index, asked: Sequence[str]) -> None:
    """Time finding the passages in which quotations can be; their texts, in the records, say where they do."""

    def answer(letters: str) -> Sequence[str]:
        return index.matching_ids([Group((Clause((), letters=letters),))], {})

    found = sorted(len(answer(letters)) for letters in asked)
    print("quotations             ", timed(asked, answer))
    print(f"passages left to be looked at: median {found[len(found) // 2]}, 95th percentile {found[-len(found) // 20]}")


if __name__ == "__main__":
    main()
