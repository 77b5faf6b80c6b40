"""Counts over a corpus, over its documents, and over the recommendations by pillar, sector, level and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tipmine.coverage import COVERAGES, UNTRACED
from tipmine.quality_reasons import Reason
from tipmine.records import DocumentInfo, Passage, TableRow
from tipmine.report.gaps import has_addressee, orphan_themes
from tipmine.report.labels import codes, label
from tipmine.report.material import Failure, Material, join, once
from tipmine.report.reading import Counts, ReviewCounts
from tipmine.report.reasons import reason_words
from tipmine.report.register import register_rows
from tipmine.report.thai_formats import page_ranges
from tipmine.report.twins import Twins, twins
from tipmine.store.decisions import Decision, link_decisions

_MOSTLY = 0.5
"""Least share of pages that need OCR for the whole document to count as needing it."""


@once
def summary_rows(material: Material) -> list[TableRow]:
    """The counts of the corpus: figure code and value."""
    documents = document_rows(material)
    register = register_rows(material)
    by_coverage = [row["coverage"] for row in register]
    by_link = [decision.value for rec in material.recommendations for decision in _link_decisions(material, rec)]
    reviews = sum((counts.reviews for counts in material.counts.values()), ReviewCounts())
    values = {
        "documents": len(material.infos),
        "failed": len(material.failures),
        "copies": len(material.copies),
        "pages": sum(row["pages"] or 0 for row in documents),
        "pages_need_ocr": sum(row["needs_ocr"] for row in documents),
        "pages_doubtful": sum(row["doubtful"] for row in documents),
        "repairs": sum(row["repairs"] for row in documents),
        "passages": sum(row["passages"] for row in documents),
        "utterances": sum(counts.kinds.get("utterance", 0) for counts in material.counts.values()),
        "recommendations": len(register),
        "with_direct_evidence": by_coverage.count("direct"),
        "with_partial_evidence": by_coverage.count("partial"),
        "without_evidence": by_coverage.count("none"),
        "untraced": by_coverage.count(UNTRACED),
        "without_addressee": sum(not has_addressee(material, p) for p in material.recommendations),
        "themes": len(material.themes.themes),
        "orphan_themes": len(orphan_themes(material)),
        "doubtful": reviews.doubtful,
        "reviewed": reviews.reviewed,
        "confirmed": reviews.confirmed,
        "corrected": reviews.corrected,
        "links_confirmed": by_link.count("yes"),
        "links_rejected": by_link.count("no"),
    }
    return [{"figure": name, "value": value} for name, value in values.items()]


def _link_decisions(material: Material, rec: Passage) -> list[Decision]:
    """People's decisions about the links of a recommendation to evidence that the run still holds."""
    links = link_decisions(material.decided.get(rec.id, {}))
    return [decision for key, decision in links.items() if key in material.passages]


@once
def twin_documents(material: Material) -> list[Twins]:
    """The pairs of documents that say nearly the same and are both counted, the most similar first."""
    return twins(material.sketches)


@once
def document_rows(material: Material) -> list[TableRow]:
    """The documents with text quality and damage, then the files that could not be read, with the reason as `note`."""
    rows = [_document_row(info, material.counts[doc]) for doc, info in material.infos.items()]
    copies: dict[str, list[str]] = {}
    for file, doc in material.copies:
        copies.setdefault(doc, []).append(file)
    alike: dict[str, list[str]] = {}
    for pair in twin_documents(material):
        alike.setdefault(pair.left, []).append(pair.right)
        alike.setdefault(pair.right, []).append(pair.left)
    for row in rows:
        for code, names in (("copies", copies), ("twins", alike)):
            if row["document"] in names:
                row["note"] = join([row["note"], label("note", code).format(", ".join(names[row["document"]]))])
    return rows + [_failed_row(failure) for failure in material.failures]


def _document_row(info: DocumentInfo, counts: Counts) -> TableRow:
    verdicts = [page.quality.verdict for page in counts.pages]
    scores = [page.quality.score for page in counts.pages]
    return {
        "document": info.doc,
        "type": info.type,
        "title": info.title,
        "year_be": info.year_be,
        "province": info.province,
        "group": info.speaker_group,
        "pages": sum(page.number > 0 for page in counts.pages) or None,
        "lines": counts.lines,
        "passages": counts.passages,
        "recommendations": counts.kinds.get("recommendation", 0),
        "repairs": sum(counts.damage.values()),
        "quality": round(sum(scores) / len(scores), 3) if scores else None,
        "verdict": _verdict(verdicts),
        "doubtful": verdicts.count("doubtful"),
        "needs_ocr": verdicts.count("needs_ocr"),
        "ocr_pages": page_ranges(page.number for page in counts.pages if page.quality.verdict == "needs_ocr"),
        "damage": dict(sorted(counts.damage.items(), key=lambda item: (-item[1], item[0]))),
        "note": _page_notes(counts),
        "error": "",
    }


def _failed_row(failure: Failure) -> TableRow:
    nothing = Counts((), 0, 0, {}, {}, ReviewCounts())
    row = _document_row(DocumentInfo(failure.doc), nothing)
    return row | {"verdict": "failed", "note": failure.words, "error": failure.message}


def _verdict(verdicts: Sequence[str]) -> str:
    """The verdict on a document: `needs_ocr` only if most pages need it, `doubtful` if any page is doubtful."""
    if not verdicts or verdicts.count("needs_ocr") >= _MOSTLY * len(verdicts):
        return "needs_ocr"
    if "doubtful" in verdicts or "needs_ocr" in verdicts:
        return "doubtful"
    return "repaired" if "repaired" in verdicts else "clean"


def _page_notes(counts: Counts) -> str:
    """Why pages are doubtful: the most common reasons with their pages."""
    pages: dict[tuple[Reason, ...], list[int]] = {}
    for page in counts.pages:
        if page.quality.verdict in ("doubtful", "needs_ocr") and page.quality.reasons:
            pages.setdefault(page.quality.reasons, []).append(page.number)
    places = {reasons: page_ranges(numbers) for reasons, numbers in pages.items()}
    return "; ".join(reason_words(reasons) + (f" ({where})" if where else "") for reasons, where in places.items())


@once
def breakdown_rows(material: Material) -> list[TableRow]:
    """Recommendations and their coverage by pillar, sector, level and year: `by`, `value`, counts.

    A recommendation with several pillars, sectors or levels counts in each of them; one that is not traced yet counts
    only among the recommendations, not in the coverage.
    """
    register = register_rows(material)
    values_by: dict[str, Callable[[TableRow], Iterable[Any]]] = {
        "pillar": lambda row: [row["pillar"], *row["other_pillars"]],
        "sector": lambda row: row["sector"] or [""],
        "level": lambda row: row["level"] or [""],
        "year": lambda row: [row["year_be"] or ""],
    }
    rows: list[TableRow] = []
    for by, values_of in values_by.items():
        groups: dict[Any, list[str]] = {}
        for row in register:
            for value in values_of(row):
                groups.setdefault(value, []).append(row["coverage"])
        for value in _ordered(by, groups):
            covered = groups[value]
            counts = {code: covered.count(code) for code in COVERAGES}
            rows.append({"by": by, "value": value, "recommendations": len(covered)} | counts)
    return rows


def _ordered(by: str, groups: Mapping[Any, Any]) -> list[Any]:
    """The values of a breakdown in the order of their labels; other values follow, and the empty one is last."""
    places = {code: place for place, code in enumerate(codes(by))}
    return sorted(groups, key=lambda value: (value == "", places.get(value, len(places)), str(value)))
