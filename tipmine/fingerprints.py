"""What the result of a stage depends on, as short texts: a stage whose text has changed is done again.

A fingerprint covers the content of the documents, the settings, the files of `tipmine/data` that people edit, models,
and the program itself. It depends on contents alone, never on paths or times of the program's own files, so it is the
same on every machine. The stages themselves are listed in pipeline.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tipmine.data import data_fingerprint
from tipmine.errors import MissingFileError
from tipmine.ids import content_hash, file_sha256
from tipmine.records import DocumentInfo
from tipmine.settings import Settings
from tipmine.theme_files import Steering

_IMPORTS = (
    re.compile(rb"from tipmine\.(\w+)"),
    re.compile(rb"import tipmine\.(\w+)"),
    re.compile(rb"from tipmine import ([\w, ]+)"),
)
"""Imports of parts of tipmine. Each begins with a literal, which is ten times faster than one pattern for all."""
_LARGE_FILE = 32_000_000
"""Size above which a model file is identified by its size and time: reading 500 MB at each run would take seconds.
Bytes. Higher: each run takes that time; lower: some stages are repeated after a file was only copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of the pipeline: what it is called, and what its result depends on besides its input."""

    name: str
    """Also the name of its package, whose source counts, with that of everything it imports."""
    settings: str | None = None
    """The section of the settings that the stage reads; None if it reads none."""
    data: tuple[str, ...]
    """The files and folders of `tipmine/data` that the stage reads."""
    caller: str | None = None
    """The module that calls the package, given where changes of that module begin to count."""
    more: Callable[[Settings, Steering], str] = lambda _settings, _steering: ""
    """A text that changes with whatever else the stage reads: models, seed words and edits of themes."""


def stage_fingerprint(stage: Stage, settings: Settings, steering: Steering) -> str:
    """Sixteen hex digits that change with what the stage itself depends on, besides its input and earlier stages.

    Raises what reading a model or its folder raises.
    """
    return content_hash([
        settings.fingerprint(stage.settings),
        data_fingerprint(*stage.data),
        program_fingerprint(stage.name),
        module_fingerprint(stage.caller) if stage.caller else "",
        stage.more(settings, steering),
    ])  # fmt: skip


def document_fingerprints(info: DocumentInfo, stages: Mapping[str, str]) -> dict[str, str]:
    """Document stage -> a text that changes with all its result depends on, document and earlier stages included.

    `stages` are the fingerprints of the document stages (`stage_fingerprint`) in the order in which they are done.
    """
    fingerprints: dict[str, str] = {}
    chained = content_hash(asdict(replace(info, path="")))
    for name, fingerprint in stages.items():
        chained = f"{chained}/{fingerprint}"
        fingerprints[name] = chained
    return fingerprints


@cache
def program_fingerprint(part: str) -> str:
    """Sixteen hex digits that change with the source of a part of tipmine, or of any part that it imports.

    A part is a package or module right below `tipmine`. All source together takes 20 to 30 ms, once per process.
    """
    reached: set[str] = set()
    waiting = {part}
    while waiting:
        reached |= waiting
        waiting = {name for each in waiting for name in _source(each).imports} - reached
    return content_hash(sorted((name, _source(name).digest) for name in reached))


def module_fingerprint(part: str) -> str:
    """Sixteen hex digits that change with the source of a part of tipmine, whatever it imports."""
    return _source(part).digest


@dataclass(frozen=True, slots=True)
class _Source:
    """The digest of a part's source, and the names of the parts that it imports."""

    digest: str
    imports: frozenset[str]


@cache
def _source(part: str) -> _Source:
    digest = hashlib.sha256()
    imports: set[str] = set()
    for name, path in _modules(part):
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        imports |= _imported(content)
    return _Source(digest.hexdigest()[:16], frozenset(imports))


def _imported(source: bytes) -> set[str]:
    """The parts of tipmine that a module imports, at its top or inside a function."""
    modules: set[str] = set()
    for pattern in _IMPORTS:
        for each in pattern.finditer(source):
            # In the middle of a line, the words are in a comment or docstring.
            if not source[source.rfind(b"\n", 0, each.start()) + 1 : each.start()].strip():
                modules.update(name.strip() for name in each[1].decode().split(","))
    return modules


def _modules(part: str) -> Iterator[tuple[str, Traversable]]:
    """The modules of a part, each with its path below `tipmine`; none for another name, such as `__version__`."""
    package = files("tipmine")
    if (module := package / f"{part}.py").is_file():
        yield f"{part}.py", module
    elif (package / part / "__init__.py").is_file():
        yield from _below(part, package / part)


def _below(name: str, folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            yield f"{name}/{entry.name}", entry
        elif (entry / "__init__.py").is_file():
            yield from _below(f"{name}/{entry.name}", entry)


def folder_fingerprint(folder: str, what: str) -> str:
    """Sixteen hex digits that change with the files in a folder and below it; empty for an empty `folder`.

    `what` is what the folder should hold, for the MissingFileError that is raised if there is no such folder.
    """
    if not folder:
        return ""
    path = Path(folder)
    if not path.is_dir():
        raise MissingFileError(folder, "there is no such folder", what, "correct the name, or leave it empty")
    return content_hash([[file.relative_to(path).as_posix(), *_content(file)] for file in _files(path.rglob("*"))])


def _files(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file())


def _content(path: Path) -> tuple[str | int, ...]:
    """What the content of a file is known by: its hash or, if it is large, its size and the time of its last change."""
    stat = path.stat()
    return (stat.st_size, stat.st_mtime_ns) if stat.st_size > _LARGE_FILE else (file_sha256(path),)
