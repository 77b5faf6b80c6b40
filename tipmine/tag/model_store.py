"""Reads and writes model folders, so that damage is noticed and reading cannot run code.

A folder holds `model.json` (kind, versions, figures, and the SHA-256 of every other file) and the files themselves:
skops for arrays (only types that skops knows to be safe are trusted), plain text for vocabularies (skops writes one
JSON node per term, which takes seconds to read), and CRFsuite's own format for the random fields.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from tipmine.errors import DamagedFileError, MissingPartError
from tipmine.ids import file_sha256

META = "model.json"
FORMAT = 2
"""Version of the folder's layout. Raise it when older programs can no longer read what newer ones write."""

ModelKind = Literal["pillars", "actors"]
_TRAIN = "tipmine train {kind} corpora/labelled/*.jsonl --out models/{kind}"


def find_model(folder: Path | None, kind: ModelKind) -> Path:
    """The folder of a model: in `folder`, or `folder` itself; else the one shipped with the package.

    If `folder` holds a model of only one kind, the shipped model is used for the other. Raises MissingPartError, with
    the training command, if `folder` does not hold any model, or if none is shipped.
    """
    if folder and not folder.is_dir():
        raise MissingPartError(str(folder), "no such model folder", do=_TRAIN.format(kind=kind))
    given: list[Path] = [folder, *(folder / known for known in get_args(ModelKind))] if folder else []
    if given and not any((place / META).is_file() for place in given):
        raise MissingPartError(str(folder), "no model in this folder", do=_TRAIN.format(kind=kind))
    for place in (*given, *_shipped(kind)):
        if (place / META).is_file() and _kind_of(place) == kind:
            return place
    raise MissingPartError(f"models/{kind}", "no model is installed", do=_TRAIN.format(kind=kind))


def _shipped(kind: ModelKind) -> list[Path]:
    """Where shipped models are looked for: beside the package in a checkout, inside it in a wheel."""
    return [Path(__file__).resolve().parents[2] / "models" / kind, Path(str(files("tipmine") / "models" / kind))]


def _kind_of(folder: Path) -> str:
    return str(read_meta(folder).get("kind"))


def read_meta(folder: Path) -> dict[str, Any]:
    """The content of `model.json`. Raises DamagedFileError if it cannot be read or has another format version."""
    path = folder / META
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DamagedFileError(str(path), f"not a model description: {error}", do="train the model again") from error
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise DamagedFileError(str(path), "of another version", f"format {FORMAT}", "train the model again")
    return meta


def check_files(folder: Path) -> dict[str, Any]:
    """The content of `model.json`, once every listed file matches its SHA-256. Raises DamagedFileError if not."""
    meta = read_meta(folder)
    listed: dict[str, str] = meta.get("files", {})
    for name, wanted in listed.items():
        path = folder / Path(name).name
        if not path.is_file() or file_sha256(path) != wanted:
            raise DamagedFileError(str(path), "not the file that was written", f"SHA-256 {wanted[:16]}…", "train again")
    return meta


def versions() -> dict[str, str]:
    """The versions of the packages on which a model depends, by name."""
    return {name: version(name) for name in ("scikit-learn", "skops", "python-crfsuite", "pythainlp", "nlpo3")}


def write_meta(folder: Path, kind: ModelKind, content: Mapping[str, Any]) -> None:
    """Write `model.json` with `content` and the hashes of all other files of the folder except the model card."""
    names = sorted(path.name for path in folder.iterdir() if path.name != META and path.suffix != ".md")
    meta = {
        "format": FORMAT,
        "kind": kind,
        **content,
        "versions": versions(),
        "files": {name: file_sha256(folder / name) for name in names},
    }
    text = json.dumps(meta, ensure_ascii=False, indent=1) + "\n"
    (folder / META).write_text(text, encoding="utf-8", newline="\n")


def save_arrays(arrays: Mapping[str, Any], path: Path) -> None:
    """Write numpy arrays by name, compressed."""
    from skops.io import dump

    dump(dict(arrays), path, compression=zipfile.ZIP_DEFLATED, compresslevel=9)


def load_arrays(path: Path) -> dict[str, Any]:
    """Read the arrays back. Raises DamagedFileError if the file is damaged or asks for a type that could run code."""
    from skops.io import load
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        # `trusted=[]` makes skops check the types in the file before it builds anything.
        arrays: dict[str, Any] = load(path, trusted=[])
    except (zipfile.BadZipFile, KeyError, ValueError, UntrustedTypesFoundException) as error:
        raise DamagedFileError(str(path), f"not a model file: {error}", do="train the model again") from error
    return arrays


def save_terms(vocabulary: Mapping[str, int], path: Path) -> None:
    """Write a vectorizer's vocabulary, one term per line, in the order of the columns.

    Raises ValueError if a term contains a line end.
    """
    terms = sorted(vocabulary, key=vocabulary.__getitem__)
    if any("\n" in term or "\r" in term for term in terms):
        raise ValueError("a term holds a line end")
    path.write_text("".join(f"{term}\n" for term in terms), encoding="utf-8", newline="\n")


def load_terms(path: Path) -> dict[str, int]:
    """Read a vocabulary back: term -> column. Raises DamagedFileError if the file is not text in UTF-8."""
    try:
        # Not `splitlines`: the separator between the two words of a pair would count as a line end.
        terms: Iterable[str] = path.read_text(encoding="utf-8").split("\n")[:-1]
    except UnicodeDecodeError as error:
        raise DamagedFileError(str(path), f"not a list of terms: {error}", do="train the model again") from error
    return {term: column for column, term in enumerate(terms)}
