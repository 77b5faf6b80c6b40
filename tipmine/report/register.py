"""The register of recommendations with their tags, their evidence, and the agencies to which they are addressed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tipmine.coverage import stated_coverage
from tipmine.records import PILLARS, ActorTag, Passage, TableRow, Tagging
from tipmine.report.marks import quotation
from tipmine.report.material import Link, LinkStatus, Material, join, once
from tipmine.report.modality import modality
from tipmine.report.thai_formats import thai_date
from tipmine.section_paths import join_section
from tipmine.store.database import local_moment
from tipmine.store.decisions import Decision
from tipmine.store.doubts import doubts_of
from tipmine.store.fields import Field, link_field, pillar_field
from tipmine.tag.addressees import actors_of, addressees, can_answer, from_heading
from tipmine.tag.name_words import name_pattern
from tipmine.tag.sentences import sentence
from tipmine.thai_order import thai_order


@once
def register_rows(material: Material) -> list[TableRow]:
    """The recommendations in document order, with pillar, addressees and coverage."""
    return [_register_row(material, passage) for passage in material.recommendations]


def _register_row(material: Material, passage: Passage) -> TableRow:
    """The row of one recommendation; its `passage` is the id by which to look up more in the material."""
    tagging = material.taggings[passage.id]
    pillars = sorted(tagging.pillars, key=lambda tag: -tag.score)
    asked = addressees(passage, tagging)
    trace = material.traces.get(passage.id)
    info = material.infos[passage.doc]
    decided = material.decided.get(passage.id, {})
    doubts = doubts_of(tagging, decided)
    return {
        "rec_id": material.rec_ids[passage.id],
        "number": passage.number,
        "text": passage.text,
        "document": passage.doc,
        "title": info.title,
        "year_be": info.year_be,
        "page": passage.page or None,
        "section": join_section(passage.section),
        "pillar": main_pillar(tagging),
        "other_pillars": [tag.code for tag in pillars[1:]],
        "pillar_score": round(pillars[0].score, 3) if pillars else None,
        "pillar_status": _pillar_status(decided, bool(doubts.pillars)),
        "doubtful_pillars": list(doubts.pillars),
        "doubtful_actors": list(dict.fromkeys(tag.text for tag in doubts.actors)),
        "addressees": join(tag.name for tag in asked),
        "addressee_words": join(
            f"{tag.text} ({sentence('from_heading')})" if from_heading(tag) else tag.text for tag in asked
        ),
        "partners": join(tag.name for tag in tagging.actors if tag.role == "partner"),
        "sector": list(dict.fromkeys(tag.sector for tag in asked)),
        "level": list(dict.fromkeys(level for tag in asked for level in tag.level.split("|") if level)),
        "modality": modality(passage.text, material.words[passage.id]),
        "evidence_count": sum(item.band != "weak" for item in trace.evidence) if trace else 0,
        "coverage": stated_coverage(tagging.kind, trace),
        "reviewed_by": _last_reviewer(decided.values()),
        "passage": passage.id,
    }


def main_pillar(tagging: Tagging) -> str:
    """The pillar with the highest score; empty if there is none."""
    return max(tagging.pillars, key=lambda tag: tag.score).code if tagging.pillars else ""


def _pillar_status(decided: Mapping[Field, Decision], doubtful: bool) -> str:
    """`decided` if a person answered for all five pillars, `doubtful` if one is in doubt, else `proposed`."""
    if all(pillar_field(code) in decided for code in PILLARS):
        return "decided"
    return "doubtful" if doubtful else "proposed"


def _last_reviewer(decided: Collection[Decision]) -> str:
    """Who decided last, and on which day in this machine's time zone; empty if nobody did."""
    if not decided:
        return ""
    last = max(decided, key=lambda decision: decision.id)
    return f"{last.reviewer} {thai_date(local_moment(last.at).date())}"


_STATUSES: tuple[LinkStatus, ...] = ("confirmed", "proposed", "rejected")
"""The statuses of links in the order in which a recommendation's links are listed."""


@once
def evidence_rows(material: Material) -> list[TableRow]:
    """The links of each recommendation: first those that people confirmed, then proposed, then rejected ones.

    Each group is sorted by the machine's ranking. `marks` are the offsets of words that the two texts share.
    """
    return [row for rec in material.recommendations for row in evidence_of(material, rec)]


def evidence_of(material: Material, rec: Passage) -> list[TableRow]:
    """The rows of `evidence_rows` for one recommendation."""
    links = sorted(material.links(rec.id), key=lambda link: (_STATUSES.index(link.status), link.evidence.rank))
    return [_evidence_row(material, rec, link) for link in links]


def _evidence_row(material: Material, rec: Passage, link: Link) -> TableRow:
    item = link.evidence
    decision = material.decided.get(rec.id, {}).get(link_field(item.id))
    row: TableRow = {"rec_id": material.rec_ids[rec.id], "rank": item.rank, "evidence_id": item.id, "kind": item.kind}
    row |= quotation(material, item.id, beside=rec.id)
    row |= {
        "theme": join(theme.label for theme in material.themes_of.get(item.id, ())),
        "score": round(item.score, 3),
        "band": item.band,
        "status": link.status,
        "reviewed_by": _last_reviewer([decision] if decision else ()),
        "reasons": list(item.reasons),
        "rec_text": rec.text,
        "passage": rec.id,
    }
    return row


@once
def agency_rows(material: Material) -> list[TableRow]:
    """One row for each pair of a recommendation and an agency that is its addressee or a partner.

    Agencies are in the order of a Thai dictionary, their recommendations in document order. Actors who cannot answer a
    recommendation (people who are helped, หน่วยงานที่เกี่ยวข้อง and the like) have no rows. Nor have partners who are
    people that no gazetteer lists: whoever is trained or informed together with others is also tagged as a partner.
    """
    rows: list[TableRow] = []
    for row in register_rows(material):
        key = row["passage"]
        actors = [tag for tag in actors_of(material.passages[key], material.taggings[key]) if _is_agency(tag)]
        seen: dict[str, str] = {}
        for role in ("addressee", "partner"):
            for tag in actors:
                if tag.role == role:
                    seen.setdefault(tag.name, role)
        for agency, role in seen.items():
            rows.append({"agency": agency, "role": role} | {name: row[name] for name in _FOR_AGENCIES})
    return sorted(rows, key=lambda row: thai_order(str(row["agency"])))


def _is_agency(tag: ActorTag) -> bool:
    """Whether an actor who can answer is an agency: it is asked to act, is in the gazetteer, or is a body by name."""
    if not can_answer(tag):
        return False
    return tag.role == "addressee" or bool(tag.actor or name_pattern("body").match(tag.name))


_FOR_AGENCIES = (
    "rec_id",
    "number",
    "text",
    "document",
    "title",
    "page",
    "pillar",
    "partners",
    "coverage",
    "evidence_count",
)
"""The columns of the register that the table of agencies has as well."""
