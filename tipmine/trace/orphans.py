"""Finds which recommendation answers which theme. A theme that no recommendation answers is an orphan.

This is decided from the links that a reader sees, with people's decisions about them: the scores of a recommendation's
links to the theme's utterances are probabilities, and their sum is the expected number of good links. Several faint
links add up, and one that is confirmed, by a person or by its band, is enough by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tipmine.records import Theme, Trace

ANSWERED = 0.55
"""Expected number of good links from which a recommendation answers a theme. Lower hides orphans, higher reports false
ones. Tuned on the themes of four studies and of the sample, 17 of which are orphans: it finds 14, and 11 false ones."""


def theme_links(themes: Iterable[Theme], traces: Sequence[Trace]) -> dict[str, list[tuple[str, float]]]:
    """For each theme id the recommendations that answer it, each with its expected number of good links, best first.

    An empty list marks an orphan.
    """
    links: dict[str, list[tuple[str, float]]] = {}
    for theme in themes:
        members = {member.id for member in theme.members}
        expected = ((trace.rec, _expected(trace, members)) for trace in traces)
        answers = [(rec, round(number, 4)) for rec, number in expected if number >= ANSWERED]
        links[theme.id] = sorted(answers, key=lambda answer: -answer[1])
    return links


def _expected(trace: Trace, members: set[str]) -> float:
    items = [item for item in trace.evidence if item.id in members]
    confirmed = any(item.band == "confirmed" for item in items)
    return max(sum(item.score for item in items), ANSWERED if confirmed else 0.0)
