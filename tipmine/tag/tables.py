"""Tables of `tipmine/data` that people edit, with comments behind `#`."""

from __future__ import annotations

import csv
from importlib.resources import files


def table(name: str) -> list[dict[str, str]]:
    """Rows of a table by column; split by tabs if `name`, a path in `tipmine/data`, ends in .tsv, else at commas."""
    text = files("tipmine.data").joinpath(name).read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t" if name.endswith(".tsv") else ","))
