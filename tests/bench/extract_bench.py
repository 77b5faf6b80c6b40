# ruff: noqa: T201 - a script that talks to its user
"""Compares readers of Thai PDFs on the same files in one run.

    python tests/bench/extract_bench.py FOLDER [FOLDER ...] [--only PREFIX ...] [--readers NAME ...] [--truth-only]

A folder holds PDFs and, beside or in `truth/`, a text file of the same stem where the text is known. With truth:
the figures of tipmine.extract.scoring. For all: signs of damage per 1,000 Thai letters, Thai letters, and
pages a second. Readers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tipmine.extract.glyphs import pdfplumber_text
from tipmine.extract.repair import damage_signs
from tipmine.extract.scoring import measure

Reader = Callable[[Path], str]
THAI = re.compile("[\u0e01-\u0e5b]")


def damage_per_thousand(text: str) -> float:
    """Signs of damage per 1,000 Thai letters; 0 where there are none."""
    letters = len(THAI.findall(text))
    return 1000 * sum(damage_signs(text).values()) / letters if letters else 0.0


def read_tipmine(path: Path) -> str:
    from tipmine.extract import extract_document

    return "\n".join(line.text for line in extract_document(path, ocr="never").lines)


def read_tipmine_body(path: Path) -> str:
    """Without running heads and feet and page numbers, as a source text has none."""
    from tipmine.extract import extract_document

    furniture = ("running_head", "running_foot", "page_number")
    return "\n".join(line.text for line in extract_document(path, ocr="never").lines if line.role not in furniture)


def read_pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def read_pypdfium2(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def read_pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def read_pdftotext(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )


def pythainlp_over(reader: Reader) -> Reader:
    def read(path: Path) -> str:
        from pythainlp.util import normalize

        return normalize(reader(path))

    return read


def fixthaipdf_over(reader: Reader) -> Reader:
    def read(path: Path) -> str:
        from fixthaipdf import clean

        text: str = clean(reader(path))
        return text

    return read


def readers() -> dict[str, Reader]:
    found: dict[str, Reader] = {
        "tipmine": read_tipmine,
        "tipmine, body": read_tipmine_body,
        "pdfplumber": pdfplumber_text,
        "pdfminer.six": read_pdfminer,
        "pypdfium2": read_pypdfium2,
    }
    for name, module, reader in (
        ("pypdf", "pypdf", read_pypdf),
        ("pdfplumber + PyThaiNLP", "pythainlp", pythainlp_over(pdfplumber_text)),
        ("pdfplumber + fixthaipdf", "fixthaipdf", fixthaipdf_over(pdfplumber_text)),
    ):
        try:
            __import__(module)
        except ImportError:
            continue
        found[name] = reader
    if shutil.which("pdftotext"):
        found["pdftotext"] = read_pdftotext
    return found


def truth_of(path: Path) -> Path | None:
    beside = path.parent.parent / "truth"
    for place in (
        path.with_suffix(".txt"),
        path.parent / "truth" / f"{path.stem}.txt",
        beside / f"{path.stem}.txt",
        beside / f"{path.name}.txt",
    ):
        if place.is_file():
            return place
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="stems that begin so")
    parser.add_argument("--readers", nargs="*", default=[])
    parser.add_argument("--truth-only", action="store_true")
    options = parser.parse_args()
    paths = [path for folder in options.folders for path in sorted(folder.rglob("*.pdf"))]
    paths = [p for p in paths if not options.only or any(p.stem.startswith(o) for o in options.only)]
    if options.truth_only:
        paths = [path for path in paths if truth_of(path)]
    chosen = {name: reader for name, reader in readers().items() if not options.readers or name in options.readers}
    table: dict[str, dict[str, list[float]]] = {name: {} for name in chosen}
    for path in paths:
        truth = truth_of(path)
        for name, reader in chosen.items():
            start = time.perf_counter()
            try:
                text = reader(path)
            except Exception as problem:  # noqa: BLE001 - a reader that fails on a file is a result
                print(f"{path.stem:24} {name:24} fails: {problem!r:.80}")
                continue
            row = {"seconds": time.perf_counter() - start}
            letters = len(THAI.findall(text))
            row["letters"] = letters
            if letters > 100:
                row["damage"] = damage_per_thousand(text)
            if truth:
                row |= measure(truth.read_text(encoding="utf-8"), text)
                print(
                    f"{path.stem:24} {name:24} " + "  ".join(f"{key} {value:.2f}" for key, value in row.items()),
                    flush=True,
                )
            for key, value in row.items():
                table[name].setdefault(key, []).append(value)
    print(f"\n{len(paths)} files; medians (letters, seconds and marks lost: sums)")
    for name, columns in table.items():
        parts = [
            f"{key} {sum(values):.0f}" if key in ("letters", "seconds", "marks_lost") else f"{key} {median(values):.2f}"
            for key, values in columns.items()
        ]
        print(f"{name:24} " + "  ".join(parts))


if __name__ == "__main__":
    main()
