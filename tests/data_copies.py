"""Copies of the data files that people edit, with a change in one of them, read in the place of the real ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import tipmine.data

FOLDER = Path(tipmine.data.__file__).parent


def read_changed(name: str, old: str, new: str, tmp_path: Path, monkeypatch: Any, *modules: ModuleType) -> None:
    """Let the data files be read from a copy in which `old`, which the file `name` has once, is `new`.

    `modules` are those besides `tipmine.data` that look for the folder themselves. What was read before and is kept in
    caches stays.
    """
    copy = shutil.copytree(FOLDER, tmp_path / "data")
    text = (copy / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / name).write_text(text.replace(old, new), encoding="utf-8")
    for module in (tipmine.data, *modules):
        monkeypatch.setattr(module, "files", lambda _: copy)
