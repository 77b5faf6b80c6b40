"""A corpus is a folder: its documents, and a `manifest.tsv` where somebody wrote down what is known of them.

Every PDF, DOCX and TXT below the folder is a document (below its sub-folder `documents` where there is one).
Hidden files, links that lead out of the folder, and other types are passed over; `Corpus.passed_over` says why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tipmine.errors import InputError, MissingFileError
from tipmine.ids import file_sha256
from tipmine.records import DocumentInfo

DOCUMENT_SUFFIXES = (".pdf", ".docx", ".txt")
MANIFEST = "manifest.tsv"
_NOT_DOCUMENTS = frozenset({MANIFEST, "manifest.jsonl", "tipmine.toml", "README.md", "LICENSE"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a folder in the order of their names, and the files that are not documents with the reason."""

    folder: Path
    documents: tuple[DocumentInfo, ...]
    passed_over: tuple[tuple[str, str], ...]


def read_corpus(folder: Path) -> Corpus:
    """List a corpus. The id of a document is its path below the folder of documents, with `/` between the parts.

    Raises MissingFileError where there is no folder, InputError where it holds no document.
    """
    if not folder.is_dir():
        raise MissingFileError(str(folder), "no such folder", "a folder with PDF, DOCX or TXT files")
    root = folder / "documents" if (folder / "documents").is_dir() else folder
    known = _read_manifest(folder / MANIFEST)
    documents: list[DocumentInfo] = []
    passed_over: list[tuple[str, str]] = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        reason = _why_not(path, root)
        if reason is None:
            in_corpus = path.relative_to(folder).as_posix()
            documents.append(_describe(path, name, known.get(in_corpus) or known.get(name) or {}))
        elif reason:
            passed_over.append((name, reason))
    if not documents:
        raise InputError(str(folder), "no document in it", "PDF, DOCX or TXT files", "name the folder that holds them")
    return Corpus(folder, tuple(documents), tuple(passed_over))


def _why_not(path: Path, root: Path) -> str | None:
    """None for a document, a reason for what is passed over, an empty reason for what needs no mention."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
    if path.is_dir() or hidden or path.name in _NOT_DOCUMENTS:
        return ""
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return "a link that leads out of the corpus"
    if not path.is_file():
        return "not a file"
    if path.suffix.lower() not in DOCUMENT_SUFFIXES:
        return f"not a document type that tipmine reads: {path.suffix or 'no ending'}"
    return None


def _read_manifest(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(_without_comments(stream), delimiter="\t")
        return {row["file"]: {key: value or "" for key, value in row.items() if key} for row in rows if row.get("file")}


def _without_comments(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if not line.startswith("#"))


def _describe(path: Path, name: str, row: dict[str, str]) -> DocumentInfo:
    year = row.get("year_be", "")
    return DocumentInfo(
        doc=name,
        path=str(path),
        sha256=file_sha256(path),
        type=row.get("type", ""),
        title=row.get("title", ""),
        year_be=int(year) if year.isdecimal() else None,
        province=row.get("province", ""),
        speaker_group=row.get("speaker_group", ""),
    )
