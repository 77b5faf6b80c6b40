"""A source as a LaTeX document, which XeLaTeX sets."""

import re
from dataclasses import dataclass

from .model import NOTE, Block, Source, tables

SPECIAL = re.compile(r"[&%$#_{}]")

PREAMBLE = r"""\documentclass[12pt,a4paper]{article}
\usepackage{fontspec}
\usepackage[top=28mm,bottom=25mm,left=28mm,right=25mm,headheight=20pt]{geometry}
\usepackage{multicol,tabularx,fancyhdr}
\XeTeXlinebreaklocale "th"
\XeTeXlinebreakskip=0pt plus 1pt
\setmainfont[Script=Thai]{FONT}
\linespread{1.35}\setlength{\parindent}{10mm}\setlength{\parskip}{3pt}
\setlength{\columnsep}{9mm}
\sloppy
\pagestyle{fancy}\fancyhf{}
\fancyhead[C]{\small HEAD}
\fancyfoot[C]{\small เอกสารสมมติ หน้า \thepage}
\renewcommand{\headrulewidth}{0.3pt}
\newcommand{\chapterline}[1]{{\par\centering\large\bfseries #1\par}\medskip}
\newcommand{\sectionline}[1]{{\par\medskip\noindent\bfseries #1\par}}
\newcommand{\numbered}[2]{{\par\noindent\hangindent=9mm\makebox[9mm][l]{#1}#2\par}}
\begin{document}
"""


@dataclass(frozen=True)
class Look:
    """How a XeLaTeX document is set."""

    font: str


def document(source: Source, look: Look) -> str:
    """The whole document."""
    head = PREAMBLE.replace("FONT", look.font).replace("HEAD", text(source.meta["short"]))
    body = "\n".join(table(part) if isinstance(part, list) else one(part, source) for part in tables(source.blocks))
    return f"{head}{body}\n\\end{{document}}\n"


def text(raw: str) -> str:
    """Escape a run and set its footnotes."""
    pieces = NOTE.split(raw)
    escaped = [SPECIAL.sub(r"\\\g<0>", piece) for piece in pieces]
    return "".join(f"\\footnote{{{p}}}" if i % 2 else p for i, p in enumerate(escaped))


def one(block: Block, source: Source) -> str:
    """One block that is no table."""
    inner = text(block.text)
    match block.kind:
        case "title":
            return (
                "\\thispagestyle{empty}\\vspace*{50mm}"
                f"{{\\centering\\Large\\bfseries {text(source.title)}\\par}}\\vfill"
                f"{{\\centering {text(source.note)}\\par}}"
            )
        case "page":
            return "\\clearpage"
        case "columns":
            return "\\begin{multicols}{2}\\raggedright\\setlength{\\parindent}{7mm}"
        case "/columns":
            return "\\end{multicols}"
        case "h1":
            return f"\\chapterline{{{inner}}}"
        case "h2":
            return f"\\sectionline{{{inner}}}"
        case "item":
            return f"\\numbered{{{block.label}.}}{{{inner}}}"
        case _:
            return f"{inner}\\par"


def table(rows: list[Block]) -> str:
    """A ruled table over the whole width; the last two columns hold numbers."""
    wide = max(len(rows[0].cells) - 2, 1)
    columns = "|X|" + "l|" * (wide - 1) + "r|" * (len(rows[0].cells) - wide)
    lines = [" & ".join(text(cell) for cell in row.cells) + r" \\ \hline" for row in rows]
    inner = "\n".join(lines)
    return (
        f"\\par\\noindent{{\\small\\begin{{tabularx}}{{\\textwidth}}{{{columns}}}\\hline\n"
        f"{inner}\n\\end{{tabularx}}}}\\par\\medskip"
    )
