"""Files at any address that fsspec knows: a folder, NFS, S3 and the like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tipmine.atomic import replacing
from tipmine.errors import MissingFileError, MissingPartError, RunError, TipmineError, UsageError

_WITHOUT_FOLDERS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"})
"""Object stores: a path needs no folder, and asking for one may make a bucket out of a mistyped name."""


class Store:
    """The files below an address. `root` is the path of the address in the file system `system`."""

    def __init__(self, address: str) -> None:
        """Raises UsageError for an address that fsspec does not know, MissingPartError without fsspec."""
        try:
            from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # ships no types
        except ImportError as error:
            raise MissingPartError("--parts", "fsspec is not installed", do="install the extra: cluster") from error
        try:
            self.system, root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            expected = "a folder, or an address that fsspec knows"
            raise UsageError(address, f"cannot be opened: {error}", expected) from error
        self.address = address
        self.root: str = root.rstrip("/")
        protocols = self.system.protocol
        self._protocols = {protocols} if isinstance(protocols, str) else set(protocols)

    def exists(self, name: str) -> bool:
        """Whether there is a file. Raises RunError where the store refuses to tell."""
        with self.refusals():
            return bool(self.system.exists(self.path(name)))

    def read(self, name: str) -> bytes:
        """The content of a file. Raises MissingFileError, and RunError where the store refuses."""
        path = self.path(name)
        with self.refusals():
            try:
                content: bytes = self.system.cat_file(path)
            except FileNotFoundError as error:
                raise MissingFileError(path, "no such part", do="tipmine run CORPUS --parts ADDRESS") from error
            return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file that appears complete or not at all: object stores guarantee it, in folders a file is renamed.

        Raises OSError where a folder of this machine refuses, RunError where another store does.
        """
        path = self.path(name)
        with self.refusals():
            if "file" in self._protocols:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                with replacing(Path(path)) as draft:
                    draft.write_bytes(content)
                return
            if not self._protocols & _WITHOUT_FOLDERS:
                self.system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self.system.pipe_file(path, content)

    def path(self, name: str) -> str:
        """Where a file of this name is in the file system."""
        return f"{self.root}/{name}"

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turns the errors of a store, which may be of classes of its own, into RunError."""
        try:
            yield
        except TipmineError:
            raise
        except Exception as error:
            if isinstance(error, OSError) and "file" in self._protocols:
                raise
            expected = "an address that answers and may be written to"
            do = "check bucket, endpoint and keys, then run again: what was written is kept"
            raise RunError(self.address, f"the store refuses: {error}", expected, do) from error
