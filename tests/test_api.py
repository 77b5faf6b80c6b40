"""The Python interface: functions that are named as packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tipmine

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


def test_a_package_that_was_imported_first_can_be_called(report: Path) -> None:
    code = "import sys, tipmine.extract.documents; print(len(tipmine.extract(sys.argv[1]).lines))"
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
