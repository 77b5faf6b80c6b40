"""Repair against gold lines, beside the raw text and PyThaiNLP's `normalize`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tipmine.extract.repair.engine import repair_lines
from tipmine.extract.scoring import wrong_per_thousand
from tipmine.lexical.bootstrap import Interval, ratio_interval

Repairer = Callable[[Sequence[str]], list[str]]


def evaluate_repair(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Wrong characters per 1,000 for each method, without and with spaces, and lines that are entirely right.

    Records hold `raw` and `gold`, one line each, in the order of their document: the damage profile is learnt from
    all of them together, as in use. The interval is a 95 % bootstrap over lines.
    """
    lines = [(str(record["raw"]), str(record["gold"])) for record in records]
    raw, gold = [line[0] for line in lines], [line[1] for line in lines]
    return [_row(name, repair(raw), gold) for name, repair in _methods().items()]


def _methods() -> dict[str, Repairer]:
    from pythainlp.util import normalize

    return {
        "raw": list,
        "pythainlp.normalize": lambda lines: [normalize(line) for line in lines],
        "tipmine": lambda lines: [line.text for line in repair_lines(lines)],
    }


def _row(name: str, texts: Sequence[str], gold: Sequence[str]) -> dict[str, Any]:
    pairs = list(zip(texts, gold, strict=True))
    sizes = [len("".join(truth.split())) for truth in gold]
    wrong = [wrong_per_thousand([pair], spaces=False) * size / 1000 for pair, size in zip(pairs, sizes, strict=True)]
    per_thousand = Interval(*(1000 * share for share in ratio_interval(wrong, sizes)))
    return {
        "method": name,
        **per_thousand.columns("wrong", digits=2),
        "wrong_with_spaces": round(wrong_per_thousand(pairs, spaces=True), 2),
        "lines_right": sum(text == truth for text, truth in pairs),
        "lines": len(pairs),
    }
