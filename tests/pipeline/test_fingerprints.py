"""What has a stage done again, and what does not: the program, models, and what steers themes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tipmine
from tests.pipeline.test_decided import done_again
from tests.pipeline.test_steering import write_group
from tipmine import batch, fingerprints
from tipmine.batch import Workers
from tipmine.errors import MissingFileError, RunError
from tipmine.fingerprints import folder_fingerprint, program_fingerprint, stage_fingerprint
from tipmine.pipeline import STAGES, run_pipeline
from tipmine.records import DocumentInfo
from tipmine.settings import Settings
from tipmine.theme_files import Steering

NOTHING = Steering({}, ())
DOCUMENT_STAGES = ("extract", "segment", "tokenize", "tag")


def forget() -> None:
    fingerprints._source.cache_clear()
    program_fingerprint.cache_clear()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the program's source, from which fingerprints are made."""
    source = Path(tipmine.__file__).parent
    copy = shutil.copytree(source, tmp_path / "program", ignore=lambda folder, names: [
        name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()
    ])  # fmt: skip
    monkeypatch.setattr(fingerprints, "files", lambda _: copy)
    forget()
    yield copy
    forget()


def edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "#", encoding="utf-8")
    forget()


def expected() -> dict[str, str]:
    """Stage -> fingerprint, for a document and for the stages of a corpus by themselves."""
    own = {stage.name: stage_fingerprint(stage, Settings(), NOTHING) for stage in STAGES}
    chained = fingerprints.document_fingerprints(DocumentInfo("a"), {name: own[name] for name in DOCUMENT_STAGES})
    return own | chained


@pytest.mark.parametrize(
    ("module", "changed"),
    [
        ("extract/marks.py", DOCUMENT_STAGES),
        ("extract/repair/rules/am_aa.py", DOCUMENT_STAGES),
        ("segment/prose.py", ("segment", "tokenize", "tag")),
        ("tag/surroundings.py", ("tag",)),
        ("name_forms.py", ("segment", "tokenize", "tag")),
        ("themes/finding.py", ("themes",)),
        ("trace/fusing.py", ("trace",)),
        ("corpus_stages.py", ("themes", "trace")),
        ("work.py", DOCUMENT_STAGES),
        ("web/marks.py", ()),
        ("store/query.py", ()),
    ],
)
def test_a_changed_module_has_its_stage_done_again_and_those_after_it(
    program: Path, module: str, changed: tuple[str, ...]
) -> None:
    before = expected()
    edit(program / module)
    after = expected()
    assert tuple(name for name in after if after[name] != before[name]) == changed


def test_what_a_stage_uses_of_the_shared_modules_counts(program: Path) -> None:
    before = expected()
    edit(program / "lexical" / "thesaurus.py")
    after = expected()
    assert {"themes", "trace"} <= {name for name in after if after[name] != before[name]}


def test_the_place_of_the_program_and_the_times_of_its_files_do_not_count(program: Path) -> None:
    before = expected()
    for path in program.rglob("*.py"):
        os.utime(path, (0, 0))
    moved = program.rename(program.with_name("elsewhere"))
    program.symlink_to(moved)
    forget()
    assert expected() == before


def test_a_cluster_whose_workers_have_another_program_is_refused(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_worker(function, jobs, **_named):  # type: ignore[no-untyped-def]
        edit(program / "tag" / "surroundings.py")
        return (function(job) for job in jobs)

    monkeypatch.setattr(batch, "run_jobs", on_a_worker)
    with pytest.raises(RunError, match="the program of a worker is not the one that was started"):
        list(Workers(scheduler="tcp://host:8786").results(str, [1], str))
    assert list(Workers().results(str, [1], str)) == ["1"]


def test_a_folder_is_known_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    config, weights = folder / "1_Pooling" / "config.json", folder / "weights.bin"
    config.write_bytes(b"{}")
    weights.write_bytes(b"0123456789")
    before = folder_fingerprint(str(folder), "a model")
    os.utime(weights, (0, 0))
    assert folder_fingerprint(str(folder), "a model") == before
    config.write_bytes(b"[]")
    assert folder_fingerprint(str(folder), "a model") != before
    config.write_bytes(b"{}")
    monkeypatch.setattr(fingerprints, "_LARGE_FILE", 5)
    large = folder_fingerprint(str(folder), "a model")
    os.utime(weights, (1, 1))
    assert folder_fingerprint(str(folder), "a model") != large
    assert folder_fingerprint("", "a model") == ""
    with pytest.raises(MissingFileError, match="there is no such folder; expected: a model"):
        folder_fingerprint(str(tmp_path / "none"), "a model")


def test_an_edit_of_themes_has_no_recommendation_traced_again(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    write_group(corpus, "north", 0)
    write_group(corpus, "south", 1)
    (corpus / "tipmine.toml").write_text('[themes]\nedits = "edits.jsonl"\n', encoding="utf-8")
    edits = corpus / "edits.jsonl"
    edits.write_text("", encoding="utf-8")
    run_pipeline(corpus, out)
    edits.write_text('{"do": "rename", "theme": ["nobody said this"], "label": "-"}\n', encoding="utf-8")
    assert done_again(corpus, out) == ["themes", "index"]
    (corpus / "tipmine.toml").write_text(
        "[trace]\ncandidates = 20\n[themes]\nedits = 'edits.jsonl'\n", encoding="utf-8"
    )
    assert done_again(corpus, out) == ["trace", "index"]
    assert done_again(corpus, out) == []
