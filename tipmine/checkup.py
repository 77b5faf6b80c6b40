"""Checks of the installation and of a run folder: each says what was found and, if something is wrong, what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import get_args

from tipmine.errors import TipmineError
from tipmine.executors import cores
from tipmine.store.database import faults
from tipmine.store.run import INDEX, Run

_PARTS = ("pdfplumber", "pypdfium2", "pythainlp", "nlpo3", "spacy", "scikit-learn", "bertopic", "tantivy")
_LEAST_DISK = 2_000_000_000
"""Free space on the disk below which a run of a few thousand documents may not fit. Bytes."""
_WORKER_MEMORY = 700_000_000
"""What a worker takes with an ordinary document, and what the process that stores takes beside it. Bytes."""
_FONTS = "web/static/fonts"
_RUN_ANEW = "run again into another folder"
"""A run into the same folder would skip the damaged records, whose fingerprints have not changed."""


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check: what was found, and what to do where it is not `ok`."""

    name: str
    ok: bool
    found: str
    do: str = ""


def check_installation(folder: Path) -> list[Check]:
    """Check Python, the packages, models, fonts, OCR, memory, and whether runs can be written into `folder`."""
    return [_python(), *_parts(), *_models(), _fonts(), _ocr(), *_memory(), _folder(folder), _disk(folder)]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", (3, 11) <= sys.version_info < (3, 14), version, "use Python 3.11 to 3.13")


def _parts() -> Iterator[Check]:
    for name in _PARTS:
        try:
            yield Check(name, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, False, "not installed", "install what the lock file names: sh scripts/demo.sh")


def _models() -> Iterator[Check]:
    from tipmine.tag.model_store import ModelKind, check_files, find_model

    for kind in get_args(ModelKind):
        try:
            folder = find_model(None, kind)
            check_files(folder)
        except TipmineError as error:
            yield Check(f"model {kind}", False, error.wrong, error.do or f"tipmine train {kind}")
        else:
            yield Check(f"model {kind}", True, f"{folder}, checksums right")


def _fonts() -> Check:
    folder = files("tipmine").joinpath(*_FONTS.split("/"))
    fonts = [font.name for font in folder.iterdir() if font.name.endswith("woff2")] if folder.is_dir() else []
    return Check(
        "fonts",
        bool(fonts),
        ", ".join(sorted(fonts)) or "none",
        "the Thai font of the pages is missing: install tipmine again",
    )


def _ocr() -> Check:
    from tipmine.extract.ocr import thai_ocr
    from tipmine.extract.reasons import INSTALL

    return Check("ocr", thai_ocr(), "tesseract with Thai data" if thai_ocr() else "not ready", str(INSTALL))


def _memory() -> Iterator[Check]:
    """The memory of the machine for a worker on each core; nothing where the system does not report it."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return
    wanted = cores()
    workers = int(total // _WORKER_MEMORY)
    available = f"{total / 1e9:.1f} GB for {wanted} workers"
    yield Check("memory", workers >= wanted, available, f"tipmine run --workers {max(workers, 1)}")


def _folder(folder: Path) -> Check:
    fine = os.access(folder, os.W_OK | os.X_OK)
    state = f"{folder} can be written to" if fine else f"{folder} cannot be written to"
    return Check("folder", fine, state, "choose a folder of your own: tipmine run CORPUS --out DIR")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    do = "make room, or use another disk: tipmine run CORPUS --out DIR"
    return Check("disk", free >= _LEAST_DISK, f"{free / 1e9:.1f} GB free", do)


def check_run(run: Run) -> list[Check]:
    """Check whether a run has ended, its database, the edits of all lines, the spans of all passages, and the index."""
    checks: dict[str, Callable[[Run], Check]] = {
        "finished": _finished,
        "database": _database,
        "edits": _edits,
        "passages": _passages,
        "index": _index,
    }
    return [_run_check(name, check, run) for name, check in checks.items()]


def _run_check(name: str, check: Callable[[Run], Check], run: Run) -> Check:
    """The result of `check`; if the run cannot be read for it, a failed one with the reason."""
    try:
        return check(run)
    except (sqlite3.DatabaseError, TipmineError, ValueError, OSError) as error:
        return Check(name, False, str(error), _RUN_ANEW)


def _finished(run: Run) -> Check:
    missing, documents = run.unfinished(), f"{len(run.documents())} documents"
    return Check("finished", not missing, missing or documents, "continue it with tipmine run CORPUS")


def _database(run: Run) -> Check:
    problems = faults(run.connection)
    return Check("database", not problems, "; ".join(problems[:3]) or "whole", _RUN_ANEW)


def _edits(run: Run) -> Check:
    """Replaying a line's edits on its raw text must give its text, and undoing them must give the raw text back."""
    from tipmine.extract.repair import replay, undo

    lines = wrong = 0
    for info in run.documents():
        for line in run.document(info.doc).lines:
            lines += 1
            wrong += replay(line.raw, line.edits) != line.text or undo(line.text, line.edits) != line.raw
    return Check("edits", not wrong, f"{lines} lines, {wrong} whose edits do not add up", _RUN_ANEW)


def _passages(run: Run) -> Check:
    passages = run.passages()
    wrong = sum(
        not all(0 <= span.start <= span.end <= len(passage.text) for span in passage.lines) for passage in passages
    )
    return Check("passages", not wrong, f"{len(passages)} passages, {wrong} misplaced", _RUN_ANEW)


def _index(run: Run) -> Check:
    from tipmine.store.entries import open_existing_index
    from tipmine.store.index import StaleIndexError

    anew = "delete the folder index; tipmine run builds it again"
    count = run.count("passages")
    if not (run.folder / INDEX).is_dir():
        return Check("index", False, "missing", "tipmine run builds it again")
    try:
        indexed = open_existing_index(run).search([], {}).total
    except (StaleIndexError, ValueError, OSError) as error:
        return Check("index", False, f"damaged or of an older version: {error}", anew)
    return Check("index", indexed == count, f"{indexed} of {count} passages", anew)
