"""Finds which recommendation answers which theme. A theme that no recommendation answers is an orphan.

The answer is read from the links that a reader sees, with what people decided about them: the scores of a
recommendation's links to the theme's utterances are chances, and their sum is the number of good ones that is to be
expected. Several faint links count together, and one that a person confirmed or that is confirmed by its band is
enough by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tipmine.records import Theme, Trace

ANSWERED = 0.55
"""Expected number of good links from which a recommendation answers a theme. Lower hides orphans, higher reports false
ones. Set with the themes of four studies and of the sample in view, 17 of which are orphans: 14 are found, and 11
others."""


def theme_links(themes: Iterable[Theme], traces: Sequence[Trace]) -> dict[str, list[tuple[str, float]]]:
    """For each theme id the recommendations that answer it, each with its expected number of good links, best first.

    An empty list marks an orphan.
    """
    found: dict[str, list[tuple[str, float]]] = {}
    for theme in themes:
        members = {member.id for member in theme.members}
        expected = ((trace.rec, _expected(trace, members)) for trace in traces)
        answers = [(rec, round(number, 4)) for rec, number in expected if number >= ANSWERED]
        found[theme.id] = sorted(answers, key=lambda answer: -answer[1])
    return found


def _expected(trace: Trace, members: set[str]) -> float:
    items = [item for item in trace.evidence if item.id in members]
    confirmed = any(item.band == "confirmed" for item in items)
    return max(sum(item.score for item in items), ANSWERED if confirmed else 0.0)
