"""How often the kind of a passage is right, on passages that nothing was fitted on.

    python -m tests.bench.kind_bench [LABELLED.jsonl]

The default is the held-out set. Beside it is the most frequent kind, where nobody speaks. Of a set in which somebody
speaks each passage there is nothing to measure.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT
from tipmine.segment import kind_of
from tipmine.tag.labelled import read_labelled

HELD_OUT = ROOT / "corpora" / "labelled" / "held_out" / "unseen.jsonl"
SHOWN = 5
"""Commonest mistakes that are printed."""


def main() -> None:
    """Print the share of right kinds, and what is taken for what."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    gold = read_labelled(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    if all(passage.speaker for passage in gold):
        sys.exit(f"{path}: every passage has a speaker")
    said = [kind_of(passage.text, passage.section, speaker=passage.speaker)[0] for passage in gold]
    usual = Counter(passage.kind for passage in gold if not passage.speaker).most_common(1)[0][0]
    guessed = ["utterance" if passage.speaker else usual for passage in gold]
    for name, kinds in (("tipmine", said), (f"always {usual}", guessed)):
        right = sum(kind == passage.kind for kind, passage in zip(kinds, gold, strict=True))
        sys.stdout.write(f"{name}: {right / len(gold):.3f} of {len(gold)}\n")
    wrong = Counter((p.kind, kind) for p, kind in zip(gold, said, strict=True) if p.kind != kind)
    for (kind, taken), count in wrong.most_common(SHOWN):
        sys.stdout.write(f"{kind} taken for {taken}: {count}\n")


if __name__ == "__main__":
    main()
