"""Files and folders that are written whole or not at all: what stood there stays until the new one is complete.

Errors are those of the system, about the path that was asked for; callers word them.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write to; it takes the place of `path`, with its permissions, if the block ends without an error.

    The file that a link names is replaced, not the link. A file that may not be written is not replaced. What is no
    file, such as a pipe, is written to directly.
    """
    place = path.resolve()
    if os.path.lexists(path) and not place.is_file():
        yield path
        return
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    draft = _draft(place)
    try:
        yield draft
        # Without this, a machine that loses power may keep the name without the content. Windows asks for the right to
        # write; elsewhere the file may be read-only, as a copy of another.
        with draft.open("rb" if os.name == "posix" else "r+b") as stream:
            os.fsync(stream.fileno())
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except OSError as error:
        if error.filename == str(draft):
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """A new folder to fill; it takes the place of `folder` if the block ends without an error.

    For a moment there is neither. One process at a time may do this: what an earlier one left behind is removed.
    """
    fresh, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def refilling(folder: Path) -> Iterator[Path]:
    """A new folder to fill; if the block ends without an error, its files go into `folder`, whose other files stay."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = _draft(folder / "files")
    fresh.mkdir()
    try:
        yield fresh
        for file in sorted(fresh.iterdir()):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _draft(path: Path) -> Path:
    """A new name beside a path. It does not contain the path's own, which may be as long as names can be."""
    return path.with_name(f".tipmine-{uuid4().hex[:8]}.new")
