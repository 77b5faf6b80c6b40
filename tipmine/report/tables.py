"""All tables of the reports: pure functions from a run to rows, used by HTML, XLSX, DOCX, CSV, JSON and the desk.

Rows are plain mappings from column codes to values; `labels.py` has the Thai heads. Values are codes of the records,
texts and numbers; the writers show them and compute nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tipmine.records import ActorTag, Evidence, Passage, Tagging
from tipmine.report.compare import pair_rows, year_rows
from tipmine.report.gaps import can_answer, gap_rows, has_addressee, orphan_themes
from tipmine.report.grids import heat_rows, matrix_rows
from tipmine.report.labels import data_rows, label
from tipmine.report.marks import quotation
from tipmine.report.material import Counts, Material, gather, join
from tipmine.report.thai import in_thai_order, page_ranges, thai_date
from tipmine.store.run import Run

Row = dict[str, Any]
Source = Run | Material

_MOSTLY = 0.5
"""Share of pages that need OCR from which a document as a whole is said to need it."""


def summary_rows(run: Source) -> list[Row]:
    """The counts of the corpus: figure code and value."""
    found = gather(run)
    documents = document_rows(found)
    register = register_rows(found)
    by_coverage = [row["coverage"] for row in register]
    values = {
        "documents": len(found.infos),
        "failed": len(found.failures),
        "pages": sum(row["pages"] for row in documents),
        "pages_need_ocr": sum(row["needs_ocr"] for row in documents),
        "pages_doubtful": sum(row["doubtful"] for row in documents),
        "repairs": sum(row["repairs"] for row in documents),
        "passages": sum(row["passages"] for row in documents),
        "utterances": sum(counts.kinds.get("utterance", 0) for counts in found.counts.values()),
        "recommendations": len(register),
        "with_direct_evidence": by_coverage.count("direct"),
        "with_partial_evidence": by_coverage.count("partial"),
        "without_evidence": by_coverage.count("none"),
        "without_addressee": sum(not has_addressee(found.taggings[p.id]) for p in found.recommendations),
        "themes": len(found.themes.themes),
        "orphan_themes": len(orphan_themes(found)),
        "reviewed": len(found.decided),
    }
    return [{"figure": name, "value": value} for name, value in values.items()]


def document_rows(run: Source) -> list[Row]:
    """The documents with quality and damage, then the files that could not be read, with the reason as `note`."""
    found = gather(run)
    rows = []
    for doc, info in found.infos.items():
        counts = found.counts[doc]
        verdicts = [page.quality.verdict for page in counts.pages]
        scores = [page.quality.score for page in counts.pages]
        rows.append(
            {
                "document": doc,
                "type": info.type,
                "title": info.title,
                "year_be": info.year_be,
                "province": info.province,
                "group": info.speaker_group,
                "pages": len(counts.pages),
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
            }
        )
    empty: Row = {"type": "", "title": "", "year_be": None, "province": "", "group": "", "pages": 0, "lines": 0}
    empty |= {"passages": 0, "recommendations": 0, "repairs": 0, "quality": None, "verdict": "failed", "doubtful": 0}
    empty |= {"needs_ocr": 0, "ocr_pages": "", "damage": {}}
    return rows + [{"document": doc} | empty | {"note": message} for doc, message in found.failures]


def _verdict(verdicts: Sequence[str]) -> str:
    """One word for a document: `needs_ocr` only where most pages do, `doubtful` where some page is in doubt."""
    if not verdicts or verdicts.count("needs_ocr") >= _MOSTLY * len(verdicts):
        return "needs_ocr"
    if "doubtful" in verdicts or "needs_ocr" in verdicts:
        return "doubtful"
    return "repaired" if "repaired" in verdicts else "clean"


def _page_notes(counts: Counts) -> str:
    """Why pages are in doubt, the commonest reasons with their pages."""
    pages: dict[str, list[int]] = {}
    for page in counts.pages:
        if page.quality.verdict in ("doubtful", "needs_ocr") and page.quality.reason:
            pages.setdefault(page.quality.reason, []).append(page.number)
    return "; ".join(f"{reason} ({page_ranges(numbers)})" for reason, numbers in pages.items())


def register_rows(run: Source) -> list[Row]:
    """The recommendations in document order, with pillar, addressees and coverage."""
    found = gather(run)
    return [_register_row(found, passage) for passage in found.recommendations]


def _register_row(found: Material, passage: Passage) -> Row:
    tagging = found.taggings[passage.id]
    pillars = sorted(tagging.pillars, key=lambda tag: -tag.score)
    addressees = _of_role(tagging, "addressee")
    trace = found.traces.get(passage.id)
    info = found.infos[passage.doc]
    return {
        "rec_id": found.rec_ids[passage.id],
        "number": passage.number,
        "text": passage.text,
        "document": passage.doc,
        "title": info.title,
        "year_be": info.year_be,
        "page": passage.page or None,
        "section": " > ".join(passage.section),
        "pillar": pillars[0].code if pillars else "",
        "other_pillars": [tag.code for tag in pillars[1:]],
        "pillar_score": round(pillars[0].score, 3) if pillars else None,
        "addressees": join(tag.name for tag in addressees),
        "addressee_words": join(tag.text for tag in addressees),
        "partners": join(tag.name for tag in _of_role(tagging, "partner")),
        "sector": list(dict.fromkeys(tag.sector for tag in addressees)),
        "level": list(dict.fromkeys(level for tag in addressees for level in tag.level.split("|") if level)),
        "modality": modality(passage.text),
        "evidence_count": sum(item.band != "weak" for item in trace.evidence) if trace else 0,
        "coverage": trace.coverage if trace else "none",
        "reviewed_by": _reviewed_by(found, passage.id),
        "passage": passage.id,
    }


def _of_role(tagging: Tagging, role: str) -> list[ActorTag]:
    return [tag for tag in tagging.actors if tag.role == role]


def modality(text: str) -> str:
    """How a recommendation puts its demand (ควร, ต้อง, เสนอให้ ...); empty where none of the known forms stands in it.

    >>> modality("ตำรวจควรจัดหาล่าม")
    'ควร'
    """
    return next((shown for form, shown in data_rows("modality.tsv") if form in text), "")


def _reviewed_by(found: Material, subject: str) -> str:
    decisions = sorted(found.decided.get(subject, {}).values(), key=lambda decision: decision.id)
    if not decisions:
        return ""
    last = decisions[-1]
    return f"{last.reviewer} {thai_date(datetime.fromisoformat(last.at).date())}"


def evidence_rows(run: Source) -> list[Row]:
    """Every proposed, confirmed and rejected link, best first for each recommendation; `marks` are shared words."""
    found = gather(run)
    rows: list[Row] = []
    for rec in found.recommendations:
        trace = found.traces.get(rec.id)
        links = [(item, _status(found, rec.id, item)) for item in (trace.evidence if trace else ())]
        links += [(item, "rejected") for item in found.rejected.get(rec.id, ())]
        rows += [
            _evidence_row(found, rec, item, status) for item, status in sorted(links, key=lambda link: link[0].rank)
        ]
    return rows


def _status(found: Material, rec: str, item: Evidence) -> str:
    decision = found.decided.get(rec, {}).get(f"link:{item.id}")
    return "confirmed" if decision and decision.value == "yes" else "proposed"


def _evidence_row(found: Material, rec: Passage, item: Evidence, status: str) -> Row:
    row: Row = {"rec_id": found.rec_ids[rec.id], "rank": item.rank, "evidence_id": item.id, "kind": item.kind}
    row |= quotation(found, item.id, beside=rec.id)
    row |= {
        "theme": join(theme.label for theme in found.themes_of.get(item.id, ())),
        "score": round(item.score, 3),
        "band": item.band,
        "status": status,
        "reasons": list(item.reasons),
        "passage": rec.id,
    }
    return row


def theme_rows(run: Source) -> list[Row]:
    """The themes with quotations and the recommendations that answer them."""
    found = gather(run)
    answered = _answered_by(found)
    return [
        {
            "id": theme.id,
            "label": theme.label,
            "terms": list(theme.terms),
            "size": theme.size,
            "documents": list(theme.docs),
            "stability": round(theme.stability, 3),
            "stable": theme.stable,
            "quotes": [quotation(found, quote.id, part=(quote.start, quote.end)) for quote in theme.quotes],
            "answered_by": answered.get(theme.id, []),
        }
        for theme in found.themes.themes
    ]


def _answered_by(found: Material) -> dict[str, list[str]]:
    answered: dict[str, list[str]] = {}
    for rec in found.recommendations:
        trace = found.traces.get(rec.id)
        ids = {
            theme.id
            for item in (trace.evidence if trace else ())
            if item.band != "weak"
            for theme in found.themes_of.get(item.id, ())
        }
        for theme_id in ids:
            answered.setdefault(theme_id, []).append(found.rec_ids[rec.id])
    return answered


def agency_rows(run: Source) -> list[Row]:
    """Every recommendation once for each agency that it is addressed to or that acts with the addressee.

    Agencies stand in the order of a Thai dictionary, their recommendations in document order. Those who cannot answer
    for a recommendation (people who are helped, หน่วยงานที่เกี่ยวข้อง and its like) have no rows.
    """
    found = gather(run)
    rows: list[Row] = []
    for row in register_rows(found):
        tagging = found.taggings[row["passage"]]
        seen: dict[str, str] = {}
        for role in ("addressee", "partner"):
            for tag in _of_role(tagging, role):
                if can_answer(tag):
                    seen.setdefault(tag.name, role)
        for agency, role in seen.items():
            rows.append({"agency": agency, "role": role} | {name: row[name] for name in _FOR_AGENCIES})
    return in_thai_order(rows, lambda row: str(row["agency"]))


_FOR_AGENCIES = ("rec_id", "number", "text", "document", "page", "pillar", "partners", "coverage", "evidence_count")


def breakdown_rows(run: Source) -> list[Row]:
    """Recommendations and their coverage by pillar, sector, level and year: `by`, `value`, counts.

    A recommendation with several pillars, sectors or levels counts in each of them.
    """
    register = register_rows(run)
    values: dict[str, Callable[[Row], Iterable[Any]]] = {
        "pillar": lambda row: [row["pillar"], *row["other_pillars"]],
        "sector": lambda row: row["sector"] or [""],
        "level": lambda row: row["level"] or [""],
        "year": lambda row: [row["year_be"] or ""],
    }
    rows: list[Row] = []
    for by, of in values.items():
        groups: dict[Any, list[str]] = {}
        for row in register:
            for value in of(row):
                groups.setdefault(value, []).append(row["coverage"])
        for value in _ordered(by, groups):
            covered = groups[value]
            counts = {code: covered.count(code) for code in ("direct", "partial", "none")}
            rows.append({"by": by, "value": value, "recommendations": len(covered)} | counts)
    return rows


def _ordered(by: str, groups: Mapping[Any, Any]) -> list[Any]:
    from tipmine.report.labels import codes

    known = codes(by)
    return sorted(groups, key=lambda value: (value == "", known.index(value) if value in known else 99, str(value)))


def page_label(row: Mapping[str, Any]) -> str:
    """Document and page of a row as they are quoted."""
    return f"{row['document']} หน้า {row['page']}" if row.get("page") else str(row["document"])


def word(group: str, value: Any) -> str:
    """A code, or several, as Thai words; empty for none."""
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(label(group, str(item)) for item in values if item not in ("", None))


TABLES: Mapping[str, Callable[[Source], list[Row]]] = {
    "summary": summary_rows,
    "breakdown": breakdown_rows,
    "recommendations": register_rows,
    "evidence": evidence_rows,
    "themes": theme_rows,
    "matrix": matrix_rows,
    "pillar_actor": heat_rows,
    "gaps": gap_rows,
    "pairs": pair_rows,
    "years": year_rows,
    "agencies": agency_rows,
    "documents": document_rows,
}
"""Every table by its name, as files and sheets are named."""
