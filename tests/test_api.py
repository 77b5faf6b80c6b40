"""The Python interface: functions that are named as packages."""

from __future__ import annotations

import ast
import inspect
import logging
import os
import pydoc
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from PIL import Image
from threadpoolctl import threadpool_info, threadpool_limits

import tipmine
import tipmine.themes
from tests.builders import passage, write_sample_run, write_texts
from tipmine import api
from tipmine.errors import RecordError, UsageError
from tipmine.extract import glyphs, library
from tipmine.section_paths import join_section
from tipmine.segment.cues import heading_path
from tipmine.store.run import create_run
from tipmine.tag import pillar_tagger
from tipmine.themes import finding
from tipmine.trace import fusing

TEXT = "ข้อเสนอแนะ\n1. ควรจัดหาล่ามให้ผู้เสียหาย\n2. ควรอบรมตำรวจ\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_stages_can_be_called_again_and_again(report: Path) -> None:
    for _ in range(2):
        document = tipmine.extract(report)
        passages = tipmine.segment(document)
        tags = tipmine.tag(passages)
        assert tipmine.tokenize(passages[-1].text)
        traces = tipmine.trace([], [])
    assert [line.text for line in document.lines] == TEXT.splitlines()
    assert [tag.id for tag in tags] == [passage.id for passage in passages]
    assert traces == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with more passages than were once given at most."""
    folder = tmp_path_factory.mktemp("many") / "run"
    with create_run(folder) as run:
        write_texts(run, [("finding", f"ล่าม คนที่ {n}") for n in range(1_100)])
    return folder


def test_all_that_is_found_is_given_unless_a_limit_is(folder: Path) -> None:
    assert len(tipmine.query(folder, "ล่าม")) == len(tipmine.kwic(folder, "ล่าม")) == 1_100
    assert len(tipmine.query(folder, "ล่าม", limit=5)) == len(tipmine.kwic(folder, "ล่าม", limit=5)) == 5
    words = tipmine.collocates(folder, "ล่าม")
    assert len(tipmine.collocates(folder, "ล่าม", limit=1)) == min(1, len(words))


def test_an_open_run_is_taken_as_its_folder_is_and_stays_open(folder: Path) -> None:
    with tipmine.open_run(folder) as run:
        assert tipmine.query(run, "ล่าม").equals(tipmine.query(str(folder), "ล่าม"))
        assert len(tipmine.kwic(run, "ล่าม", limit=3)) == 3
        assert tipmine.count(run, "kind", "ล่าม").equals(tipmine.count(folder, "kind", "ล่าม"))
        tipmine.save_query(run, "ล่าม", "ล่าม", reviewer="ก")
        assert len(tipmine.query(run, saved="ล่าม")) == 1_100
        tipmine.remove_query(run, "ล่าม")
        assert tipmine.saved_queries(folder).empty
    with pytest.raises(TypeError, match=r"a run is expected, .* not int"):
        tipmine.query(5, "ล่าม")  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["ควรจัดหาล่าม", ["ควรจัดหาล่าม"], passage("d", 0, "finding", "ล่าม"), [None], 5])
def test_what_is_no_sequence_of_passages_is_refused_with_what_is(given: Any) -> None:
    with pytest.raises(TypeError, match=r"a sequence of passages is expected, as tipmine\.segment"):
        tipmine.tag(given)


def state_of_the_process() -> dict[str, Any]:
    """What a program around the package has of its own and notices if it changes."""
    return {
        "threads": {library["filepath"]: library["num_threads"] for library in threadpool_info()},
        "loggers": [logging.getLogger(name).level for name in ("pdfminer", "fontTools")],
        "pdfminer": [vars(module).get(name) for module, name, _ in library._REPLACED],
        "environment": dict(os.environ),
    }


def test_a_program_that_calls_the_stages_keeps_its_own_settings(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tipmine.tag(tipmine.segment(tipmine.extract(report)))  # loads what loads once
    Image.new("L", (600, 800), 255).save(tmp_path / "scan.pdf")
    during: list[dict[str, Any]] = []

    def watched(function: Any) -> Any:
        return lambda *given, **more: during.append(state_of_the_process()) or function(*given, **more)

    for place, name in (
        (pillar_tagger, "text_parts"),
        (fusing, "rankings"),
        (finding, "consensus"),
        (glyphs, "_is_cut"),
    ):
        monkeypatch.setattr(place, name, watched(getattr(place, name)))
    with threadpool_limits(3):
        before = state_of_the_process()
        tipmine.extract(tmp_path / "scan.pdf")
        tipmine.tag(tipmine.segment(tipmine.extract(report)))
        tipmine.trace(ASKED, SAID)
        tipmine.find_themes([{"id": str(n), "text": SAID[n % 2]["text"], "doc": "a"} for n in range(40)])
        assert state_of_the_process() == before

    opened, *computed = during
    assert all(now != old for now, old in zip(opened["pdfminer"], before["pdfminer"], strict=True))
    assert len(computed) >= 3
    assert all(set(state["threads"].values()) == {1} for state in computed)


def test_a_package_that_was_imported_first_can_be_called(report: Path) -> None:
    code = "import sys, tipmine.extract.documents; print(len(tipmine.extract(sys.argv[1]).lines))"
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"


@pytest.mark.parametrize("name", ["extract", "segment", "tag", "tokenize", "trace"])
def test_a_package_that_is_a_function_is_explained_as_that_function(name: str) -> None:
    package, function = getattr(tipmine, name), getattr(api, name)
    assert inspect.signature(package) == inspect.signature(function)
    shown = pydoc.render_doc(package, renderer=pydoc.plaintext)
    first = inspect.getdoc(function).splitlines()[0]
    assert f"{name}{inspect.signature(function)}" in shown and first in shown
    header = ast.get_docstring(ast.parse(Path(package.__file__).read_text(encoding="utf-8")))
    assert header.splitlines()[0] in shown


def test_fewer_candidates_than_are_always_kept_are_refused() -> None:
    with pytest.raises(UsageError, match="candidates: 3 are too few; expected: 10 or more"):
        tipmine.trace(ASKED, SAID, candidates=3)


SAID: list[dict[str, Any]] = [
    {"id": "e1", "text": "ไม่มีล่ามเลย ต้องหาคนแปลเอง", "speaker": "ก", "doc": "fg1"},
    {"id": "e2", "text": "งบประมาณมาช้าทุกปี", "speaker": None, "doc": "fg1"},
]
ASKED = [{"id": "r1", "text": "ควรจัดหาล่ามให้ผู้เสียหาย"}]


def test_a_kind_that_there_is_not_is_named() -> None:
    with pytest.raises(RecordError, match="record with id r1: kind 'Recommendation' is not known; expected: recommend"):
        api.passages([ASKED[0] | {"kind": "Recommendation"}])


def test_rows_of_a_data_frame_are_records_and_empty_cells_are_missing_fields() -> None:
    framed = pd.DataFrame(SAID)
    framed.loc[1, "speaker"] = float("nan")
    assert api.units(framed) == api.units(SAID)
    assert tipmine.trace(pd.DataFrame(ASKED), framed) == tipmine.trace(ASKED, SAID)
    assert tipmine.find_themes(framed) == tipmine.find_themes(SAID)


@pytest.mark.parametrize(
    ("records", "message_part"),
    [
        ([SAID[0], {"text": "ไม่มีเลข"}], "record 2: lacks id"),
        ([{"id": 1, "text": None}], "record 1: lacks text"),
        ([{"id": 1, "text": 5}], "record 1: text is not a string"),
        ("recs.jsonl", "record 1: is a str; expected: a mapping with id, text"),
    ],
)
def test_a_record_that_cannot_be_used_is_named(records: Any, message_part: str) -> None:
    for use in (tipmine.find_themes, lambda given: tipmine.trace(given, SAID), api.passages):
        with pytest.raises(RecordError, match=message_part):
            use(records)


def test_a_heading_with_the_sign_between_headings_stays_one() -> None:
    section = ("ข้อเสนอแนะ", "ผู้มีรายได้ > 300 บาทต่อวัน")
    (plain,) = api.passages([{"id": "1", "text": "ควรจัดล่าม", "section": "ข้อเสนอแนะ > การคุ้มครอง"}])
    assert plain.section == ("ข้อเสนอแนะ", "การคุ้มครอง")
    (read,) = api.passages([replace(plain, section=section).as_json()])
    assert (read.section, read.kind) == (section, "recommendation")
    assert heading_path(join_section(read.section)) == heading_path(section)


def test_the_functions_are_listed_for_completion_in_notebooks() -> None:
    assert set(tipmine.__all__) <= set(dir(tipmine))


@pytest.mark.parametrize("package", [tipmine, tipmine.tag, tipmine.themes, tipmine.tokenize, tipmine.trace])
def test_a_package_has_the_names_that_it_lists_and_no_others(package: ModuleType) -> None:
    assert all(callable(getattr(package, name)) for name in package.__all__)
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'nothing'"):
        _ = package.nothing


def test_a_facet_that_is_none_does_not_narrow(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    assert len(tipmine.query(tmp_path / "run", pillar=None)) == len(tipmine.query(tmp_path / "run")) == 4
