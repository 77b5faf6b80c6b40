"""Texts with a memory: every change is an Edit that can be replayed and undone, and shows where letters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tipmine.errors import RecordError
from tipmine.records import Edit

Span = tuple[int, int]
Change = tuple[int, int, str, str]
"""Start and end in the text before the round, the text that replaces it, and the rule's id."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text before and after repair.

    `before` is the text as it was given: in a PDF the reading by glyphs, not that of other readers (`Line.raw`).
    `doubtful` says that something is left which neither the words nor the spelling could decide, or that marks were put
    back only because the words need them.
    """

    before: str
    text: str
    edits: tuple[Edit, ...] = ()
    doubtful: bool = False

    @property
    def origin(self) -> tuple[Span, ...]:
        """For each character of `text` the half-open span of `before` that it came from.

        Computed each time: stored, it would take more memory than everything else in a document.
        """
        origin = [(i, i + 1) for i in range(len(self.before))]
        for edit in self.edits:
            end = edit.at + len(edit.before)
            spans = origin[edit.at : end] or _between(origin, edit.at, len(self.before))
            origin[edit.at : end] = _spread(edit.before, edit.after, spans)
        return tuple(origin)


@dataclass(slots=True)
class Trail:
    """A text under repair, with the edits so far."""

    before: str
    text: str = field(init=False)
    edits: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.before

    def apply(self, changes: Iterable[Change]) -> None:
        """Make `changes`, which are sorted and do not overlap; offsets are those of the text as it is now."""
        pieces: list[str] = []
        length = done = 0
        for start, end, after, rule in changes:
            before = self.text[start:end]
            if before == after:
                continue
            pieces += (self.text[done:start], after)
            length += start - done
            self.edits.append(Edit(rule, length, before, after))
            length += len(after)
            done = end
        if pieces:
            self.text = "".join(pieces) + self.text[done:]

    def finish(self, doubtful: bool) -> Repaired:
        """The repaired text as a record."""
        return Repaired(self.before, self.text, tuple(self.edits), doubtful)


def _between(old: Sequence[Span], at: int, length: int) -> list[Span]:
    """The empty span before the character at `at`, for text that came from nowhere."""
    place = old[at][0] if at < len(old) else length
    return [(place, place)]


def _spread(before: str, after: str, spans: Sequence[Span]) -> list[Span]:
    """The origin of each character of `after`: its own where the same character was there before, else the whole."""
    whole = (min(span[0] for span in spans), max(span[1] for span in spans))
    free: dict[str, list[Span]] = {}
    for char, span in zip(before, spans, strict=False):
        free.setdefault(char, []).append(span)
    return [free[char].pop(0) if free.get(char) else whole for char in after]


def replay(raw: str, edits: Sequence[Edit]) -> str:
    """`raw` with `edits` made one after the other.

    Raises RecordError if the text does not hold what an edit says it changed.
    """
    for edit in edits:
        raw = _swap(raw, edit.at, edit.before, edit.after, edit.rule)
    return raw


def undo(text: str, edits: Sequence[Edit]) -> str:
    """The raw text that `edits` turned into `text`. Raises RecordError if they cannot have."""
    for edit in reversed(edits):
        text = _swap(text, edit.at, edit.after, edit.before, edit.rule)
    return text


def _swap(text: str, at: int, old: str, new: str, rule: str) -> str:
    there = text[at : at + len(old)]
    if there != old:
        raise RecordError(
            f"edit {rule} at {at}", f"the text there is {there!r}", repr(old), "use the text the edits belong to"
        )
    return text[:at] + new + text[at + len(old) :]
