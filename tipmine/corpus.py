"""A corpus is a folder with documents and, optionally, a `manifest.tsv` that says what is known about them.

Every PDF, DOCX and TXT file below the folder is a document (below its subfolder `documents` where there is one).
Hidden files, links that lead out of the folder, run folders and files of other types are skipped;
`Corpus.passed_over` gives the reasons. Documents that cannot be opened are listed in `Corpus.unreadable`; the others
are read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tipmine.errors import InputError, MissingFileError, UsageError
from tipmine.ids import file_sha256
from tipmine.records import DOC_TYPES, DocType, DocumentInfo
from tipmine.settings import load_settings
from tipmine.store.database import DATABASE
from tipmine.years import written_year

DOCUMENT_SUFFIXES = (".pdf", ".docx", ".txt")
MANIFEST = "manifest.tsv"
_COLUMNS = ("type", "title", "year_be", "province", "speaker_group")

_EMPTY = sha256().hexdigest()
"""The hash of a file without bytes."""
_BESIDE = "beside the folder documents, which alone is read"
_NOT_DOCUMENTS = frozenset({MANIFEST, "manifest.jsonl", "tipmine.toml", "README.md", "LICENSE"})


class Skipped(NamedTuple):
    """A file, or an entry of the manifest, that is not read, and the reason in words."""

    name: str
    reason: str


class Copy(NamedTuple):
    """A file that is left out because the document with the id `doc` has the same bytes."""

    file: str
    doc: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a folder in the order of their names, and the files that cannot be used."""

    folder: Path
    documents: tuple[DocumentInfo, ...]
    passed_over: tuple[Skipped, ...]
    """Files that are not documents, and what the manifest says that cannot be used."""
    unreadable: tuple[Skipped, ...] = ()
    """Documents that cannot be opened."""
    copies: tuple[Copy, ...] = ()


def read_corpus(folder: Path) -> Corpus:
    """List the documents of a corpus. A document's id is its path below the folder of documents, joined with `/`.

    Raises MissingFileError if there is no folder, InputError if it holds no document or its manifest cannot be
    read.
    """
    _check_folder(folder)
    root = document_root(folder)
    rows = _read_manifest(folder / MANIFEST)
    known = {row["file"]: row for row in rows}
    documents: list[DocumentInfo] = []
    passed_over = _check_manifest(rows, folder, root)
    unreadable: list[Skipped] = []
    steering_files = _steering_files(folder)
    for path, reason in sorted(_walk(root)):
        if path in steering_files:
            continue
        name = path.relative_to(root).as_posix()
        if reason:
            passed_over.append(Skipped(shown(name), reason))
            continue
        in_corpus = path.relative_to(folder).as_posix()
        try:
            documents.append(_describe(path, name, known.get(in_corpus) or known.get(name) or {}))
        except OSError as error:
            wrong = f"cannot be opened: {error.strerror}; do: check its permissions"
            unreadable.append(Skipped(shown(name), wrong))
        except UnicodeEncodeError:
            unreadable.append(Skipped(shown(name), "the name of the file is not in UTF-8; do: rename it"))
    if root != folder:
        names = (shown(path.relative_to(folder).as_posix()) for path in _beside(folder, root))
        passed_over += [Skipped(name, _BESIDE) for name in names]
    if not documents and not unreadable:
        raise InputError(str(folder), "no document in it", "PDF, DOCX or TXT files", "name the folder that holds them")
    return Corpus(folder, tuple(documents), tuple(passed_over), tuple(unreadable))


def _check_folder(folder: Path) -> None:
    """Raises InputError for a file, MissingFileError if there is nothing of this name."""
    if folder.is_file():
        do = "name its folder; tipmine extract reads single files"
        raise InputError(str(folder), "is a file", "a folder with PDF, DOCX or TXT files", do)
    if not folder.is_dir():
        raise MissingFileError(str(folder), "no such folder", "a folder with PDF, DOCX or TXT files")


def _steering_files(folder: Path) -> set[Path]:
    """The files of seed words and edits that the settings name; mistakes in the settings are reported elsewhere."""
    try:
        settings = load_settings(folder)
    except (UsageError, OSError):
        return set()
    return {folder / name for name in (settings.themes_seeds, settings.themes_edits) if name}


def without_copies(corpus: Corpus, known: Collection[str]) -> Corpus:
    """The corpus with one document of each content; files with the same bytes are in `copies`.

    A copy that is counted twice would confirm itself and take the places of other evidence. Of several files the one in
    `known` (ids of documents that a run holds) stays, since people's decisions are about it; else the one with the most
    cells in the manifest, else a file rather than a link to it, else the first by name. Empty files have nothing in
    common.
    """
    alike: dict[str, list[DocumentInfo]] = {}
    for info in corpus.documents:
        if info.sha256 != _EMPTY:
            alike.setdefault(info.sha256, []).append(info)
    copies: dict[str, str] = {}
    for infos in alike.values():
        first, *others = sorted(
            infos, key=lambda info: (info.doc not in known, -_filled_columns(info), Path(info.path).is_symlink())
        )
        copies |= {info.doc: first.doc for info in others}
    documents = tuple(info for info in corpus.documents if info.doc not in copies)
    return replace(corpus, documents=documents, copies=tuple(Copy(file, doc) for file, doc in sorted(copies.items())))


def _filled_columns(info: DocumentInfo) -> int:
    """How many columns of the manifest are filled in for a document."""
    return sum(bool(getattr(info, column)) for column in _COLUMNS)


def document_root(folder: Path) -> Path:
    """The folder below which the documents of a corpus are."""
    return folder / "documents" if (folder / "documents").is_dir() else folder


def _beside(folder: Path, root: Path) -> list[Path]:
    """The PDF and Word files of a corpus that are not below its folder of documents; text files there are notes."""
    documents = [path for path, reason in _walk(folder) if reason == "" and root not in path.parents]
    return sorted(path for path in documents if path.suffix.lower() in (".pdf", ".docx"))


def shown(name: str) -> str:
    """A file's name that can be printed and stored: control characters and bytes that are not UTF-8 are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder, each with the reason why it is skipped; the reason is empty for documents."""
    real = root.resolve()

    def note(error: OSError) -> None:
        unopened.append(Path(error.filename))

    unopened: list[Path] = []
    for place, folders, names in os.walk(root, onerror=note):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        runs = [name for name in folders if (here / name / DATABASE).is_file()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in runs]
        yield from ((here / name, "a link to a folder") for name in links)
        yield from ((here / name, "a run folder") for name in runs)
        for name in names:
            reason = _skip_reason(here / name, real)
            if reason is not None:
                yield here / name, reason
    yield from ((path, "a folder that cannot be opened") for path in unopened)


def _skip_reason(path: Path, root: Path) -> str | None:
    """Why a file is skipped: empty for a document, None for files that need no mention (hidden ones, the manifest)."""
    if path.name.startswith((".", "~$")) or path.name in _NOT_DOCUMENTS:
        return None
    if path.is_symlink() and not _leads_below(path, root):
        return "a link that leads out of the corpus or nowhere"
    if not path.is_file():
        return "not a file"
    if path.suffix.lower() not in DOCUMENT_SUFFIXES:
        return f"not a document type that tipmine reads: {path.suffix or 'no ending'}"
    return ""


def _leads_below(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        # Before Python 3.13, circular links raise RuntimeError.
        return False


def _read_manifest(path: Path) -> list[dict[str, str]]:
    """The rows of the manifest that name a file; none if there is no manifest."""
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(_without_comments(stream), delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        wrong = f"cannot be read: {error}"
        raise InputError(str(path), wrong, "tab-separated columns in UTF-8", "save it as UTF-8") from error
    if rows and "file" not in rows[0]:
        columns = ", ".join(filter(None, rows[0])) or "none"
        expected = f"a column named file; also {', '.join(_COLUMNS)}, with tabs between them"
        raise InputError(
            str(path), f"no column named file; its columns: {columns}", expected, "name it in the first row"
        )
    named = [{key: value or "" for key, value in row.items() if key} for row in rows if row.get("file")]
    # ./a.pdf and b//a.pdf name the same files as a.pdf and b/a.pdf.
    return [row | {"file": PurePosixPath(row["file"]).as_posix()} for row in named]


def _check_manifest(rows: Sequence[Mapping[str, str]], folder: Path, root: Path) -> list[Skipped]:
    """What the manifest says that cannot be used, by the file that its row names."""
    faults: list[Skipped] = []
    seen: set[str] = set()
    for row in rows:
        file = row["file"]
        name = f"{MANIFEST}, {shown(file)}"
        if file in seen:
            faults.append(Skipped(name, "named in several rows; the last one counts"))
        seen.add(file)
        if any("\n" in value or "\r" in value for value in row.values()):
            faults.append(Skipped(name, "a cell takes in the rows after it: a quotation mark has no end"))
        if not ((folder / file).is_file() or (root / file).is_file()):
            faults.append(Skipped(name, "no such file"))
        if (type_ := row.get("type", "")) not in ("", *DOC_TYPES):
            faults.append(Skipped(name, f"type {type_!r} is not one of {', '.join(DOC_TYPES)}"))
        if (year := row.get("year_be", "")) and written_year(year) is None:
            faults.append(Skipped(name, f"year_be {year!r} is not a year of four digits"))
    return faults


def _without_comments(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if not line.startswith("#"))


def _describe(path: Path, name: str, row: dict[str, str]) -> DocumentInfo:
    """What is known about a document. Raises OSError, and UnicodeEncodeError for a name that cannot be stored."""
    str(path).encode()
    named: dict[str, DocType] = {type_: type_ for type_ in DOC_TYPES}
    return DocumentInfo(
        doc=name,
        path=str(path),
        sha256=file_sha256(path),
        type=named.get(row.get("type", ""), ""),
        title=row.get("title", ""),
        year_be=written_year(row.get("year_be", "")),
        province=row.get("province", ""),
        speaker_group=row.get("speaker_group", ""),
    )
