"""The codes of a run as a tree in which every name is unique: what REFI-QDA calls a codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from tipmine.records import KINDS, PILLARS, ROLES
from tipmine.report.cells import printable
from tipmine.report.labels import label
from tipmine.report.material import Material

NAMESPACE = UUID("6f1d3c86-6d0b-5c1e-9a53-0d7a1f0b7b52")
"""A random constant of this project: the same document, span and label give the same GUID in every run."""
_COLOURS = {
    "policy": "#1F5FA8",
    "prevention": "#2E8B57",
    "prosecution": "#B5462F",
    "protection": "#8A5FB0",
    "partnership": "#C2851B",
}
_GROUP_COLOURS = {"kind": "#5B6B7A", "actor": "#2F7F8C", "role": "#8C6A2F", "theme": "#A23B72"}
_GROUPS = {
    "pillar": ("เสา 5P", "เสา"),
    "kind": ("ประเภทข้อความ", "ประเภท"),
    "actor": ("ผู้เกี่ยวข้อง", "ผู้เกี่ยวข้อง"),
    "role": ("บทบาทของผู้เกี่ยวข้อง", "บทบาท"),
    "theme": ("ประเด็นจากวงสนทนา", "ประเด็น"),
}
"""Group -> name of the group's own node, and the prefix of its codes' names."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its group and value, its GUID, its unique name, colour and description."""

    group: str
    value: str
    guid: str
    name: str
    colour: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A node that groups codes and is not itself a code."""

    guid: str
    name: str
    codes: tuple[Code, ...]


def guid(*parts: str | int) -> str:
    """A GUID that depends on every part and on nothing else."""
    return str(uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))).upper()


def code_tree(material: Material) -> tuple[Group, ...]:
    """The groups with their codes: pillars, kinds and roles of the codebook, actors and themes of the run."""
    values: dict[str, dict[str, tuple[str, str]]] = {
        "pillar": {code: (label("pillar", code), "") for code in PILLARS},
        "kind": {code: (label("kind", code), "") for code in KINDS if code != "other"},
        "actor": {
            key: (actor.name, label("sector", actor.sector))
            for key, actor in sorted(material.actors.items(), key=lambda item: (item[1].sector, item[1].name))
        },
        "role": {code: (label("role", code), "") for code in ROLES},
        "theme": {theme.id: (theme.label, ", ".join(theme.terms)) for theme in material.themes.themes},
    }
    used = {name.casefold() for name, _ in _GROUPS.values()}
    groups = []
    for group, members in values.items():
        codes = tuple(_code(group, value, text, note, used) for value, (text, note) in members.items())
        if codes:
            groups.append(Group(guid("group", group), _GROUPS[group][0], codes))
    return tuple(groups)


def _code(group: str, value: str, text: str, note: str, used: set[str]) -> Code:
    plain = " ".join(printable(text).split()) or value
    name = f"{_GROUPS[group][1]}: {plain}"
    if name.casefold() in used:
        name = f"{name} ({value})"
    used.add(name.casefold())
    colour = _COLOURS.get(value) if group == "pillar" else None
    return Code(group, value, guid("code", group, value), name, colour or _GROUP_COLOURS[group], printable(note))


def plain_name(code: Code, name: str) -> str:
    """The name of a code in another file, without what `code_tree` added to the label to make it unique."""
    plain = name.strip().removesuffix(f"({code.value})").strip()
    head = f"{_GROUPS[code.group][1]}:"
    return plain.removeprefix(head).strip()


def by_value(groups: tuple[Group, ...]) -> Mapping[tuple[str, str], Code]:
    """(group, value) -> code."""
    return {(code.group, code.value): code for code in _codes(groups)}


def _codes(groups: tuple[Group, ...]) -> Iterator[Code]:
    for group in groups:
        yield from group.codes
