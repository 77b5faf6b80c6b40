"""List numbers of a Word file, as Word prints them: `1.`, `1.2`, `(ก)`, Thai digits, bullets.

A paragraph only names a list and a level; the number is counted. ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tipmine.digits import thai_digits
from tipmine.thai import COUNTING_LETTERS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Prefix of the names of Word's elements and attributes: their namespace."""

MOST_START = 32_767
"""Largest number at which a list may start (the limit of Word itself); the length of Roman numbers grows with it."""

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
        letters = COUNTING_LETTERS if style == "thaiLetters" else "abcdefghijklmnopqrstuvwxyz"
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
        """By list: the properties of each of its levels."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[str, str] = {}
        """By list: its form (abstract numbering); lists that share a form count on from each other."""
        self._restarts: dict[str, dict[int, str]] = {}
        """By list and level: where the list starts again although another one of its form was counted before."""
        self._styles = {style.style_id: style for style in document.styles}
        self._of_style: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError):
            root = None
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        forms = {form.get(W + "abstractNumId") or "": form for form in root.iter(W + "abstractNum")}
        lists = {num.get(W + "numId") or "": num for num in root.iter(W + "num")}
        for number, num in lists.items():
            name = self._form_of(number, lists, forms)
            if name not in forms:
                continue
            levels = {_level_of(level): _said_of(level) for level in forms[name].iter(W + "lvl")}
            overrides = [(_level_of(override), override) for override in num.iter(W + "lvlOverride")]
            levels |= {at: _said_of(own) for at, override in overrides if (own := override.find(W + "lvl")) is not None}
            self._levels[number], self._abstract[number] = levels, name
            self._restarts[number] = {
                at: start.get(W + "val") or ""
                for at, override in overrides
                if (start := override.find(W + "startOverride")) is not None
            }

    def _form_of(self, number: str, lists: Mapping[str, Any], forms: Mapping[str, Any]) -> str:
        """The form of a list; a form may only name a list style, whose own list has the form (17.9.21)."""
        seen: set[str] = set()
        while number in lists and number not in seen:
            seen.add(number)
            name = _value(lists[number], "abstractNumId")
            link = _value(forms[name], "numStyleLink") if name in forms else ""
            if not link:
                return name
            number = self._list_of(link)[0]
        return ""

    def _list_of(self, style_id: str) -> tuple[str, int]:
        """List and level that a style gives its paragraphs: its own, or those of the style that it is based on."""
        if style_id not in self._of_style:
            number, level = "", None
            seen: set[str] = set()
            style = self._styles.get(style_id)
            while style is not None and style.style_id not in seen and not number:
                seen.add(style.style_id)
                element = style.element.find(f"{W}pPr/{W}numPr")
                if element is not None:
                    number, own = _reference(element)
                    if level is None:
                        level = self._level_that_names(style.style_id, number, own)
                # A list style is based on nothing.
                style = getattr(style, "base_style", None)
            self._of_style[style_id] = number, level or 0
        return self._of_style[style_id]

    def _level_that_names(self, style_id: str, number: str, otherwise: int | None) -> int | None:
        """The level of a list that is bound to a style; it overrides the level that the style names (17.9.23)."""
        bound = (at for at, level in self._levels.get(number, {}).items() if level["pStyle"] == style_id)
        return next(bound, otherwise)

    def number_of(self, paragraph: Any, style_id: str) -> str:
        """The number printed before a paragraph, or empty. Must be called once for each paragraph, in order."""
        element = paragraph.find(f"{W}pPr/{W}numPr")
        if element is not None:
            number, own = _reference(element)
            number, level = number or self._list_of(style_id)[0], own or 0
        else:
            number, level = self._list_of(style_id)
        levels = self._levels.get(number, {})
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


def _value(element: Any, name: str) -> str:
    """The value of a property of an element; empty if it has none."""
    child = element.find(W + name)
    return (child.get(W + "val") or "") if child is not None else ""


def _level_of(element: Any) -> int:
    value = element.get(W + "ilvl") or "0"
    return int(value) if value.isascii() and value.isdigit() else 0


def _said_of(level: Any) -> dict[str, str]:
    """The properties of a level: style, text and start of its numbers, and the paragraph style that has this level."""
    defaults = {"numFmt": "decimal", "lvlText": "", "start": "1", "pStyle": ""}
    return defaults | {key: _value(level, key) for key in defaults if level.find(W + key) is not None}


def _reference(element: Any) -> tuple[str, int | None]:
    """The list that a property of a paragraph or style names, and the level if it names one."""
    level = _value(element, "ilvl")
    return _value(element, "numId"), int(level) if level.isascii() and level.isdigit() else None
