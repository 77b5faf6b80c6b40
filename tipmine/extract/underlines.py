"""Underlined lines: a horizontal rule under all of a line and under nothing else, as in headings of Thai reports.

PDFs have no underlining: programs draw a rule or a thin box right under the letters, in one piece or in one per word. A
rule of a table, a border or a line between columns extends beyond the text, or one of equal length elsewhere on the
page does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tipmine.extract.drafts import BoxTuple, DraftLine
from tipmine.extract.strips import Edge

FROM_BELOW, TO_BELOW = -0.4, 0.25
"""How far below its box a line's rule may be, as a share of the line's size; a box ends with the low marks, and rules
run through these or below them. Wider: rules between lines underline the line above; narrower: thick fonts lose
theirs."""
ENDS = 2.0
"""Points by which a rule may end before or beyond the end of the line. Higher: borders that are hardly wider than a
short text underline it; lower: rules that run on under a space at the end do not."""
COVERED = 0.9
"""Least share of a line's width that is above rules. Lower: a line with only some words underlined counts."""


def mark_underlined(lines: Iterable[DraftLine], rules: Sequence[Edge], boxes: Sequence[BoxTuple] = ()) -> None:
    """Records in `lines` which are underlined by the horizontal rules of their page, `rules`; lines of tables are not.

    `boxes` are the drawn rectangles of the page: some programs draw one behind each line, coloured or white, and its
    edges underline nothing.
    """
    grounds = {(round(x0, 0), round(x1, 0)) for x0, _, x1, _ in boxes}
    rules = [rule for rule in rules if _reach(rule) not in grounds]
    if not rules:
        return
    under = [(line, _rules_under(line.box, line.size, rules)) for line in lines if line.box and line.role != "table"]
    used = {rule for _, own in under for rule in own}
    elsewhere = {_reach(rule) for rule in rules if rule not in used}
    for line, own in under:
        line.underlined = bool(own) and not any(_reach(rule) in elsewhere for rule in own)


def _rules_under(box: BoxTuple, size: float, rules: Sequence[Edge]) -> list[Edge]:
    """The rules that underline a line with this box; none if they leave out a part of it or go beyond it."""
    x0, _, x1, bottom = box
    top, foot = bottom + FROM_BELOW * size, bottom + TO_BELOW * size
    below = [rule for rule in rules if top <= rule.at <= foot and rule.end > x0 and rule.start < x1]
    if any(rule.start < x0 - ENDS or rule.end > x1 + ENDS for rule in below):
        return []
    covered, reached = 0.0, x0
    for rule in sorted(below, key=lambda rule: rule.start):
        covered += max(0.0, rule.end - max(rule.start, reached))
        reached = max(reached, rule.end)
    return below if covered >= COVERED * (x1 - x0) else []


def _reach(rule: Edge) -> tuple[float, float]:
    """The left and right end of a rule, in whole points."""
    return round(rule.start, 0), round(rule.end, 0)
