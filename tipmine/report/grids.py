"""The grids: recommendations by themes, pillars by actors, themes by groups. Their empty cells are meaningful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tipmine.records import PILLARS, Passage, TableRow, Theme
from tipmine.report.labels import short_label
from tipmine.report.material import Link, Material, once
from tipmine.report.reading import Actor, Tally
from tipmine.tag.addressees import SECTORS_WITHOUT_DUTIES

_BAND_SHADE: Mapping[str, int] = {"weak": 1, "likely": 3, "confirmed": 4}
"""Steps of colour (`shades.py`) of the links in the matrix."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The links between a recommendation and a theme: score and status of the strongest, and number of passages."""

    score: float
    status: str
    count: int
    band: str

    @property
    def shade(self) -> int:
        """Step of colour: darker for surer links, 0 if people rejected them all."""
        return 0 if self.status == "rejected" else _BAND_SHADE[self.band]

    def __str__(self) -> str:
        return f"{short_label('status', self.status)} {self.score:.2f} ({self.count})"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Recommendations (rows) by themes (columns); a missing cell means that nothing links them."""

    recommendations: tuple[str, ...]
    """Readable ids in document order."""
    themes: tuple[Theme, ...]
    cells: Mapping[tuple[str, str], MatrixCell]
    """(readable id, theme id) -> cell."""


@once
def matrix(material: Material) -> Matrix:
    """The matrix of a run, from the links to passages that belong to a theme."""
    by_cell: dict[tuple[str, str], list[Link]] = {}
    for rec in material.recommendations:
        for link in material.links(rec.id):
            for theme in material.themes_of.get(link.evidence.id, ()):
                by_cell.setdefault((material.rec_ids[rec.id], theme.id), []).append(link)
    cells = {place: _matrix_cell(links) for place, links in by_cell.items()}
    rows = tuple(material.rec_ids[rec.id] for rec in material.recommendations)
    return Matrix(rows, material.themes.themes, cells)


def _matrix_cell(links: Sequence[Link]) -> MatrixCell:
    """The cell for all links of a recommendation to a theme; rejected ones count only if there are no others."""
    counted = [link for link in links if link.status != "rejected"] or links
    best = max(counted, key=lambda link: (link.status == "confirmed", link.evidence.score))
    return MatrixCell(round(best.evidence.score, 3), best.status, len(counted), best.evidence.band)


@once
def matrix_rows(material: Material) -> list[TableRow]:
    """The matrix as rows: one row per recommendation, one column per theme; empty text if nothing links them."""
    grid = matrix(material)
    by_id = {material.rec_ids[passage.id]: passage for passage in material.recommendations}
    heads = theme_heads(grid.themes)
    rows = []
    for rec in grid.recommendations:
        row: TableRow = {"rec_id": rec, "number": by_id[rec].number, "text": by_id[rec].text}
        for theme, head in zip(grid.themes, heads, strict=True):
            cell = grid.cells.get((rec, theme.id))
            row[head] = str(cell) if cell else ""
        rows.append(row)
    return rows


def theme_heads(themes: Sequence[Theme]) -> list[str]:
    """A column head for each theme: its label, with its id added if another theme has the same label."""
    labels = [theme.label for theme in themes]
    return [
        f"{theme.label} ({theme.id})" if labels.count(theme.label) > 1 or not theme.label else theme.label
        for theme in themes
    ]


@dataclass(frozen=True, slots=True)
class Heat:
    """Actors (rows) by pillars (columns): number of passages, and of recommendations addressed to the actor."""

    actors: tuple[Actor, ...]
    """Actors who act come first, and among them those named most often."""
    cells: Mapping[tuple[str, str], Tally]
    """(actor key, pillar) -> tally; missing if no passage has both."""
    most: int
    """The largest number of passages in a cell."""

    def total(self, actor: Actor) -> int:
        """An actor's passages over all pillars; one with two pillars counts twice."""
        return sum(self.cells[(actor.key, pillar)].total for pillar in PILLARS if (actor.key, pillar) in self.cells)


@once
def heat(material: Material) -> Heat:
    """The grid of actors by pillars of a run."""
    cells = {place: tally for place, tally in material.tallies.items() if tally.total}
    keys = {key for key, _ in cells}
    totals: dict[str, int] = {}
    for (key, _), tally in cells.items():
        totals[key] = totals.get(key, 0) + tally.total
    actors = sorted(
        (actor for actor in material.actors.values() if actor.key in keys),
        key=lambda actor: (actor.sector in SECTORS_WITHOUT_DUTIES, -totals[actor.key], actor.name),
    )
    return Heat(tuple(actors), cells, max((tally.total for tally in cells.values()), default=0))


@once
def heat_rows(material: Material) -> list[TableRow]:
    """The grid as rows, one per actor: for each pillar, passages, mean score, and recommendations addressed to it."""
    grid = heat(material)
    rows = []
    for actor in grid.actors:
        row: TableRow = {"actor": actor.name, "actor_id": actor.key, "sector": actor.sector}
        for pillar in PILLARS:
            tally = grid.cells.get((actor.key, pillar))
            row[pillar] = tally.total if tally else 0
            row[f"{pillar}.recommendations"] = tally.addressed if tally else 0
            row[f"{pillar}.score"] = round(tally.mean, 3) if tally else None
        rows.append(row | {"all_pillars": grid.total(actor)})
    return rows


@dataclass(frozen=True, slots=True)
class Spread:
    """Themes (rows) by the groups that spoke (columns): how many utterances each group has in a theme."""

    themes: tuple[Theme, ...]
    groups: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    """(theme id, group) -> number of utterances; missing if there are none."""
    most: int
    """The largest count."""


@once
def spread(material: Material) -> Spread:
    """The number of utterances by theme and group, for the themes of a run."""
    counts = {
        (theme.id, group): count
        for theme in material.themes.themes
        for group, count in groups_of(material, theme).items()
    }
    groups = tuple(sorted({group for _, group in counts}))
    return Spread(material.themes.themes, groups, counts, max(counts.values(), default=0))


def groups_of(material: Material, theme: Theme) -> Counter[str]:
    """Group -> its number of utterances in a theme."""
    held = (material.passages[member.id] for member in theme.members if member.id in material.passages)
    return Counter(group_of(material, passage) for passage in held)


def group_of(material: Material, passage: Passage) -> str:
    """The group that spoke: named by its province, else by its own name, else by its document."""
    info = material.infos[passage.doc]
    return info.province or info.speaker_group or passage.doc


@once
def spread_rows(material: Material) -> list[TableRow]:
    """The spread as rows: one row per theme, one column per group."""
    grid = spread(material)
    return [
        {"id": theme.id, "label": theme.label} | {group: grid.counts.get((theme.id, group), 0) for group in grid.groups}
        for theme in grid.themes
    ]
