"""What one worker does with one document: extract -> segment -> tokenize -> tag.

A worker is a process on this machine or in a cluster. It gets a `Job`, reads the file and returns an `Outcome`; it
writes nothing. Doing a job twice gives the same outcome. A long PDF comes back unread the first time, as a list of its
pieces; `cutting.py` makes jobs of them.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from tipmine.errors import EncryptedError, InputError, InternalError, TipmineError, TooLargeError
from tipmine.limits import limited
from tipmine.records import Document, DocumentInfo, OcrMode, Passage, Tagging
from tipmine.settings import Settings

if TYPE_CHECKING:
    from tipmine.extract.pieces import Span
    from tipmine.tag import Tagger


@dataclass(frozen=True, slots=True)
class Job:
    """A document to process; `document` holds its lines if an earlier run has already read them."""

    info: DocumentInfo
    settings: Settings
    document: Document | None = None
    password: str | None = None
    longest: int = 0
    """Pages above which a PDF is not read but cut into pieces; 0: never."""
    span: Span | None = None
    """The piece to read, if the job is one piece of a document."""
    pieces: tuple[bytes, ...] = ()
    """All pieces of the document, read, if the job is to join them."""


class _ReadOptions(TypedDict):
    """How a file is read: the keyword arguments that the functions of extract share."""

    password: str | None
    ocr: OcrMode
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of a job, or an error (the name of its class) with its message.

    A document that was cut has `spans`, the pieces to read; a piece that was read has `piece`.
    """

    info: DocumentInfo
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    taggings: tuple[Tagging, ...] = ()
    spans: tuple[Span, ...] = ()
    piece: bytes = b""
    error: str = ""
    message: str = ""
    traceback: str = ""
    """Where the error was raised, for developers; `tipmine --debug run` prints it."""


def process_document(job: Job) -> Outcome:
    """Process one document. Its errors are returned in the outcome, so that they never stop a batch."""
    limits = job.settings
    try:
        with limited(job.info.doc, seconds=limits.limits_seconds, megabytes=limits.limits_megabytes):
            return _run_job(job)
    except TipmineError as error:
        where = traceback.format_exc()
        _word_for_run(error, job)
        return Outcome(job.info, error=type(error).__name__, message=str(error), traceback=where)
    except MemoryError:
        return Outcome(job.info, error=TooLargeError.__name__, message=f"{job.info.doc}: not enough memory to read it")


def _word_for_run(error: TipmineError, job: Job) -> None:
    """Word an error about one file for a run, where files may share a name and no password is given."""
    if error.subject == Path(job.info.path).name:
        error.subject = job.info.doc
    if isinstance(error, EncryptedError):
        error.do = "put a copy without a password in its place"


@contextmanager
def _as_input_errors(doc: str) -> Iterator[None]:
    """Raises InputError for whatever a damaged file provokes in a library inside the block."""
    try:
        yield
    except (TipmineError, MemoryError):
        raise
    except Exception as error:
        raise InputError(doc, f"could not be read ({type(error).__name__}: {error})") from error


@contextmanager
def _as_internal_errors(doc: str, name: str) -> Iterator[None]:
    """Raises InternalError for whatever is raised inside the block: whatever the text, the file is not at fault."""
    try:
        yield
    except (TipmineError, MemoryError):
        raise
    except Exception as error:
        wrong = f"the stage {name} failed ({type(error).__name__}: {error})"
        raise InternalError(doc, wrong, do="report it with what `tipmine --debug run` prints") from error


def _run_job(job: Job) -> Outcome:
    """The outcome of a job: a piece that was read, the list of pieces to read, or the results of the document."""
    from tipmine.extract.pieces import cut, read_piece

    path = Path(job.info.path)
    with _as_input_errors(job.info.doc):
        if job.span:
            return Outcome(job.info, piece=read_piece(path, job.span, **_read_options(job)))
        if job.longest and not job.document and (spans := cut(path, job.longest, job.password)):
            return Outcome(job.info, spans=tuple(spans))
        document = job.document or _extract(job)
    return _segment_and_tag(job, document)


def _segment_and_tag(job: Job, document: Document) -> Outcome:
    """The outcome of a job whose document has been read."""
    from tipmine.segment import describe_document, segment_document
    from tipmine.tokenize import tokenize_text, words_of

    doc = job.info.doc
    with _as_internal_errors(doc, "segment"):
        info = describe_document(document, job.info)
        passages = segment_document(document, info)
    with _as_internal_errors(doc, "tokenize"):
        tokens = [tokenize_text(passage.text) for passage in passages]
    with _as_internal_errors(doc, "tag"):
        taggings = tagger(job.settings.tag_model).tag(passages, tokens)
    return Outcome(
        info=info,
        document=document,
        passages=passages,
        words=tuple(words_of(its_tokens) for its_tokens in tokens),
        taggings=tuple(taggings),
    )


def _extract(job: Job) -> Document:
    """Read the document, or join its pieces if it was read in pieces."""
    from tipmine.extract import extract_document
    from tipmine.extract.pieces import join_pieces

    path = Path(job.info.path)
    if job.pieces:
        return join_pieces(path, job.pieces, doc=job.info.doc, **_read_options(job))
    return extract_document(path, doc=job.info.doc, **_read_options(job))


def _read_options(job: Job) -> _ReadOptions:
    """How the file is read: OCR must stop before the job's time is up, or all its pages are lost."""
    return {"password": job.password, "ocr": job.settings.run_ocr, "seconds": job.settings.limits_seconds}


@lru_cache(maxsize=2)
def tagger(model: str = "") -> Tagger:
    """The tagger with the models in the folder `model`, or the shipped ones if it is empty; loaded once per process.

    Raises MissingPartError if there is no model, DamagedFileError if one was changed after it was written.
    """
    from tipmine.tag import load_tagger
    from tipmine.tokenize.doc import PhraseFinder

    return load_tagger(Path(model) if model else None, finder=PhraseFinder)
