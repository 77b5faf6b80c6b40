# ruff: noqa: T201 - a script that talks to its user
"""Whether time grows with the number of documents and memory does not: runs over synthetic one-page documents.

    python -m tests.bench.scale_bench [--documents 500] [--workers 2] [--table FILE]
    python -m tests.bench.scale_bench --documents 96 --storing

Makes that many text files of one page from paragraphs of the sample's true texts, no two alike, and runs the document
stages (extract to tags) over them in one go; the table has a row for each quarter. Clock and
core time of a row are those of its quarter alone, without the start of the workers: equal rows are linear time. Core
time counts all processes, so it holds on a busy machine too. Memory is the largest so far, of the process that stores
and of all processes together, pages that workers share counted once. Reads /proc, so Linux only.

With `--storing`: what the one process that stores does for a page, by way, and what a page takes on disk.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from tipmine.store.database import DATABASE

ROOT = Path(__file__).resolve().parents[2]
TRUTH = ROOT / "corpora" / "sample" / "truth"
SEED = 7
PARAGRAPHS = 12
"""Paragraphs of a page."""
ROWS = 4
"""Rows of the table."""
LOOK_SECONDS = 2.0
"""Seconds between two looks at the processes; peaks shorter than this may be missed."""


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


class Watch(threading.Thread):
    """Core seconds and memory of this process and all that it started; what looking costs is left out."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._own = 0.0
        self._seconds: dict[int, float] = {}

    def run(self) -> None:
        while True:
            self.peak = max(self.peak, self.look())
            self._own = time.thread_time()
            time.sleep(LOOK_SECONDS)

    def look(self) -> float:
        """Note the core seconds of every process; returns the memory of all in MB."""
        kilobytes = 0
        for process in descendants(os.getpid()):
            folder = Path("/proc") / str(process)
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                rollup = (folder / "smaps_rollup").read_text()
            except OSError:
                continue
            self._seconds[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            kilobytes += int(found[1]) if found else 0
        return kilobytes / 1e3

    def core_seconds(self) -> float:
        self.look()
        return sum(self._seconds.values()) - self._own


def descendants(process: int) -> list[int]:
    """A process and those that it started, and they in turn."""
    found = [process]
    for one in found:
        for tasks in (Path("/proc") / str(one) / "task").glob("*/children"):
            with suppress(OSError):  # it may have ended meanwhile
                found += map(int, tasks.read_text().split())
    return found


def measure(corpus: Path, out: Path, workers: int) -> list[dict[str, float]]:
    """Clock, core seconds, memory and disk at the first document and after each quarter."""
    from tipmine.batch import Progress, Workers, run_documents
    from tipmine.corpus import read_corpus
    from tipmine.settings import Settings
    from tipmine.store.run import create_run

    watch = Watch()
    watch.start()
    listed = read_corpus(corpus)
    wanted = {info.doc: dict.fromkeys(("extract", "tag"), info.sha256) for info in listed.documents}
    count = len(listed.documents)
    # The first documents find caches empty; those of the first row begin behind them.
    stops = [workers * 4, *(count * part // ROWS for part in range(1, ROWS + 1))]
    marks: list[dict[str, float]] = []

    def note(progress: Progress) -> None:
        if progress.done not in stops:
            return
        marks.append(
            {
                "documents": progress.done,
                "clock": time.perf_counter(),
                "core": watch.core_seconds(),
                "main": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
                "all": watch.peak,
                "disk": _bytes_under(out) / 1e6,
            }
        )

    with create_run(out) as run:
        run_documents(run, listed, Settings(), wanted, Workers(workers), note)
        if failures := run.failures():
            raise SystemExit(f"failed: {failures[:3]}")
    return marks


def table_of(marks: list[dict[str, float]]) -> list[str]:
    rows = [
        "| documents | pages/s by the clock | core ms a page | MB, storing process | MB, all processes | MB on disk |",
        "|---|---|---|---|---|---|",
    ]
    for before, after in pairwise(marks):
        pages = after["documents"] - before["documents"]
        rows.append(
            f"| {after['documents']:,.0f} | {pages / (after['clock'] - before['clock']):.1f} "
            f"| {(after['core'] - before['core']) / pages * 1e3:.0f} "
            f"| {after['main']:.0f} | {after['all']:.0f} | {after['disk']:.1f} |"
        )
    return rows


def storing(corpus: Path, folder: Path) -> list[str]:
    """Core time and disk a page of storing results straight, of parts, and of the index."""
    from tipmine.corpus import read_corpus
    from tipmine.outcomes import store_outcome
    from tipmine.parts import cut_parts, load_part, write_part
    from tipmine.settings import Settings
    from tipmine.store.entries import rebuild_index
    from tipmine.store.run import INDEX, create_run
    from tipmine.work import Job, process_document

    jobs = [Job(info, Settings()) for info in read_corpus(corpus).documents]
    wanted = {job.info.doc: {"tag": job.info.sha256} for job in jobs}
    outcomes = {job.info.doc: process_document(job) for job in jobs}
    parts = cut_parts(str(folder / "parts"), jobs, wanted)
    with create_run(folder / "straight") as straight, create_run(folder / "loaded") as loaded:
        steps: dict[str, Callable[[], object]] = {
            "store results": lambda: [store_outcome(straight, o, wanted[doc]) for doc, o in outcomes.items()],
            "write parts": lambda: [write_part(part, [outcomes[doc] for doc in part.fingerprints]) for part in parts],
            "load parts": lambda: [load_part(loaded, part.address, part.key) for part in parts],
            "make the index": lambda: rebuild_index(loaded),
        }
        rows = ["| step | core ms a page |", "|---|---|"]
        for name, step in steps.items():
            began = time.process_time()
            step()
            rows.append(f"| {name} | {(time.process_time() - began) / len(jobs) * 1e3:.1f} |")
        loaded.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk = {"database": folder / "loaded" / DATABASE, "index": folder / "loaded" / INDEX, "parts": folder / "parts"}
    rows += ["", "| on disk | kB a page |", "|---|---|"]
    return [*rows, *(f"| {name} | {_bytes_under(path) / len(jobs) / 1e3:.1f} |" for name, path in disk.items())]


def _bytes_under(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--table", type=Path, help="Markdown file that the table is added to")
    parser.add_argument("--storing", action="store_true", help="measure the process that stores instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder / "corpus", options.documents)
        if options.storing:
            rows = storing(folder / "corpus", folder)
        else:
            rows = table_of(measure(folder / "corpus", folder / "run", options.workers))
    print("\n".join(rows))
    if options.table:
        with options.table.open("a", encoding="utf-8") as page:
            page.write("\n".join(["", *rows, ""]))


if __name__ == "__main__":
    main()
