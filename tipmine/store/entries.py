"""Records to index entries: which facet values each passage of a run has."""

from __future__ import annotations

from collections.abc import Iterator

from tipmine.records import DocumentInfo, Passage, Tagging
from tipmine.store.index import Entry, build_index
from tipmine.store.run import INDEX, Run


def rebuild_index(run: Run) -> int:
    """Make the search index of a run anew from its records; returns the number of passages."""
    return build_index(run.folder / INDEX, _entries(run))


def _entries(run: Run) -> Iterator[Entry]:
    infos = {info.doc: info for info in run.documents()}
    words = run.words()
    themes: dict[str, list[str]] = {}
    for theme in run.themes().themes:
        for member in theme.members:
            themes.setdefault(member.id, []).append(theme.id)
    coverage = {trace.rec: trace.coverage for trace in run.traces()}
    reviewed = {subject for (subject,) in run.connection.execute("SELECT subject FROM decisions WHERE NOT undone")}
    for doc, info in infos.items():
        taggings = run.taggings(doc=doc)
        for passage in run.passages(doc=doc):
            facets = _facets(passage, taggings[passage.id], info)
            facets |= {
                "theme": themes.get(passage.id, []),
                "coverage": [coverage[passage.id]] if passage.id in coverage else [],
                "reviewed": ["yes" if passage.id in reviewed else "no"],
            }
            yield Entry(passage.id, words[passage.id], facets)


def _facets(passage: Passage, tagging: Tagging, info: DocumentInfo) -> dict[str, list[str]]:
    return {
        "pillar": [tag.code for tag in tagging.pillars],
        "actor": [tag.actor or tag.name for tag in tagging.actors],
        "role": [tag.role for tag in tagging.actors],
        "sector": [tag.sector for tag in tagging.actors],
        "level": [level for tag in tagging.actors for level in tag.level.split("|")],
        "kind": [tagging.kind],
        "type": [info.type],
        "year": [str(info.year_be)] if info.year_be else [],
        "province": [info.province],
        "doc": [passage.doc],
        "speaker": [passage.speaker],
    }
