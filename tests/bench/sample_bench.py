"""Themes and traces of the sample corpus against its gold, beside the baselines, in two tables.

    python -m tests.bench.sample_bench

Takes about half a minute. Texts are those of the gold file, so that reading and cutting documents cost nothing here.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tipmine.api import units
from tipmine.records import Member, TableRow, Theme, ThemeSet, Trace
from tipmine.themes import find_themes
from tipmine.themes.evaluation import evaluate_themes
from tipmine.tokenize import words
from tipmine.trace import theme_links, trace
from tipmine.trace.evaluation import evaluate_trace

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "gold"


def lines(name: str) -> list[dict[str, Any]]:
    """The records of a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def precision_recall(found: set[str], gold: set[str]) -> str:
    """Both figures and what was found, on one line."""
    hit = len(found & gold)
    return (
        f"P {hit / len(found) if found else 0:.2f} R {hit / len(gold) if gold else 0:.2f} "
        f"found {' '.join(sorted(found)) or '-'} / gold {' '.join(sorted(gold))}"
    )


def band_rows(traces: Sequence[Trace], relevant: Mapping[str, set[str]]) -> list[str]:
    """The precision of each band."""
    good: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for found in traces:
        for item in found.evidence:
            size[item.band] += 1
            good[item.band] += item.id in relevant.get(found.rec, set())
    return [f"{band}: {good[band] / size[band]:.2f} of {size[band]}" for band in sorted(size)]


def gold_themes() -> ThemeSet:
    """The gold themes, as an analyst would have put them together by hand."""
    return ThemeSet(
        tuple(
            Theme(row["theme"], row["label"], (), len(row["members"]), (), 1.0, _members(row), ())
            for row in lines("theme_list.jsonl")
        ),
        (),
    )


def _members(row: TableRow) -> tuple[Member, ...]:
    return tuple(Member(member["id"], 1.0) for member in row["members"])


def _say(*parts: object) -> None:
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


def _table(rows: Sequence[TableRow]) -> str:
    return "\n".join("  ".join(f"{name} {value}" for name, value in row.items()) for row in rows)


def main() -> int:
    """Prints everything."""
    relevant: dict[str, set[str]] = {}
    for link in lines("evidence_links.jsonl"):
        relevant.setdefault(link["rec"], set()).add(link["evidence"])
    gaps = json.loads((GOLD / "gaps.json").read_text(encoding="utf-8"))
    recs, evidence = units(lines("recommendations.jsonl")), units(lines("passages.jsonl"))
    said = [unit for unit in evidence if unit.kind == "utterance"]
    _say(_table(evaluate_themes(lines("themes.jsonl"), words)))
    for theme in find_themes(said).themes:
        _say(f"  {theme.size:3} {theme.stability:.2f} {theme.label}   ({' '.join(theme.terms)})")
    _say(_table(evaluate_trace(lines("trace.jsonl"), words)))
    traces = trace(recs, evidence)
    _say("bands", "; ".join(band_rows(traces, relevant)), Counter(found.coverage for found in traces))
    none = {found.rec for found in traces if found.coverage == "none"}
    _say("gaps", precision_recall(none, set(gaps["recommendations_without_evidence"])))
    links = theme_links(gold_themes().themes, traces)
    orphans = {theme for theme, answers in links.items() if not answers}
    _say("orphans among the gold themes", precision_recall(orphans, set(gaps["themes_without_recommendation"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
