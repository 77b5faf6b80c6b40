"""What stood in a file or a folder stays until the new content is complete."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tipmine.atomic import refilling, replacing, replacing_folder


def test_a_file_is_replaced_as_a_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    with replacing(path) as draft:
        draft.write_text("after", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "before"
    assert path.read_text(encoding="utf-8") == "after"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_file_stays_if_writing_fails(tmp_path: Path, failure: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(failure), replacing(path) as draft:
        draft.write_text("half", encoding="utf-8")
        raise failure
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path: Path) -> None:
    path = tmp_path / ("ก" * 83 + ".jsonl")
    with replacing(path) as draft:
        draft.write_text("x", encoding="utf-8")
    assert path.is_file()


def test_the_file_behind_a_link_is_replaced(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link"
    path.write_text("before", encoding="utf-8")
    link.symlink_to(path)
    with replacing(link) as draft:
        draft.write_text("after", encoding="utf-8")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "after"


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    with replacing(pipe) as draft:
        draft.write_text("through", encoding="utf-8")
    reader.join(timeout=10)
    assert read == ["through"]
    assert pipe.is_fifo()


def test_errors_name_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "a.txt"
    with pytest.raises(FileNotFoundError) as caught, replacing(path) as draft:
        draft.write_text("x", encoding="utf-8")
    assert caught.value.filename == str(path)
    with pytest.raises(IsADirectoryError) as there, replacing(tmp_path) as draft:
        draft.write_text("x", encoding="utf-8")
    assert there.value.filename == str(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(PermissionError), replacing(path) as draft:
        draft.write_text("after", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "before"


def test_a_folder_is_replaced_with_all_that_was_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for name in ("index", "index.new", "index.old"):  # the last two as a killed process leaves them
        (tmp_path / name).mkdir()
        (tmp_path / name / "old").touch()
    with replacing_folder(folder) as fresh:
        (fresh / "new").touch()
    assert [path.name for path in folder.iterdir()] == ["new"]
    with pytest.raises(ValueError, match="no"), replacing_folder(folder) as fresh:
        raise ValueError("no")
    assert [path.name for path in folder.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_is_refilled_beside_what_else_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("old", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="no"), refilling(tmp_path) as fresh:
        (fresh / "model.json").write_text("half", encoding="utf-8")
        raise ValueError("no")
    assert (tmp_path / "model.json").read_text(encoding="utf-8") == "old"
    with refilling(tmp_path) as fresh:
        (fresh / "model.json").write_text("new", encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "model.json": "new",
        "notes.txt": "mine",
    }
