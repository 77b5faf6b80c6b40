"""The exchange formats, by their names on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tipmine.report.flat import write_flat_csv, write_parquet
from tipmine.report.qdpx import write_qdc, write_qdpx
from tipmine.report.webannotation import write_annotations
from tipmine.store.run import Run

WRITERS: Mapping[str, Callable[[Run, Path], None]] = {
    "qdpx": write_qdpx,
    "qdc": write_qdc,
    "csv": write_flat_csv,
    "parquet": write_parquet,
    "jsonld": write_annotations,
}
"""Format -> function that writes a run in that format."""
