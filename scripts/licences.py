# ruff: noqa: T201 - a script that talks to its user
"""Licences of all packages of the default installation, from their own metadata, as a Markdown table.

    python scripts/licences.py > docs/licences.md

Which packages those are is read from uv.lock: what `tipmine` needs without extras, and what they need. Packages that
the lock file names for other systems only are not installed here, and are listed without a licence.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "uv.lock"

GPL = re.compile(r"\bA?GPL|GNU (Affero )?General Public|\bSSPL", re.IGNORECASE)
"""Licences that ask more of a program than Apache-2.0 gives. The Lesser GPL does not match."""


def default_packages(lock: dict[str, Any]) -> dict[str, str]:
    """Name and locked version of each package that is installed without extras, tipmine left out."""
    by_name = {package["name"]: package for package in lock["package"]}
    found: dict[str, str] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [("tipmine", ())]
    seen = set()
    while waiting:
        entry = waiting.pop()
        if entry in seen:
            continue
        seen.add(entry)
        name, extras = entry
        package = by_name[name]
        found[name] = package["version"]
        needs = list(package.get("dependencies", ()))
        for extra in extras:
            needs += package.get("optional-dependencies", {}).get(extra, ())
        # What has a marker with an extra is needed by that extra only.
        waiting += [(n["name"], tuple(n.get("extra", ()))) for n in needs if "extra" not in n.get("marker", "")]
    del found["tipmine"]
    return dict(sorted(found.items()))


def licence_of(name: str) -> str | None:
    """The licence as the package states it: expression, first line of the field, or classifiers. None: not here."""
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return None
    if expression := stated.get("License-Expression"):
        return str(expression)
    classifiers = [
        text.rsplit("::", 1)[-1].strip() for text in stated.get_all("Classifier") or () if text.startswith("License ::")
    ]
    field = str(stated.get("License") or "").strip().partition("\n")[0].strip()
    named = [text for text in classifiers if text != "OSI Approved"]
    if named:
        return " OR ".join(named)
    return field or _licence_in_files(name)


def _licence_in_files(name: str) -> str:
    """The first line of the licence file that says something; empty without one."""
    from importlib.metadata import files

    for path in files(name) or ():
        if re.match(r"(?i)licen[cs]e|copying", path.name):
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            return lines[0] if lines else ""
    return ""


def is_gpl_only(licence: str) -> bool:
    """Whether no choice that the licence gives is free of the GPL.

    >>> is_gpl_only("GPL-3.0-only"), is_gpl_only("MIT OR GPL-2.0-or-later"), is_gpl_only("LGPL-2.1")
    (True, False, False)
    """
    return all(GPL.search(choice) for choice in re.split(r"\s+OR\s+", licence))


def locked_hashes(lock: dict[str, Any]) -> dict[str, str]:
    """The hash of each file that uv may install, by its address; empty where the lock file has none."""
    found = {}
    for package in lock["package"]:
        sources = [package["sdist"]] if "sdist" in package else []
        found |= {file["url"]: file.get("hash", "") for file in [*sources, *package.get("wheels", [])]}
    return found


def table() -> str:
    """The Markdown page."""
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    packages = default_packages(lock)
    hashes = locked_hashes(lock)
    rows = [f"| {name} | {version} | {licence_of(name) or '–'} |" for name, version in packages.items()]
    return "\n".join(
        [
            "# Licences",
            "",
            f"The {len(rows)} packages of the default installation and their licences, as each states its own "
            "(`python scripts/licences.py > docs/licences.md`). A dash: not installed on the system the table was made "
            "on. None is under the GPL alone.",
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *rows,
            "",
            "## Hashes and advisories",
            "",
            f"`uv.lock` holds a SHA-256 of each of the {len(hashes)} files that an installation may take, extras and "
            "development tools included; uv refuses a file with another one, and a test refuses a lock file without "
            "(`tests/pipeline/test_licences.py`). `sh scripts/audit.sh` asks the advisory databases about every locked "
            "package with pip-audit; it needs the network and is to be run before a release.",
        ]
    )


if __name__ == "__main__":
    print(table())
