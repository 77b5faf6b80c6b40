"""The parts of `run.json` that record where the corpus of a run is, how large it is, and whether the run has ended.

The corpus is recorded both as an absolute path and relative to the run folder, so that it is found from any working
directory and after both were moved together. Runs of older versions have only the path as it was typed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

RUN_FILE = "run.json"
_PLACE, _BESIDE = "corpus", "corpus_from_run"
_DOCUMENTS, _FINISHED = "documents", "finished"


def corpus_places(folder: Path, corpus: Path) -> dict[str, str]:
    """The entries of the run file that say where the corpus of the run in `folder` is."""
    places = {_PLACE: str(corpus.resolve())}
    # On Windows no relative path leads from one drive to another.
    with suppress(ValueError):
        places[_BESIDE] = Path(os.path.relpath(corpus.resolve(), folder.resolve())).as_posix()
    return places


def extent(documents: int, *, finished: bool) -> dict[str, int | bool]:
    """The entries of the run file for the number of documents in the corpus and whether the run has ended."""
    return {_DOCUMENTS: documents, _FINISHED: finished}


def unfinished(folder: Path) -> int | None:
    """The number of documents in the corpus if the last run into `folder` has not ended; None if it has.

    Runs of older versions, which do not record it, count as ended.
    """
    content = _read(folder)
    documents = content.get(_DOCUMENTS)
    return documents if content.get(_FINISHED) is False and isinstance(documents, int) else None


def find_corpus(folder: Path) -> Path | None:
    """The corpus folder of the run in `folder`; None if it is not recorded or not at any recorded place."""
    return next((place for place in _places(folder) if place.is_dir()), None)


def other_corpus(folder: Path, corpus: Path) -> Path | None:
    """The corpus folder of the run in `folder` if it differs from `corpus` and still exists; else None."""
    recorded = [place.resolve() for place in _places(folder) if place.is_dir()]
    return recorded[0] if recorded and corpus.resolve() not in recorded else None


def corpus_path(folder: Path) -> Path | None:
    """Where the corpus of the run in `folder` was when it was read; None if it is not recorded."""
    given = _read(folder).get(_PLACE)
    return Path(given) if isinstance(given, str) and given else None


def corpus_name(folder: Path) -> str:
    """The name of the corpus; the name of the run folder if the corpus is not recorded."""
    given = corpus_path(folder)
    return (given.name if given else "") or folder.resolve().name


def _places(folder: Path) -> Iterator[Path]:
    beside, given = _read(folder).get(_BESIDE), corpus_path(folder)
    if isinstance(beside, str) and beside:
        yield folder.resolve() / beside
    if given is None:
        return
    yield given
    if not given.is_absolute():
        # Typed from a folder above both, as `tipmine run corpora/x --out outputs/x` is.
        yield from (above / given for above in folder.resolve().parents)


def _read(folder: Path) -> Mapping[str, object]:
    try:
        content = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
