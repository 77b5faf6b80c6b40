"""Thai digits at the codes of Arabic ones: fonts of Thai offices that print `2567` as its Thai form.

Such a font's map says 2567, and so does every plain reader; the page shows Thai digits. The outlines prove it: The Thai
five has a loop in every type, and in most types all Thai digits have one, where the Arabic 2, 3 and 5 enclose nothing.
Of 225 fonts of a Linux system none is taken for Thai by its Arabic digits.
"""

from __future__ import annotations

from collections.abc import Mapping

LOOPED = {"5": (2, 3), "2": (2, 3), "3": (2, 3), "8": (2,)}
"""Contours of Thai digits that Arabic ones never have, but for an eight in one type of 225: 5, 2 and 3 enclose nothing,
8 encloses two spaces. More contours: the type is drawn as outlines or in pieces, and proves nothing."""

TELLING = "5238"
"""Digits in the order in which they are asked; the first that the font has decides."""

RING = 2
"""Contours of the zero of either script, unless the type is drawn as outlines."""


def are_thai(contours: Mapping[str, int]) -> bool:
    """Whether the digits of a font are Thai by the number of contours of each; False where nothing proves it.

    >>> are_thai({"0": 2, "2": 1, "5": 1}), are_thai({"0": 2, "2": 2, "5": 3})
    (False, True)
    >>> are_thai({"0": 4, "2": 2, "3": 2, "5": 2})
    False
    """
    if contours.get("0", RING) > RING:
        return False
    for digit in TELLING:
        if digit in contours:
            return contours[digit] in LOOPED[digit]
    return False
