"""Long documents in a batch: cut into pieces that any worker reads, and joined by one of them.

A long PDF takes a job that counts its pages, one for each piece, and one that joins the pieces and does the rest. What
has been read of a document is kept packed until its last piece is back: some kB per page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tipmine.work import Job, Outcome

if TYPE_CHECKING:
    from tipmine.extract.pieces import Span

LONG_PAGES = 300
"""Pages above which a PDF is read in pieces. Lower: more files are opened several times although other documents would
keep the workers busy. Higher: one worker is left with a document when all others have finished."""


@dataclass(slots=True)
class _OpenDocument:
    """A document with pieces whose outcomes are not back yet."""

    job: Job
    spans: tuple[Span, ...]
    read: dict[Span, Outcome] = field(default_factory=dict)


class Cutting:
    """Keeps the documents that are being read in pieces."""

    def __init__(self) -> None:
        self._open: dict[str, _OpenDocument] = {}

    def follow_up(self, job: Job, outcome: Outcome) -> tuple[Sequence[Job], Outcome | None]:
        """What to do after a job: further jobs, and the outcome of the document if it is finished."""
        doc = job.info.doc
        if outcome.spans:
            self._open[doc] = _OpenDocument(replace(job, longest=0), outcome.spans)
            return [replace(job, longest=0, span=span) for span in outcome.spans], None
        if job.span is None:
            return (), outcome
        document = self._open[doc]
        document.read[job.span] = outcome
        if len(document.read) < len(document.spans):
            return (), None
        del self._open[doc]
        outcomes = [document.read[span] for span in document.spans]
        # Reading the document in one go would have stopped at the first error.
        failed = next((piece for piece in outcomes if piece.error), None)
        if failed:
            return (), failed
        return [replace(document.job, pieces=tuple(piece.piece for piece in outcomes))], None
