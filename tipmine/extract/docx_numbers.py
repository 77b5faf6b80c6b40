"""List numbers of a Word file, as Word prints them: `1.`, `1.2`, `(ก)`, Thai digits, bullets.

A paragraph only names a list and a level; the number is counted. ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tipmine.digits import thai_digits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Prefix of the names of Word's elements and attributes: their namespace."""

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters Word counts with in Thai lists; the two obsolete ones are left out."""

MOST_START = 32_767
"""Largest number with which a list starts (the limit of Word itself); Roman numbers grow with it."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def printed(number: int, style: str) -> str:
    """A count in a Word number style.

    >>> printed(4, "lowerRoman"), printed(12, "thaiNumbers"), printed(2, "thaiLetters"), printed(28, "lowerLetter")
    ('iv', '๑๒', 'ข', 'bb')
    """
    if style in ("lowerRoman", "upperRoman"):
        rest, out = number, ""
        for value, letters in _ROMAN:
            while rest >= value:
                out, rest = out + letters, rest - value
        return out.upper() if style == "upperRoman" else out
    if style in ("lowerLetter", "upperLetter", "thaiLetters"):
        letters = _THAI_LETTERS if style == "thaiLetters" else "abcdefghijklmnopqrstuvwxyz"
        turns, place = divmod(max(number, 1) - 1, len(letters))
        out = letters[place] * (min(turns, 20) + 1)
        return out.upper() if style == "upperLetter" else out
    if style in ("thaiNumbers", "thaiCounting"):
        return thai_digits(str(number))
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


class Numbering:
    """Counts the lists of one document, paragraph by paragraph, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, dict[str, str]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, str]] = {}
        """By list and level: where the list starts anew although another one of its form was counted before."""
        self._of_style: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError):
            root = None
        if root is not None:
            self._read(root)
        for style in document.styles:
            element = style.element.find(f"{W}pPr/{W}numPr")
            if element is not None:
                number, level = _reference(element)
                if number:
                    self._of_style[style.style_id] = (number, level)

    def _read(self, root: Any) -> None:
        for abstract in root.iter(W + "abstractNum"):
            levels = {}
            for level in abstract.iter(W + "lvl"):
                levels[int(level.get(W + "ilvl") or 0)] = {
                    key: (found.get(W + "val") or "") if (found := level.find(W + key)) is not None else default
                    for key, default in (("numFmt", "decimal"), ("lvlText", ""), ("start", "1"))
                }
            self._levels[abstract.get(W + "abstractNumId") or ""] = levels
        for num in root.iter(W + "num"):
            target = num.find(W + "abstractNumId")
            if target is not None:
                number = num.get(W + "numId") or ""
                self._abstract[number] = target.get(W + "val") or ""
                self._restarts[number] = {
                    int(override.get(W + "ilvl") or 0): start.get(W + "val") or ""
                    for override in num.iter(W + "lvlOverride")
                    if (start := override.find(W + "startOverride")) is not None
                }

    def number_of(self, paragraph: Any, style_id: str) -> str:
        """The number printed before a paragraph, or empty. Must be asked once a paragraph, in order."""
        element = paragraph.find(f"{W}pPr/{W}numPr")
        if element is not None:
            number, level = _reference(element)
            if not number and style_id in self._of_style:
                number = self._of_style[style_id][0]
        else:
            number, level = self._of_style.get(style_id, ("", 0))
        levels = self._levels.get(self._abstract.get(number, ""), {})
        if number in ("", "0") or level not in levels:
            return ""
        counts = self._counts[self._abstract[number]]
        restart = self._restarts[number].pop(level, None)
        if restart is not None:
            counts[level] = _start(restart)
        else:
            counts[level] = counts[level] + 1 if level in counts else _start(levels[level]["start"])
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return self._format(levels, level, counts)

    def _format(self, levels: dict[int, dict[str, str]], level: int, counts: dict[int, int]) -> str:
        style, text = levels[level]["numFmt"], levels[level]["lvlText"]
        if style == "none":
            return ""
        if style == "bullet":
            return text if text in ("-", "\N{EN DASH}", "*") else "\N{BULLET}"
        for place in range(level + 1):
            own = levels.get(place, {}).get("numFmt", "decimal")
            text = text.replace(f"%{place + 1}", printed(counts.get(place, 1), own))
        return text.strip()


def _start(value: str) -> int:
    return min(int(value), MOST_START) if value.isascii() and value.isdigit() else 1


def _reference(element: Any) -> tuple[str, int]:
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    value = level.get(W + "val") if level is not None else "0"
    return (number.get(W + "val") or "") if number is not None else "", int(value) if (value or "").isdigit() else 0
