"""How fast passages are tagged: words cut, pillars, actors and roles with their reasons.

    python -m tests.bench.tag_bench --passages 100000

Passages are made of `corpora/labelled`, recombined with a seed: clauses (what is between spaces) of one kind, up to
the length of a passage that is there, so that hardly any comes twice while words and lengths are those of the field.
They are dealt out as documents of fifty, as in a run, over worker processes. Loading the models is reported by itself:
a run does it once a worker.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tipmine.records import Kind, Passage
from tipmine.tag import Tagger, load_tagger
from tipmine.tag.labelled import read_labelled
from tipmine.tokenize import PhraseFinder, tokenize_text

LABELLED = Path(__file__).resolve().parents[2] / "corpora" / "labelled"
SEED = 7
DOCUMENT = 50
"""Passages of a document: a report of some thirty pages has about so many."""


class Work(NamedTuple):
    """What one document took: seconds of processor, passages, code points, pillar tags, actor tags."""

    seconds: float
    passages: int
    letters: int
    pillars: int
    actors: int


def made(count: int, seed: int = SEED) -> Iterator[list[Passage]]:
    """Documents of made passages, `count` passages in all."""
    random_ = random.Random(seed)  # noqa: S311 -- no secret
    read = [
        passage
        for path in sorted(LABELLED.glob("*.jsonl"))
        for passage in read_labelled(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    ]
    clauses: dict[Kind, list[str]] = {}
    for passage in read:
        clauses.setdefault(passage.kind, []).extend(passage.text.split())
    for first in range(0, count, DOCUMENT):
        document = []
        for number in range(first, min(first + DOCUMENT, count)):
            model = random_.choice(read)
            text = ""
            while len(text) < len(model.text):
                text = f"{text} {random_.choice(clauses[model.kind])}".strip()
            document.append(Passage(f"p{number}", f"d{first}", model.kind, text, model.section))
        yield document


@cache
def tagger() -> Tagger:
    """The tagger of this process."""
    return load_tagger(None, finder=PhraseFinder)


def warm(_: int = 0) -> float:
    """Seconds until a process can tag; the number is there for `map` and means nothing."""
    began = time.perf_counter()
    tagger().tag([Passage("w", "w", "finding", "ตำรวจช่วยผู้เสียหาย")], [tokenize_text("ตำรวจช่วยผู้เสียหาย")])
    return time.perf_counter() - began


def tag(document: Sequence[Passage]) -> Work:
    """Cut and tag one document."""
    began = time.process_time()
    taggings = tagger().tag(document, [tokenize_text(passage.text) for passage in document])
    return Work(
        time.process_time() - began,
        len(document),
        sum(len(passage.text) for passage in document),
        sum(len(tagging.pillars) for tagging in taggings),
        sum(len(tagging.actors) for tagging in taggings),
    )


def main() -> None:
    """Print passages a second and what came out."""
    parser = argparse.ArgumentParser(description="Speed of tagging.")
    parser.add_argument("--passages", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    documents = list(made(arguments.passages))
    with ProcessPoolExecutor(arguments.workers, mp_context=get_context("spawn")) as pool:
        # As many calls as workers, each long enough that none takes two.
        loading = max(pool.map(warm, range(arguments.workers)))
        began = time.perf_counter()
        work = list(pool.map(tag, documents, chunksize=4))
        seconds = time.perf_counter() - began
    total = Work(*map(sum, zip(*work, strict=True)))
    # The clock counts what else the machine does; processor seconds do not.
    alone = total.seconds / arguments.workers
    rate = total.passages / seconds
    sys.stdout.write(
        f"{total.passages} passages of {total.letters / total.passages:.0f} code points on average, "
        f"{arguments.workers} workers: {seconds:.1f} s, {rate:.0f} passages/s (100,000 in {100_000 / rate:.0f} s; "
        f"by processor time {100_000 * alone / total.passages:.0f} s)\n"
        f"models ready after {loading:.1f} s; {total.pillars} pillar tags, {total.actors} actor tags\n"
    )


if __name__ == "__main__":
    main()
