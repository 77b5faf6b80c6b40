"""Gaps, in four lists, each entry with the nearest candidates so that a reader can overrule it."""

from __future__ import annotations

from tipmine.records import EVIDENCE_KINDS, Evidence, Passage, TableRow, Theme
from tipmine.report.labels import label
from tipmine.report.material import Material, once
from tipmine.report.reading import Actor, Tally
from tipmine.tag.addressees import SECTORS_WITHOUT_DUTIES, addressees, can_answer, general_actors
from tipmine.trace.orphans import theme_links

NEAREST = 3
"""Most candidates shown for each gap."""
_TERMS = 6
"""Most terms of an orphan theme shown beside its label."""
_FEWEST = 2
"""Fewest pieces of evidence for an actor and a pillar without a recommendation to be a gap: one may be chance."""


@once
def gap_rows(material: Material) -> list[TableRow]:
    """The rows of all four lists: `list`, `key`, `text`, `document`, `page`, `candidates` (texts), `score`."""
    return [*_no_evidence(material), *_orphans(material), *_no_addressee(material), *_empty_cells(material)]


def has_addressee(material: Material, rec: Passage) -> bool:
    """Whether a specific actor is asked to act; หน่วยงานที่เกี่ยวข้อง and the like are not specific."""
    return any(map(can_answer, addressees(rec, material.taggings[rec.id])))


@once
def answered_by(material: Material) -> dict[str, list[str]]:
    """Theme id -> passage ids of the recommendations that answer it, best first, with people's decisions applied."""
    traces = [material.traces[rec.id] for rec in material.recommendations if rec.id in material.traces]
    links = theme_links(material.themes.themes, traces)
    return {theme: [rec for rec, _expected in answers] for theme, answers in links.items()}


@once
def orphan_themes(material: Material) -> list[Theme]:
    """The themes that no recommendation answers."""
    answers = answered_by(material)
    return [theme for theme in material.themes.themes if not answers[theme.id]]


def _row(kind: str, key: str, text: str, place: Passage | None, candidates: list[TableRow]) -> TableRow:
    return {
        "list": kind,
        "key": key,
        "text": text,
        "document": place.doc if place else "",
        "page": (place.page or None) if place else None,
        "candidates": candidates,
    }


def _candidate(passage: Passage, score: float) -> TableRow:
    return {"text": passage.text, "document": passage.doc, "page": passage.page or None, "score": round(score, 3)}


def _no_evidence(material: Material) -> list[TableRow]:
    rows = []
    for rec in material.recommendations:
        trace = material.traces.get(rec.id)
        if trace is None or trace.coverage != "none":
            continue
        nearest = sorted(trace.evidence, key=lambda item: item.rank)[:NEAREST]
        candidates = [
            _candidate(material.passages[item.id], item.score) for item in nearest if item.id in material.passages
        ]
        rows.append(_row("no_evidence", material.rec_ids[rec.id], rec.text, rec, candidates))
    return rows


def _orphans(material: Material) -> list[TableRow]:
    links: dict[str, dict[str, tuple[float, Passage]]] = {}
    counted: dict[str, set[str]] = {}
    for rec in material.recommendations:
        items: tuple[Evidence, ...] = material.traces[rec.id].evidence if rec.id in material.traces else ()
        for item in items:
            for theme in material.themes_of.get(item.id, ()):
                best = links.setdefault(theme.id, {})
                best[rec.id] = max(best.get(rec.id, (0.0, rec)), (item.score, rec), key=lambda pair: pair[0])
                if item.band != "weak":
                    counted.setdefault(theme.id, set()).add(rec.id)
    rows = []
    for theme in orphan_themes(material):
        near = sorted(links.get(theme.id, {}).values(), key=lambda pair: -pair[0])[:NEAREST]
        candidates = [_candidate(rec, score) for score, rec in near]
        first = next((material.passages[m.id] for m in theme.members if m.id in material.passages), None)
        text = f"{theme.label} ({', '.join(theme.terms[:_TERMS])})" if theme.terms else theme.label
        if theme.id in counted:
            # The register shows such an utterance as evidence, so listing it here would look like a contradiction.
            text += f" – {label('note', 'partly').format(len(counted[theme.id]))}"
        rows.append(_row("orphan_theme", theme.id, text, first, candidates))
    return rows


def _no_addressee(material: Material) -> list[TableRow]:
    rows = []
    for rec in material.recommendations:
        if has_addressee(material, rec):
            continue
        named = [tag for tag in material.taggings[rec.id].actors if tag.sector not in SECTORS_WITHOUT_DUTIES]
        candidates: list[TableRow] = [
            {"text": f"{tag.text} ({label('role', tag.role)})", "document": "", "page": None, "score": tag.score}
            for tag in named[:NEAREST]
        ]
        rows.append(_row("no_addressee", material.rec_ids[rec.id], rec.text, rec, candidates))
    return rows


def _empty_cells(material: Material) -> list[TableRow]:
    rows = []
    ordered = sorted(material.tallies.items(), key=lambda item: (-_evidence(item[1]), item[0]))
    for (key, pillar), tally in ordered:
        actor = material.actors[key]
        if not is_hole(actor, tally):
            continue
        text = f"{actor.name} × {label('pillar', pillar)}: หลักฐานกล่าวถึง {_evidence(tally)} ข้อความ"
        rows.append(_row("empty_cell", f"{key}/{pillar}", text, None, []))
    return rows


def is_hole(actor: Actor, tally: Tally) -> bool:
    """Whether an actor who could act is named in evidence under a pillar, but in no recommendation."""
    if actor.key in general_actors() or actor.sector in SECTORS_WITHOUT_DUTIES:
        return False
    return _evidence(tally) >= _FEWEST and not tally.kinds["recommendation"]


def _evidence(tally: Tally) -> int:
    return sum(tally.kinds[kind] for kind in EVIDENCE_KINDS)
