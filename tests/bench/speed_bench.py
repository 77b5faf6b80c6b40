# ruff: noqa: T201 - a script that talks to its user
"""Speed, memory and wrong characters of readers on the same PDFs, clean and damaged ones apart.

    python -m tests.bench.speed_bench [--workers 2] [--repeat 3] [--table docs/speed.md] [FOLDER ...]

Without folders: the PDFs of the sample corpus and of the tests, whose text is known. A PDF counts as damaged where
pdfplumber's text has more than DAMAGED signs of damage per 1,000 Thai letters, or is WRONG where the text is known.
Each reader runs in worker processes of its own, all with the same number of workers, after one file to warm up.
Pages a second are those of the best of the repeats, and processor time is the least of each file, as other work on the
machine only slows; memory is the peak of the largest worker. The second table says which part of extraction takes how
much of it, in one process.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

from tests.bench.extract_bench import damage_per_thousand, read_pypdfium2, read_tipmine_body, truth_of
from tipmine.extract import compose as composing
from tipmine.extract import extract_document
from tipmine.extract.collecting import rare_collection
from tipmine.extract.furniture import assign_roles
from tipmine.extract.glyphs import open_pdf, pdfplumber_text
from tipmine.extract.layout import lay_out, name_unknown
from tipmine.extract.repair import Repaired, repair_lines
from tipmine.extract.scoring import comparable_text, wrong_per_thousand

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "corpora" / "sample" / "documents", ROOT / "tests" / "fixtures"]

DAMAGED = 5.0
"""Signs of damage per 1,000 Thai letters in a plain reading above which a PDF is damaged."""

WRONG = 50.0
"""Wrong characters per 1,000 in a plain reading above which a PDF is damaged, where its text is known."""


def read_pypdfium2_letters(path: Path) -> str:
    """Each letter with the place, box and size that a layout needs: the least that a way through pdfium costs."""
    import pypdfium2
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    letters: list[str] = []
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage().raw
        for number in range(raw.FPDFText_CountChars(text)):
            if not raw.FPDFText_IsGenerated(text, number):
                letters.append(chr(raw.FPDFText_GetUnicode(text, number)))
                raw.FPDFText_GetCharOrigin(text, number, ctypes.byref(x), ctypes.byref(y))
                raw.FPDFText_GetLooseCharBox(text, number, ctypes.byref(box))
                raw.FPDFText_GetFontSize(text, number)
    return "".join(letters)


READERS: dict[str, Callable[[Path], str]] = {
    "pdfplumber": pdfplumber_text,
    "pypdfium2": read_pypdfium2,
    "pypdfium2, letters with places": read_pypdfium2_letters,
    "tipmine": read_tipmine_body,
}
PEERS = ("pdfplumber", "pypdfium2")
"""The readers that the others are compared with."""


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
    return Reading(path, text, time.process_time() - start, peak_memory())


def peak_memory() -> int:
    """Largest memory of this process so far, in bytes.

    Linux hands the peak of `getrusage` on from parent to child, so that a small worker would show its parent's.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        peaks = [line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:")]
        if peaks:
            return int(peaks[0].split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def run(name: str, paths: Sequence[Path], workers: int, repeat: int) -> tuple[float, list[Reading]]:
    """Seconds on the clock of the best repeat, and of each file the reading that took the least processor time."""
    best = float("inf")
    least: dict[Path, Reading] = {}
    peak = 0
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(read, [name] * workers, [paths[-1]] * workers))
        for _ in range(repeat):
            start = time.perf_counter()
            readings = list(pool.map(read, [name] * len(paths), paths))
            best = min(best, time.perf_counter() - start)
            peak = max(peak, *(reading.peak for reading in readings))
            for reading in readings:
                if reading.path not in least or reading.cpu < least[reading.path].cpu:
                    least[reading.path] = reading
    for reading in least.values():
        reading.peak = peak
    return best, list(least.values())


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
    cpu = {name: sum(reading.cpu for reading in readings) for name, (_, readings) in found.items()}
    table = []
    for name, (seconds, readings) in found.items():
        known = [
            (comparable_text(r.text), comparable_text(t.read_text("utf-8")))
            for r in readings
            if (t := truth_of(r.path))
        ]
        wrong = f"{wrong_per_thousand(known, spaces=False):.1f}" if known else "–"
        ratios = [f"{found[peer][0] / seconds:.2f} ({cpu[peer] / cpu[name]:.2f})" for peer in PEERS]
        table.append(
            f"| {kind}: {len(paths)} PDFs, {total} pages | {name} | {total / seconds:.1f} | {' | '.join(ratios)} "
            f"| {1000 * cpu[name] / total:.0f} | {wrong} ({len(known)}) | {readings[0].peak / 1e6:.0f} |"
        )
    return table


def stages(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds of processor that each part of extraction takes over these files, once warm."""
    spent = dict.fromkeys(("fonts and glyphs", "layout", "repair", "records"), 0.0)

    def timed(texts: Sequence[str], fonts: Sequence[str], drawn: Collection[str]) -> list[Repaired]:
        start = time.process_time()
        done = repair_lines(texts, fonts, drawn)
        spent["repair"] += time.process_time() - start
        return done

    def once(path: Path) -> None:
        marks = [time.process_time()]
        with open_pdf(path) as reader:
            contents = list(reader.pages())
            marks.append(time.process_time())
            pages = [lay_out(content) for content in contents]
            name_unknown(pages, reader.fonts.unknown)
        assign_roles(pages)
        marks.append(time.process_time())
        repair = -spent["repair"]
        composing.compose(path.name, pages)
        repair += spent["repair"]
        marks.append(time.process_time())
        spent["fonts and glyphs"] += marks[1] - marks[0]
        spent["layout"] += marks[2] - marks[1]
        spent["records"] += marks[3] - marks[2] - repair

    with rare_collection(), patch.object(composing, "repair_lines", timed):
        once(paths[0])
        spent.update(dict.fromkeys(spent, 0.0))
        for path in paths:
            once(path)
    return spent


LEAST_LETTERS = 50
"""Letters of a page from which it is compared; empty pages would agree."""


def same_pages(paths: Sequence[Path]) -> tuple[int, int, int]:
    """Pages on which pypdfium2 prints what tipmine prints, white space aside; on which it has the same letters in
    another order too; and all pages that were compared. Only the first could be taken from pypdfium2 as they are.
    """
    import pypdfium2

    same = shuffled = total = 0
    for path in paths:
        ours: dict[int, str] = {}
        for line in extract_document(path, ocr="never").lines:
            ours[line.page] = ours.get(line.page, "") + "".join(line.text.split())
        for number, page in enumerate(pypdfium2.PdfDocument(path), start=1):
            mine = ours.get(number, "")
            if len(mine) < LEAST_LETTERS:
                continue
            theirs = "".join(page.get_textpage().get_text_range().split())
            total += 1
            same += mine == theirs
            shuffled += sorted(mine) == sorted(theirs)
    return same, shuffled, total


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
        pairs = [(comparable_text(text), comparable_text(truth.read_text("utf-8")))] if truth else []
        bad = damage_per_thousand(text) > DAMAGED or wrong_per_thousand(pairs, spaces=False) > WRONG
        sets["damaged" if bad else "clean"].append(path)
    table = [
        f"| files | reader | pages/s | {' | '.join(f'× {peer} (by processor time)' for peer in PEERS)} "
        "| ms of processor a page | wrong characters per 1,000 (files with truth) | MB, largest worker |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, files in sets.items():
        if files and options.only in (None, kind):
            table += rows(kind, files, options.workers, options.repeat)
    shares = stages([path for files in sets.values() for path in files])
    whole = sum(shares.values())
    table += ["", "| part of extraction | share of its processor time |", "|---|---|"]
    table += [f"| {name} | {seconds / whole:.0%} |" for name, seconds in shares.items()]
    same, shuffled, total = same_pages([path for files in sets.values() for path in files])
    table += [
        "",
        f"pypdfium2 prints the same letters as tipmine on {same} of {total} pages, in any order on {shuffled}.",
    ]
    print("\n".join(table))
    if options.table:
        write_table(options.table, table, options.workers, options.repeat)


START, END = "<!-- written by tests.bench.speed_bench -->", "<!-- end -->"


def write_table(target: Path, table: Sequence[str], workers: int, repeat: int) -> None:
    """Puts the table between the two marks of a Markdown file; the words around it stay."""
    old = target.read_text(encoding="utf-8") if target.is_file() else f"# Speed\n\n{START}\n{END}\n"
    head, _, rest = old.partition(START)
    made = f"{os.cpu_count()} cores, Python {platform.python_version()}, {workers} workers, best of {repeat} runs."
    target.write_text("\n".join([f"{head}{START}", made, "", *table, END]) + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
