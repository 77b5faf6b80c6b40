"""Stores outcomes in the database of a run: all of a document or nothing; storing one twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tipmine.store import records_io as io
from tipmine.store.renamed import holds_document, transfer_to_edited
from tipmine.store.run import Run
from tipmine.work import Outcome


def store_outcome(run: Run, outcome: Outcome, fingerprints: Mapping[str, str]) -> None:
    """Replace what the run holds of a document, in one transaction; `fingerprints` are those of its stages."""
    doc = outcome.info.doc
    with run.transaction():
        known = holds_document(run, doc)
        io.forget_document(run.connection, doc)
        if outcome.error or outcome.document is None:
            io.write_failure(run.connection, outcome.info, outcome.error, outcome.message, outcome.traceback)
            return
        io.write_document(run.connection, outcome.info, outcome.document)
        io.write_passages(run.connection, doc, outcome.passages, outcome.words)
        io.write_taggings(run.connection, outcome.taggings)
        for stage, fingerprint in fingerprints.items():
            run.record_fingerprint(doc, stage, fingerprint)
        if not known:
            transfer_to_edited(run, doc)
