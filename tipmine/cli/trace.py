"""`tipmine trace`: which evidence each recommendation rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from tipmine.cli.options import Output
from tipmine.records import LEAST_CANDIDATES


def trace(
    recommendations: Annotated[str, typer.Option(help="JSONL with id and text.")],
    evidence: Annotated[str, typer.Option(help="JSONL with id and text: findings, utterances, plan measures.")],
    candidates: Annotated[
        int, typer.Option(help="Number of ranked candidates to keep for each recommendation.", min=LEAST_CANDIDATES)
    ] = LEAST_CANDIDATES,
    one_to_one: Annotated[
        bool,
        typer.Option(
            "--one-to-one", help="Let each answer rank first for at most one recommendation (response tables)."
        ),
    ] = False,
    output: Output = None,
) -> None:
    """Rank the evidence for each recommendation, and name the gaps.

    Example: tipmine trace --recommendations recs.jsonl --evidence turns.jsonl
    """
    from tipmine import api
    from tipmine.cli.jsonl import read_records, write_records

    traces = api.trace(
        read_records(recommendations, required=("id", "text")),
        read_records(evidence, required=("id", "text")),
        candidates=candidates,
        one_to_one=one_to_one,
    )
    write_records((each.as_json() for each in traces), output)
