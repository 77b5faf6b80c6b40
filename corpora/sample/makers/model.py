"""The source texts: one small line-based mark-up, read into blocks.

A source file is ``key: value`` lines, a line ``---`` and then one block a line.
After `` %% `` a line says what it is evidence for (``R8+`` direct, ``R8~`` partial,
``R8-`` looks alike but is no evidence), which theme it carries (``T1``) and, in a
recommendation, who is addressed (``@name``).
"""

import re
from dataclasses import dataclass
from pathlib import Path

NOTE = re.compile(r"\[\[(.+?)\]\]")
TURN = re.compile(r"^([M0-9])> (.*)$")
NUMBERED = re.compile(r"^([0-9]+)\. (.*)$")
STRENGTH = {"+": "direct", "~": "partial", "-": "decoy"}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, table row, turn or mark of layout."""

    kind: str
    text: str = ""
    label: str = ""
    cells: tuple[str, ...] = ()
    recs: tuple[tuple[str, str], ...] = ()
    themes: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A document as written, before any program has laid it out."""

    name: str
    meta: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The title as printed."""
        return self.meta["title"]

    @property
    def note(self) -> str:
        """The sentence that says the document is fictional."""
        return self.meta["note"]


def read_source(path: Path) -> Source:
    """Read one source file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    meta = dict(line.split(": ", 1) for line in head.splitlines())
    blocks = tuple(read_block(line, meta) for line in body.splitlines() if line)
    return Source(path.stem, meta, blocks)


def read_block(line: str, meta: dict[str, str]) -> Block:
    """Read one line of the body."""
    line, _, marks = line.partition(" %% ")
    codes, *addressees = marks.split("@")
    words = codes.split()
    block = shape(line.strip(), meta)
    return Block(
        block.kind,
        block.text,
        block.label,
        block.cells,
        tuple((w[:-1], STRENGTH[w[-1]]) for w in words if w.startswith("R")),
        tuple(w for w in words if w.startswith("T")),
        tuple(a.strip() for a in addressees),
    )


def shape(line: str, meta: dict[str, str]) -> Block:
    """Tell by its first characters what a line is."""
    if turn := TURN.match(line):
        return Block("turn", turn[2], meta[turn[1]])
    if item := NUMBERED.match(line):
        return Block("item", item[2], item[1])
    if line.startswith("|"):
        return Block("row", cells=tuple(c.strip() for c in line.strip("|").split("|")))
    if line.startswith("<"):
        return Block(line.strip("<>"))
    for mark, kind in (("## ", "h2"), ("# ", "h1"), ("^ ", "centre"), ("> ", "right")):
        if line.startswith(mark):
            return Block(kind, line[len(mark) :])
    if line.startswith("= "):
        label, _, text = line[2:].partition("|")
        return Block("field", text, label)
    return Block("para", line)


def tables(blocks: tuple[Block, ...]) -> list[Block | list[Block]]:
    """Gather neighbouring rows into tables; leave everything else as it is."""
    out: list[Block | list[Block]] = []
    for block in blocks:
        if block.kind != "row":
            out.append(block)
        elif out and isinstance(out[-1], list):
            out[-1].append(block)
        else:
            out.append([block])
    return out


def first_column_spans(rows: list[Block]) -> list[int]:
    """How many rows each first cell covers; 0 where an earlier one covers it."""
    spans = [1] * len(rows)
    start = 0
    for i in range(1, len(rows)):
        if rows[i].cells[0] and rows[i].cells[0] == rows[start].cells[0]:
            spans[start] += 1
            spans[i] = 0
        else:
            start = i
    return spans


def plain(text: str) -> str:
    """The text without its footnotes."""
    return NOTE.sub("", text)
