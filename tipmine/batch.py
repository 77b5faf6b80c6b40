"""Takes the new and changed documents of a corpus through the workers and stores the results in the run.

Results come back from the workers, or are written as parts to an address that all can reach (parts.py). Either way
only this process writes into the run folder, one document or one part per transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from socket import gethostname
from typing import Generic, TypeVar

from tipmine.corpus import Corpus
from tipmine.cutting import LONG_PAGES, Cutting
from tipmine.errors import InputError, RunError
from tipmine.executors import FollowUp, OnLost, run_jobs
from tipmine.extract.ocr import thai_ocr
from tipmine.extract.reasons import can_be_read
from tipmine.fingerprints import program_fingerprint
from tipmine.outcomes import store_outcome
from tipmine.parts import Part, check_address, cut_parts, load_part, make_part, write_current, write_part
from tipmine.records import Document, DocumentInfo
from tipmine.settings import Settings
from tipmine.store.records_io import forget_document, write_copies, write_failure
from tipmine.store.renamed import Rename, transfer_decisions
from tipmine.store.run import Run
from tipmine.work import Job, Outcome, process_document

_PRELOAD = ("tipmine.warm",)
"""Modules that workers import before their first document, unless they use the user's own model."""
_PROGRAM = "work"
"""The part of tipmine that, with everything it imports, makes the results of documents."""
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has got: documents, pages and bytes done, and the totals."""

    step: str
    """What is being done: `documents`, the name of a corpus stage, or `index`."""
    done: int
    total: int
    pages: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    doc: str = ""
    """The document that was just finished."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Where documents are processed: how many workers (0: this process), on which Dask scheduler, where parts go.

    `scheduler` is empty if there is no cluster, `parts` if results come back directly.
    """

    count: int = 0
    scheduler: str = ""
    parts: str = ""
    preload: Sequence[str] = _PRELOAD
    longest: int = LONG_PAGES
    """Pages above which several workers read a PDF in pieces."""

    @property
    def several(self) -> bool:
        """Whether there are other processes to share a document with."""
        return self.count > 1 or bool(self.scheduler)

    def results(
        self,
        function: Callable[[_Work], _Done],
        jobs: Iterable[_Work],
        on_lost: OnLost[_Work, _Done],
        follow_up: FollowUp[_Work, _Done] = lambda _, done: ((), done),
    ) -> Generator[_Done, None, None]:
        """What `function` returns for the jobs, in the order in which results are ready; see `executors.run_jobs`.

        Raises RunError if a worker of the cluster runs a different program from this process.
        """
        return run_jobs(
            _SameProgram(function, program_fingerprint(_PROGRAM)) if self.scheduler else function,
            jobs,
            workers=self.count,
            scheduler=self.scheduler,
            preload=self.preload,
            on_lost=on_lost,
            follow_up=follow_up,
        )


@dataclass(frozen=True, slots=True)
class _SameProgram(Generic[_Work, _Done]):
    """A function for workers of a cluster, where each machine has its own copy of the program.

    Results are stored with the fingerprints of this process, which would hide that a different program made them.
    """

    function: Callable[[_Work], _Done]
    program: str

    def __call__(self, job: _Work) -> _Done:
        if program_fingerprint(_PROGRAM) != self.program:
            wrong = "the program of a worker is not the one that was started"
            raise RunError(gethostname(), wrong, "the same version everywhere", "install it there, restart the workers")
        return self.function(job)


class _Tally:
    """Counts finished documents, and reports the progress."""

    def __init__(self, todo: Sequence[DocumentInfo], progress: Callable[[Progress], None]) -> None:
        self._sizes = {info.doc: _size(Path(info.path)) for info in todo}
        self._progress = progress
        self._state = Progress("documents", 0, len(todo), bytes_total=sum(self._sizes.values()))
        progress(self._state)

    def add(self, run: Run, doc: str) -> None:
        """Count a document that was stored in the run."""
        state = self._state
        self._state = replace(
            state,
            done=state.done + 1,
            pages=state.pages + run.count("pages", doc),
            bytes_done=state.bytes_done + self._sizes[doc],
            doc=doc,
        )
        self._progress(self._state)


Wanted = Mapping[str, Mapping[str, str]]
"""The fingerprint that each document stage should have: document id -> stage -> fingerprint."""


def run_documents(
    run: Run, corpus: Corpus, settings: Settings, wanted: Wanted, workers: Workers, progress: Callable[[Progress], None]
) -> int:
    """Bring the documents of the run up to date with the corpus; returns how many already were up to date.

    Documents that are no longer in the corpus must have been forgotten before (`forget_missing`).
    """
    unread = set() if workers.parts else _newly_readable(run, settings)
    todo = [
        info
        for info in corpus.documents
        if info.doc in unread or run.recorded_fingerprint(info.doc, "tag") != wanted[info.doc]["tag"]
    ]
    tally = _Tally(todo, progress)
    if settings.tag_model:
        workers = replace(workers, preload=())
    if workers.parts:
        check_address(workers.parts)
        parts = cut_parts(workers.parts, [Job(info, settings) for info in corpus.documents], wanted)
        _run_parts(run, parts, {info.doc for info in todo}, workers, tally)
    else:
        longest = workers.longest if workers.several else 0
        _run_outcomes(run, _jobs(run, todo, settings, wanted, unread, longest), wanted, workers, tally)
    return len(corpus.documents) - len(todo)


def _run_outcomes(run: Run, jobs: Iterable[Job], wanted: Wanted, workers: Workers, tally: _Tally) -> None:
    with closing(workers.results(process_document, jobs, _lost_outcome, Cutting().follow_up)) as outcomes:
        for outcome in outcomes:
            store_outcome(run, outcome, wanted[outcome.info.doc])
            tally.add(run, outcome.info.doc)


def _run_parts(run: Run, parts: Sequence[Part], todo: Set[str], workers: Workers, tally: _Tally) -> None:
    """Make the parts that are not there yet, and load those that hold a document of `todo`."""
    current: list[str] = []
    singles: list[Part] = []

    def load(part: Part) -> None:
        current.append(part.key)
        new = sorted(todo & part.fingerprints.keys())
        if new:
            load_part(run, part.address, part.key)
        for doc in new:
            tally.add(run, doc)

    with closing(workers.results(make_part, parts, Part.as_lost)) as made:
        for part in made:
            # A document that kills its worker must not cost the others in its part their results.
            if part.lost:
                singles += part.singles()
            else:
                load(part)
    with closing(workers.results(make_part, singles, Part.as_lost)) as made:
        for part in made:
            if part.lost:
                write_part(part, (_lost_outcome(job, part.lost) for job in part.jobs))
            load(part)
    write_current(workers.parts, current)


def _size(path: Path) -> int:
    """Bytes of a file; 0 for one that was deleted since it was listed, which its worker will report."""
    return path.stat().st_size if path.is_file() else 0


def _newly_readable(run: Run, settings: Settings) -> set[str]:
    """Documents with unread pages that can be read now: Tesseract is installed meanwhile, or there is more time.

    Fingerprints do not show this: if OCR counted in them, a run continued where Tesseract is not installed would lose
    what was read, and with the limits in them, all documents would be read again when only a few lack time. Parts keep
    what they have (their key is the fingerprints), until they go to another address.
    """
    if settings.run_ocr == "never":
        return set()
    waiting = {doc for doc, why in run.unread_pages() if can_be_read(why, settings.limits_seconds)}
    return waiting if waiting and thai_ocr() else set()


def _jobs(
    run: Run, todo: Sequence[DocumentInfo], settings: Settings, wanted: Wanted, unread: Set[str], longest: int
) -> Iterator[Job]:
    for info in todo:
        recorded = run.recorded_fingerprint(info.doc, "extract")
        is_extracted = info.doc not in unread and recorded == wanted[info.doc]["extract"]
        document: Document | None = run.document(info.doc) if is_extracted else None
        yield Job(info, settings, document, longest=longest)


def _lost_outcome(job: Job, why: str) -> Outcome:
    """The outcome of a document that no worker could read."""
    message = f"{job.info.doc}: {why}; do: read it alone with tipmine extract"
    return Outcome(job.info, error=InputError.__name__, message=message)


def forget_missing(run: Run, corpus: Corpus) -> tuple[Rename, ...]:
    """Remove documents from the run that are no longer in the corpus, or can no longer be opened; note the copies.

    If a document with the same content is new in the corpus, the file was renamed or moved, and people's decisions
    about it are kept under the new name. Returns the renamed documents about which there are any.
    """
    present = {info.doc for info in corpus.documents}
    contents = {info.doc: info.sha256 for info in run.documents()}
    known = run.known_documents()
    arrived: dict[str, list[str]] = {}
    for info in corpus.documents:
        if info.doc not in known:
            arrived.setdefault(info.sha256, []).append(info.doc)
    renamed = []
    with run.transaction():
        for doc in (doc for doc in known if doc not in present):
            if names := arrived.get(contents.get(doc, "")):
                new = names.pop(0)
                renamed.append(Rename(doc, new, transfer_decisions(run, doc, new)))
            forget_document(run.connection, doc)
        for doc, reason in corpus.unreadable:
            write_failure(run.connection, DocumentInfo(doc, path=doc), InputError.__name__, f"{doc}: {reason}")
        write_copies(run.connection, corpus.copies)
    return tuple(each for each in renamed if each.decisions)
