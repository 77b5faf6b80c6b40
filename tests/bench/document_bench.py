"""How whole documents are cut: which passages come out letter by letter, and with the right kind.

    python -m tests.bench.document_bench [FOLDER]
    python -m tests.bench.document_bench --record

The default is tests/cases/documents, whose counts `--record` writes to `counts.tsv` there, for
tests/segment/test_whole_documents.py. White space and ` | ` between cells do not count, and neither does whether a
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
RECORDED = DOCUMENTS / "counts.tsv"
HELD_OUT_FROM = "63"
"""The first document that no model learns from; `tipmine train pillars` and `tests.tools.fit_kind_ngrams` get those
before it."""
COUNTS = ("passages", "exact", "kinds", "recommendations", "found", "invented")
_NO_LETTER = re.compile(r"[\s\u200b|]+")


def main() -> int:
    """Prints a line for each document and one for all."""
    record = "--record" in sys.argv
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and not record else DOCUMENTS
    total: Counter[str] = Counter()
    rows = []
    for gold in sorted(folder.glob("*.jsonl")):
        for path in sorted(folder.glob(f"{gold.stem}.*")):
            if path != gold:
                counts = counts_of(gold, path)
                total += counts
                rows.append("\t".join([gold.stem, *(str(counts[name]) for name in COUNTS)]))
                _say(path.name, counts)
    _say("all", total)
    if record:
        RECORDED.write_text("\n".join(["\t".join(["document", *COUNTS]), *rows, ""]), encoding="utf-8")
    return 0


def counts_of(gold: Path, path: Path) -> Counter[str]:
    """The counts of `measured` for a document and what its reader took for its passages."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    return measured(rows, list(tipmine.segment(tipmine.extract(path))))


def measured(rows: Sequence[Mapping[str, Any]], found: Sequence[Passage]) -> Counter[str]:
    """Counts, named as in `COUNTS`: gold passages, exact ones, exact ones with the right kind; recommendations, those
    found as such, and passages taken for recommendations that nobody would take for one.
    """
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
    proposals = {_letters(row["text"]) for row in rows if "recommendation" in (row["kind"], row.get("alt_kind"))}
    taken = [_letters(passage.text) for passage in found if passage.kind == "recommendation"]
    counts["invented"] = sum(not any(text in other or other in text for other in proposals) for text in taken)
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
