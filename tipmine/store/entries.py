"""Builds and opens the search index of a run, and gives each passage its facet values."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from weakref import finalize

from tipmine.coverage import stated_coverage
from tipmine.errors import RunError
from tipmine.records import DocumentInfo, Passage, Tagging
from tipmine.store.database import DATABASE, may_write, run_errors, write_lock
from tipmine.store.decisions import NO_DECISIONS, active, apply_to_taggings, decision_state
from tipmine.store.doubts import doubts_of
from tipmine.store.index import Entry, Index, StaleIndexError, build_index, index_stamp, indexed_decisions
from tipmine.store.run import INDEX, Run
from tipmine.tag.addressees import actors_of

_INDEXES_KEPT = 4
"""Most opened indexes in the cache: opening one takes longer than a search."""
_TEMPORARY_INDEXES: dict[Path, _TemporaryIndex] = {}
"""Folder of a run that may only be read -> its index, which was built in a temporary folder."""


@dataclass(frozen=True, slots=True)
class _TemporaryIndex:
    """An index in a temporary folder; `stamp` changes with the database and the decisions that it was built from."""

    stamp: tuple[object, ...]
    index: Index


def rebuild_index(run: Run) -> int:
    """Rebuild the search index of a run from its records; returns the number of passages."""
    # Some systems do not allow open files to be replaced.
    _cached_index.cache_clear()
    # Read first: the index then does not claim to hold a decision made meanwhile, and is built again.
    held = decision_state(run.connection)
    return build_index(run.folder / INDEX, _entries(run), held)


def lacks_decisions(run: Run) -> bool:
    """Whether people have made or undone decisions since the index was built."""
    return (indexed_decisions(run.folder / INDEX) or NO_DECISIONS) != decision_state(run.connection)


def refresh_index(run: Run) -> bool:
    """Rebuild the index if it lacks decisions; returns whether it now holds them all.

    If it cannot be rebuilt (no room, no right to write, another process at work), the old one stays and answers.
    """
    if not lacks_decisions(run):
        return True
    try:
        with write_lock(run.folder), run_errors(run.folder):
            rebuild_index(run)
    except RunError:
        return False
    return True


def open_index(run: Run) -> Index:
    """The search index of a run; built first if it is missing, damaged or of an older version.

    Raises RunError if it must be built while another process writes into the folder. Where nothing may be written into
    the folder, it is built in a temporary one.
    """
    try:
        return open_existing_index(run)
    except (StaleIndexError, FileNotFoundError):
        if not may_write(run.folder):
            return _index_in_temporary_folder(run)
        with write_lock(run.folder), run_errors(run.folder):
            rebuild_index(run)
    return open_existing_index(run)


def open_existing_index(run: Run) -> Index:
    """The search index in the folder of a run. Raises StaleIndexError or FileNotFoundError if it must be built anew."""
    folder = run.folder.resolve() / INDEX
    return _cached_index(folder, index_stamp(folder))


@lru_cache(maxsize=_INDEXES_KEPT)
def _cached_index(folder: Path, _stamp: object) -> Index:
    if may_write(folder):
        return Index(folder)
    # An index cannot be opened without a lock file being made beside its files, so they are linked from another folder.
    with _temporary_folder() as place:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                _link_or_copy(path, place / path.name)
        return _deleting_with(Index(place), place)


def _link_or_copy(path: Path, place: Path) -> None:
    """Make a file available at another place, where it must not be written to."""
    try:
        place.symlink_to(path)
    except OSError:  # not every system has links, or lets everybody make them
        shutil.copyfile(path, place)


def _index_in_temporary_folder(run: Run) -> Index:
    """The index of a run whose folder may only be read, built once for each state of the run."""
    key = run.folder.resolve()
    database = (run.folder / DATABASE).stat()
    stamp = (database.st_mtime_ns, database.st_size, decision_state(run.connection))
    kept = _TEMPORARY_INDEXES.get(key)
    if kept is None or kept.stamp != stamp:
        with _temporary_folder() as place, run_errors(place):
            build_index(place / INDEX, _entries(run), decision_state(run.connection))
            kept = _TemporaryIndex(stamp, _deleting_with(Index(place / INDEX), place))
            _TEMPORARY_INDEXES[key] = kept
    return kept.index


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A new temporary folder, which is deleted only if the block raises an error."""
    place = Path(tempfile.mkdtemp(prefix="tipmine-"))
    try:
        yield place
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _deleting_with(index: Index, place: Path) -> Index:
    """The index; its temporary folder `place` is deleted when the index is garbage-collected."""
    finalize(index, shutil.rmtree, place, ignore_errors=True)
    return index


def _entries(run: Run) -> Iterator[Entry]:
    """What the index needs of each passage, one document at a time, since all together may not fit into memory."""
    infos = {info.doc: info for info in run.documents()}
    themes = _themes_of(run)
    traces = {trace.rec: trace for trace in run.traces()}
    decided = active(run.connection)
    for doc, info in infos.items():
        taggings, passages = apply_to_taggings(run.machine_taggings(doc=doc), decided), run.passages(doc=doc)
        words = run.words(passage.id for passage in passages)
        for passage in passages:
            by_people = decided.get(passage.id, {})
            tagging = taggings[passage.id]
            coverage = stated_coverage(tagging.kind, traces.get(passage.id))
            facets = _facets(passage, tagging, info)
            facets |= {
                "theme": themes.get(passage.id, []),
                "coverage": [coverage] if coverage else [],
                "reviewed": ["yes" if by_people else "no"],
                "doubtful": ["yes" if doubts_of(tagging, by_people) else "no"],
            }
            yield Entry(passage.id, words[passage.id], facets, passage.text)


def _themes_of(run: Run) -> dict[str, list[str]]:
    """Passage id -> ids of the themes that it belongs to."""
    themes: dict[str, list[str]] = {}
    for theme in run.themes().themes:
        for member in theme.members:
            themes.setdefault(member.id, []).append(theme.id)
    return themes


def _facets(passage: Passage, tagging: Tagging, info: DocumentInfo) -> dict[str, list[str]]:
    actors = actors_of(passage, tagging)
    return {
        "pillar": [tag.code for tag in tagging.pillars],
        "actor": [tag.actor or tag.name for tag in actors],
        "role": [tag.role for tag in actors],
        "sector": [tag.sector for tag in actors],
        "level": [level for tag in actors for level in tag.level.split("|")],
        "kind": [tagging.kind],
        "type": [info.type],
        "year": [str(info.year_be)] if info.year_be else [],
        "province": [info.province],
        "doc": [passage.doc],
        "speaker": [passage.speaker],
    }
