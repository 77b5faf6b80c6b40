"""How whole documents are cut: which passages come out letter by letter, and with the right kind.

    python -m tests.bench.document_bench [FOLDER]

The default is tests/cases/documents. White space and ` | ` between cells do not count, and neither does whether a
passage keeps its number (`มาตรการที่ ๑`) or has it apart.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tipmine
from tests.conftest import ROOT
from tipmine.records import Passage

DOCUMENTS = ROOT / "tests" / "cases" / "documents"
_NO_LETTER = re.compile(r"[\s\u200b|]+")


def main() -> int:
    """Prints a line for each document and one for all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    total: Counter[str] = Counter()
    for gold in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        for path in sorted(folder.glob(f"{gold.stem}.*")):
            if path != gold:
                counts = measured(rows, list(tipmine.segment(tipmine.extract(path))))
                total += counts
                _say(path.name, counts)
    _say("all", total)
    return 0


def measured(rows: Sequence[Mapping[str, Any]], found: Sequence[Passage]) -> Counter[str]:
    """Counts of gold passages: all, exact, exact with the right kind; recommendations, and those found as such."""
    by_letters = {_letters(passage.number + passage.text): passage for passage in reversed(found)}
    by_letters |= {_letters(passage.text): passage for passage in reversed(found)}
    counts: Counter[str] = Counter()
    for row in rows:
        said = by_letters.get(_letters(row["text"])) or by_letters.get(_letters(row.get("number", "") + row["text"]))
        kind = said.kind if said else ""
        proposed = row["kind"] == "recommendation"
        counts["passages"] += 1
        counts["exact"] += said is not None
        counts["kinds"] += kind in (row["kind"], row.get("alt_kind", row["kind"]))
        counts["recommendations"] += proposed
        counts["found"] += proposed and kind == "recommendation"
    return counts


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _say(name: str, counts: Counter[str]) -> None:
    sys.stdout.write(
        f"{name}: {counts['exact']} of {counts['passages']} passages exact, {counts['kinds']} with the right kind; "
        f"{counts['found']} of {counts['recommendations']} recommendations\n"
    )


if __name__ == "__main__":
    sys.exit(main())
