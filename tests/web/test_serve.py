from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.conftest import Visitor
from tipmine.web import create_app


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """The real command on a free port; gives the address that it prints."""
    command = [sys.executable, "-m", "tipmine", "serve", "--run", str(folder), "--port", "0", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            match = re.search(r"http://\S+", process.stdout.readline())
            assert match, process.stderr and process.stderr.read()
            yield match.group()
        finally:
            process.terminate()


def test_the_command_prints_an_address_of_this_machine_that_answers(folder: Path) -> None:
    with serving(folder, "--reviewer", "สมศรี") as address:
        assert address.startswith("http://127.0.0.1:")
        text = urllib.request.urlopen(address, timeout=20).read().decode()  # noqa: S310 -- our own server
        assert "ผู้ตรวจ: สมศรี" in text


def test_other_machines_are_served_only_with_the_printed_token(folder: Path) -> None:
    with serving(folder, "--host", "0.0.0.0") as address:  # noqa: S104 -- what is tried here
        port = re.search(r":(\d+)/\?token=(\S{20,})", address)
        assert port
        bare = f"http://127.0.0.1:{port.group(1)}/"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(bare, timeout=20)
        assert refused.value.code == 401
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert opener.open(f"{bare}?token={port.group(2)}", timeout=20).status == 200


def test_a_port_that_is_taken_is_said_without_a_traceback(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "tipmine", "serve", "--run", str(folder), "--port", port]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert result.returncode == 2
    assert "choose another --port" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_corpus_that_is_not_there_is_said(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tipmine", "serve", "--run", str(folder), "--corpus", str(tmp_path / "none")]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert (result.returncode, "no such folder" in result.stderr) == (3, True)


def test_visitors_deciding_and_searching_at_once_all_get_their_answers(folder: Path) -> None:
    app = create_app(folder)
    wrong: list[str] = []

    def work(name: str) -> None:
        visitor = Visitor(app)
        assert visitor.post("/name", name=name).status_code == 303
        for turn in range(4):
            value = "yes" if turn % 2 else "no"
            statuses = [
                visitor.post("/decide", subject="p-report.pdf-0", field="pillar:protection", value=value).status_code,
                visitor.get("/search?pillar=protection&q=ล่าม").status_code,
                visitor.get("/trace?view=matrix").status_code,
                visitor.post("/undo").status_code if turn == 3 else 303,
            ]
            wrong.extend(f"{name} {turn} {statuses}" for status in statuses if status not in (200, 303))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ก", "ข", "ค")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
