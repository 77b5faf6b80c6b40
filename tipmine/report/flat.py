"""Exports one row per passage with its labels as 0/1 columns, for statistics programs, pandas and R."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tipmine.coverage import stated_coverage
from tipmine.records import PILLARS, DocumentInfo, Passage, TableRow, Tagging
from tipmine.report.files import replacing_file, write_csv
from tipmine.report.material import Material, gather
from tipmine.section_paths import join_section
from tipmine.store.doubts import doubts_of
from tipmine.store.run import Run
from tipmine.tag.addressees import actors_of

_PLACE = ("id", "doc", "title", "type", "year_be", "province", "group", "page", "order", "section", "number", "speaker")
_TEXT = ("kind", "text", "actors", "coverage", "reviewed", "doubtful")
_WHOLE = ("year_be", "page", "order", "reviewed", "doubtful")
_BATCH = 10_000
"""Number of rows written at a time; limits memory."""


def columns(material: Material) -> list[str]:
    """The columns: place, text, then `pillar.<code>` with `.score`, `actor.<id>` and `theme.<id>`."""
    names = [*_PLACE, *_TEXT]
    for pillar in PILLARS:
        names += [f"pillar.{pillar}", f"pillar.{pillar}.score"]
    names += [f"actor.{key}" for key in sorted(material.actors)]
    return names + [f"theme.{theme.id}" for theme in material.themes.themes]


def flat_rows(run: Run, material: Material) -> Iterator[TableRow]:
    """The passages of a run in document order, each with every column."""
    empty = dict.fromkeys(columns(material), 0)
    for info in material.infos.values():
        taggings = run.taggings(doc=info.doc)
        for passage in run.passages(doc=info.doc):
            yield empty | _row(material, info, passage, taggings[passage.id])


def _row(material: Material, info: DocumentInfo, passage: Passage, tagging: Tagging) -> TableRow:
    actors = actors_of(passage, tagging)
    row: TableRow = {
        "id": passage.id,
        "doc": passage.doc,
        "title": info.title,
        "type": info.type,
        "year_be": info.year_be,
        "province": info.province,
        "group": info.speaker_group,
        "page": passage.page or None,
        "order": passage.order,
        "section": join_section(passage.section),
        "number": passage.number,
        "speaker": passage.speaker,
        "kind": tagging.kind,
        "text": passage.text,
        "actors": "; ".join(f"{tag.name} ({tag.role})" for tag in actors),
        "coverage": stated_coverage(tagging.kind, material.traces.get(passage.id)),
        "reviewed": int(passage.id in material.decided),
        "doubtful": int(bool(doubts_of(tagging, material.decided.get(passage.id, {})))),
    }
    row |= {f"pillar.{code}.score": round(score, 4) for code, score in tagging.pillar_scores.items()}
    row |= {f"pillar.{tag.code}": 1 for tag in tagging.pillars}
    row |= {f"actor.{tag.actor or tag.name}": 1 for tag in actors}
    return row | {f"theme.{theme.id}": 1 for theme in material.themes_of.get(passage.id, ())}


def write_flat_csv(run: Run, path: Path) -> None:
    """Write the rows as CSV with a byte order mark. Raises RunError if the file cannot be written."""
    material = gather(run)
    write_csv(path, flat_rows(run, material), columns(material))


def write_parquet(run: Run, path: Path) -> None:
    """Write the rows as Parquet, labels as small integers. Raises RunError if the file cannot be written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    material = gather(run)
    schema = pa.schema([(name, _type(pa, name)) for name in columns(material)])
    rows = flat_rows(run, material)
    with replacing_file(path) as draft, pq.ParquetWriter(draft, schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _type(pa: Any, name: str) -> Any:
    if name in _WHOLE:
        return pa.int32()
    if name.endswith(".score"):
        return pa.float32()
    return pa.int8() if name.startswith(("pillar.", "actor.", "theme.")) else pa.string()
