"""The documents of a corpus through the workers and into the run: only those that are new or changed.

Results come back from the workers, or lie as parts at an address that all can reach (parts.py). Either way this
process alone writes into the run folder, a document or a part in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tipmine.corpus import Corpus
from tipmine.errors import InputError
from tipmine.executors import run_jobs
from tipmine.outcomes import store_outcome
from tipmine.parts import Part, check_address, cut_parts, load_part, make_part, write_current, write_part
from tipmine.records import Document, DocumentInfo
from tipmine.settings import Settings
from tipmine.store.records_io import forget_document
from tipmine.store.run import Run
from tipmine.work import Job, Outcome, process_document

_PRELOAD = ("tipmine.warm",)
"""What workers have read before their first document, unless they use another model."""
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done of all, pages and bytes done of all, and what is being done."""

    step: str
    done: int
    total: int
    pages: int
    bytes_done: int
    bytes_total: int
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Workers:
    """Where documents are done: how many workers, on which cluster, and where they leave parts, if anywhere."""

    count: int = 1
    scheduler: str = ""
    parts: str = ""
    preload: Sequence[str] = _PRELOAD

    def results(
        self, function: Callable[[_Work], _Done], jobs: Iterable[_Work], lost: Callable[[_Work], _Done]
    ) -> Generator[_Done, None, None]:
        """What `function` makes of the jobs, as it comes."""
        return run_jobs(function, jobs, workers=self.count, scheduler=self.scheduler, preload=self.preload, lost=lost)


class _Tally:
    """Counts what is done for the progress shown."""

    def __init__(self, todo: Sequence[DocumentInfo], progress: Callable[[Progress], None]) -> None:
        self._sizes = {info.doc: _size(Path(info.path)) for info in todo}
        self._progress = progress
        self._state = Progress("documents", 0, len(todo), 0, 0, sum(self._sizes.values()))
        progress(self._state)

    def add(self, run: Run, doc: str) -> None:
        """A document is in the run."""
        (pages,) = run.connection.execute("SELECT count(*) FROM pages WHERE doc = ?", (doc,)).fetchone()
        state = self._state
        self._state = replace(
            state,
            done=state.done + 1,
            pages=state.pages + pages,
            bytes_done=state.bytes_done + self._sizes[doc],
            doc=doc,
        )
        self._progress(self._state)


Wanted = Mapping[str, Mapping[str, str]]
"""The fingerprint of each document stage, by document and stage."""


def run_documents(
    run: Run, corpus: Corpus, settings: Settings, wanted: Wanted, workers: Workers, progress: Callable[[Progress], None]
) -> int:
    """Bring the documents of the run up to date with the corpus; returns how many were so already."""
    _forget_missing(run, corpus)
    todo = [info for info in corpus.documents if run.stage_done(info.doc, "tag") != wanted[info.doc]["tag"]]
    tally = _Tally(todo, progress)
    if settings.tag_model:
        workers = replace(workers, preload=())
    if workers.parts:
        check_address(workers.parts)
        parts = cut_parts(workers.parts, [Job(info, settings) for info in corpus.documents], wanted)
        _run_parts(run, parts, {info.doc for info in todo}, workers, tally)
    else:
        _run_outcomes(run, _jobs(run, todo, settings, wanted), wanted, workers, tally)
    return len(corpus.documents) - len(todo)


def _run_outcomes(run: Run, jobs: Iterable[Job], wanted: Wanted, workers: Workers, tally: _Tally) -> None:
    with closing(workers.results(process_document, jobs, _lost)) as outcomes:
        for outcome in outcomes:
            store_outcome(run, outcome, wanted[outcome.info.doc])
            tally.add(run, outcome.info.doc)


def _run_parts(run: Run, parts: Sequence[Part], todo: Set[str], workers: Workers, tally: _Tally) -> None:
    """Have parts made where they are not there yet, and load those with something new."""
    current: list[str] = []
    singles: list[Part] = []

    def take(part: Part) -> None:
        current.append(part.key)
        fresh = sorted(todo & part.fingerprints.keys())
        if fresh:
            load_part(run, part.address, part.key)
        for doc in fresh:
            tally.add(run, doc)

    with closing(workers.results(make_part, parts, Part.as_lost)) as made:
        for part in made:
            # One document may cost its own results, not those of its part.
            singles.extend(part.singles()) if part.lost else take(part)
    with closing(workers.results(make_part, singles, Part.as_lost)) as made:
        for part in made:
            if part.lost:
                write_part(part, map(_lost, part.jobs))
            take(part)
    write_current(workers.parts, current)


def _size(path: Path) -> int:
    """Bytes of a file; 0 for one that has gone since it was listed, which its worker will tell."""
    return path.stat().st_size if path.is_file() else 0


def _jobs(run: Run, todo: Sequence[DocumentInfo], settings: Settings, wanted: Wanted) -> Iterator[Job]:
    for info in todo:
        extracted = run.stage_done(info.doc, "extract") == wanted[info.doc]["extract"]
        document: Document | None = run.document(info.doc) if extracted else None
        yield Job(info, settings, document)


def _lost(job: Job) -> Outcome:
    message = f"{job.info.doc}: the worker that read it was lost twice; do: read it alone with tipmine extract"
    return Outcome(job.info, error="InputError", message=message)


def _forget_missing(run: Run, corpus: Corpus) -> None:
    """Take documents out of the run that are no longer in the corpus, or no longer to be opened."""
    present = {info.doc for info in corpus.documents}
    known = [row["doc"] for row in run.connection.execute("SELECT doc FROM documents UNION SELECT doc FROM failures")]
    with run.transaction():
        for doc in (doc for doc in known if doc not in present):
            forget_document(run.connection, doc)
        for doc, reason in corpus.unreadable:
            row = (doc, doc, "", InputError.__name__, f"{doc}: {reason}")
            run.connection.execute("INSERT INTO failures VALUES (?, ?, ?, ?, ?)", row)
