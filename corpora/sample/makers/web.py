"""A source as a web page, which Chromium prints."""

from dataclasses import dataclass
from html import escape

from .model import Block, Source, tables


@dataclass(frozen=True)
class Look:
    """How a printed web page is set."""

    font: str
    size: int = 12
    spacing: str = "normal"


def page(source: Source, look: Look) -> str:
    """The whole page."""
    body = "\n".join(table(part) if isinstance(part, list) else one(part, source) for part in tables(source.blocks))
    if source.blocks[0].kind != "title":
        body = opening(source) + body
    return (
        f'<!doctype html>\n<html lang="th"><meta charset="utf-8"><title>{escape(source.title)}'
        f"</title>\n<style>{css(source, look)}</style>\n<body>\n{body}\n</body></html>\n"
    )


def css(source: Source, look: Look) -> str:
    """The style sheet; running head and foot stand in the margins of the page."""
    short = source.meta.get("short", source.title)
    small = f'font: 9pt "{look.font}"'
    return f"""
@page {{ size: A4; margin: 22mm 20mm 20mm 25mm;
  @top-center {{ content: "{short}"; {small} }}
  @bottom-center {{ content: "เอกสารสมมติ หน้า " counter(page); {small} }} }}
body {{ font: {look.size}pt/1.6 "{look.font}"; letter-spacing: {look.spacing};
  text-align: justify; margin: 0 }}
h1 {{ font-size: 1.25em; text-align: center }} h2 {{ font-size: 1.1em }}
p {{ margin: 0 0 .3em }} .note {{ text-align: center; font-size: .85em }}
.right {{ text-align: right }}
.turn {{ padding-left: 2em; text-indent: -2em; break-inside: avoid; padding-top: .4em }}
table {{ border-collapse: collapse; width: 100%; text-align: left }}
td, th {{ border: .5pt solid #000; padding: 1mm 2mm; vertical-align: top }}
"""


def opening(source: Source) -> str:
    """Title, place and time, and the note."""
    info = source.meta.get("info")
    lines = [f"<h1>{escape(source.title)}</h1>"]
    lines += [f'<p class="note">{escape(text)}</p>' for text in (info, source.note) if text]
    return "\n".join(lines) + "\n"


def one(block: Block, source: Source) -> str:
    """One block that is no table."""
    text = escape(block.text)
    match block.kind:
        case "title":
            return opening(source)
        case "h1" | "h2":
            return f"<h2>{text}</h2>"
        case "field":
            return f"<p><b>{escape(block.label)}</b>  {text}</p>"
        case "right":
            return f'<p class="right">{text}</p>'
        case "turn":
            return f'<p class="turn"><b>{escape(block.label)}:</b> {text}</p>'
        case _:
            return f"<p>{text}</p>"


def table(rows: list[Block]) -> str:
    """A ruled table."""
    lines = []
    for i, row in enumerate(rows):
        tag = "th" if i == 0 else "td"
        cells = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row.cells)
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"
