"""A transcript as a Word file, with the fonts and the language of Thai text set."""

from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from .model import Source


@dataclass(frozen=True)
class Look:
    """How a Word file is set: turns as paragraphs or as rows of a table."""

    font: str = "TH Sarabun New"
    size: int = 16
    as_table: bool = False


def write(source: Source, look: Look, target: Path) -> None:
    """Write the file."""
    document = Document()
    document.core_properties.title = source.title
    document.core_properties.author = "tipmine sample corpus (fictional)"
    document.core_properties.comments = source.note
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    header = section.header.paragraphs[0]
    run(header, source.title, look, small=True)
    footer = section.footer.paragraphs[0]
    run(footer, "เอกสารสมมติ หน้า ", look, small=True)
    page_field(footer, look)
    for part in (header, footer):
        part.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(title, source.title, look, bold=True)
    for line in (source.meta["info"], source.note):
        run(document.add_paragraph(), line, look, small=True)
    (turn_table if look.as_table else turn_paragraphs)(document, source, look)
    document.save(str(target))


def turn_paragraphs(document: DocumentType, source: Source, look: Look) -> None:
    """One paragraph a turn."""
    for block in source.blocks:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)
        run(paragraph, f"{block.label}:", look, bold=True)
        run(paragraph, f" {block.text}", look)


def turn_table(document: DocumentType, source: Source, look: Look) -> None:
    """One row a turn: who speaks, what is said."""
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("ผู้พูด", "คำพูด"), strict=True):
        run(cell.paragraphs[0], text, look, bold=True)
    for block in source.blocks:
        row = table.add_row()
        run(row.cells[0].paragraphs[0], block.label, look, bold=True)
        run(row.cells[1].paragraphs[0], block.text, look)
    for column, width in zip(table.columns, (Cm(3.7), Cm(11.5)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def run(paragraph: Paragraph, text: str, look: Look, *, bold: bool = False, small: bool = False) -> None:
    """Add a run whose complex-script font, size, weight and language are set."""
    made = paragraph.add_run(text)
    size = look.size - 4 if small else look.size
    made.font.name, made.font.size, made.font.bold = look.font, Pt(size), bold
    made.font.complex_script, made.font.cs_bold = True, bold
    properties = made._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:cs"), look.font)
    for tag, value in (("w:szCs", {"w:val": str(size * 2)}), ("w:lang", {"w:bidi": "th-TH"})):
        element = OxmlElement(tag)
        for key, word in value.items():
            element.set(qn(key), word)
        properties.append(element)


def page_field(paragraph: Paragraph, look: Look) -> None:
    """Add a field that shows the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run(paragraph, "", look, small=True)
