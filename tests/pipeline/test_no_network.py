"""No stage asks the network for anything: a whole run in a process in which every connection fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "corpora" / "sample" / "documents"

# The interpreter imports this module at its start, in worker processes too.
REFUSE = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto") and not isinstance(arguments[1], tuple):
        return  # a pipe between processes of this machine
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["ASKED"], "a", encoding="utf-8") as log:
            log.write(f"{event} {arguments!r}\\n")
        raise PermissionError(f"{event} is refused")

sys.addaudithook(refuse)
"""


def start(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], str]:
    (folder / "refusing").mkdir(exist_ok=True)
    (folder / "refusing" / "sitecustomize.py").write_text(REFUSE, encoding="utf-8")
    log = folder / "asked"
    path = os.pathsep.join([str(folder / "refusing"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": path, "ASKED": str(log)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        encoding="utf-8",
    )
    return done, log.read_text("utf-8") if log.exists() else ""


def test_the_refusal_works(tmp_path: Path) -> None:
    done, asked = start(tmp_path, "-c", "import urllib.request as u; u.urlopen('http://localhost:9')")
    assert done.returncode and "is refused" in done.stderr and "socket." in asked


def test_a_run_from_files_to_report_opens_no_connection(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("fg1-sommottara.docx", "plan-sommottara-2566.pdf"):
        shutil.copy(DOCUMENTS / name, corpus)
    done, asked = start(tmp_path, "-m", "tipmine", "run", str(corpus), "--out", str(tmp_path / "run"), "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "report.html").is_file()
    assert asked == ""
