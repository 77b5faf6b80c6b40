from __future__ import annotations

import signal
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tipmine.errors import TooLargeError
from tipmine.limits import limited
from tipmine.records import DocumentInfo
from tipmine.settings import Settings
from tipmine.work import Job, process_document


def spin(seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def fill(megabytes: int) -> str:
    """In a worker: take memory until the limit says no."""
    with limited("big.pdf", seconds=60, megabytes=megabytes):
        try:
            held = [bytearray(50_000_000) for _ in range(100)]
        except MemoryError:
            return "no memory"
        return f"{len(held)} pieces"


def test_a_document_that_takes_too_long_is_named() -> None:
    with (
        pytest.raises(TooLargeError, match=r"slow\.pdf: took over 1 s"),
        limited("slow.pdf", seconds=1, megabytes=9000),
    ):
        spin(20)


def test_the_clock_stops_with_the_document() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limited("quick.pdf", seconds=1, megabytes=9000):
        pass
    assert spin(1.2) == "done"
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize("piece", [True, False])
def test_the_reader_knows_the_time_of_its_job(piece: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def refuse(*_: object, **options: object) -> None:
        given.append(options["seconds"])
        raise TooLargeError("a.pdf", "enough")

    monkeypatch.setattr("tipmine.extract.extract_document", refuse)
    monkeypatch.setattr("tipmine.extract.pieces.read_piece", refuse)
    job = Job(DocumentInfo("a.pdf", path="a.pdf"), Settings(limits_seconds=70), span=(0, 1) if piece else None)
    assert process_document(job).error == "TooLargeError"
    assert given == [70]


def test_memory_is_limited_in_a_worker_process() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(fill, 1000).result() == "no memory"
