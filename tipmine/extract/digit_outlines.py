"""Thai digits at the codes of Arabic ones: fonts of Thai offices that print `2567` as its Thai form.

Such a font's map says 2567, and so does every plain reader; the page shows Thai digits. The outlines prove it: the Thai
five has a loop in every typeface, and in most of them all Thai digits have one, while the Arabic 2, 3 and 5 enclose
nothing. None of 225 fonts of a Linux system is taken for Thai by its Arabic digits.
"""

from __future__ import annotations

from collections.abc import Mapping

LOOPED = {"5": (2, 3), "2": (2, 3), "3": (2, 3), "8": (2,)}
"""Numbers of contours that Thai digits have and Arabic ones never do, except an eight in one of 225 fonts: Arabic 5, 2
and 3 enclose nothing, 8 encloses two spaces. With more contours, the type is drawn as outlines or in pieces, and proves
nothing."""

TELLING = "5238"
"""Digits in the order in which they are checked; the first that the font has decides."""

RING = 2
"""Number of contours of the zero in either script, unless the type is drawn as outlines."""


def are_thai(contours: Mapping[str, int]) -> bool:
    """Whether a font's digits are Thai, by the number of contours of each; False where nothing proves it.

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
