# ruff: noqa: T201 - a script that talks to its user
"""Damaged files through the workers of a run: what comes back, and what crashes, hangs, grows or is not foreseen.

    python -m tests.bench.fuzz_bench [--cases 200] [--first 0] [--seed 1] [--workers 2] [--minutes 0]
                                      [--seconds 20] [--megabytes 300]
    python -m tests.bench.fuzz_bench --write 17 FILE      the file of one case, to look at alone

A case is one page of a PDF of the sample corpus or of the fixtures, a DOCX of the sample, or a text of either in one of
the encodings that are read, changed by a chance that its number and the seed decide: bytes flipped, parts cut out,
repeated or taken from another file, tokens of the format put in, numbers made huge; in the file as it is, or in an
unpacked stream or part of it. Each goes through `process_document` (extract to tags) with the limits of a run. Exit 1
where one crashes, takes more than that many seconds of a core, makes its worker grow by more than that many MB (Linux
only), or ends in an error that no reader raises on purpose. `--minutes`: no new case is begun after so many.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf

from tipmine.executors import run_jobs
from tipmine.records import DocumentInfo
from tipmine.settings import Settings
from tipmine.work import Job, Outcome, process_document

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    [
        *(ROOT / "corpora/sample/documents").glob("*.[pd][do][fc]*"),
        *(ROOT / "corpora/sample/truth").glob("*.txt"),
        *(ROOT / "tests/fixtures").glob("*.pdf"),
        *(ROOT / "tests/fixtures").glob("*.txt"),
    ]
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp874", "utf-16")
TOKENS = {
    ".pdf": b"BT|ET|Tj|TJ|'|\"|q|Q|cm|Do|BI|ID|EI|BDC|EMC|<<|>>|[|]|(|)|<|>|endobj|endstream|stream|obj|R|null|/Type0|"
    b"/Identity-H|/ToUnicode|/Kids|/Parent|/Length|/Filter|/FlateDecode|beginbfchar|endbfchar|beginbfrange|%%EOF",
    ".docx": b"<w:p>|</w:p>|<w:r>|<w:t>|</w:t>|<w:tbl>|<w:tr>|<w:tc>|<w:sdt>|<w:ins>|<w:del>|<w:numPr>|&lt;|&#0;|"
    b"&#xD800;|<!--|-->|<![CDATA[|<?xml?>|xmlns:w=\"\"|w:val=\"-1\"|PK\x01\x02|PK\x05\x06",
    ".txt": b"\0|\x0c|\r|\t|\xff\xfe|\xfe\xff|\xef\xbb\xbf|\x1a|1.|(|%PDF-|PK|\xe8|\xb9\xe9|" + b"|".join(
        text.encode()
        for text in (
            "\N{THAI CHARACTER KO KAI}", "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER SARA UU}",
            "\N{THAI CHARACTER SARA AM}", "\N{THAI CHARACTER SARA E}", "\N{THAI CHARACTER PAIYANNOI}",
            "\N{THAI DIGIT NINE}", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\uf70a", "\U000f0000",
            "\N{LATIN SMALL LETTER A WITH GRAVE}\N{CEDILLA}", "\N{INVERTED EXCLAMATION MARK}",
        )
    ),
}  # fmt: skip
NUMBERS = (b"0", b"-1", b"65536", b"99999999999", b"-99999999999", b"1e40", b"nan", b"9" * 300)
SHOWN = 20
"""Cases listed by number at most, of each kind that must not be."""


def flip(data: bytes, chance: random.Random, _other: bytes, _tokens: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random, _other: bytes, _tokens: list[bytes]) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: random.Random, _other: bytes, _tokens: list[bytes]) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def splice(data: bytes, chance: random.Random, other: bytes, _tokens: list[bytes]) -> bytes:
    start, end = _span(data, chance)
    from_, to = _span(other, chance)
    return data[:start] + other[from_:to] + data[end:]


def insert(data: bytes, chance: random.Random, _other: bytes, tokens: list[bytes]) -> bytes:
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + b" " + chance.choice(tokens) * chance.choice((1, 1, 1, 500)) + b" " + data[at:]
    return data


def numbers(data: bytes, chance: random.Random, _other: bytes, _tokens: list[bytes]) -> bytes:
    found = [hit.span() for hit in re.finditer(rb"(?<![\w.-])-?[0-9]+(?:\.[0-9]+)?(?![\w.])", data)]
    for start, end in sorted(chance.sample(found, min(len(found), chance.randint(1, 15))), reverse=True):
        data = data[:start] + chance.choice(NUMBERS) + data[end:]
    return data


CHANGES: tuple[Callable[[bytes, random.Random, bytes, list[bytes]], bytes], ...] = (
    flip, cut, repeat, splice, insert, numbers,
)  # fmt: skip


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + int(chance.expovariate(1 / 200)) + 1)


@cache
def page_counts() -> dict[Path, int]:
    counts = {}
    for path in SOURCES:
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                counts[path] = len(pdf.pages)
    return counts


@cache
def one_page(path: Path, number: int) -> bytes:
    """A page of a PDF as a file of its own: a case then takes a fraction of a second."""
    out = io.BytesIO()
    with pikepdf.open(path) as pdf, pikepdf.new() as single:
        single.pages.append(pdf.pages[number])
        # Else the time goes into the file, and a case would not be the same again.
        single.save(out, deterministic_id=True)
    return out.getvalue()


def case(seed: int, number: int) -> tuple[str, bytes]:
    """The ending and the bytes of a case."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
    path = chance.choice(SOURCES)
    ending = path.suffix
    if ending == ".pdf":
        data = one_page(path, chance.randrange(page_counts()[path]))
    elif ending == ".txt":
        data = path.read_text(encoding="utf-8").encode(chance.choice(ENCODINGS), "replace")
    else:
        data = path.read_bytes()
    tokens, change = TOKENS[ending].split(b"|"), chance.choice(CHANGES)
    inside = chance.random() < 0.7
    if ending == ".txt" or not inside:
        return ending, change(data, chance, chance.choice(SOURCES).read_bytes(), tokens)
    return ending, (_in_stream if ending == ".pdf" else _in_member)(data, chance, change, tokens)


def _in_stream(data: bytes, chance: random.Random, change: Callable[..., bytes], tokens: list[bytes]) -> bytes:
    """One to three streams of a PDF changed as they are when unpacked: content, font maps, font files."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        readable = [bytes_ for bytes_ in (_unpacked(stream) for stream in streams) if bytes_]
        for stream in chance.sample(streams, min(len(streams), chance.randint(1, 3))):
            if content := _unpacked(stream):
                stream.write(change(content, chance, chance.choice(readable), tokens))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""


def _in_member(data: bytes, chance: random.Random, change: Callable[..., bytes], tokens: list[bytes]) -> bytes:
    """One part of a DOCX changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        chosen, other = chance.choice(names), chance.choice(names)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part, chance, old.read(other), tokens) if name == chosen else part)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a case, in how many seconds of a core, and by how many MB its worker grew."""

    outcome: Outcome
    seconds: float = 0.0
    megabytes: float = 0.0


def do(job: Job) -> Done:
    """In a worker: do a case and measure it."""
    before, began = _memory(reset=True), time.process_time()
    outcome = process_document(job)
    seconds, megabytes = time.process_time() - began, _memory() - before
    # The file is gone before the next one comes, and the lines need not travel.
    return Done(replace(outcome, passages=(), words=(), taggings=()), seconds, megabytes)


def _memory(*, reset: bool = False) -> float:
    """The most memory of this process in MB since it was last reset; 0 where the system does not tell."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
    return int(found[1]) / 1e3 if found else 0.0


def jobs(folder: Path, seed: int, numbers_: range, seconds: int, minutes: float) -> Iterator[Job]:
    """One job a case; the file is written when a worker is free for it."""
    # By the clock they get more than by the core: the machine may be busy.
    settings = Settings(run_ocr="never", limits_seconds=4 * seconds, limits_megabytes=2_000)
    end = time.monotonic() + 60 * minutes if minutes else math.inf
    for number in numbers_:
        if time.monotonic() > end:
            return
        ending, data = case(seed, number)
        path = folder / f"{number}{ending}"
        path.write_bytes(data)
        yield Job(DocumentInfo(path.name, str(path)), settings)


def verdict(done: Done, seconds: float, megabytes: float) -> str:
    """What became of a case, in the words of the table; those in capitals must not be."""
    outcome = done.outcome
    if outcome.error == "lost":
        return "CRASH"
    if "took over" in outcome.message or done.seconds > seconds:
        return "HANG"
    if "not enough memory" in outcome.message or done.megabytes > megabytes:
        return "MEMORY"
    if outcome.document is not None:
        return "read"
    unforeseen = re.search(r"(?:could not be read|failed) \((\w+):", outcome.message)
    return f"NOT FORESEEN: {unforeseen[1]}" if unforeseen else outcome.error


def run_cases(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Done]]:
    """Each case with its verdict, as it comes."""
    numbers_ = range(options.first, options.first + options.cases)
    if options.workers == 1:
        # Not preloaded: the first case would be measured with the reading of the models.
        process_document(Job(DocumentInfo("warm", str(ROOT / "tests/fixtures/heads.pdf")), Settings()))
    work = jobs(folder, options.seed, numbers_, options.seconds, options.minutes)
    for done in run_jobs(
        do,
        work,
        workers=options.workers,
        preload=("tipmine.warm",),
        on_lost=lambda job, _why: Done(Outcome(job.info, error="lost")),
    ):
        (folder / done.outcome.info.doc).unlink(missing_ok=True)
        yield verdict(done, options.seconds, options.megabytes), done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--write", nargs=2, metavar=("CASE", "FILE"))
    options = parser.parse_args()
    if options.write:
        Path(options.write[1]).write_bytes(case(options.seed, int(options.write[0]))[1])
        return
    found: Counter[str] = Counter()
    bad: dict[str, list[str]] = {}
    slowest = largest = Done(Outcome(DocumentInfo("none")))
    with tempfile.TemporaryDirectory() as name:
        for kind, done in run_cases(options, Path(name)):
            found[kind] += 1
            slowest = max(slowest, done, key=lambda one: one.seconds)
            largest = max(largest, done, key=lambda one: one.megabytes)
            if kind.isupper() or kind.startswith("NOT FORESEEN"):
                doc = done.outcome.info.doc
                bad.setdefault(kind, []).append(doc)
                print(
                    f"{kind}: case {doc}, {done.seconds:.1f} s, {done.megabytes:.0f} MB {done.outcome.message}",
                    flush=True,
                )
    print(f"\n{found.total()} cases from {options.first}, seed {options.seed}\n\n| outcome | cases |\n|---|---|")
    for kind, count in found.most_common():
        print(f"| {kind} | {count} |")
    print(
        f"\nlongest: {slowest.seconds:.1f} s of a core ({slowest.outcome.info.doc}); "
        f"most memory besides the worker's own: {largest.megabytes:.0f} MB ({largest.outcome.info.doc})"
    )
    for kind, cases in bad.items():
        print(f"\n{kind}: {' '.join(sorted(cases)[:SHOWN])}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
