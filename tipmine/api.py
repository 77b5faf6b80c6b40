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


def query(
    run: Path | str, text: str = "", *, limit: int = 1_000, saved: str = "", **facets: str | Sequence[str]
) -> pd.DataFrame:
    """The answer of `tipmine query` as a data frame, one row a passage: `query("outputs/a", "ล่าม", pillar="policy")`.

    Facets take what the command line takes, one value or several: ids or names, years B.E. or C.E. With the name of a
    `saved` query, the words and values given here narrow that one. Raises RunError where there is no run and
    UsageError for a facet or a saved query that there is not.
    """
    import pandas as pd

    from tipmine.store.query import COLUMNS, Query, allowed, answer_rows, narrowed, search
    from tipmine.store.run import open_run
    from tipmine.store.saved import saved_query

    with open_run(Path(run)) as opened:
        asked = Query(text, allowed(opened, _lists(facets)), limit)
        if saved:
            asked = narrowed(saved_query(opened.connection, saved).query(), asked)
        answer = search(opened, asked)
    return pd.DataFrame(answer_rows(answer), columns=list(COLUMNS))


def kwic(
    run: Path | str, text: str, *, by: str = "right", limit: int = 1_000, **facets: str | Sequence[str]
) -> pd.DataFrame:
    """Key words in context as `tipmine query --kwic` gives them, one row a hit in the first `limit` passages, sorted by
    the words on the `right` or the `left`. Raises as `query` does."""
    import pandas as pd

    from tipmine.store.query import CONTEXT_COLUMNS, Query, allowed, concordance, concordance_rows, search
    from tipmine.store.run import open_run

    with open_run(Path(run)) as opened:
        answer = search(opened, Query(text, allowed(opened, _lists(facets)), limit))
    return pd.DataFrame(concordance_rows(concordance(answer, by=by)), columns=list(CONTEXT_COLUMNS))


def cross(run: Path | str, rows: str, columns: str, text: str = "", **facets: str | Sequence[str]) -> pd.DataFrame:
    """In how many passages two facets meet, as `tipmine query --cross` counts them: `cross("outputs/a", "year",
    "pillar")`, one row a value of the first facet. Raises as `query` does."""
    import pandas as pd

    from tipmine.store.counting import cross as count
    from tipmine.store.counting import cross_rows
    from tipmine.store.query import Query, allowed
    from tipmine.store.run import open_run

    with open_run(Path(run)) as opened:
        cells = count(opened, Query(text, allowed(opened, _lists(facets))), rows, columns)
    return pd.DataFrame(cross_rows(cells, rows))


def save_query(run: Path | str, name: str, text: str = "", *, reviewer: str, **facets: str | Sequence[str]) -> None:
    """Keep a query in the run under a name, in place of an older one of that name, for `query(run, saved=name)`.

    Raises UsageError for a name, a facet or a query that cannot be meant.
    """
    from tipmine.store.query import Query, allowed
    from tipmine.store.run import open_run
    from tipmine.store.saved import save_query as save

    with open_run(Path(run)) as opened:
        save(opened.connection, name, Query(text, allowed(opened, _lists(facets))), reviewer)


def saved_queries(run: Path | str) -> pd.DataFrame:
    """The queries kept in a run, one row each: name, query as it is written, reviewer, time."""
    import pandas as pd

    from tipmine.store.run import open_run
    from tipmine.store.saved import saved_queries as kept
    from tipmine.store.saved import saved_rows

    with open_run(Path(run)) as opened:
        return pd.DataFrame(saved_rows(kept(opened.connection)), columns=["name", "query", "reviewer", "at"])


def remove_query(run: Path | str, name: str) -> None:
    """Take a saved query out of a run. Raises UsageError where there is none of this name."""
    from tipmine.store.run import open_run
    from tipmine.store.saved import remove_query as remove

    with open_run(Path(run)) as opened:
        remove(opened.connection, name)


def _lists(facets: Mapping[str, str | Sequence[str]]) -> dict[str, Sequence[str]]:
    return {facet: [values] if isinstance(values, str) else values for facet, values in facets.items()}
