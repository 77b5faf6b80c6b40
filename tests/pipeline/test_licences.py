"""What the default installation is made of, and that its licences go with Apache-2.0."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("licences", ROOT / "scripts" / "licences.py")
assert _spec and _spec.loader
licences = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(licences)

LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
PACKAGES: dict[str, str] = licences.default_packages(LOCK)


def test_no_package_is_under_the_gpl_alone_and_each_states_a_licence() -> None:
    stated = {name: licences.licence_of(name) for name in PACKAGES}
    assert not [name for name, licence in stated.items() if licence == ""]
    assert not [name for name, licence in stated.items() if licence and licences.is_gpl_only(licence)]


def test_a_licence_is_gpl_only_where_it_gives_no_other_choice() -> None:
    assert licences.is_gpl_only("GNU General Public License v3 (GPLv3)")
    assert licences.is_gpl_only("AGPL-3.0-or-later")
    assert not licences.is_gpl_only("MIT OR GPL-2.0-only")
    assert not licences.is_gpl_only("GNU Lesser General Public License v2 (LGPLv2)")


def test_the_page_lists_what_the_lock_file_names() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(
        line.split(" | ")[:2] for line in page.splitlines() if line.startswith("| ") and " | version" not in line
    )
    assert {name.removeprefix("| "): version for name, version in listed.items()} == PACKAGES


def test_extras_are_not_in_the_default_installation() -> None:
    assert "pdfplumber" in PACKAGES and "pdfminer-six" in PACKAGES
    assert not {"torch", "sentence-transformers", "distributed", "pikepdf"} & set(PACKAGES)


def test_every_file_that_may_be_installed_has_its_hash_in_the_lock() -> None:
    hashes = licences.locked_hashes(LOCK)
    assert len(hashes) > 1_000
    assert not [url for url, digest in hashes.items() if not re.fullmatch("sha256:[0-9a-f]{64}", digest)]
    from_registry = {package["name"] for package in LOCK["package"] if "registry" in package["source"]}
    assert {package["name"] for package in LOCK["package"]} - from_registry == {"tipmine"}
