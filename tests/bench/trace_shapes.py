"""How traces hold when talk has another shape than the studies have: the same texts, cut and ordered otherwise.

    python -m tests.bench.trace_shapes tests/cases/trace/study_first.jsonl tests/cases/trace/study_second.jsonl

One row a shape: tipmine and BM25 on the same texts, gaps, and how many of the links of each band are good. The texts
are those of the gold files, so that the rows compare shapes; what to expect on another study they do not say.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tipmine.lexical.dialogue import is_moderator
from tipmine.records import TextUnit
from tipmine.tokenize import words
from tipmine.trace.evaluation import TraceGold, figures, read_gold

SEED = 7
COLUMNS = ("MAP", "R@1", "R@5", "gaps_P", "gaps_R", "confirmed_P", "likely_P")
Pieces = list[tuple[TextUnit, tuple[str, ...]]]
"""Evidence as it is shown in a shape, each with the ids of the evidence that it is made of."""


def as_it_is(evidence: Sequence[TextUnit]) -> Pieces:
    """Nothing changed."""
    return [(unit, (unit.id,)) for unit in evidence]


def no_moderator(evidence: Sequence[TextUnit]) -> Pieces:
    """The moderators' questions are left out."""
    return [(unit, (unit.id,)) for unit in evidence if not is_moderator(unit.speaker)]


def wandering(evidence: Sequence[TextUnit]) -> Pieces:
    """The turns of a group in random order, questions too: neighbours say nothing about each other."""
    order = list(range(len(evidence)))
    random.Random(SEED).shuffle(order)  # noqa: S311 -- no secret
    docs = {unit.doc: number for number, unit in enumerate(evidence)}
    return [(evidence[at], (evidence[at].id,)) for at in sorted(order, key=lambda at: docs[evidence[at].doc])]


def half_wandering(evidence: Sequence[TextUnit]) -> Pieces:
    """Every second turn is somewhere else in its group."""
    random_ = random.Random(SEED)  # noqa: S311 -- no secret
    moved = [unit for unit in evidence[1::2] if not is_moderator(unit.speaker)]
    stay = [unit for unit in evidence if unit not in moved]
    for unit in moved:
        places = [at for at, other in enumerate(stay) if other.doc == unit.doc]
        stay.insert(random_.choice(places) + 1, unit)
    return as_it_is(stay)


def one_document(evidence: Sequence[TextUnit]) -> Pieces:
    """All groups in one document."""
    return [(replace(unit, doc="all"), (unit.id,)) for unit in evidence]


def halves(evidence: Sequence[TextUnit]) -> Pieces:
    """Turns cut in two near the middle; both halves are what the turn was."""
    found: Pieces = []
    for unit in evidence:
        cut = unit.text.rfind(" ", 0, len(unit.text) // 2 + 10)
        texts = [unit.text[:cut], unit.text[cut + 1 :]] if cut > 0 else [unit.text]
        found += [
            (replace(unit, id=f"{unit.id}/{at}", text=text, words=words(text)), (unit.id,))
            for at, text in enumerate(texts)
        ]
    return found


def pairs(evidence: Sequence[TextUnit]) -> Pieces:
    """Neighbouring answers glued to one turn, as a rough transcript writes them."""
    found: Pieces = []
    for unit in evidence:
        last, ids = found[-1] if found else (unit, ())
        joins = len(ids) == 1 and last.doc == unit.doc and last.speaker and unit.speaker
        if joins and not is_moderator(last.speaker) and not is_moderator(unit.speaker):
            text = f"{last.text} {unit.text}"
            found[-1] = (replace(last, text=text, words=(*last.words, *unit.words)), (*ids, unit.id))
        else:
            found.append((unit, (unit.id,)))
    return found


def findings(evidence: Sequence[TextUnit]) -> Pieces:
    """What was said is given as findings of a report: no speakers."""
    return [(replace(unit, kind="finding", speaker=""), ids) for unit, ids in no_moderator(evidence)]


def opinions(evidence: Sequence[TextUnit]) -> Pieces:
    """A list of opinions, as of a survey: no speakers, no questions."""
    return [(replace(unit, speaker="", doc="survey"), ids) for unit, ids in no_moderator(evidence)]


def bare(evidence: Sequence[TextUnit]) -> Pieces:
    """Nothing but id and text, questions among them."""
    return [(TextUnit(unit.id, unit.text, unit.words), (unit.id,)) for unit in evidence]


SHAPES: tuple[Callable[[Sequence[TextUnit]], Pieces], ...] = (
    as_it_is, no_moderator, half_wandering, wandering, one_document, halves, pairs, findings, opinions, bare,
)  # fmt: skip


def shaped(gold: TraceGold, shape: Callable[[Sequence[TextUnit]], Pieces]) -> TraceGold:
    """The gold in another shape: a piece is good where it holds good evidence. Themes are left out."""
    pieces = shape(gold.evidence)
    relevant = {
        rec: frozenset(unit.id for unit, ids in pieces if good & frozenset(ids)) for rec, good in gold.relevant.items()
    }
    return TraceGold(gold.recommendations, [unit for unit, _ in pieces], relevant, {})


def main() -> int:
    """Prints the rows; 1 where a shape falls under BM25."""
    parser = argparse.ArgumentParser(description="Traces in other shapes of talk")
    parser.add_argument("gold", type=Path, nargs="+")
    options = parser.parse_args()
    under = False
    for path in options.gold:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        gold = read_gold(records, words)
        sys.stdout.write(
            f"{path.name}\n{'shape':<16}{'BM25 MAP':>9}" + "".join(f"{name:>14}" for name in COLUMNS) + "\n"
        )
        for shape in SHAPES:
            rows = {row["method"]: row for row in figures(shaped(gold, shape))}
            ours, bm25 = rows["tipmine"], rows["BM25"]
            cells = "".join(f"{ours.get(name, '')!s:>14}" for name in COLUMNS)
            sys.stdout.write(f"{shape.__name__:<16}{bm25['MAP']:>9}{cells}\n")
            under |= ours["MAP"] < bm25["MAP"]
    return int(under)


if __name__ == "__main__":
    sys.exit(main())
