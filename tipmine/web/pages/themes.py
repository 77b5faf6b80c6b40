"""Themes: what the groups spoke of, how much each group spoke of it, and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tipmine.coverage import BANDS
from tipmine.records import Band, Member, Passage, Theme
from tipmine.report.grids import groups_of
from tipmine.report.material import Material
from tipmine.store.fields import LABEL
from tipmine.web.desk import desk_of

_MEMBERS = 200
"""Most utterances of a theme listed on its page; the rest can be found by searching."""
_FEW_QUOTES = 2
"""Most quotations of a theme in the list of all themes."""
_ALL_QUOTES = 6
"""Most quotations on a theme's own page."""


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """An utterance of a theme with the part that is quoted."""

    passage: Passage
    weight: float
    quote: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A recommendation with evidence in a theme: the best band, and how many of the theme's utterances it has."""

    passage: Passage
    band: Band
    utterances: int


def themes(request: Request) -> Response:
    """All themes: a table of themes by groups, and each theme with quotations."""
    desk = desk_of(request)
    with desk.open() as run:
        material = desk.material(run)
        by_theme = {theme.id: groups_of(material, theme) for theme in material.themes.themes}
        groups = sorted({group for counts in by_theme.values() for group in counts})
        return desk.render(
            request,
            "themes.html",
            run,
            themes=material.themes.themes,
            by_theme=by_theme,
            groups=groups,
            most=max((n for counts in by_theme.values() for n in counts.values()), default=1),
            largest=max((theme.size for theme in material.themes.themes), default=1),
            quotes={theme.id: _quotes(material, theme)[:_FEW_QUOTES] for theme in material.themes.themes},
            orphans=_orphans(material),
            compared=bool(material.recommendations),
            ungrouped=len(material.themes.outliers),
            set_aside=len(material.themes.set_aside),
            figures=material.themes.figures,
        )


def theme(request: Request) -> Response:
    """One theme: its label (a person's or the generated one), terms, quotations, utterances, and recommendations.

    Recommendations that answer it are listed separately from those that only come near.
    """
    desk = desk_of(request)
    with desk.open() as run:
        material = desk.material(run)
        key = request.path_params["id"]
        chosen = next((theme for theme in material.themes.themes if theme.id == key), None)
        if chosen is None:
            raise HTTPException(404, "ไม่มีประเด็นนี้ในชุดงาน")
        counts = groups_of(material, chosen)
        answers, near = _linked(material, chosen)
        values: dict[str, Any] = {
            "theme": chosen,
            "decision": material.decided.get(key, {}).get(LABEL),
            "groups": counts.most_common(),
            "most": max(counts.values(), default=1),
            "quotes": _quotes(material, chosen)[:_ALL_QUOTES],
            "members": [
                (member, material.passages[member.id])
                for member in chosen.members[:_MEMBERS]
                if member.id in material.passages
            ],
            "answers": answers,
            "near": near,
            "compared": bool(material.recommendations),
        }
        return desk.render(request, "theme.html", run, **values)


def _quotes(material: Material, theme: Theme) -> list[ShownQuote]:
    weights: Mapping[str, Member] = {member.id: member for member in theme.members}
    return [
        ShownQuote(
            material.passages[quote.id],
            weights[quote.id].weight if quote.id in weights else 0.0,
            material.passages[quote.id].text[quote.start : quote.end],
        )
        for quote in theme.quotes
        if quote.id in material.passages
    ]


def _orphans(material: Material) -> frozenset[str]:
    from tipmine.report.gaps import orphan_themes

    return frozenset(theme.id for theme in orphan_themes(material))


def _linked(material: Material, theme: Theme) -> tuple[list[Linked], list[Linked]]:
    """The recommendations that answer a theme, and those whose links to it are too weak for that; surest first."""
    from tipmine.report.gaps import answered_by

    members = {member.id for member in theme.members}
    rows = []
    for rec in material.recommendations:
        items = (
            [item for item in material.traces[rec.id].evidence if item.id in members]
            if rec.id in material.traces
            else []
        )
        if items:
            rows.append(Linked(rec, min((item.band for item in items), key=BANDS.index), len(items)))
    rows.sort(key=lambda row: (BANDS.index(row.band), -row.utterances))
    answering = set(answered_by(material)[theme.id])
    answers = [row for row in rows if row.passage.id in answering]
    return answers, [row for row in rows if row.passage.id not in answering]
