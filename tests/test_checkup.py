from __future__ import annotations

from pathlib import Path

from tests.builders import write_sample_run
from tipmine.checkup import check_installation, check_run
from tipmine.store.run import open_run


def test_this_installation_is_whole_but_for_ocr_perhaps(tmp_path: Path) -> None:
    wrong = {check.name for check in check_installation(tmp_path) if not check.ok}
    assert wrong <= {"ocr", "disk"}


def test_a_whole_run_passes(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        assert [check.name for check in check_run(run) if not check.ok] == []


def test_a_text_that_its_edits_do_not_give_is_found(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    with open_run(tmp_path / "run") as run:
        run.connection.execute("UPDATE lines SET text = text || 'x' WHERE line = 1")
        assert [check.name for check in check_run(run) if not check.ok] == ["edits"]


def test_an_index_that_lacks_a_passage_is_found(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    with open_run(tmp_path / "run") as run:
        run.connection.execute("DELETE FROM passages WHERE id = 'p-report.pdf-2'")
        (found,) = [check for check in check_run(run) if not check.ok]
        assert (found.name, found.found) == ("index", "4 of 3 passages")
        assert found.do
