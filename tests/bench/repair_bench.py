"""How well text repair does beside what others offer: `python -m tests.bench.repair_bench [--quick]`.

Wrong characters per 1,000 (Levenshtein distance over the length of the truth), with and without spaces:
on the development lines of the founding document where the real material is at hand, and on damage made on the
project's own texts (`damage.py`; where repair uses counts of them, on the held-out ones). Beside each other: the raw
text, PyThaiNLP's `normalize`, `fixthaipdf` where it is installed, and tipmine, which gets the lines of a document
together as it does in use. Changes to clean text and characters a second are printed below.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.damage import CLASSES, damage_lines
from tipmine.extract.repair import repair_lines
from tipmine.extract.scoring import wrong_per_thousand
from tipmine.tag.labelled import read_labelled

ROOT = Path(__file__).parent.parent.parent
_WIDTH = 95
"""Letters on a made line: what a printed page holds."""

_COUNTED = frozenset({"low_lost"})
"""Damage repaired by counts of the labelled passages: measured on the held-out ones."""

Repairer = Callable[[Sequence[str]], list[str]]


def printed_lines(text: str) -> list[str]:
    """`text` cut as a page cuts it: at spaces where there is one near the edge, else before a letter."""
    lines = []
    for paragraph in text.split("\n"):
        rest = paragraph.strip()
        while len(rest) > _WIDTH + 15:
            cut = rest.rfind(" ", int(0.8 * _WIDTH), _WIDTH + 15) + 1 or _WIDTH
            while (
                re.match("[\u0e30-\u0e3a\u0e45-\u0e4e]", rest[cut]) or rest[cut - 1] in "\u0e40\u0e41\u0e42\u0e43\u0e44"
            ):
                cut += 1
            lines.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        if rest:
            lines.append(rest)
    return lines


def passages_of(folder: Path) -> list[list[str]]:
    """The labelled passages of each file of `folder` as a document of printed lines."""
    documents = []
    for source in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(row) for row in source.read_text(encoding="utf-8").splitlines() if row]
        documents.append(printed_lines("\n".join(passage.text for passage in read_labelled(rows))))
    return documents


def own_texts() -> list[list[str]]:
    """The project's texts as documents of printed lines: labelled passages and the truth of the sample corpus."""
    documents = passages_of(ROOT / "corpora" / "labelled")
    for source in sorted((ROOT / "corpora" / "sample" / "truth").glob("**/*.txt")):
        documents.append(printed_lines(source.read_text(encoding="utf-8").replace("\f", "\n")))
    return [document for document in documents if document]


def repairers() -> dict[str, Repairer]:
    """Name -> what repairs the lines of one document."""
    from pythainlp.util import normalize

    found: dict[str, Repairer] = {"raw": list, "normalize": lambda lines: [normalize(line) for line in lines]}
    try:
        from fixthaipdf import clean
    except ImportError:
        pass
    else:
        found["fixthaipdf"] = lambda lines: [clean(line) for line in lines]
    found["tipmine"] = lambda lines: [line.text for line in repair_lines(lines)]
    return found


def write_row(name: str, documents: Sequence[tuple[Sequence[str], Sequence[str]]], tools: dict[str, Repairer]) -> None:
    """One line of the table: wrong per 1,000 without and with spaces for each tool."""
    cells = []
    for repair in tools.values():
        pairs = [pair for raw, truth in documents for pair in zip(repair(raw), truth, strict=True)]
        cells.append(f"{wrong_per_thousand(pairs, spaces=False):8.2f} {wrong_per_thousand(pairs, spaces=True):8.2f}")
    sys.stdout.write(f"{name:22}" + " | ".join(cells) + "\n")


def main(quick: bool) -> None:
    """Print the table."""
    tools = repairers()
    sys.stdout.write(f"{'':22}" + " | ".join(f"{name:>17}" for name in tools) + "\n")
    gold = Path(os.environ.get("TIPMINE_SHARED", ROOT.parent / "shared")) / "data" / "summary_lines_dev.jsonl"
    if gold.is_file():
        rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").splitlines()]
        write_row("founding lines", [([r["raw"] for r in rows], [r["gold"] for r in rows])], tools)
    documents = own_texts()
    held_out = passages_of(ROOT / "corpora" / "labelled" / "held_out")
    if quick:
        documents = [document[:40] for document in documents[:6]]
    write_row("clean", [(document, document) for document in documents], tools)
    for name in [*CLASSES, "mixed"]:
        skip = {"normalize", "fixthaipdf"} if name.startswith(("mojibake", "cid")) else set()
        few = {tool: repair for tool, repair in tools.items() if tool not in skip}
        texts = held_out if name in _COUNTED else documents
        write_row(name, [(damage_lines(name, lines, i), lines) for i, lines in enumerate(texts)], few)
    for name in ("clean", "displaced", "nikhahit_space"):
        broken = [lines if name == "clean" else damage_lines(name, lines) for lines in documents]
        start = time.process_time()
        for lines in broken:
            repair_lines(lines)
        letters = sum(len(line) for lines in broken for line in lines)
        sys.stdout.write(f"{name}: {letters / (time.process_time() - start):,.0f} characters a second\n")


if __name__ == "__main__":
    main("--quick" in sys.argv)
