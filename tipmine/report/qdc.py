"""Reads a REFI-QDA codebook (.qdc, or that of a .qdpx): codes that a researcher renamed or added.

The file is untrusted: it is read up to a size limit, and without document type, entities or network access. Programs
write the standard's namespace differently (`codebook:1.0`, `codebook:0:4`, `codebook:1:0`), so only its beginning is
checked.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipmine.errors import DamagedFileError, MissingFileError, TooLargeError
from tipmine.report.codetree import Code, code_tree, plain_name
from tipmine.report.material import Material, gather
from tipmine.store import decisions
from tipmine.store.fields import LABEL
from tipmine.store.run import Run

MOST_BYTES = 32_000_000
"""Largest codebook or project description that is read, in bytes; 10,000 codes with descriptions take some 5 MB."""
_EXPECTED = "a REFI-QDA codebook (.qdc) or project (.qdpx)"
_SPACES = ("urn:QDA-XML:codebook:", "urn:QDA-XML:project:")
_PROJECT = "project.qde"


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code of a codebook: GUID in capitals, name, names of the codes above it, description."""

    guid: str
    name: str
    above: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class ImportedCodes:
    """The result of an import."""

    renamed: int
    """Number of themes whose new labels were recorded as decisions."""
    known: int
    """Number of codes in the file that the run has."""
    unknown: tuple[str, ...]
    """Names of the codes that the run does not have."""


def read_codebook(path: Path) -> list[ForeignCode]:
    """The codes of a codebook in the order of the file, each after its parents.

    Raises MissingFileError, TooLargeError, or DamagedFileError if the file is not a codebook.
    """
    root = _parse(path, _content(path))
    book = root if _local(root) == "CodeBook" else next((part for part in root if _local(part) == "CodeBook"), None)
    if book is None or not str(root.tag).startswith(tuple(f"{{{space}" for space in _SPACES)):
        raise DamagedFileError(str(path), "holds no codebook", _EXPECTED)
    return [code for part in book if _local(part) == "Codes" for code in _codes(part, ())]


def import_codebook(run: Run, path: Path, reviewer: str) -> ImportedCodes:
    """Record the theme names in a codebook as decisions of `reviewer` about the themes' labels.

    Codes are matched to those of the run by GUID, else by name; pillars, actors, kinds and roles keep the names of the
    coding scheme. Raises the errors of `read_codebook`.
    """
    material = gather(run)
    codes = read_codebook(path)
    tree = code_tree(material)
    ours = {code.guid: code for group in tree for code in group.codes}
    groups = {group.guid for group in tree}
    by_name = {code.name.casefold(): code for code in ours.values()}
    pairs = [(code, ours.get(code.guid) or by_name.get(code.name.casefold())) for code in codes]
    labels = list(_new_labels(material, [(foreign, code) for foreign, code in pairs if code is not None]))
    with run.transaction():
        for theme, label in labels:
            decisions.decide(run.connection, theme, LABEL, label, reviewer)
    unknown = tuple(foreign.name for foreign, code in pairs if code is None and foreign.guid not in groups)
    return ImportedCodes(len(labels), sum(code is not None for _, code in pairs), unknown)


def _new_labels(material: Material, pairs: Sequence[tuple[ForeignCode, Code]]) -> Iterator[tuple[str, str]]:
    labels = {theme.id: theme.label for theme in material.themes.themes}
    for foreign, code in pairs:
        name = plain_name(code, foreign.name)
        if code.group == "theme" and foreign.name != code.name and name and name != labels[code.value]:
            yield code.value, name


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise MissingFileError(str(path), "no such file", _EXPECTED)
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            return _limited(path, stream.read(MOST_BYTES + 1))
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PROJECT) as stream:
            return _limited(path, stream.read(MOST_BYTES + 1))
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise DamagedFileError(str(path), f"{_PROJECT} cannot be read", _EXPECTED) from error


def _limited(path: Path, content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise TooLargeError(str(path), f"over {MOST_BYTES:,} bytes", "a codebook of the usual size")
    return content


def _parse(path: Path, content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(str(path), "not readable as XML", _EXPECTED) from error
    if root.getroottree().docinfo.doctype:
        raise DamagedFileError(str(path), "declares a document type, which no codebook has", _EXPECTED)
    return root


def _codes(parent: Any, above: tuple[str, ...]) -> Iterator[ForeignCode]:
    for part in parent:
        if _local(part) != "Code":
            continue
        name = " ".join(str(part.get("name") or "").split())
        notes = [str(child.text or "").strip() for child in part if _local(child) == "Description"]
        guid = str(part.get("guid") or "").strip("{} ").upper()
        yield ForeignCode(guid, name, above, "\n".join(notes))
        yield from _codes(part, (*above, name))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
