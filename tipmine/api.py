"""The verbs of the package in Python, as the commands have them on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipmine.records import (
    Document,
    DocumentInfo,
    OcrMode,
    Passage,
    Tagging,
    TextUnit,
    ThemeSet,
    Token,
    Trace,
)

if TYPE_CHECKING:
    import pandas as pd

    from tipmine.extract.repair import Repaired


def extract(path: Path | str, *, password: str | None = None, ocr: OcrMode = "auto") -> Document:
    """Read a PDF, DOCX or TXT into lines in reading order, repaired, each with page, box and edits.

    Raises the classes below InputError: missing, of another type, encrypted, damaged, too large.
    """
    from tipmine.extract import extract_document

    return extract_document(Path(path), password=password, ocr=ocr)


def repair(text: str) -> str:
    """Damaged Thai text as it was printed, line for line. `tipmine.extract.repair.repair_text` gives the edits too."""
    return repaired(text).text


def repaired(text: str) -> Repaired:
    """Repaired text with its edits and the origin of each character."""
    from tipmine.extract.repair import repair_text

    return repair_text(text)


def segment(document: Document, info: DocumentInfo | None = None) -> tuple[Passage, ...]:
    """Cut a document into passages; what `info` leaves empty is read from the document."""
    from tipmine.segment import describe_document, segment_document

    described = describe_document(document, info or DocumentInfo(doc=document.doc))
    return segment_document(document, described)


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text with half-open offsets; joined, they give the text back."""
    from tipmine.tokenize import tokenize_text

    return tokenize_text(text)


def tag(passages: Sequence[Passage], *, model: Path | str | None = None) -> list[Tagging]:
    """Pillars, actors and roles of passages. Passages of one document belong into one call."""
    from tipmine.work import tagger

    return tagger(str(model or "")).tag(passages, [tokenize(passage.text) for passage in passages])


def find_themes(records: Iterable[Mapping[str, Any]], *, seed: int = 7, vectors: str = "") -> ThemeSet:
    """Themes of utterances given as mappings with `id`, `doc`, `text` and, where known, `speaker` and `group`."""
    from tipmine.themes import find_themes as find

    return find(units(records), seed=seed, vectors=vectors)


def trace(
    recommendations: Iterable[Mapping[str, Any]], evidence: Iterable[Mapping[str, Any]], *, candidates: int = 10
) -> list[Trace]:
    """Ranked evidence for each recommendation; both are mappings with `id` and `text`."""
    from tipmine.trace import trace as find

    return find(units(recommendations), units(evidence), candidates=candidates)


def units(records: Iterable[Mapping[str, Any]]) -> list[TextUnit]:
    """Mappings with `id` and `text` as text units, cut into words."""
    from tipmine.tokenize import words

    return [
        TextUnit(
            id=str(record["id"]),
            text=record["text"],
            words=words(record["text"]),
            doc=str(record.get("doc") or ""),
            kind=record.get("kind") or "",
            speaker=record.get("speaker") or "",
            group=record.get("group") or record.get("province") or "",
            section=record.get("section") or "",
        )
        for record in records
    ]


def passages(records: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """Mappings with `id`, `text` and, where known, `section`, `speaker`, `kind`, `doc` as passages."""
    from tipmine.segment import kind_of

    found = []
    for order, record in enumerate(records):
        section = str(record.get("section") or "")
        speaker = record.get("speaker") or ""
        kind = record.get("kind") or kind_of(record["text"], section=section, speaker=speaker)[0]
        path = tuple(part for part in section.split(" > ") if part)
        found.append(
            Passage(
                str(record["id"]), str(record.get("doc") or ""), kind, record["text"], path, "", speaker, order=order
            )
        )
    return found


def query(run: Path | str, text: str = "", *, limit: int = 1_000, **facets: str | Sequence[str]) -> pd.DataFrame:
    """The answer of `tipmine query` as a data frame, one row a passage: `query("outputs/a", "ล่าม", pillar="policy")`.

    Facets take what the command line takes, one value or several: ids or names, years B.E. or C.E. Raises RunError
    where there is no run and UsageError for a facet that there is not.
    """
    import pandas as pd

    from tipmine.store.query import COLUMNS, Query, allowed, answer_rows, search
    from tipmine.store.run import open_run

    asked = {facet: [values] if isinstance(values, str) else values for facet, values in facets.items()}
    with open_run(Path(run)) as opened:
        answer = search(opened, Query(text, allowed(opened, asked), limit))
    return pd.DataFrame(answer_rows(answer), columns=list(COLUMNS))
