"""Chooses up to five verbatim quotations for a theme, from different speakers, transcripts and groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tipmine.records import Quote, TextUnit

QUOTES = 5
WHOLE_TURN = 220
"""Code points. Turns up to this length are quoted whole; from longer ones, the clauses around the theme's terms are."""
TOO_SHORT = 25
"""Code points. A shorter turn says too little by itself and is quoted only if there is little else (`SHORT_SHARE`)."""
SHORT_SHARE = 0.3
"""Factor on the worth of a turn shorter than `TOO_SHORT`. Higher: turns that say little are quoted."""
TERM_BONUS = 0.3
"""What each of a theme's best terms (`COUNTED_TERMS`) adds to a turn's worth, as a share of its weight. Higher: turns
that hold the terms are preferred to turns near the centre."""
COUNTED_TERMS = 6
AGAIN = 0.5
"""Factor for each earlier quotation from the same transcript, group or speaker. Higher: one voice is quoted more."""
_CLAUSE = re.compile(r"\S+")


def choose_quotes(members: Sequence[TextUnit], weights: Mapping[str, float], terms: Sequence[str]) -> tuple[Quote, ...]:
    """Quotations by weight and terms; each earlier one from the same speaker, document or group halves the worth."""
    chosen: list[TextUnit] = []
    left = sorted(members, key=lambda unit: (-weights[unit.id], unit.id))
    while left and len(chosen) < QUOTES:
        best = max(left, key=lambda unit: _worth(unit, chosen, weights, terms))
        chosen.append(best)
        left.remove(best)
    return tuple(Quote(unit.id, *_span(unit.text, terms)) for unit in chosen)


def _worth(
    unit: TextUnit, chosen: Sequence[TextUnit], weights: Mapping[str, float], terms: Sequence[str]
) -> tuple[float, str]:
    worth = weights[unit.id] * (1 + TERM_BONUS * sum(term in unit.text for term in terms[:COUNTED_TERMS]))
    if len(unit.text) < TOO_SHORT:
        worth *= SHORT_SHARE
    for other in chosen:
        worth *= AGAIN if other.doc == unit.doc else 1.0
        worth *= AGAIN if unit.group and other.group == unit.group else 1.0
        worth *= AGAIN if unit.speaker and (other.doc, other.speaker) == (unit.doc, unit.speaker) else 1.0
    return worth, unit.id


def _span(text: str, terms: Sequence[str]) -> tuple[int, int]:
    """Offsets of the quoted part: all of a short turn; of a long one, the run of clauses with most terms that fits."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if end - start <= WHOLE_TURN:
        return start, end
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    best = (-1, clauses[0][0], min(clauses[0][1], clauses[0][0] + WHOLE_TURN))
    for first, (left, _) in enumerate(clauses):
        right = left
        for _, stop in clauses[first:]:
            if stop - left > WHOLE_TURN:
                break
            right = stop
        if right > left:
            count = sum(term in text[left:right] for term in terms)
            best = max(best, (count, left, right), key=lambda item: (item[0], -item[1]))
    return best[1], best[2]
