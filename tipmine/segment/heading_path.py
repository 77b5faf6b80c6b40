"""The path of headings above each passage: how two headings are nested.

Style, size, number and wording are compared, in this order. A heading closes all open headings in which it is not
nested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tipmine.segment import depths
from tipmine.segment.numbering import Marker
from tipmine.segment.wordings import Wording

OUTER_LARGER = 0.8
"""Least difference in type size, in points, between an outer and an inner heading."""
FARTHEST_SECTION = 2
"""Sections by which the text may be ahead of the last recognised heading. Higher: numbers of steps and lists close
headings; lower: after an unrecognised heading, the one before it stays open."""
_REFERENCES = Wording("references", pattern=r"(?:\S{1,6} )?<words>", flags=re.IGNORECASE)
_FRONT = Wording("front_matter", pattern="<words>|บทคัดย่อ|abstract", flags=re.IGNORECASE)
_STRATEGY = Wording("plan_part", pattern="(?!ตัวชี้วัด)<words>")
"""The word before the number of a strategy, a goal or the like."""
_OF_A_STRATEGY = Wording(
    "plan_part", pattern=r"(?:<words>|เป้าหมาย|วัตถุประสงค์|แนวทาง|มาตรการ|โครงการ|กิจกรรม)[^\s0-9]{0,20} ?[:：]?"
)
"""The heading of what belongs to such a part: its aims, its indicators, its measures."""
_NUMBER_ONLY = Wording("titled_part", pattern=r"<words>\s?\S{1,4}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with everything that decides how deep it is nested."""

    text: str
    level: int
    """Level of its DOCX style; 0 without one."""
    size: float
    rank: int
    """The depth of its number or of its wording, on the scale of `depths.py`."""
    bold: bool = False
    title: bool = False
    number: tuple[int, ...] = ()
    """Its decimal number: (2, 1) for 2.1; empty for others."""
    part: str = ""
    """The word before its number, such as บทที่; empty for others."""


class HeadingPath:
    """The open headings while a document is read from top to bottom."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._awaits_name = False  # whether the last heading is a number whose name may be on the next line
        self._no_text_since = False  # whether there is no text below the last heading
        self._over_number: dict[tuple[int, ...], Heading | None] = {}
        """The heading directly over each numbered one, by the latter's number; None if it was outermost."""

    def enter(self, heading: Heading) -> tuple[str, ...]:
        """Open `heading`, close those in which it is not nested, and return the path above it.

        A document's title is not part of the path, unless it names a chapter whose number is right above it.
        """
        if heading.title and not self._awaits_name:
            return self.path
        self._nest(heading)
        self._awaits_name = is_number_only(heading.text)
        self._no_text_since = True
        return self.path[:-1]

    def lets_in(self, heading: Heading) -> bool:
        """Whether a heading is possible here: in a list of references, lines that look like headings are entries until
        the next heading with the rank of a chapter."""
        last = self._open[-1] if self._open else None
        if last is None or not _REFERENCES.match(last.text):
            return True
        is_fixed = heading.rank == depths.FIXED_HEADING and not _has_number(heading)
        return 0 < heading.level <= last.level or is_fixed or heading.rank <= depths.SECTION

    def _nest(self, heading: Heading) -> None:
        if self._awaits_name and not is_number_only(heading.text):
            # A chapter's number and its name are often on two lines.
            last = self._open.pop()
            self._open.append(replace(last, text=f"{last.text} {heading.text}"))
            return
        if _FRONT.match(heading.text):
            self._open.clear()  # what is on the pages before is the title, however large its type
        if not _has_number(heading) and _OF_A_STRATEGY.fullmatch(heading.text):
            heading = self._within_strategy(heading)
        ended = next((at for at, other in enumerate(self._open) if _comes_after(heading, other)), None)
        if ended is not None:
            if heading.part:
                heading = replace(heading, rank=max(heading.rank, self._open[ended].rank))
            del self._open[ended:]
        elif self._divides_the_last(heading):
            heading = replace(heading, rank=self._open[-1].rank + 1)
        else:
            self._go_back(heading)
        while self._open and not _stands_over(self._open[-1], heading):
            self._open.pop()
        if len(heading.number) > 1:
            self._over_number[heading.number] = self._open[-1] if self._open else None
        self._open.append(heading)

    def _within_strategy(self, heading: Heading) -> Heading:
        """A heading such as `ตัวชี้วัด` as a part of the open strategy, if it is set no larger than that one."""
        strategy = next((other for other in reversed(self._open) if _STRATEGY.match(other.part)), None)
        if strategy is None or strategy.level or heading.size - strategy.size > OUTER_LARGER:
            return heading
        return replace(heading, rank=strategy.rank + 1)

    def _divides_the_last(self, heading: Heading) -> bool:
        """Whether a part (ประเด็นที่ 1) right below another heading in the same type is that heading's first part.

        By its number alone the part would be further out than `2. ประเด็นจากการสนทนากลุ่ม`.
        """
        if not (heading.part and self._open and self._no_text_since) or heading.rank <= depths.SECTION:
            return False
        last = self._open[-1]
        alike = abs(last.size - heading.size) <= OUTER_LARGER and last.bold == heading.bold
        return alike and last.level == heading.level and last.rank > heading.rank

    def _go_back(self, heading: Heading) -> None:
        """Close all headings nested in the one that was above the preceding number, if that one is still open."""
        preceding = (*heading.number[:-1], heading.number[-1] - 1) if len(heading.number) > 1 else ()
        over_it = self._over_number.get(preceding)
        at = next((at for at, other in enumerate(self._open) if other is over_it), None)
        if at is not None:
            del self._open[at + 1 :]

    def pass_row(self) -> None:
        """Note that there is a table row below the last heading."""
        self._no_text_since = False

    def leave_for(self, marker: Marker | None) -> None:
        """Close the headings whose section a paragraph's decimal number shows to be over: that of 2.1.8 when 2.2 comes.

        A step 9.1 below step 9 does not end chapter 4.
        """
        self._awaits_name = self._no_text_since = False
        number = decimal_of(marker)
        if len(number) > 1:
            while self._open and _leaves(number, self._open[-1].number):
                self._open.pop()

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the open headings, outermost first."""
        return tuple(heading.text for heading in self._open)


def is_number_only(text: str) -> bool:
    """Whether a line is the number of a chapter or part without its name."""
    return bool(_NUMBER_ONLY.fullmatch(text.strip()))


def _leaves(number: tuple[int, ...], opened: tuple[int, ...]) -> bool:
    """Whether a decimal number belongs to a section soon after the one with the number `opened`."""
    ahead = next((own - other for own, other in zip(number, opened, strict=False) if own != other), 0)
    return 0 < ahead <= FARTHEST_SECTION


def _comes_after(heading: Heading, other: Heading) -> bool:
    """Whether the numbers alone show that two headings have the same rank, whatever their type.

    ส่วนที่ ๕ after ส่วนที่ ๔, 2.2 after 2.1. Simple numbers start again in each chapter and show nothing.
    """
    if heading.part or other.part:
        return heading.part == other.part
    number, earlier = heading.number, other.number
    return len(number) == len(earlier) > 1 and number[:-1] == earlier[:-1] and number[-1] > earlier[-1]


def decimal_of(marker: Marker | None) -> tuple[int, ...]:
    """The parts of a decimal number, (2, 1) for 2.1; empty for other numbers and for None."""
    return marker.path if marker is not None and marker.family.startswith("decimal") else ()


def _has_number(heading: Heading) -> bool:
    return bool(heading.number or heading.part)


def _stands_over(outer: Heading, inner: Heading) -> bool:
    if _FRONT.match(outer.text):
        return False
    if outer.level and inner.level and outer.level != inner.level:
        return outer.level < inner.level
    if outer.size > 0 and inner.size > 0 and abs(outer.size - inner.size) > OUTER_LARGER:
        return outer.size > inner.size
    if outer.bold != inner.bold and not _has_number(inner if outer.bold else outer):
        # In one size, weight says more than wording; but parts with a number may be set lighter than their sections.
        return outer.bold
    if outer.rank != inner.rank:
        return outer.rank < inner.rank
    return outer.bold and not inner.bold
