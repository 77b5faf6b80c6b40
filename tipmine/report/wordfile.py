"""Paragraphs, tables and quotations of a Word file, with the properties that Thai needs in every run.

Word wraps Thai by words only if a run has a complex-script font and `w:lang w:bidi="th-TH"`, and it takes the size and
weight of Thai letters from the complex-script properties `w:szCs` and `w:bCs`. Every run of these files has all of
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tipmine.digits import thai_digits
from tipmine.report.cells import printable

FONT = "TH Sarabun New"
"""The font of Thai offices; `_SUBSTITUTES` lists its replacements if it is missing."""
_SUBSTITUTES = "TH SarabunPSK"
BODY = 16.0
"""Points. Thai official letters use 16 points; this font is small for its size."""
SMALL = 14.0
"""Points, for tables, quotations and what is said about a recommendation."""
INK = "1D2733"
SOFT = "55626F"
PAPER = "FFFFFF"
HEAD_FILL = "E4EEF5"
_TIGHT = 40
"""Cell margin of a tight table in twentieths of a point."""
_HEADINGS = {1: 22.0, 2: 18.0, 3: 16.0}


@dataclass(frozen=True, slots=True)
class Filled:
    """A table cell with a background and a text colour, both RRGGBB."""

    text: str
    fill: str
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a table cell: PNG, width in centimetres, and alternative text."""

    content: bytes
    width: float
    words: str


class WordFile:
    """A Word document written from top to bottom; `thai_digits` writes its own numbers in Thai digits."""

    def __init__(self, title: str, *, thai_digits: bool = False) -> None:
        from docx import Document

        self._thai_digits = thai_digits
        self._file = Document()
        self._section(self._file.sections[0], landscape=False)
        _default_styles(self._file)
        _declare_substitute_font(self._file)
        _page_numbers(self._file.sections[0])
        core = self._file.core_properties
        core.title, core.author, core.comments, core.language = title, "tipmine", "", "th-TH"
        self._run(self._file.add_paragraph(style="Title"), title, 26, bold=True)

    def in_digits(self, text: Any) -> str:
        """A number or text that is not quoted, in the digits chosen for the report; whole numbers get separators."""
        shown = f"{text:,}" if isinstance(text, int) else str(text)
        return thai_digits(shown) if self._thai_digits else shown

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Add a heading that appears in Word's outline."""
        block = self._file.add_heading(level=level)
        block.paragraph_format.page_break_before = new_page
        self._run(block, text, _HEADINGS[level], bold=True)

    def paragraph(self, text: str, *, size: float = BODY, bullet: bool = False, colour: str = INK) -> None:
        """Add a paragraph; `size` in points, `colour` as RRGGBB."""
        self._run(self._file.add_paragraph(style="List Bullet" if bullet else None), text, size, colour=colour)

    def item(self, number: str, text: str, below: str, fill: str) -> None:
        """Add a numbered text and a line about it on a coloured background; the two stay on one page."""
        head = self._file.add_paragraph()
        head.paragraph_format.keep_with_next = True
        if number:
            self._run(head, f"{number} ", BODY, bold=True)
        self._run(head, text, BODY)
        about = self._file.add_paragraph()
        _fill_background(about._p.get_or_add_pPr(), fill)
        self._run(about, below, SMALL)

    def quotation(self, text: str, place: str) -> None:
        """Add an indented quotation with its source."""
        from docx.shared import Cm

        block = self._file.add_paragraph()
        block.paragraph_format.left_indent = Cm(1)
        self._run(block, f"“{text}”", SMALL)
        if place:
            self._run(block, f" {place}", SMALL, colour=SOFT)

    def landscape(self, landscape: bool) -> None:
        """Continue on a new page in landscape or portrait format."""
        from docx.enum.section import WD_SECTION

        self._section(self._file.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[Any]],
        widths: Sequence[float],
        size: float = SMALL,
        *,
        tight: bool = False,
    ) -> None:
        """Add a ruled table whose head is repeated on every page. Widths in centimetres; `tight` for narrow columns."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self._file.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        sizes = [Cm(width) for width in widths]
        for column, width in zip(table.columns, sizes, strict=True):
            column.width = width
        if tight:
            _tighten(table)
        for place, text, width in zip(table.rows[0].cells, heads, sizes, strict=True):
            self._cell(place, Filled(text, HEAD_FILL), size, bold=True)
            place.width = width
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            added = table.add_row()
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            # Here and not by `column.cells`, which lists all cells of the table again for every column.
            for place, value, width in zip(added.cells, row, sizes, strict=True):
                self._cell(place, value, size)
                place.width = width
        self._file.add_paragraph()

    def save(self, path: Path) -> None:
        """Write the file."""
        self._file.save(str(path))

    def _cell(self, place: Any, value: Any, size: float, *, bold: bool = False) -> None:
        if isinstance(value, Picture):
            self._picture(place.paragraphs[0], value)
            return
        colour = INK
        if isinstance(value, Filled):
            _fill_background(place._tc.get_or_add_tcPr(), value.fill)
            value, colour = value.text, value.colour
        text = self.in_digits(value) if isinstance(value, int | float) else str(value or "")
        self._run(place.paragraphs[0], text, size, bold=bold, colour=colour)

    def _picture(self, paragraph: Any, picture: Picture) -> None:
        from docx.shared import Cm

        shape = paragraph.add_run().add_picture(BytesIO(picture.content), width=Cm(picture.width))
        shape._inline.docPr.set("descr", printable(picture.words))
        for side in ("distT", "distB", "distL", "distR"):
            # Without these, LibreOffice leaves a third of a centimetre free on each side.
            shape._inline.set(side, "0")

    def _run(self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        run = paragraph.add_run(printable(text))
        _thai_run(run._r.get_or_add_rPr(), size, bold, colour)

    def _section(self, page: Any, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        sides = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
        page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = sides
        page.left_margin = page.right_margin = Cm(1.9)
        page.top_margin = page.bottom_margin = Cm(1.8)
        if self._thai_digits:
            _number_in_thai(page)


def _tighten(table: Any) -> None:
    """Make the margins of a table's cells smaller, so that figures in narrow columns are not broken."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(_TIGHT))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties = table._tbl.tblPr
    # The schema requires the margins before the look of the table.
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _default_styles(file: Any) -> None:
    """Set the document's default styles, for text that people add in Word."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
        style = file.styles[name]
        style.paragraph_format.space_after = 0
        _thai_run(style.element.get_or_add_rPr(), BODY, name.startswith(("Title", "Heading")), INK)


def _declare_substitute_font(file: Any) -> None:
    """Name the older release of the font in the font table, which Word uses if the font is missing."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    part = next(
        (rel.target_part for rel in file.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None
    )
    if part is None:
        return
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(part.blob, parser)
    font = etree.SubElement(root, f"{{{space}}}font", {f"{{{space}}}name": FONT})
    for tag, value in (("altName", _SUBSTITUTES), ("charset", "DE"), ("family", "swiss"), ("pitch", "variable")):
        etree.SubElement(font, f"{{{space}}}{tag}", {f"{{{space}}}val": value})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _page_numbers(page: Any) -> None:
    """Add a page number field to the footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = foot.add_run()
    _thai_run(run._r.get_or_add_rPr(), SMALL, False, SOFT)
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)


def _number_in_thai(page: Any) -> None:
    """Write the page numbers of a section in Thai digits."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:fmt"), "thaiNumbers")
    for old in page._sectPr.findall(qn("w:pgNumType")):
        page._sectPr.remove(old)
    # The schema requires this element right after the margins.
    page._sectPr.find(qn("w:pgMar")).addnext(kind)


_THAI_PROPERTIES = ("rFonts", "b", "bCs", "color", "sz", "szCs", "lang", "cs")
"""Run properties that `_thai_run` sets, or removes since they would contradict them."""


def _thai_run(properties: Any, size: float, bold: bool, colour: str) -> None:
    """Set the run properties, in the order that the schema requires: fonts, weight, colour, sizes, language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for child in list(properties):
        if child.tag in {qn(f"w:{name}") for name in _THAI_PROPERTIES}:
            properties.remove(child)

    def add(tag: str, **attributes: str) -> None:
        element = OxmlElement(f"w:{tag}")
        for name, value in attributes.items():
            element.set(qn(f"w:{name}"), value)
        properties.append(element)

    add("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    if bold:
        add("b")
        add("bCs")
    add("color", val=colour)
    add("sz", val=str(round(2 * size)))
    add("szCs", val=str(round(2 * size)))
    # Latin words and numbers keep their own line-breaking rules: as Thai they would be broken anywhere.
    add("lang", val="en-US", bidi="th-TH")


def _fill_background(properties: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)
