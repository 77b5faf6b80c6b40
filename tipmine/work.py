"""What one worker does with one document: extract -> segment -> tokenize -> tag.

A worker may be a process of this machine or of a cluster: it gets a `Job`, reads the file, and gives back an
`Outcome`; it writes nothing. Doing a job twice gives the same outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tipmine.errors import TipmineError
from tipmine.limits import limited
from tipmine.records import Document, DocumentInfo, Passage, Tagging
from tipmine.settings import Settings

if TYPE_CHECKING:
    from tipmine.tag import Tagger


@dataclass(frozen=True, slots=True)
class Job:
    """A document to do; `document` holds its lines where an earlier run has read them already."""

    info: DocumentInfo
    settings: Settings
    document: Document | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: everything, or an error by class name and message."""

    info: DocumentInfo
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    taggings: tuple[Tagging, ...] = ()
    error: str = ""
    message: str = ""


def process_document(job: Job) -> Outcome:
    """Do one document. Errors of the document come back in the outcome; they never stop a batch."""
    limits = job.settings
    try:
        with limited(job.info.doc, seconds=limits.limits_seconds, megabytes=limits.limits_megabytes):
            return _process(job)
    except TipmineError as error:
        return Outcome(job.info, error=type(error).__name__, message=str(error))
    except MemoryError:
        return Outcome(job.info, error="TooLargeError", message=f"{job.info.doc}: not enough memory to read it")
    except Exception as error:  # noqa: BLE001 -- whatever a hostile file provokes in a library costs that file only
        message = f"{job.info.doc}: could not be read ({type(error).__name__}: {error})"
        return Outcome(job.info, error="InputError", message=message)


def _process(job: Job) -> Outcome:
    from tipmine.segment import describe_document, segment_document
    from tipmine.tokenize import tokenize_text, words_of

    document = job.document or _extract(job)
    info = describe_document(document, job.info)
    passages = segment_document(document, info)
    tokens = [tokenize_text(passage.text) for passage in passages]
    taggings = tagger(job.settings.tag_model).tag(passages, tokens)
    return Outcome(
        info=info,
        document=document,
        passages=passages,
        words=tuple(words_of(its_tokens) for its_tokens in tokens),
        taggings=tuple(taggings),
    )


def _extract(job: Job) -> Document:
    from tipmine.extract import extract_document

    info = job.info
    return extract_document(Path(info.path), doc=info.doc, password=job.password, ocr=job.settings.run_ocr)


@lru_cache(maxsize=2)
def tagger(model: str = "") -> Tagger:
    """The tagger of a model folder (of the model that ships where `model` is empty), loaded once a process."""
    from tipmine.executors import one_thread
    from tipmine.tag import load_tagger
    from tipmine.tokenize.doc import PhraseFinder

    one_thread()
    return load_tagger(Path(model) if model else None, finder=PhraseFinder)
