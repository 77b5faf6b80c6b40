"""`report.html`: one self-contained page with embedded style, font and script, and no external addresses."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tipmine import __version__, digits
from tipmine.coverage import COVERAGES
from tipmine.records import PILLARS, TableRow
from tipmine.report import labels, limits, present, reasons, thai_formats
from tipmine.report.gaps import is_hole
from tipmine.report.grids import Heat, heat, matrix, spread
from tipmine.report.material import Material
from tipmine.report.pieces import Span, pieces
from tipmine.report.reading import Actor, Tally
from tipmine.report.shades import shade
from tipmine.report.tables import TABLES

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SHOWN_EVIDENCE = 5
"""Most links of a recommendation that the page shows; the workbook has all."""
_WEIGHTS = (("regular", 400), ("semibold", 600))

_FEW_TURNS = 60
"""With fewer utterances with content than this, the page warns that themes may group what merely sounds alike: in a
study of 34, hardly two of them about the same matter, the groups were as stable as real themes."""
_GRIDS = ("matrix", "pillar_actor", "theme_groups")
"""Tables that the page shows as grids of their own."""


def page(material: Material, *, name: str = "", day: date | None = None, thai_digits: bool = False) -> str:
    """The page as text. `name` is the corpus; `day` the date on it, today by default."""
    grid = matrix(material)
    tables = {key: make(material) for key, make in TABLES.items() if key not in _GRIDS}
    environment = _environment(thai_digits)
    lists = _lists(tables, environment.filters["num"])
    template = environment.get_template("report.html")
    return template.render(
        name=name,
        day=thai_formats.thai_date(day or date.today()),
        version=__version__,
        style=_resource("report.css"),
        script=_resource("report.js"),
        fonts=_fonts(),
        figures={row["figure"]: row["value"] for row in tables["summary"]},
        tables=tables,
        lists=lists,
        shown={row["rec_id"] for row in lists["recommendations"].rows},
        sections=_sections(lists["recommendations"].rows),
        evidence=_grouped_by(tables["evidence"], "rec_id"),
        breakdown=_grouped_by(tables["breakdown"], "by"),
        gaps=_gaps(tables["gaps"], environment.filters["num"]),
        few_turns=0 < material.figures.get("themes.spoken", 0.0) < _FEW_TURNS,
        grid=grid,
        grid_rows=limits.cut(grid.recommendations, limits.MATRIX_ROWS, environment.filters["num"]),
        grid_themes=limits.cut(grid.themes, limits.MATRIX_THEMES, environment.filters["num"]),
        heat=_heat(material),
        spread=spread(material),
        register={row["rec_id"]: row for row in tables["recommendations"]},
        widest=max((row["size"] for row in tables["themes"]), default=1) or 1,
        pillars=PILLARS,
        coverages=COVERAGES,
        method=_method(material),
        codes=labels.codes,
        shown_evidence=SHOWN_EVIDENCE,
        shown_reasons=limits.SHOWN_REASONS,
        shown_answers=limits.ANSWERS,
    )


def _lists(tables: Mapping[str, Sequence[TableRow]], format_number: Callable[[Any], str]) -> dict[str, limits.Cut]:
    """The lists of the page, cut to what a browser shows easily."""

    def cut(table: str, most: int, *files: str) -> limits.Cut:
        return limits.cut(tables[table], most, format_number, *files)

    return {
        "recommendations": cut("recommendations", limits.RECOMMENDATIONS, "recommendations.csv"),
        "themes": cut("themes", limits.THEMES),
        "pairs": cut("pairs", limits.PAIRS),
        "years": cut("years", limits.PAIRS),
        "documents": cut("documents", limits.DOCUMENTS, "documents.csv"),
    }


def _gaps(rows: Iterable[TableRow], format_number: Callable[[Any], str]) -> dict[Any, TableRow]:
    """For each list of gaps, how many there are, and those shown."""
    return {
        code: {"all": len(its), "cut": limits.cut(its, limits.GAPS, format_number, "gaps.csv")}
        for code, its in _grouped_by(rows, "list").items()
    }


def _environment(thai_digits: bool) -> Environment:
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("tipmine.report", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )

    def number(value: Any) -> str:
        text = f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)
        return digits.thai_digits(text) if thai_digits else text

    environment.filters |= {
        "num": number,
        "two": lambda value: number(f"{value:.2f}") if value is not None else "",
        "word": lambda code, group: labels.label(group, str(code)),
        "short": lambda code, group: labels.short_label(group, str(code)),
        "doubts": present.doubts,
        "pillars_note": present.pillars_note,
        "repair": reasons.repair_words,
        "source": lambda row: present.source(row, number),
        "marked": lambda text, marks: _marked(present.shown_text(text), marks),
        "text": present.shown_text,
        "shade": lambda tally, most: shade(tally.total if tally else 0, most),
        "step": shade,
    }
    return environment


def _marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """The text with its marks, everything escaped."""
    from markupsafe import Markup, escape

    parts = pieces(text, (Span(start, end, "mark") for start, end in marks))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part.text) if part.css else escape(part.text) for part in parts
    )


def _grouped_by(rows: Iterable[TableRow], column: str) -> dict[Any, list[TableRow]]:
    groups: dict[Any, list[TableRow]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _sections(rows: Iterable[TableRow]) -> list[tuple[str, list[str], list[TableRow]]]:
    """The register under its headings: document, headings below its title, recommendations."""
    sections: dict[tuple[str, str], list[TableRow]] = {}
    for row in rows:
        sections.setdefault((row["document"], row["section"]), []).append(row)
    return [
        (document, present.below_title(its[0]["title"], section), its) for (document, section), its in sections.items()
    ]


def _heat(material: Material) -> dict[str, Any]:
    whole: Heat = heat(material)
    cells: dict[str, list[dict[str, Any]]] = {}
    for actor in whole.actors[: limits.ACTORS]:
        cells[actor.key] = [_heat_cell(actor, whole.cells.get((actor.key, pillar))) for pillar in PILLARS]
    return {"actors": whole.actors[: limits.ACTORS], "all": len(whole.actors), "cells": cells, "most": whole.most}


def _heat_cell(actor: Actor, tally: Tally | None) -> dict[str, Any]:
    return {"tally": tally, "missing": tally is not None and is_hole(actor, tally)}


def _method(material: Material) -> list[tuple[str, str]]:
    return [(labels.label("measure", name), f"{value:.4g}") for name, value in sorted(material.figures.items())]


@cache
def _resource(name: str) -> str:
    return files("tipmine").joinpath("report", "templates", name).read_text(encoding="utf-8")


@cache
def _fonts() -> tuple[tuple[int, str], ...]:
    """The shipped font (Sarabun, SIL Open Font License) as weight and base64."""
    folder = files("tipmine").joinpath("web", "static", "fonts")
    return tuple(
        (weight, base64.b64encode(folder.joinpath(f"sarabun-{name}.woff2").read_bytes()).decode())
        for name, weight in _WEIGHTS
    )
