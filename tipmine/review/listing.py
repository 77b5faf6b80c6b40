"""People's decisions as rows to read: titles, texts and local times in place of ids and times in UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from tipmine.records import Passage
from tipmine.store.database import local_moment
from tipmine.store.decisions import Decision
from tipmine.store.fields import Field
from tipmine.store.run import Run

_SHOWN = 60
"""Most code points of a passage that are shown."""
_TITLE = 24
"""Most code points of a document's title that are shown: on a terminal it stands on two or three lines."""


def decision_rows(run: Run, decided: Sequence[Decision]) -> list[dict[str, object]]:
    """A row for each decision: its id, document and page, what it is about, what was decided, by whom and when.

    What the run no longer holds is shown by its id.
    """
    known = _Known.of_run(run, decided)
    return [
        {
            "id": decision.id,
            "document": _beginning(known.title(decision.subject), _TITLE),
            "page": known.page(decision.subject),
            "about": known.words(decision.subject),
            "decision": known.answer(decision),
            "reviewer": decision.reviewer,
            "at": local_time(decision.at),
            "undone": "yes" if decision.undone else "",
        }
        for decision in decided
    ]


def local_time(at: str, zone: tzinfo | None = None) -> str:
    """A stored time in the time zone of this machine or in `zone`, to the minute; any other text stays unchanged.

    >>> from datetime import timedelta, timezone
    >>> local_time("2024-03-05T23:30:00.000001+00:00", timezone(timedelta(hours=7))), local_time("once")
    ('2024-03-06 06:30', 'once')
    """
    try:
        return f"{local_moment(at, zone):%Y-%m-%d %H:%M}"
    except ValueError:
        return at


@dataclass(frozen=True, slots=True)
class _Known:
    """What decisions are about: passages and labels of themes by their ids, and titles of documents by theirs."""

    passages: Mapping[str, Passage]
    labels: Mapping[str, str]
    titles: Mapping[str, str]

    @classmethod
    def of_run(cls, run: Run, decided: Sequence[Decision]) -> _Known:
        links = (decision.field.evidence for decision in decided)
        passages = run.passages_by_id([*(decision.subject for decision in decided), *filter(None, links)])
        labels = {theme.id: theme.label for theme in run.themes().themes}
        return cls(passages, labels, {info.doc: info.title for info in run.documents()})

    def title(self, subject: str) -> str:
        """The title of a passage's document, or the document's id if it has no title; empty for a theme."""
        passage = self.passages.get(subject)
        return (self.titles.get(passage.doc) or passage.doc) if passage else ""

    def page(self, subject: str) -> int | None:
        passage = self.passages.get(subject)
        return (passage.page or None) if passage else None

    def words(self, subject: str) -> str:
        """The beginning of a passage, or the label of a theme."""
        passage = self.passages.get(subject)
        return _beginning(passage.text) if passage else self.labels.get(subject) or subject

    def answer(self, decision: Decision) -> str:
        """What was decided: the field and its value, with the words of an actor or a link."""
        return f"{self._field(decision.field, decision.subject)}: {decision.value}"

    def _field(self, field: Field, subject: str) -> str:
        if field.type == "link":
            return f"link to “{self.words(field.evidence)}”"
        if field.type == "actor" and subject in self.passages:
            return f"actor “{self.passages[subject].text[slice(*field.span)]}”"
        return field.pillar or field.type


def _beginning(text: str, most: int = _SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"
