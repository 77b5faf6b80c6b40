"""How much text is lost when another program rewrites a PDF: this repository's PDFs, read before and after.

    python -m tests.bench.rewrite_bench [COMMAND]

COMMAND rewrites one PDF; `{source}` and `{out}` in it are the files. The default is Ghostscript, whose version 10.00.0
breaks most Thai maps. The letters of each file are counted, without white space and whatever their order: those that
are missing or wrong afterwards, per 1,000. Beside it stands pdfplumber, against the same letters.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

import pdfplumber

import tipmine
from tests.conftest import ROOT

GHOSTSCRIPT = "gs -q -sDEVICE=pdfwrite -o {out} {source}"
FOLDERS = ("tests/fixtures", "tests/cases/documents", "corpora/sample/documents")


def main() -> None:
    """Prints a line for each file that lost letters, and the median and the worst of all."""
    command = sys.argv[1] if len(sys.argv) > 1 else GHOSTSCRIPT
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(path for name in FOLDERS for path in (ROOT / name).glob("*.pdf")):
            out = Path(folder) / path.name
            subprocess.run(shlex.split(command.format(source=path, out=out)), check=True, stdout=subprocess.DEVNULL)
            truth = letters(_text(path))
            ours.append(lost(truth, letters(_text(out))))
            plain.append(lost(truth, letters(_plain_text(out))))
            if ours[-1] >= 1:
                sys.stdout.write(f"{path.name}: {ours[-1]:.0f}, pdfplumber {plain[-1]:.0f}\n")
    for name, figures in (("tipmine", ours), ("pdfplumber", plain)):
        unhurt = sum(figure < 1 for figure in figures)
        sys.stdout.write(f"{name}: median {median(figures):.1f}, {unhurt} of {len(figures)} files below 1 in 1,000\n")


def letters(text: str) -> Counter[str]:
    """How often each letter occurs, without white space."""
    return Counter("".join(text.split()))


def lost(truth: Counter[str], read: Counter[str]) -> float:
    """Letters of `truth` that are missing or come as others, per 1,000."""
    return 1000 * (truth - read).total() / max(truth.total(), 1)


def _text(path: Path) -> str:
    return "\n".join(line.text for line in tipmine.extract(path, ocr="never").lines)


def _plain_text(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


if __name__ == "__main__":
    main()
