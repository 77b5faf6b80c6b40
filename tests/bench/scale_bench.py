# ruff: noqa: T201 - a script that talks to its user
"""Whether time grows with the number of documents and memory does not: runs over synthetic one-page documents.

    python -m tests.bench.scale_bench [--documents 500] [--workers 2] [--table FILE]
    python -m tests.bench.scale_bench --documents 96 --storing
    python -m tests.bench.scale_bench --pages 400

Makes that many text files of one page from paragraphs of the sample's true texts, no two alike, and runs the document
stages (extract to tags) over them in one go; the table has a row for each quarter. Clock and
core time of a row are those of its quarter alone, without the start of the workers: equal rows are linear time. Core
time counts all processes, so it holds on a busy machine too. Memory is the largest so far, of the process that stores
and of all processes together, pages that workers share counted once. Reads /proc, so Linux only.

With `--pages`: one PDF of half as many pages and one of as many, from the pages of the sample's PDFs, each read by one
worker and in pieces by all (`tipmine/cutting.py`). Memory of the largest worker counts what it shares with the others.

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
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import pikepdf

from tipmine.batch import Progress, Workers, run_documents
from tipmine.corpus import read_corpus
from tipmine.cutting import LONG_PAGES
from tipmine.outcomes import store_outcome
from tipmine.parts import cut_parts, load_part, write_part
from tipmine.settings import Settings
from tipmine.store.database import DATABASE
from tipmine.store.entries import rebuild_index
from tipmine.store.run import INDEX, create_run
from tipmine.work import Job, process_document

ROOT = Path(__file__).resolve().parents[2]
TRUTH = ROOT / "corpora" / "sample" / "truth"
DOCUMENTS = ROOT / "corpora" / "sample" / "documents"
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
        self.largest = 0.0
        """The most memory that one worker had, in MB."""
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
        # Workers are forked from a process of this one, which is none itself.
        others = {os.getpid(), *children(os.getpid())}
        for process in descendants(os.getpid()):
            folder = Path("/proc") / str(process)
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                rollup = (folder / "smaps_rollup").read_text()
                status = (folder / "status").read_text()
            except OSError:
                continue
            self._seconds[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            kilobytes += int(found[1]) if found else 0
            most = re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
            if most and process not in others:
                self.largest = max(self.largest, int(most[1]) / 1e3)
        return kilobytes / 1e3

    def core_seconds(self) -> float:
        self.look()
        return sum(self._seconds.values()) - self._own


def descendants(process: int) -> list[int]:
    """A process and those that it started, and they in turn."""
    found = [process]
    for one in found:
        found += children(one)
    return found


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    for tasks in (Path("/proc") / str(process) / "task").glob("*/children"):
        with suppress(OSError):  # it may have ended meanwhile
            found += map(int, tasks.read_text().split())
    return found


def measure(corpus: Path, out: Path, workers: int) -> list[dict[str, float]]:
    """Clock, core seconds, memory and disk at the first document and after each quarter."""
    watch = Watch()
    watch.start()
    listed = read_corpus(corpus)
    wanted = {info.doc: dict.fromkeys(("extract", "tag"), info.sha256) for info in listed.documents}
    count = len(listed.documents)
    # The first documents find caches empty; those of the first row begin after them.
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


def write_long(folder: Path, pages: int) -> None:
    """A short text, and a PDF of so many pages: those of the sample's PDFs, over and over."""
    with ExitStack() as opened, pikepdf.new() as long:
        sources = [opened.enter_context(pikepdf.open(path)) for path in sorted(DOCUMENTS.glob("*.pdf"))]
        while len(long.pages) < pages:
            for source in sources:
                long.pages.extend(source.pages)
        del long.pages[pages:]
        folder.mkdir(parents=True)
        long.save(folder / "long.pdf")
    (folder / "first.txt").write_text("เอกสารสั้น", encoding="utf-8")


def measure_long(corpus: Path, out: Path, workers: Workers) -> tuple[float, float, float, float]:
    """Clock and core seconds of the long document, MB of the largest worker and of this process."""
    watch = Watch()
    watch.start()
    listed = read_corpus(corpus)
    wanted = {info.doc: dict.fromkeys(("extract", "tag"), info.sha256) for info in listed.documents}
    marks: list[tuple[float, float]] = []

    def note(_: Progress) -> None:
        marks.append((time.perf_counter(), watch.core_seconds()))

    with create_run(out) as run:
        run_documents(run, listed, Settings(), wanted, workers, note)
        if failures := run.failures():
            raise SystemExit(f"failed: {failures[:3]}")
    # The short text is done when the workers have started.
    (clock, core), (end_clock, end_core) = marks[1:]
    memory = watch.largest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return end_clock - clock, end_core - core, *memory


def long_table(folder: Path, pages: int, workers: int) -> list[str]:
    """A row for each length and way; each in a process of its own, whose memory begins anew."""
    rows = [
        "| pages | read | s by the clock | core ms a page | MB, largest worker | MB, storing process |",
        "|---|---|---|---|---|---|",
    ]
    for count in (pages // 2, pages):
        corpus = folder / str(count)
        write_long(corpus, count)
        for way, longest in (("by one worker", count), ("in pieces", min(count - 1, LONG_PAGES))):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                run = folder / f"{count} {way}"
                work = fresh.submit(measure_long, corpus, run, Workers(workers, longest=longest))
                clock, core, largest, own = work.result()
            rows.append(f"| {count:,} | {way} | {clock:.0f} | {core / count * 1e3:.0f} | {largest:.0f} | {own:.0f} |")
    return rows


def storing(corpus: Path, folder: Path) -> list[str]:
    """Core time and disk a page of storing results straight, of parts, and of the index."""
    jobs = [Job(info, Settings()) for info in read_corpus(corpus).documents]
    wanted = {job.info.doc: {"tag": job.info.sha256} for job in jobs}
    outcomes = {job.info.doc: process_document(job) for job in jobs}
    parts = cut_parts(str(folder / "parts"), jobs, wanted)
    with create_run(folder / "straight") as straight, create_run(folder / "loaded") as loaded:
        steps: dict[str, list[Callable[[], object]]] = {
            "store results": [partial(store_outcome, straight, one, wanted[doc]) for doc, one in outcomes.items()],
            "write parts": [partial(write_part, part, [outcomes[doc] for doc in part.fingerprints]) for part in parts],
            "load parts": [partial(load_part, loaded, part.address, part.key) for part in parts],
            "make the index": [partial(rebuild_index, loaded)],
        }
        rows = ["| step | core ms a page |", "|---|---|"]
        for name, calls in steps.items():
            began = time.process_time()
            for call in calls:
                call()
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
    parser.add_argument("--pages", type=int, default=0, help="measure PDFs of half and of so many pages instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.pages:
            rows = long_table(folder, options.pages, options.workers)
        else:
            write_documents(folder / "corpus", options.documents)
            rows = (
                storing(folder / "corpus", folder)
                if options.storing
                else table_of(measure(folder / "corpus", folder / "run", options.workers))
            )
    print("\n".join(rows))
    if options.table:
        with options.table.open("a", encoding="utf-8") as page:
            page.write("\n".join(["", *rows, ""]))


if __name__ == "__main__":
    main()
