"""`tipmine tag`: pillars, actors and roles of passages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tipmine.cli.options import Output

if TYPE_CHECKING:
    from tipmine.records import Tagging


def tag(
    file: Annotated[str, typer.Argument(help="JSONL with id and text, or - for standard input.")] = "-",
    model: Annotated[Path | None, typer.Option(help="A model folder to use instead of the one that ships.")] = None,
    output: Output = None,
) -> None:
    """Tag passages with pillars, actors and roles.

    Consecutive lines with the same `doc` are read as one document. `doubtful` names the pillars, and marks the
    actors, that a person should look at.

    Example: echo '{"id": 1, "text": "ตำรวจควรจัดหาล่ามให้ผู้เสียหาย"}' | tipmine tag
    """
    from tipmine.cli.jsonl import read_records, write_records

    records = read_records(file, required=("id", "text"))
    write_records(_tagged(records, model), output)


def _tagged(records: list[dict[str, Any]], model: Path | None) -> Iterator[dict[str, Any]]:
    """The tags of each record, in order, under the record's own id."""
    from tipmine import api

    for _doc, group in groupby(records, key=lambda record: record.get("doc")):
        batch = list(group)
        taggings = api.tag(api.passages(batch), model=model)
        for record, tagging in zip(batch, taggings, strict=True):
            yield _with_doubts(tagging) | {"id": record["id"]}


def _with_doubts(tagging: Tagging) -> dict[str, Any]:
    """The tagging as JSON, including what a person should look at."""
    from tipmine.tag.doubt import doubtful_pillars, is_doubtful

    actors = [actor.as_json() | {"doubtful": is_doubtful(actor)} for actor in tagging.actors]
    return tagging.as_json() | {"doubtful": list(doubtful_pillars(tagging)), "actors": actors}
