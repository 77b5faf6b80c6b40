"""Word files: paragraphs and tables in order, headings by style, numbers as printed, changes accepted, notes.

python-docx opens the file; the body is read as XML, because python-docx's paragraphs leave out inserted runs, text
boxes and notes. A Word file has no pages and no printed lines: each paragraph is a line, and all are on page 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tipmine.errors import DamagedFileError, TipmineError
from tipmine.extract.docx_numbers import Numbering, W
from tipmine.extract.drafts import DraftLine, DraftPage, Piece
from tipmine.extract.furniture import HEADING_LETTERS
from tipmine.extract.symbols import symbol
from tipmine.records import LineRole

NO_PAGE = 0
"""Page number for a source without pages: a Word file does not say how a printer would number its pages."""

MOST_COLUMNS = 63
"""Most columns of a Word table (the limit of Word itself)."""

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = {W + "del", W + "moveFrom", W + "rPr", W + "pPr", W + "instrText", W + "delText", _COMPATIBLE + "Fallback"}
_WRAPPERS = {
    *(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")),
    *(_COMPATIBLE + name for name in ("AlternateContent", "Choice")),
}
"""Elements that enclose paragraphs, tables or cells and print nothing themselves, such as content controls."""


def read_docx(path: Path) -> list[DraftPage]:
    """A Word file as one page of draft lines. Raises DamagedFileError if it cannot be read."""
    import docx

    try:
        document = docx.Document(str(path))
        body = document.element.body
        walker = _Walker(document)
        page = DraftPage(NO_PAGE, 0.0, 0.0)
        walker.walk(body, page.lines)
        walker.add_notes(page.lines)
    except (MemoryError, TipmineError):
        raise
    except Exception as problem:
        raise DamagedFileError(
            path.name,
            "the DOCX cannot be read",
            "a whole DOCX file",
            "open it in Word or LibreOffice and save it again",
        ) from problem
    return [page]


class _Walker:
    """Turns the XML of a body into draft lines; notes referred to on the way are put at the end."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._numbering = Numbering(document)
        self._part = document.part
        self._notes: dict[tuple[str, str], int] = {}
        self._open = ""
        """Text of paragraphs whose end mark is deleted by a tracked change: the next paragraph continues it."""

    def walk(self, parent: Any, lines: list[DraftLine]) -> None:
        """Paragraphs and tables of a body, a cell or a content control, in order."""
        for child in parent:
            if child.tag == W + "p":
                self._add_paragraph(child, lines)
            elif child.tag == W + "tbl":
                # A table cannot continue the text of the paragraph before it, as another paragraph could.
                self._end_open(lines)
                self._add_table(child, lines)
            elif child.tag in _WRAPPERS:
                self.walk(child, lines)
        self._end_open(lines)

    def _end_open(self, lines: list[DraftLine]) -> None:
        """Add the text of open paragraphs as a line of its own, if no paragraph follows them."""
        if self._open:
            text, self._open = self._open, ""
            lines.append(DraftLine(NO_PAGE, [[Piece(text, text)]], block=lines[-1].block + 1 if lines else 0))

    def _add_paragraph(self, paragraph: Any, lines: list[DraftLine]) -> None:
        boxes: list[Any] = []
        text = self._open + "".join(self._text(paragraph, boxes))
        self._open = ""
        if _loses_its_end(paragraph) and not boxes:
            self._open = text
            return
        style_id, style = self._style(paragraph)
        number = self._numbering.number_of(paragraph, style_id)
        underlined = len(text) <= HEADING_LETTERS and _is_underlined(paragraph)
        role: LineRole = "heading" if underlined or _is_heading(style) else "body"
        block = lines[-1].block + 1 if lines else 0
        for part in text.split("\n"):
            printed = f"{number} {part}".strip() if number else part.strip()
            number = ""
            if printed:
                lines.append(
                    DraftLine(
                        NO_PAGE,
                        [[Piece(printed, printed)]],
                        role=role,
                        block=block,
                        bold=_is_bold(paragraph, style),
                        size=_size(paragraph),
                        style=style.name if style is not None and style.name else "",
                    )
                )
        for box in boxes:
            self.walk(box, lines)

    def _style(self, paragraph: Any) -> tuple[str, Any]:
        properties = paragraph.find(W + "pPr")
        element = properties.find(W + "pStyle") if properties is not None else None
        style_id = element.get(W + "val") if element is not None else ""
        return style_id or "", self._styles.get(style_id)

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        """Text of a paragraph as it reads with all changes accepted; text boxes are put aside."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or (tag == W + "r" and self._is_hidden(child)):
                continue
            if tag == W + "t":
                yield _without_codes(child.text or "", element)
            elif tag == _MATH + "t":
                yield child.text or ""
            elif tag in (W + "tab", W + "ptab"):
                yield "\t"
            elif tag in (W + "br", W + "cr"):
                yield "\n"
            elif tag == W + "noBreakHyphen":
                yield "-"
            elif tag == W + "sym":
                yield _symbol(child)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                yield self._note(child)
            elif tag == W + "txbxContent":
                boxes.append(child)
            else:
                yield from self._text(child, boxes)

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is set as hidden text, which Word does not print."""
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        switch = properties.find(W + "vanish")
        if switch is None:
            named = properties.find(W + "rStyle")
            style = self._styles.get(named.get(W + "val")) if named is not None else None
            switch = style.element.find(f"{W}rPr/{W}vanish") if style is not None else None
        return switch is not None and _is_on(switch)

    def _note(self, reference: Any) -> str:
        kind = "footnotes" if reference.tag == W + "footnoteReference" else "endnotes"
        number = self._notes.setdefault((kind, reference.get(W + "id") or ""), len(self._notes) + 1)
        return f"[{number}]"

    def _add_table(self, table: Any, lines: list[DraftLine]) -> None:
        """Add a table, one line per row; a table within a cell is text of that cell."""
        block = lines[-1].block + 1 if lines else 0
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table or row.find(W + "trPr/" + W + "del") is not None:
                continue
            cells: list[list[Piece]] = [[] for _ in range(_number(row, f"{W}trPr/{W}gridBefore"))]
            whole: list[DraftLine] = []
            held_cells = list(_cells_of(row))
            for cell in held_cells:
                held: list[DraftLine] = []
                self.walk(cell, held)
                whole += held
                pieces = [Piece(line.text.replace("\t", " "), line.text.replace("\t", " "), joint=" ") for line in held]
                if pieces:
                    pieces[-1].joint = ""
                cells.append(pieces)
                # A merged cell counts in its first column, as in the tables of a PDF.
                cells += [[] for _ in range(_number(cell, f"{W}tcPr/{W}gridSpan") - 1)]
            if len(held_cells) == 1 and len(whole) > 1:
                # A frame around a text: its paragraphs are not entries of columns.
                for line in whole:
                    line.block += block
                lines += whole
            elif any(cells):
                lines.append(DraftLine(NO_PAGE, cells, role="table", block=block))

    def add_notes(self, lines: list[DraftLine]) -> None:
        """Add the foot- and endnotes that the text refers to after it, each with its number in the text."""
        from lxml import etree

        parts: dict[str, Any] = {}
        for relation in self._part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in ("footnotes", "endnotes"):
                parts[kind] = etree.fromstring(relation.target_part.blob)
        block = lines[-1].block + 1 if lines else 0
        listed = list(self._notes)
        for number, (kind, note_id) in enumerate(listed, 1):
            for note in parts.get(kind, ()):
                if note.get(W + "id") == note_id:
                    text = " ".join("".join(self._text(p, [])).strip() for p in note.iter(W + "p")).strip()
                    if text:
                        piece = Piece(f"[{number}] {text}", f"[{number}] {text}")
                        lines.append(DraftLine(NO_PAGE, [[piece]], role="footnote", block=block))
            # A note may refer to others, in a damaged file to itself.
            listed += list(self._notes)[len(listed) :]


def _cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row from left to right, without those that a tracked change deletes."""
    for child in row:
        if child.tag == W + "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _cells_of(child)


def _symbol(element: Any) -> str:
    """A character of a symbol font."""
    return symbol(element.get(W + "font") or "", chr(int(element.get(W + "char") or "0", 16)), 0)


def _without_codes(text: str, run: Any) -> str:
    """Text with the signs that the codes of symbol fonts print, which Word writes in the private area."""
    if not any("\uf020" <= char <= "\uf0ff" for char in text):
        return text
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = fonts.get(W + "ascii") or "" if fonts is not None else ""
    return "".join(symbol(font, char, 0) if "\uf020" <= char <= "\uf0ff" else char for char in text)


def _number(element: Any, path: str) -> int:
    """The value of a counting property, at most that of a wide table; 0 if it is missing or not a number."""
    child = element.find(path)
    value = child.get(W + "val") or "" if child is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isascii() and value.isdigit() else 0


def _loses_its_end(paragraph: Any) -> bool:
    """Whether a tracked change deletes the mark that ends a paragraph, or moves it away."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom"))


def _is_on(switch: Any) -> bool:
    """The value of a property that is on if it has no value (ECMA-376 part 1, 17.17.4)."""
    return switch.get(W + "val") not in ("0", "false", "off")


def _is_heading(style: Any) -> bool:
    """Whether a style is a heading style, or is based on one; in damaged files, styles may be based on each other."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        if (style.name or "").lower().startswith(("heading", "title", "หัวเรื่อง", "ชื่อเรื่อง")):
            return True
        style = style.base_style
    return False


def _is_bold(paragraph: Any, style: Any) -> bool:
    """Whether all text of the paragraph is bold, by its runs or its style."""
    inherited = bool(style is not None and style.font.bold)
    runs = _runs_with_text(paragraph)
    return bool(runs) and all(_run_bold(run, inherited) for run in runs)


def _is_underlined(paragraph: Any) -> bool:
    """Whether all text of the paragraph is underlined by its runs."""
    lines = [run.find(f"{W}rPr/{W}u") for run in _runs_with_text(paragraph)]
    return bool(lines) and all(line is not None and line.get(W + "val") != "none" for line in lines)


def _runs_with_text(paragraph: Any) -> list[Any]:
    return [run for run in paragraph.iter(W + "r") if any((t.text or "").strip() for t in run.iter(W + "t"))]


def _run_bold(run: Any, inherited: bool) -> bool:
    """Thai text takes its weight from the complex-script switch; Latin from the plain one."""
    properties = run.find(W + "rPr")
    for tag in ("bCs", "b"):
        switch = properties.find(W + tag) if properties is not None else None
        if switch is not None:
            return _is_on(switch)
    return inherited


def _size(paragraph: Any) -> float:
    """Size in points of the first run that states one, preferably for complex scripts; 0 if it is left to the style."""
    for tag in ("szCs", "sz"):
        sizes = (run.find(f"{W}rPr/{W}{tag}") for run in paragraph.iter(W + "r"))
        element = next((size for size in sizes if size is not None), None)
        if element is not None:
            value = element.get(W + "val") or ""
            return float(value) / 2 if value.replace(".", "", 1).isdigit() else 0.0
    return 0.0
