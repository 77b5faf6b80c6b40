"""Names of facets and of their values: a run's documents by title, actors by name, themes by label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tipmine.records import ThemeSet
from tipmine.report.labels import codes, label
from tipmine.store.run import Run
from tipmine.tag import actor_name

_CODED = frozenset({"pillar", "kind", "role", "sector", "level", "type", "coverage", "reviewed", "doubtful"})
"""The facets whose values are codes; each has a group of wordings."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a run's documents, actors and themes."""

    docs: Mapping[str, str]
    actors: Mapping[str, str]
    themes: Mapping[str, str]

    @classmethod
    def of_run(cls, run: Run) -> Names:
        """Read the names of a run, except those of its themes (`with_labels`). Takes a second in a large run."""
        docs = {info.doc: info.title or info.doc for info in run.documents()}
        return cls(docs, run.actor_names(), {})

    def with_labels(self, themes: ThemeSet) -> Names:
        """These names with the current labels of the themes, which people change while they work."""
        return replace(self, themes={theme.id: theme.label or theme.id for theme in themes.themes})

    def title(self, doc: str) -> str:
        """A document's title; its id if it has none."""
        return self.docs.get(doc, doc)

    def value(self, facet: str, value: str) -> str:
        """A facet's value in words; the value itself if it has no name."""
        if facet in _CODED:
            return label(facet, value)
        if facet == "actor":
            return self.actors.get(value) or actor_name(value) or value
        named: Mapping[str, Mapping[str, str]] = {"doc": self.docs, "theme": self.themes}
        return named.get(facet, {}).get(value, value)

    def distinct(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        """The names of values in order, all different: the value is added to a name that occurs twice.

        For heads of tables, where one of two equal names would hide the numbers of the other.

        >>> Names({}, {"a-1": "ตำรวจ", "a-2": "ตำรวจ", "a-3": "ศาล"}, {}).distinct("actor", ("a-1", "a-3", "a-2"))
        {'a-1': 'ตำรวจ (a-1)', 'a-3': 'ศาล', 'a-2': 'ตำรวจ (a-2)'}
        """
        named = {value: self.value(facet, value) for value in values}
        often = Counter(named.values())
        return {value: name if often[name] == 1 else f"{name} ({value})" for value, name in named.items()}


def facet_names() -> dict[str, str]:
    """The names of the facets in the order in which the search desk offers them."""
    return {facet: label("facet", facet) for facet in codes("facet")}


def facet_codes(facet: str) -> list[tuple[str, str]]:
    """The codes of a facet that can be typed, with their wordings; empty if its values are names or numbers."""
    return [(code, label(facet, code)) for code in codes(facet)] if facet in _CODED else []
