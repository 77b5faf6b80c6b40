"""Finds which mark a sign means by trial: each mark is put in its place, and the most likely text wins.

If marks are also displaced, the sign may come after another mark, a space or the wrong letter, and no single place is
conclusive. So a few whole lines are decoded once for each mark, with all other repairs allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tipmine.extract.repair.catalogue import READING
from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.lexicon import Lexicon
from tipmine.extract.repair.rules import displaced, doubled_mark, inserted_space, spaced_mark, tone_order
from tipmine.thai import (
    MAI_CHATTAWA,
    MAI_EK,
    MAI_HAN_AKAT,
    MAI_THO,
    MAI_TRI,
    MAITAIKHU,
    NIKHAHIT,
    SARA_I,
    SARA_II,
    SARA_U,
    SARA_UE,
    SARA_UEE,
    SARA_UU,
    THANTHAKHAT,
)

STANDS_FOR = (
    f"{MAI_EK}{MAI_THO}{THANTHAKHAT}{MAI_HAN_AKAT}{SARA_I}{SARA_II}{SARA_UEE}{MAITAIKHU}{MAI_TRI}{SARA_UE}"
    f"{SARA_U}{SARA_UU}{MAI_CHATTAWA}{NIKHAHIT}"
)
"""The marks that a sign may stand for, the commonest first."""
_LINES = 8
"""Number of lines that are tried: 14 marks on 8 lines take 0.2 s."""
_GAIN = 2.0
"""Least mean gain in cost for each occurrence tried, compared with leaving the sign as it is. Lower: chance is
believed."""
_LEAD = 3.0
"""By how much the cost of the best mark must be lower than that of the next."""
_PRICES = {
    displaced.RULE.id: 2.0,
    displaced.PAST_TONE.id: 2.0,
    displaced.PAST_SPACE.id: 1.0,
    spaced_mark.RULE.id: 0.0,
    tone_order.RULE.id: 0.0,
    doubled_mark.RULE.id: 0.0,
    inserted_space.RULE.id: 3.0,
}
"""The costs of repairs during the trial: a font without a map goes with every kind of displacement."""


def find_by_trial(texts: Sequence[str], signs: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """The mark of each of `signs` that has one, the commonest sign first so that it helps to read the next."""
    known: dict[str, str] = {}
    for sign in signs:
        lines = sorted((text for text in texts if sign in text), key=lambda text: (text.count("(cid:"), text))[:_LINES]
        for old, mark in known.items():
            lines = [line.replace(old, mark) for line in lines]
        restored = _best_mark(lines, sign, lexicon)
        if restored:
            known[sign] = restored
    return known


def _best_mark(lines: Sequence[str], sign: str, lexicon: Lexicon) -> str:
    occurrences = sum(line.count(sign) for line in lines)
    left = sum(_cost(line, lexicon) for line in lines)
    tried = sorted((sum(_cost(line.replace(sign, mark), lexicon) for line in lines), mark) for mark in STANDS_FOR)
    (best, mark), (second, _) = tried[:2]
    return mark if left - best >= _GAIN * occurrences and second - best >= _LEAD else ""


def _cost(line: str, lexicon: Lexicon) -> float:
    rules = (rule for rule in READING if rule.id in _PRICES)
    offers = [Priced(reading, _PRICES[rule.id]) for rule in rules for reading in rule.candidates(line)]
    return decode(line, offers, lexicon).cost
