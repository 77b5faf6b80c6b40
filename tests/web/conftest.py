"""A desk over the small fictional run, and forms as a browser would send them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import write_sample_run
from tipmine.store.run import Run, open_run
from tipmine.web import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's notice about which HTTP package it would rather use
    from starlette.testclient import TestClient

HOST = "http://127.0.0.1:8470"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sample_run(tmp_path / "run").close()
    return tmp_path / "run"


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    with open_run(folder) as opened:
        yield opened


class Visitor:
    """A browser on the desk: keeps cookies, and sends forms with the token that its pages carry."""

    def __init__(self, app: Any) -> None:
        self.client = TestClient(app, base_url=HOST, follow_redirects=False)

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, **more)

    def csrf(self) -> str:
        match = re.search(r'name="csrf" value="([0-9a-f]+)"', self.client.get("/name").text)
        return match.group(1) if match else ""

    def post(self, address: str, *, origin: str | None = HOST, **fields: str) -> Any:
        data = {"csrf": self.csrf(), "next": "/search"} | fields
        return self.client.post(address, data=data, headers={"origin": origin} if origin else {})


@pytest.fixture
def desk(folder: Path) -> Visitor:
    """A visitor who has given a name."""
    visitor = Visitor(create_app(folder))
    visitor.post("/name", name="สมศรี")
    return visitor


@pytest.fixture
def other(folder: Path) -> Visitor:
    """A second reviewer of the same run."""
    visitor = Visitor(create_app(folder))
    visitor.post("/name", name="มานะ")
    return visitor
