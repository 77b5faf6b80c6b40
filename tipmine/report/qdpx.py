"""REFI-QDA project (.qdpx) and codebook (.qdc): the coded corpus for QualCoder, MAXQDA, ATLAS.ti and NVivo.

The file follows the standard "REFI-QDA 1.5" (elements in the order of its schema; offsets in code points, end
exclusive) and the conventions of the programs that read it: text sources as separate UTF-8 files with line feeds and no
byte order mark, names unique over the whole code tree, `origin` on the project, a date on every note, and nothing that
exists only in links, in cases or on whole documents. The standard has no field for scores and reasons; they are in the
description of each selection. A rerun gives the same GUIDs.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from tipmine import __version__
from tipmine.records import ActorTag, DocumentInfo, Passage, Tagging
from tipmine.report.cells import printable
from tipmine.report.codedtext import CodedText, coded_text
from tipmine.report.codetree import Code, Group, by_value, code_tree, guid
from tipmine.report.files import replacing_file
from tipmine.report.labels import label
from tipmine.report.material import Material, gather
from tipmine.section_paths import join_section
from tipmine.store.fields import KIND
from tipmine.store.run import Run

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = f"tipmine {__version__}"
_MACHINE = "tipmine"
_VARIABLES = (
    ("year", "ปี พ.ศ.", "Integer"),
    ("province", "จังหวัด", "Text"),
    ("type", "ประเภทเอกสาร", "Text"),
    ("group", "กลุ่มผู้ให้ข้อมูล", "Text"),
    ("title", "ชื่อเอกสาร", "Text"),
)
_NAME = 60
"""Longest name of a selection in code points."""


def write_qdpx(run: Run, path: Path, *, now: datetime | None = None) -> None:
    """Write the project file of a run. Raises RunError if it cannot be written."""
    when = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with (
        replacing_file(path) as draft,
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        # A ZIP can write one member at a time, but sources are written while the project's elements are produced.
        project = Path(folder) / "project.qde"
        with project.open("w", encoding="utf-8", newline="\n") as xml:
            _Project(run, xml, archive, when).write()
        archive.write(project, "project.qde")


def write_qdc(run: Run, path: Path) -> None:
    """Write the codebook of a run. Raises RunError if it cannot be written."""
    with replacing_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        xml = _Xml(stream)
        xml.start("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
        _codes(xml, code_tree(gather(run)))
        xml.end("CodeBook")


class _Xml:
    """Writes XML elements; characters that XML cannot hold are left out of names and descriptions."""

    def __init__(self, stream: TextIOWrapper) -> None:
        self._out = XMLGenerator(stream, encoding="utf-8", short_empty_elements=True)
        self._out.startDocument()

    def start(self, tag: str, **attributes: str) -> None:
        self._out.startElement(tag, AttributesImpl({name: printable(value) for name, value in attributes.items()}))

    def end(self, tag: str) -> None:
        self._out.endElement(tag)

    def leaf(self, tag: str, text: str = "", **attributes: str) -> None:
        self.start(tag, **attributes)
        if text:
            self._out.characters(printable(text))
        self.end(tag)


def _codes(xml: _Xml, groups: Sequence[Group]) -> None:
    xml.start("Codes")
    for group in groups:
        xml.start("Code", guid=group.guid, name=group.name, isCodable="false")
        for code in group.codes:
            xml.start("Code", guid=code.guid, name=code.name, isCodable="true", color=code.colour)
            if code.description:
                xml.leaf("Description", code.description)
            xml.end("Code")
        xml.end("Code")
    xml.end("Codes")


class _Project:
    """Writes the elements of a project in the order of the schema, one document after another."""

    def __init__(self, run: Run, xml: TextIOWrapper, archive: zipfile.ZipFile, when: str) -> None:
        self._run = run
        self._archive = archive
        self._when = when
        self._material: Material = gather(run)
        self._groups = code_tree(self._material)
        self._code: Mapping[tuple[str, str], Code] = by_value(self._groups)
        self._users = {_MACHINE: guid("user", _MACHINE)}
        reviewers = {d.reviewer for fields in self._material.decided.values() for d in fields.values()}
        self._users |= {name: guid("user", name) for name in sorted(reviewers)}
        self._xml = _Xml(xml)
        self._notes: list[tuple[str, str]] = []
        self._selected: set[str] = set()
        """Ids of the passages whose selections have been written: programs may refuse a link to anything else."""

    def write(self) -> None:
        """The whole project."""
        xml, machine = self._xml, self._users[_MACHINE]
        name = self._run.folder.resolve().name
        head = {"name": name, "origin": ORIGIN, "creatingUserGUID": machine, "creationDateTime": self._when}
        xml.start("Project", xmlns=PROJECT, **head)
        xml.start("Users")
        for user, its_guid in self._users.items():
            xml.leaf("User", guid=its_guid, name=user)
        xml.end("Users")
        xml.start("CodeBook")
        _codes(xml, self._groups)
        xml.end("CodeBook")
        xml.start("Variables")
        for key, shown, kind in _VARIABLES:
            xml.leaf("Variable", guid=guid("variable", key), name=shown, typeOfVariable=kind)
        xml.end("Variables")
        if self._material.infos:
            xml.start("Sources")
            for info in self._material.infos.values():
                self._source(info)
            xml.end("Sources")
        self._write_notes()
        self._links()
        xml.end("Project")

    def _stamp(self, user: str = _MACHINE) -> dict[str, str]:
        return {"creatingUser": self._users.get(user, self._users[_MACHINE]), "creationDateTime": self._when}

    def _source(self, info: DocumentInfo) -> None:
        passages = self._run.passages(doc=info.doc)
        taggings = self._run.taggings(doc=info.doc)
        coded = coded_text(passages)
        key = guid("source", info.doc)
        self._store(key, coded.text)
        path = f"internal://{key}.txt"
        self._xml.start("TextSource", guid=key, name=info.doc, plainTextPath=path, **self._stamp())
        for passage in passages:
            if taggings[passage.id].kind != "other":
                self._selection(passage, taggings[passage.id], coded)
        if coded.pages:
            # QualCoder takes a note that a source refers to for an annotation of the text, finds no place for it, and
            # drops it; a separate note becomes a journal.
            self._notes.append((info.doc, _page_map(info.doc, coded)))
        self._values(info)
        self._xml.end("TextSource")

    def _store(self, key: str, text: str) -> None:
        self._archive.writestr(f"sources/{key}.txt", text.encode("utf-8"))

    def _selection(self, passage: Passage, tagging: Tagging, coded: CodedText) -> None:
        self._selected.add(passage.id)
        start = coded.starts[passage.id]
        shown = " ".join(part for part in (label("kind", tagging.kind), passage.number, passage.speaker) if part)
        self._begin(selection_guid(passage.id), shown, start, start + len(passage.text), _facts(passage, tagging))
        decision = self._material.decided.get(passage.id, {}).get(KIND)
        self._coding(passage.id, "kind", tagging.kind, decision.reviewer if decision else _MACHINE)
        for tag in tagging.pillars:
            self._coding(passage.id, "pillar", tag.code, tag.by)
        for theme in self._material.themes_of.get(passage.id, ()):
            self._coding(passage.id, "theme", theme.id, _MACHINE)
        self._xml.end("PlainTextSelection")
        for tag_ in tagging.actors:
            self._actor(passage, tag_, start)

    def _actor(self, passage: Passage, tag: ActorTag, start: int) -> None:
        key = f"{passage.id}:{tag.start}:{tag.end}"
        facts = f"actor={tag.actor or tag.name}; role={tag.role}; score={tag.score:.3f}; by={tag.by}; {tag.reason}"
        self._begin(guid("actor", key), tag.text, start + tag.start, start + tag.end, facts)
        self._coding(key, "actor", tag.actor or tag.name, tag.by)
        self._coding(key, "role", tag.role, tag.by)
        self._xml.end("PlainTextSelection")

    def _begin(self, key: str, name: str, start: int, end: int, facts: str) -> None:
        place = {"startPosition": str(start), "endPosition": str(end)}
        self._xml.start("PlainTextSelection", guid=key, name=name[:_NAME], **place, **self._stamp())
        self._xml.leaf("Description", facts)

    def _coding(self, key: str, group: str, value: str, by: str) -> None:
        code = self._code.get((group, value))
        if code is None:
            return
        self._xml.start("Coding", guid=guid("coding", key, group, value), **self._stamp(by))
        self._xml.leaf("CodeRef", targetGUID=code.guid)
        self._xml.end("Coding")

    def _values(self, info: DocumentInfo) -> None:
        values = {"year": info.year_be, "province": info.province, "group": info.speaker_group, "title": info.title}
        values["type"] = label("type", info.type) if info.type else ""
        for key, _, kind in _VARIABLES:
            if values[key]:
                self._xml.start("VariableValue")
                self._xml.leaf("VariableRef", targetGUID=guid("variable", key))
                self._xml.leaf(f"{kind}Value", str(values[key]))
                self._xml.end("VariableValue")

    def _write_notes(self) -> None:
        if not self._notes:
            return
        self._xml.start("Notes")
        for doc, text in self._notes:
            key, content = guid("note", doc), guid("note text", doc)
            self._store(content, text)
            path = f"internal://{content}.txt"
            self._xml.leaf("Note", guid=key, name=f"เลขหน้า {doc}", plainTextPath=path, **self._stamp())
        self._xml.end("Notes")

    def _links(self) -> None:
        """Write the links from recommendations to evidence; for programs without links, the workbook has them too."""
        links = [
            (rec.id, item)
            for rec in self._material.recommendations
            if rec.id in self._material.traces
            for item in self._material.traces[rec.id].evidence
            if item.band != "weak" and {rec.id, item.id} <= self._selected
        ]
        if not links:
            return
        self._xml.start("Links")
        for rec, item in links:
            name = f"{label('band', item.band)} {item.score:.2f}"
            ends = {"originGUID": selection_guid(rec), "targetGUID": selection_guid(item.id)}
            self._xml.leaf("Link", guid=guid("link", rec, item.id), name=name, direction="OneWay", **ends)
        self._xml.end("Links")


def selection_guid(passage: str) -> str:
    """The GUID of the selection that represents a passage."""
    return guid("passage", passage)


def _facts(passage: Passage, tagging: Tagging) -> str:
    """What the standard has no field for, as text: page, heading path, scores, reasons, and who decided."""
    facts = [f"page={passage.page}"] if passage.page else []
    if passage.section:
        facts.append(f"section={join_section(passage.section)}")
    if passage.number:
        facts.append(f"number={passage.number}")
    facts += [f"{tag.code} p={tag.score:.3f} by={tag.by} {tag.reason}".strip() for tag in tagging.pillars]
    return "; ".join([*facts, f"passage={passage.id}"])


def _page_map(doc: str, coded: CodedText) -> str:
    lines = [f"เลขหน้าของ {doc}: ตำแหน่งอักขระแรก (นับจาก 0) ของแต่ละหน้า"]
    lines += [f"{start}\tหน้า {page}" for start, page in coded.pages]
    return "\n".join(lines) + "\n"
