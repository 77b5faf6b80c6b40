"""`tipmine query`: passages by words and facets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tipmine.cli.runs import open_chosen, write_table

if TYPE_CHECKING:
    from tipmine.store.query import Answer

_SHOWN = 90
"""Letters of a passage shown in a table on the terminal. Code points."""
Values = list[str] | None


def query(
    words: Annotated[list[str] | None, typer.Argument(help='Words; "exact"; -not; OR; prefix*.')] = None,
    run: Annotated[Path | None, typer.Option(help="The run folder; the newest by default.")] = None,
    pillar: Annotated[Values, typer.Option(help="policy prevention prosecution protection partnership")] = None,
    actor: Annotated[Values, typer.Option(help="Gazetteer id or any name of an actor.")] = None,
    role: Annotated[Values, typer.Option(help="addressee partner beneficiary mention")] = None,
    kind: Annotated[Values, typer.Option(help="recommendation finding plan utterance method other")] = None,
    year: Annotated[Values, typer.Option(help="B.E. or C.E.")] = None,
    province: Annotated[Values, typer.Option()] = None,
    doc: Annotated[Values, typer.Option(help="Document id.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    kwic: Annotated[bool, typer.Option("--kwic", help="Key words in context.")] = False,
    sort: Annotated[str, typer.Option(help="With --kwic: by the left or right context.")] = "right",
    format_: Annotated[str, typer.Option("--format", help="table json csv xlsx")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here, not to the terminal.")] = None,
) -> None:
    """Find passages.

    Example: tipmine query ล่าม --pillar protection --kind utterance --kwic
    """
    from tipmine.store.query import Query, search

    asked = {"pillar": pillar, "role": role, "kind": kind, "province": province, "doc": doc}
    filters = {facet: values for facet, values in asked.items() if values}
    if actor:
        filters["actor"] = [form for name in actor for form in _actor_ids(name)]
    if year:
        filters["year"] = [_buddhist(value) for value in year]
    with open_chosen(run) as opened:
        answer = search(opened, Query(" ".join(words or []), filters, limit))
    rows = _kwic_rows(answer, sort) if kwic else _rows(answer, short=format_ == "table")
    write_table(rows, format_, output, title=f"{answer.total} passages" if format_ == "table" else "query")


def _actor_ids(name: str) -> list[str]:
    from tipmine.tag import actor_ids

    return actor_ids(name) or [name]


def _buddhist(year: str) -> str:
    from tipmine.store.index import index_form

    digits = index_form(year)
    # Years before 2400 cannot be meant as B.E. in documents of this field, which begins in 2540 B.E.
    return str(int(digits) + 543) if digits.isdecimal() and int(digits) < 2400 else digits


def _rows(answer: Answer, *, short: bool) -> list[dict[str, Any]]:
    rows = []
    for hit in answer.hits:
        text = hit.passage.text.replace("\n", " ")
        rows.append(
            {
                "doc": hit.passage.doc,
                "page": hit.passage.page,
                "kind": hit.tagging.kind,
                "pillars": " ".join(tag.code for tag in hit.tagging.pillars),
                "text": _window(text, hit.marks[0][0] if hit.marks else 0) if short else text,
            }
        )
        if not short:
            rows[-1] |= {
                "id": hit.passage.id,
                "section": " > ".join(hit.passage.section),
                "speaker": hit.passage.speaker,
                "actors": " | ".join(f"{tag.name} ({tag.role})" for tag in hit.tagging.actors),
            }
    return rows


def _window(text: str, at: int) -> str:
    start = max(0, at - _SHOWN // 3)
    return ("…" if start else "") + text[start : start + _SHOWN] + ("…" if len(text) > start + _SHOWN else "")


def _kwic_rows(answer: Answer, sort: str) -> list[dict[str, Any]]:
    from tipmine.errors import UsageError
    from tipmine.store.query import concordance

    if sort not in ("left", "right"):
        raise UsageError("--sort", f"unknown: {sort}", "left, right")
    return [
        {"left": row.left, "hit": row.hit, "right": row.right, "doc": row.passage.doc, "page": row.passage.page}
        for row in concordance(answer, by=sort)
    ]
