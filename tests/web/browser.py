"""A desk served on a free port, and a real browser on it: Debian's Chromium through Playwright."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tipmine.web import create_app

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
TIMEOUT = 15_000
"""How long a page may take on a busy machine before a test fails. Milliseconds."""


@contextmanager
def serving(run_folder: Path, **options: Any) -> Iterator[str]:
    """Serve a run from this process; gives the address."""
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(run_folder, **options), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@contextmanager
def opened_browser() -> Iterator[Any]:
    """The browser, started."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
            yield browser
        finally:
            browser.close()


class Window:
    """A browser window that collects what goes wrong in it and what it asks other places for."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=base, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(TIMEOUT)
        self.wrong: list[str] = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self._note_request(request.url, base))

    def _note_message(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _note_request(self, url: str, base: str) -> None:
        if not url.startswith(base):
            self.wrong.append(f"asked {url}")

    def press(self, key: str) -> None:
        """Press a key once the page with its script is there."""
        self.page.wait_for_load_state("load")
        self.page.keyboard.press(key)

    def sign(self, name: str) -> None:
        """Give the reviewer's name."""
        self.page.goto("/name")
        self.page.fill("#name", name)
        self.page.click("text=ใช้ชื่อนี้")

    def save(self, click: str, folder: Path) -> Path:
        """Click on a link to a file; gives the saved file under the name that the desk gave it."""
        with self.page.expect_download() as download:
            self.page.click(click)
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path
