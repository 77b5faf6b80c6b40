"""A source as a flat OpenDocument text, which LibreOffice turns into PDF."""

from dataclasses import dataclass
from html import escape

from .model import NOTE, THAI_DIGITS, Block, Source, first_column_spans, tables

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)
THAI_NUMBERS = 'style:num-format="๑, ๒, ๓, ..."'


@dataclass(frozen=True)
class Look:
    """How a LibreOffice document is set."""

    font: str
    size: int = 15
    spacing: str = "0pt"
    thai_digits: bool = True
    widths: tuple[int, ...] = ()


class Numbers:
    """Counts footnotes and tables of one document."""

    def __init__(self) -> None:
        """Start with none."""
        self.notes = 0
        self.tables = 0


def flat_odt(source: Source, look: Look) -> str:
    """The whole document."""
    numbers = Numbers()
    body = "".join(
        table(part, numbers) if isinstance(part, list) else one(part, source, look, numbers)
        for part in tables(source.blocks)
    )
    opening = "" if source.blocks[0].kind in ("title", "centre") else opening_lines(source)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{styles(look)}{column_styles(look)}{master(source, look)}"
        f"<office:body><office:text>{opening}{body}</office:text></office:body></office:document>"
    )


def opening_lines(source: Source) -> str:
    """Title, place and time, and the note, as a transcript begins."""
    meta = source.meta
    return (
        paragraph("Title", escape(source.title))
        + paragraph("Small", escape(meta["info"]))
        + paragraph("Small", escape(source.note))
    )


def paragraph(style: str, inner: str) -> str:
    """One paragraph."""
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def one(block: Block, source: Source, look: Look, numbers: Numbers) -> str:
    """One block that is no table."""
    text = inline(block.text, look, numbers)
    match block.kind:
        case "title":
            return paragraph("Title", escape(source.title)) + paragraph("Small", escape(source.note))
        case "page":
            return paragraph("Break", "")
        case "h1" | "h2":
            return paragraph("Head", text)
        case "centre":
            return paragraph("Title", text) + paragraph("Small", escape(source.note))
        case "right":
            return paragraph("Right", text)
        case "field":
            return paragraph("Field", f"{bold(block.label)}  {text}")
        case "turn":
            return paragraph("Turn", f"{bold(block.label + ':')} {text}")
        case _:
            return paragraph("Body", text)


def bold(text: str) -> str:
    """A run in bold."""
    return f'<text:span text:style-name="Strong">{escape(text)}</text:span>'


def inline(text: str, look: Look, numbers: Numbers) -> str:
    """A run of text with its footnotes."""
    out = []
    for i, piece in enumerate(NOTE.split(text)):
        if i % 2 == 0:
            out.append(escape(piece))
            continue
        numbers.notes += 1
        mark = str(numbers.notes)
        mark = mark.translate(THAI_DIGITS) if look.thai_digits else mark
        out.append(
            f'<text:note text:id="n{numbers.notes}" text:note-class="footnote">'
            f'<text:note-citation text:label="{mark}">{mark}</text:note-citation>'
            f"<text:note-body>{paragraph('Foot', escape(piece))}</text:note-body></text:note>"
        )
    return "".join(out)


def table(rows: list[Block], numbers: Numbers) -> str:
    """A ruled table whose equal first cells are merged."""
    numbers.tables += 1
    columns = "".join(f'<table:table-column table:style-name="c{i}"/>' for i in range(len(rows[0].cells)))
    lines = []
    for r, (row, span) in enumerate(zip(rows, first_column_spans(rows), strict=True)):
        style = "CellHead" if r == 0 else "Cell"
        cells = []
        for c, text in enumerate(row.cells):
            if c == 0 and span == 0:
                cells.append("<table:covered-table-cell/>")
                continue
            extra = f' table:number-rows-spanned="{span}"' if c == 0 and span > 1 else ""
            cells.append(
                f'<table:table-cell table:style-name="box"{extra}>{paragraph(style, escape(text))}</table:table-cell>'
            )
        lines.append(f'<table:table-row table:style-name="row">{"".join(cells)}</table:table-row>')
    return f'<table:table table:name="t{numbers.tables}">{columns}{"".join(lines)}</table:table>'


def styles(look: Look) -> str:
    """Paragraph and text styles."""
    f, size = look.font, look.size
    wide = f'fo:letter-spacing="{look.spacing}"'

    def style(name: str, layout: str, points: int = size, weight: str = "normal") -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph">'
            f'<style:paragraph-properties {layout}/><style:text-properties fo:font-family="{f}" '
            f'style:font-family-complex="{f}" fo:font-size="{points}pt" {wide} '
            f'style:font-size-complex="{points}pt" fo:font-weight="{weight}" '
            f'style:font-weight-complex="{weight}" fo:language="en" fo:country="US" '
            'style:language-complex="th" style:country-complex="TH"/></style:style>'
        )

    justify = 'fo:text-align="justify" fo:margin-bottom="0.15cm"'
    return "".join(
        (
            "<office:styles>",
            style("Title", 'fo:text-align="center" fo:margin-bottom="0.3cm"', size + 4, "bold"),
            style("Head", 'fo:margin-top="0.35cm" fo:margin-bottom="0.1cm"', size + 1, "bold"),
            style("Body", f'{justify} fo:text-indent="1.25cm"'),
            style("Field", 'fo:margin-bottom="0.1cm"'),
            style("Turn", f'{justify} fo:margin-left="1cm" fo:text-indent="-1cm"'),
            style("Right", 'fo:margin-left="7cm" fo:text-align="center"'),
            style("Small", 'fo:text-align="center" fo:margin-bottom="0.2cm"', size - 3),
            style("Foot", 'fo:margin-left="0.4cm"', size - 4),
            style("Cell", 'fo:text-align="start"', size - 2),
            style("CellHead", 'fo:text-align="center"', size - 2, "bold"),
            style("Break", 'fo:break-before="page"', 2),
            '<style:style style:name="Strong" style:family="text"><style:text-properties '
            'fo:font-weight="bold" style:font-weight-complex="bold"/></style:style>',
            f'<text:notes-configuration text:note-class="footnote" {THAI_NUMBERS}/>' if look.thai_digits else "",
            "</office:styles>",
        )
    )


def column_styles(look: Look) -> str:
    """Widths of table columns, the rules of cells, and the page."""
    columns = "".join(
        f'<style:style style:name="c{i}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{mm}mm"/></style:style>'
        for i, mm in enumerate(look.widths)
    )
    return (
        f"<office:automatic-styles>{columns}"
        '<style:style style:name="box" style:family="table-cell"><style:table-cell-properties '
        'fo:border="0.5pt solid #000000" fo:padding="1mm"/></style:style>'
        '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
        'fo:keep-together="always"/></style:style>'
        '<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" '
        'fo:margin-left="2.5cm" fo:margin-right="2cm"/><style:header-style>'
        '<style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/>'
        "</style:header-style><style:footer-style><style:header-footer-properties "
        'fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
        "</office:automatic-styles>"
    )


def master(source: Source, look: Look) -> str:
    """Running head with the short title, foot with the note and the page number."""
    short = escape(source.meta.get("short", source.title))
    form = THAI_NUMBERS if look.thai_digits else 'style:num-format="1"'
    number = f'<text:page-number {form} text:select-page="current">1</text:page-number>'
    return (
        '<office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="pl">'
        f"<style:header>{paragraph('Small', short)}</style:header>"
        f"<style:footer>{paragraph('Small', 'เอกสารสมมติ หน้า ' + number)}</style:footer>"
        "</style:master-page></office:master-styles>"
    )
