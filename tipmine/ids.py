"""Stable ids: the same content gives the same id on every machine and in every run.

The parts are encoded as a JSON list before they are hashed, so that ("1", "23") and ("12", "3") give different ids.
An id has 80 bits: with 10 million passages the chance of a single collision is below 1 in 10 ** 10.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

_VERSION = 1
"""Part of every hash. Raising it changes all ids, and so cuts people's decisions off from what they decided about."""
_BYTES = 10
"""Length of an id's hash. Bytes."""


def content_id(prefix: str, *parts: str | int) -> str:
    """The `prefix`, a hyphen and 20 hex digits that depend on the prefix, on every part and on their order.

    >>> content_id("p", "a", "bc") == content_id("p", "ab", "c")
    False
    """
    payload = json.dumps([_VERSION, prefix, *parts], ensure_ascii=False).encode()
    return f"{prefix}-{hashlib.blake2b(payload, digest_size=_BYTES).hexdigest()}"


def passage_id(doc: str, text: str, earlier: int) -> str:
    """The id of a passage of the document `doc` in which `earlier` passages before it have the same text."""
    return content_id("p", doc, text, earlier)


def content_hash(content: Any, *, digits: int = 16) -> str:
    """Hex digits that change with the content, which must be writable as JSON; the order of keys does not count."""
    payload = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.blake2b(payload, digest_size=digits // 2).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex. The file is read in pieces, so its size does not matter."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
