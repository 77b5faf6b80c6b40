# ruff: noqa: T201 - a script that talks to its user
"""Whether time grows with the number of documents and memory does not: runs over synthetic one-page documents.

    python -m tests.bench.scale_bench [--documents 500] [--workers 2] [--table FILE]

Makes that many text files from paragraphs of the sample's true texts, no two alike, and runs the pipeline
over the first eighth, quarter, half and all of them, each in a process of its own. Memory: the peak of the process
that stores, and of its largest worker. Documents: seconds from the first to the last document, the start of the
workers included; whole: with the corpus stages and the index.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRUTH = ROOT / "corpora" / "sample" / "truth"
SEED = 7
PARAGRAPHS = 12
"""Paragraphs of a page."""
SHARES = (8, 4, 2, 1)


def write_documents(folder: Path, count: int) -> None:
    """`count` files of one page; a number in each makes them differ."""
    lines = [
        line.strip()
        for path in sorted(TRUTH.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 40
    ]
    chance = random.Random(SEED)  # noqa: S311 - no secret
    folder.mkdir(parents=True)
    for number in range(count):
        text = "\n\n".join([f"เอกสารที่ {number}", *chance.sample(lines, PARAGRAPHS)])
        (folder / f"page-{number:06}.txt").write_text(text, encoding="utf-8")


def measure(corpus: Path, out: Path, workers: int) -> dict[str, float]:
    """In a process of its own: the run, its seconds, its peaks and its size in MB."""
    from tipmine.pipeline import Progress, run_pipeline

    last = start = time.perf_counter()

    def note(progress: Progress) -> None:
        nonlocal last
        if progress.step == "documents":
            last = time.perf_counter()

    summary = run_pipeline(corpus, out, workers=workers, progress=note)
    if summary.failures:
        raise SystemExit(f"failed: {summary.failures[:3]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "documents": last - start,
        "whole": time.perf_counter() - start,
        "main": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6,
        "disk": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--table", type=Path, help="Markdown file that the table is added to")
    parser.add_argument("--one", nargs=2, type=Path, metavar=("CORPUS", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one, options.workers)))
        return
    table = [
        "| documents | s, documents | documents/s | s, whole | MB, storing process | MB, largest worker | MB on disk |",
        "|---|---|---|---|---|---|---|",
    ]
    print("\n".join(table), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for share in SHARES:
            count = options.documents // share
            write_documents(folder / "corpus", count)
            call = [sys.executable, "-m", "tests.bench.scale_bench", "--workers", str(options.workers), "--one"]
            done = subprocess.run(
                [*call, str(folder / "corpus"), str(folder / "run")], stdout=subprocess.PIPE, check=True, cwd=ROOT
            )
            found = json.loads(done.stdout.splitlines()[-1])
            table.append(
                f"| {count:,} | {found['documents']:.1f} | {count / found['documents']:.1f} | {found['whole']:.1f} "
                f"| {found['main']:.0f} | {found['worker']:.0f} | {found['disk']:.1f} |"
            )
            print(table[-1], flush=True)
            shutil.rmtree(folder / "corpus")
            shutil.rmtree(folder / "run")
    if options.table:
        with options.table.open("a", encoding="utf-8") as page:
            page.write("\n".join(["", *table, ""]))


if __name__ == "__main__":
    main()
