"""Section paths: the headings above a passage, outermost first, as a tuple and written as one text."""

from __future__ import annotations

from collections.abc import Iterable

SECTION_SEPARATOR = " > "
"""Between the headings of a section path that is written as one text."""

_OWN_SEPARATOR = SECTION_SEPARATOR.replace(" ", "\N{NO-BREAK SPACE}")
"""The same signs in the text of a heading: they look alike and do not part it in two."""


def join_section(path: Iterable[str]) -> str:
    """A section path as one text, which `split_section` takes apart again, headings that hold a ` > ` included.

    >>> join_section(("ข้อเสนอแนะ", "ด้านการคุ้มครอง"))
    'ข้อเสนอแนะ > ด้านการคุ้มครอง'
    """
    return SECTION_SEPARATOR.join(heading.replace(SECTION_SEPARATOR, _OWN_SEPARATOR) for heading in path)


def split_section(section: str) -> tuple[str, ...]:
    """The headings of a section path that is given as one text, outermost first; none for an empty text.

    >>> split_section(join_section(("ผู้มีรายได้ > 300 บาท", "ข้อเสนอแนะ")))
    ('ผู้มีรายได้ > 300 บาท', 'ข้อเสนอแนะ')
    """
    headings = section.split(SECTION_SEPARATOR)
    return tuple(heading.replace(_OWN_SEPARATOR, SECTION_SEPARATOR) for heading in headings if heading)
