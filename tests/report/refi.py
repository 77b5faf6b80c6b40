"""A reader of REFI-QDA projects of our own: does what importers do, and refuses what costs data in one of them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

NS = "{urn:QDA-XML:project:1.0}"
_GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ORDER = (
    "Users",
    "CodeBook",
    "Variables",
    "Cases",
    "Sources",
    "Notes",
    "Links",
    "Sets",
    "Graphs",
    "Description",
    "NoteRef",
)
_SOURCE_ORDER = ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue")


@dataclass
class Selection:
    """A selection as an importer has it: the words cut out of the stored text, and the names of its codes."""

    guid: str
    source: str
    text: str
    codes: list[str]
    users: list[str]
    description: str


@dataclass
class Project:
    """What an importer gets out of a project."""

    codes: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    selections: list[Selection] = field(default_factory=list)
    variables: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path) -> Project:
    """Read a project. Fails where it breaks one of the rules that cost data in a program that is in use."""
    with zipfile.ZipFile(path) as archive:
        assert all(name == "project.qde" or re.fullmatch(r"sources/[^/]+", name) for name in archive.namelist())
        assert len(archive.namelist()) == len(set(archive.namelist()))
        root = ET.fromstring(archive.read("project.qde"))  # noqa: S314 -- written by the test itself
        return _read(root, archive)


def _read(root: ET.Element, archive: zipfile.ZipFile) -> Project:
    assert root.tag == f"{NS}Project"
    assert root.get("origin"), "importers stop without it"
    _in_order(root, _ORDER)
    every = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(every) == len(set(every)) and all(_GUID.fullmatch(guid or "") for guid in every)
    project = Project()
    users = {user.get("guid"): user.get("name") or "" for user in root.iter(f"{NS}User")}
    for code in root.iter(f"{NS}Code"):
        assert code.get("name") not in project.codes.values(), "two codes of one name: the second one vanishes"
        project.codes[code.get("guid") or ""] = code.get("name") or ""
        if code.find(f"{NS}Code") is not None:
            assert code.get("isCodable") == "false"
            project.groups.add(code.get("guid") or "")
    names = {variable.get("guid"): variable.get("name") or "" for variable in root.iter(f"{NS}Variable")}
    for source in root.iterfind(f"{NS}Sources/{NS}TextSource"):
        _source(project, source, archive, users, names)
    for note in root.iterfind(f"{NS}Notes/{NS}Note"):
        assert note.get("creationDateTime"), "importers stop without it"
        project.notes[note.get("name") or ""] = _text(note, archive)
    guids = {selection.guid for selection in project.selections}
    for link in root.iter(f"{NS}Link"):
        ends = (link.get("originGUID") or "", link.get("targetGUID") or "")
        assert set(ends) <= guids
        project.links.append(ends)
    return project


def _in_order(element: ET.Element, order: tuple[str, ...]) -> None:
    places = [order.index(child.tag.removeprefix(NS)) for child in element]
    assert places == sorted(places), [child.tag for child in element]


def _text(element: ET.Element, archive: zipfile.ZipFile) -> str:
    path = element.get("plainTextPath") or ""
    assert path.startswith("internal://") and path.endswith(".txt"), "inline content stops importers"
    data = archive.read("sources/" + path.removeprefix("internal://"))
    assert not data.startswith(b"\xef\xbb\xbf"), "a byte order mark shifts every offset"
    assert b"\r" not in data, "carriage returns shift offsets line by line"
    return data.decode("utf-8")


def _source(
    project: Project,
    source: ET.Element,
    archive: zipfile.ZipFile,
    users: dict[str | None, str],
    names: dict[str | None, str],
) -> None:
    _in_order(source, _SOURCE_ORDER)
    name = source.get("name") or ""
    assert name and source.find(f"{NS}Coding") is None, "codings of a whole document are ignored by importers"
    assert source.find(f"{NS}NoteRef") is None, "a note that a source refers to needs a place in it, or it is dropped"
    text = project.texts[name] = _text(source, archive)
    for selection in source.iterfind(f"{NS}PlainTextSelection"):
        start, end = int(selection.get("startPosition") or -1), int(selection.get("endPosition") or -1)
        assert 0 <= start < end <= len(text)
        codings = selection.findall(f"{NS}Coding")
        targets = [c.find(f"{NS}CodeRef").get("targetGUID") for c in codings]  # type: ignore[union-attr]
        assert targets and all(target in project.codes and target not in project.groups for target in targets)
        project.selections.append(
            Selection(
                selection.get("guid") or "",
                name,
                text[start:end],
                [project.codes[target or ""] for target in targets],
                [users[coding.get("creatingUser")] for coding in codings],
                selection.findtext(f"{NS}Description") or "",
            )
        )
    for value in source.iterfind(f"{NS}VariableValue"):
        key = names[value[0].get("targetGUID")]
        project.variables.setdefault(name, {})[key] = value[1].text or ""
