# ruff: noqa: T201 - a script that talks to its user
"""Speed, memory and wrong characters of readers on the same PDFs, clean and damaged ones apart.

    python -m tests.bench.speed_bench [--workers 2] [--repeat 3] [--table docs/speed.md] [FOLDER ...]

Without folders: the PDFs of the sample corpus and of the tests, whose text is known. A PDF counts as damaged where
pdfplumber's text has more than DAMAGED signs of damage per 1,000 Thai letters, or is WRONG where the text is known.
Each reader runs in worker processes of its own, all with the same number of workers, after one file to warm up.
Pages a second are those of the best of the repeats, as other work on the machine only slows; memory is the peak of
the largest worker.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.bench.extract_bench import damage_per_thousand, read_pypdfium2, read_tipmine, truth_of
from tipmine.extract.glyphs import open_pdf, pdfplumber_text
from tipmine.extract.scoring import squeeze, wrong_per_thousand

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "corpora" / "sample" / "documents", ROOT / "tests" / "fixtures"]

DAMAGED = 5.0
"""Signs of damage per 1,000 Thai letters in a plain reading above which a PDF is damaged."""

WRONG = 50.0
"""Wrong characters per 1,000 in a plain reading above which a PDF is damaged, where its text is known."""

READERS: dict[str, Callable[[Path], str]] = {
    "pdfplumber": pdfplumber_text,
    "pypdfium2": read_pypdfium2,
    "tipmine": read_tipmine,
}
PEER = "pdfplumber"


@dataclass(slots=True)
class Reading:
    """One file, read once."""

    path: Path
    text: str
    cpu: float
    """Seconds of processor time."""
    peak: int
    """Largest memory of the worker so far, in bytes."""


def read(name: str, path: Path) -> Reading:
    """In a worker."""
    start = time.process_time()
    try:
        text = READERS[name](path)
    except Exception as problem:  # noqa: BLE001 - a reader that fails on a file is a result
        print(f"{name} fails on {path.name}: {problem!r:.100}", file=sys.stderr)
        text = ""
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Reading(path, text, time.process_time() - start, peak)


def run(name: str, paths: Sequence[Path], workers: int, repeat: int) -> tuple[float, list[Reading]]:
    """Seconds on the clock of the best repeat, and the readings of the last."""
    best = float("inf")
    readings: list[Reading] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(read, [name] * workers, [paths[-1]] * workers))
        for _ in range(repeat):
            start = time.perf_counter()
            readings = list(pool.map(read, [name] * len(paths), paths))
            best = min(best, time.perf_counter() - start)
    return best, readings


def pages_of(path: Path) -> int:
    with open_pdf(path) as reader:
        return len(reader)


def rows(kind: str, paths: list[Path], workers: int, repeat: int) -> list[str]:
    """The rows of the table for one set of files."""
    # The longest first, so that no worker waits long for the other at the end.
    pages = {path: pages_of(path) for path in paths}
    paths = sorted(paths, key=lambda path: -pages[path])
    total = sum(pages.values())
    found = {name: run(name, paths, workers, repeat) for name in READERS}
    peer = total / found[PEER][0]
    table = []
    for name, (seconds, readings) in found.items():
        known = [(squeeze(r.text), squeeze(t.read_text("utf-8"))) for r in readings if (t := truth_of(r.path))]
        wrong = f"{wrong_per_thousand(known, spaces=False):.1f}" if known else "–"
        cpu = 1000 * sum(r.cpu for r in readings) / total
        peak = max(r.peak for r in readings) / 1e6
        table.append(
            f"| {kind}: {len(paths)} PDFs, {total} pages | {name} | {total / seconds:.1f} "
            f"| {total / seconds / peer:.2f} | {cpu:.0f} | {wrong} ({len(known)}) | {peak:.0f} |"
        )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", choices=["clean", "damaged"])
    parser.add_argument("--most", type=int, default=10_000, help="PDFs with more pages are left out")
    parser.add_argument("--table", type=Path, help="Markdown file that is written")
    options = parser.parse_args()
    paths = [path for folder in options.folders or FOLDERS for path in sorted(folder.rglob("*.pdf"))]
    paths = [path for path in paths if pages_of(path) <= options.most]
    sets: dict[str, list[Path]] = {"clean": [], "damaged": []}
    for path in paths:
        text = pdfplumber_text(path)
        truth = truth_of(path)
        pairs = [(squeeze(text), squeeze(truth.read_text("utf-8")))] if truth else []
        bad = damage_per_thousand(text) > DAMAGED or wrong_per_thousand(pairs, spaces=False) > WRONG
        sets["damaged" if bad else "clean"].append(path)
    table = [
        f"| files | reader | pages/s | × {PEER} | ms of processor a page "
        "| wrong characters per 1,000 (files with truth) | MB, largest worker |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, files in sets.items():
        if files and options.only in (None, kind):
            table += rows(kind, files, options.workers, options.repeat)
    print("\n".join(table))
    if options.table:
        head = [
            "# Speed",
            "",
            "Readers on the same PDFs, each with the same number of worker processes. Damaged: more than "
            f"{DAMAGED:.0f} signs of damage per 1,000 Thai letters in {PEER}'s text, or, where the text is known, "
            f"more than {WRONG:.0f} wrong characters per 1,000. Made by",
            "",
            "```sh",
            f"python -m tests.bench.speed_bench --workers {options.workers} --table docs/speed.md",
            "```",
            "",
            f"on {os.cpu_count()} cores, Python {platform.python_version()}.",
            "",
        ]
        options.table.write_text("\n".join([*head, *table, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
