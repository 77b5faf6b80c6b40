"""`tipmine query`: passages by words and facets, and counts over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tipmine.cli.runs import Row, open_chosen, write_table

if TYPE_CHECKING:
    from tipmine.store.query import Answer, Query
    from tipmine.store.run import Run

_SHOWN = 90
"""Letters of a passage shown in a table on the terminal. Code points."""
Values = list[str] | None


def query(
    words: Annotated[list[str] | None, typer.Argument(help='Words; "exact"; -not; OR; prefix*; NEAR/5; ~word.')] = None,
    run: Annotated[Path | None, typer.Option(help="The run folder; the newest by default.")] = None,
    pillar: Annotated[Values, typer.Option(help="policy prevention prosecution protection partnership")] = None,
    actor: Annotated[Values, typer.Option(help="Gazetteer id or any name of an actor.")] = None,
    role: Annotated[Values, typer.Option(help="addressee partner beneficiary mention")] = None,
    sector: Annotated[Values, typer.Option()] = None,
    level: Annotated[Values, typer.Option()] = None,
    kind: Annotated[Values, typer.Option(help="recommendation finding plan utterance method other")] = None,
    type_: Annotated[Values, typer.Option("--type", help="Type of the document.")] = None,
    year: Annotated[Values, typer.Option(help="B.E. or C.E.")] = None,
    province: Annotated[Values, typer.Option()] = None,
    doc: Annotated[Values, typer.Option(help="Document id.")] = None,
    speaker: Annotated[Values, typer.Option()] = None,
    theme: Annotated[Values, typer.Option(help="Theme id or words of its label.")] = None,
    coverage: Annotated[Values, typer.Option()] = None,
    reviewed: Annotated[Values, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    kwic: Annotated[bool, typer.Option("--kwic", help="Key words in context.")] = False,
    sort: Annotated[str, typer.Option(help="With --kwic: by the left or right context.")] = "right",
    count: Annotated[Values, typer.Option(help="Count the values of this facet instead; can be repeated.")] = None,
    cross: Annotated[str, typer.Option(help="Count two facets against each other: pillar,actor")] = "",
    collocates: Annotated[bool, typer.Option("--collocates", help="Words near the hits, by log-likelihood.")] = False,
    queries: Annotated[Path | None, typer.Option(help="A file with one query a line; their answers together.")] = None,
    format_: Annotated[str, typer.Option("--format", help="table json csv xlsx")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
) -> None:
    """Find passages.

    Example: tipmine query ล่าม --pillar protection --kind utterance --kwic
    """
    from tipmine.store.query import Query, allowed, search

    asked = {
        "pillar": pillar,
        "actor": actor,
        "role": role,
        "sector": sector,
        "level": level,
        "kind": kind,
        "type": type_,
        "year": year,
        "province": province,
        "doc": doc,
        "speaker": speaker,
        "theme": theme,
        "coverage": coverage,
        "reviewed": reviewed,
    }
    title = "query"
    short = format_ == "table"
    with open_chosen(run) as opened:
        filters = allowed(opened, {facet: values for facet, values in asked.items() if values})
        wanted = Query(" ".join(words or []), filters, limit)
        rows: Sequence[Row]
        if queries is not None:
            rows = _batch(opened, wanted, queries, short=short)
        elif collocates:
            rows = _collocate_rows(opened, wanted)
        elif cross:
            rows = _cross_rows(opened, wanted, cross)
        elif count:
            rows = _count_rows(opened, wanted, count)
        else:
            answer = search(opened, wanted)
            rows = _kwic_rows(answer, sort) if kwic else _rows(answer, short=short)
            title = f"{answer.total} passages" if short else title
    write_table(rows, format_, output, title=title)


def _rows(answer: Answer, *, short: bool) -> list[dict[str, Any]]:
    from tipmine.store.query import answer_rows

    rows = answer_rows(answer)
    if not short:
        return rows
    shown = ("doc", "page", "kind", "pillars")
    return [
        {name: row[name] for name in shown} | {"text": _window(row["text"], hit.marks[0][0] if hit.marks else 0)}
        for row, hit in zip(rows, answer.hits, strict=True)
    ]


def _window(text: str, at: int) -> str:
    start = max(0, at - _SHOWN // 3)
    return ("…" if start else "") + text[start : start + _SHOWN] + ("…" if len(text) > start + _SHOWN else "")


def _batch(run: Run, wanted: Query, path: Path, *, short: bool) -> list[Row]:
    """The answers to the queries of a file, each row with its query; empty lines and those behind # are left out."""
    from tipmine.errors import MissingFileError
    from tipmine.store.query import search

    if not path.is_file():
        raise MissingFileError(str(path), "no such file", "a text file with one query a line")
    lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    return [
        {"query": line, **row}
        for line in lines
        if line and not line.startswith("#")
        for row in _rows(search(run, replace(wanted, text=f"{line} {wanted.text}".strip())), short=short)
    ]


def _collocate_rows(run: Run, wanted: Query) -> list[Row]:
    from tipmine.store.counting import collocates

    return [
        {"word": row.word, "near": row.near, "total": row.total, "log_likelihood": round(row.score, 2)}
        for row in collocates(run, wanted, limit=wanted.limit)
    ]


def _count_rows(run: Run, wanted: Query, facets: Sequence[str]) -> list[Row]:
    from tipmine.store.query import search

    _known("--count", facets)
    counts = search(run, replace(wanted, limit=1, facets=tuple(facets))).counts
    return [
        {"facet": facet, "value": value, "passages": counts[facet][value]}
        for facet in facets
        for value in sorted(counts[facet], key=lambda value: (-counts[facet][value], value))
    ]


def _cross_rows(run: Run, wanted: Query, pair: str) -> list[Row]:
    from tipmine.errors import UsageError
    from tipmine.store.counting import cross

    facets = pair.split(",")
    _known("--cross", facets)
    if len(facets) != 2:
        raise UsageError("--cross", f"not two facets: {pair}", "two facets with a comma: pillar,actor")
    cells = cross(run, wanted, *facets)
    columns = sorted({value for row in cells.values() for value in row})
    return [{facets[0]: value, **{name: row.get(name, 0) for name in columns}} for value, row in cells.items()]


def _known(option: str, facets: Sequence[str]) -> None:
    from tipmine.errors import UsageError
    from tipmine.store.index import FACETS

    for facet in facets:
        if facet not in FACETS:
            raise UsageError(option, f"no such facet: {facet}", ", ".join(FACETS))


def _kwic_rows(answer: Answer, sort: str) -> list[dict[str, Any]]:
    from tipmine.errors import UsageError
    from tipmine.store.query import concordance

    if sort not in ("left", "right"):
        raise UsageError("--sort", f"unknown: {sort}", "left, right")
    return [
        {"left": row.left, "hit": row.hit, "right": row.right, "doc": row.passage.doc, "page": row.passage.page}
        for row in concordance(answer, by=sort)
    ]
