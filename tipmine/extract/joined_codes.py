"""Font maps by Ghostscript 10.0.0, which joins the two bytes of a code point by "or", without a shift.

It does so for each range of a map, then counts on: instead of U+0E01, U+0E02, U+0E03 it writes U+000F (0E or 01),
U+0010, U+0011. Letters that the map of the original PDF gives one by one are right. Debian 12 has this version, with
which many PDFs are made smaller, and OCRmyPDF calls it.

One value may come from up to eight letters. Most fonts hold their letters in the order of Unicode, so that the distance
from code to letter is the same for long stretches; the letters are chosen so that this distance changes as seldom as
possible (the cheapest path over the codes). What this leaves open is for words to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from tipmine.extract.private_marks import private_marks
from tipmine.thai import in_thai_block, is_mark

PRODUCER = "Ghostscript 10.00"
"""How such a file names its producer, if no other program has changed it since."""

FEWEST_CONTROLS = 3
"""Control codes in a map that show that its codes were joined, whoever the producer is."""

BLOCKS = ((0x0E, 0x01, 0x5B), (0xF7, 0x00, 0x1A), (0x20, 0x13, 0x26))
"""First byte of the code points that a value may come from, with the lowest and highest second byte: Thai letters,
the shifted marks of Thai fonts in the private-use area, dashes and quotation marks."""

LONGEST_RANGE = 0x5B
"""Most letters of one range: those of the Thai block."""

CHANGE = 1.0
"""Cost of a letter at another distance from its code than the letter before it, with more glyphs between the two than
Unicode has letters: fonts have second shapes there."""
JUMP = 1.5
"""The same where it is before that letter in Unicode, or so far after it that the font would lack letters."""
LONE = 2.5
"""Cost of another letter than the map's where neither neighbour goes on from it: a range has at least two letters. As
much as what a Latin letter or a space between two Thai ones costs, so that words decide."""
TAKEN = 1.0
"""Cost of a letter that another code has for certain. Marks have several shapes, so that they cost nothing."""
RARE_SIGN = 0.6
"""Cost of a sign that hardly any text has, where quotation marks or digits may be meant."""
MARGIN = 0.5
"""Choices of less than this above the cheapest path are left open. Lower: wrong letters where two are near."""

_RARE_SIGNS = frozenset("<=^_`\u0e2e\u0e2f")
_ORIGINALS = re.compile("[\u0e01-\u0e3a\u0e3f-\u0e5b\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]")


class _Choice(NamedTuple):
    """What a code may mean: a text, its code point in the font's own map, the cost of believing it."""

    text: str
    point: int
    cost: float


_Steps = list[tuple[int, list[_Choice]]]
"""Codes in ascending order, each with what it may mean."""


def are_joined(texts: Iterable[str]) -> bool:
    """Whether a map gives control codes that only joined bytes explain."""
    return sum(len(text) == 1 and "\x0e" <= text < " " for text in texts) >= FEWEST_CONTROLS


def possible_letters(texts: Mapping[int, str], takes_room: Callable[[int], bool]) -> dict[int, list[str]]:
    """Code -> what its glyph may be, for the codes of a font whose value is not to be believed.

    `texts` is the font's map; `takes_room` says whether the glyph of a code has a width, which marks have not. The
    lists hold one letter where it is certain, else several, the likeliest first; the map's own may be among them.
    """
    single = {code: text for code, text in sorted(texts.items()) if len(text) == 1}
    thai = any(map(in_thai_block, single.values())) or are_joined(single.values())
    known = {text: code for code, text in single.items() if in_thai_block(text)}
    likely: _Steps = []
    for _ in range(2):
        steps = [(code, _choices(code, single, takes_room(code), known, thai)) for code in single]
        likely = _likely(steps)
        known |= {choices[0].text: code for code, choices in likely if len(choices) == 1}
    possible = {code: list(dict.fromkeys(choice.text for choice in choices)) for code, choices in likely}
    return {code: letters for code, letters in possible.items() if letters != [texts[code]]}


def _choices(code: int, texts: Mapping[int, str], room: bool, known: Mapping[str, int], thai: bool) -> list[_Choice]:
    """What a code may mean, the map's text among it if it can be right."""
    text = texts[code]
    point = ord(text)
    as_mapped = _Choice(text, point, RARE_SIGN * (text in _RARE_SIGNS))
    if point > 0xFF + LONGEST_RANGE:
        return [as_mapped]
    in_range = any(texts.get(code + step, "\0") == chr(max(point + step, 0)) for step in (-1, 1))
    choices = []
    for original, letter in _original_points(point):
        if is_mark(letter) is not room and (thai or not in_thai_block(chr(original))):
            has_other_code = room and known.get(letter, code) != code
            cost = LONE * (not in_range) + TAKEN * has_other_code + RARE_SIGN * (letter in _RARE_SIGNS)
            choices.append(_Choice(letter, original, cost))
    may_be_right = room and text >= " "
    return [as_mapped, *choices] if may_be_right or not choices else choices


@cache
def _original_points(value: int) -> tuple[tuple[int, str], ...]:
    """The code points that a value may come from, each with its letter."""
    points = {
        first << 8 | low
        for first, lowest, highest in BLOCKS
        for low in range(lowest, highest + 1)
        for steps in range(min(low - lowest, LONGEST_RANGE) + 1)
        if (first | low - steps) + steps == value
    }
    letters = ((point, private_marks().get(chr(point), chr(point))) for point in sorted(points))
    return tuple((point, letter) for point, letter in letters if _ORIGINALS.match(letter))


def _likely(steps: _Steps) -> _Steps:
    """Of the choices of each code those on paths that are nearly the cheapest, the likeliest first."""
    before = _cheapest(steps)
    after = _cheapest(
        [(-code, [one._replace(point=-one.point) for one in choices]) for code, choices in reversed(steps)]
    )
    likely = []
    for (code, choices), to_here, from_here in zip(steps, before, reversed(after), strict=True):
        costs = [one + other - choice.cost for choice, one, other in zip(choices, to_here, from_here, strict=True)]
        ranked = sorted(zip(costs, choices, strict=True))
        likely.append((code, [choice for cost, choice in ranked if cost < ranked[0][0] + MARGIN]))
    return likely


def _cheapest(steps: _Steps) -> list[list[float]]:
    """For each choice of each code, the cost of the cheapest path that ends with it."""
    costs: list[list[float]] = []
    before: list[tuple[float, int, int]] = []
    for code, choices in steps:
        here = [
            choice.cost
            + min((cost + _step(code - at, choice.point - point) for cost, at, point in before), default=0.0)
            for choice in choices
        ]
        costs.append(here)
        before = [(cost, code, choice.point) for cost, choice in zip(here, choices, strict=True)]
    return costs


def _step(codes: int, points: int) -> float:
    """Cost of going on by so many codes and so many code points."""
    return 0.0 if codes == points else CHANGE if 0 < points < codes else JUMP
