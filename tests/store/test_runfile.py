"""Where a run finds the documents that it was made from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tipmine.store.runfile import RUN_FILE, corpus_name, corpus_path, corpus_places, find_corpus, other_corpus


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with `corpora/north` and its run `outputs/north`, which says where the corpus is."""
    place = tmp_path / "work"
    (place / "corpora" / "north").mkdir(parents=True)
    (place / "outputs" / "north").mkdir(parents=True)
    return place


def with_run_file(run: Path, content: object) -> Path:
    (run / RUN_FILE).write_text(json.dumps(content), encoding="utf-8")
    return run


def test_a_corpus_named_relative_to_one_folder_is_found_from_another(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    run = with_run_file(place / "outputs" / "north", corpus_places(Path("outputs/north"), Path("corpora/north")))
    monkeypatch.chdir(tmp_path)
    found = find_corpus(run)
    assert found is not None
    assert found.resolve() == (place / "corpora" / "north").resolve()
    assert corpus_name(run) == "north"


def test_it_is_found_after_run_and_corpus_were_moved_together(place: Path, tmp_path: Path) -> None:
    with_run_file(place / "outputs" / "north", corpus_places(place / "outputs" / "north", place / "corpora" / "north"))
    moved = tmp_path / "elsewhere"
    place.rename(moved)
    found = find_corpus(moved / "outputs" / "north")
    assert found is not None
    assert found.resolve() == (moved / "corpora" / "north").resolve()


def test_it_is_found_after_the_run_alone_was_moved(place: Path, tmp_path: Path) -> None:
    run = with_run_file(
        place / "outputs" / "north", corpus_places(place / "outputs" / "north", place / "corpora" / "north")
    )
    shutil.move(run, tmp_path / "copied")
    assert find_corpus(tmp_path / "copied") == (place / "corpora" / "north").resolve()


def test_the_corpus_of_a_run_copied_with_it_is_no_other_one(place: Path, tmp_path: Path) -> None:
    with_run_file(place / "outputs" / "north", corpus_places(place / "outputs" / "north", place / "corpora" / "north"))
    shutil.copytree(place, tmp_path / "copy")
    run = tmp_path / "copy" / "outputs" / "north"
    assert other_corpus(run, tmp_path / "copy" / "corpora" / "north") is None
    assert other_corpus(run, tmp_path) == (tmp_path / "copy" / "corpora" / "north").resolve()


def test_a_corpus_that_is_gone_is_still_named(place: Path) -> None:
    corpus = place / "corpora" / "north"
    run = with_run_file(place / "outputs" / "north", corpus_places(place / "outputs" / "north", corpus))
    corpus.rmdir()
    assert find_corpus(run) is None
    assert corpus_path(run) == corpus.resolve()


def test_runs_of_older_versions_have_the_path_as_it_was_typed(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = with_run_file(place / "outputs" / "north", {"corpus": "corpora/north"})
    monkeypatch.chdir(tmp_path)
    assert find_corpus(run) == (place / "corpora" / "north").resolve()


@pytest.mark.parametrize("content", [[], {}, {"corpus": ""}, {"corpus": 3}, {"corpus": "nowhere/at all"}])
def test_a_run_that_does_not_say_has_no_corpus(place: Path, content: object) -> None:
    assert find_corpus(with_run_file(place / "outputs" / "north", content)) is None


def test_without_a_run_file_a_corpus_is_called_as_its_run(place: Path) -> None:
    assert find_corpus(place / "outputs" / "north") is None
    assert corpus_name(place / "outputs" / "north") == "north"
