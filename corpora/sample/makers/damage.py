"""The two kinds of damage that no program here makes by itself, done to a finished PDF.

Both are known from real files: old converters that write the bytes of the Thai code page
as if they were Latin letters, and printer drivers that leave no map at all.
"""

import io
import re
from pathlib import Path

SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")
# First code of a run of private-use alternates, its length, the Thai character it stands for.
ALTERNATES = (
    (0xF700, 1, 0x0E10),
    (0xF701, 4, 0x0E34),
    (0xF705, 5, 0x0E48),
    (0xF70A, 5, 0x0E48),
    (0xF70F, 1, 0x0E0D),
    (0xF710, 1, 0x0E31),
    (0xF711, 1, 0x0E4D),
    (0xF712, 1, 0x0E47),
    (0xF713, 5, 0x0E48),
    (0xF718, 3, 0x0E38),
)


def as_latin(code: int) -> int:
    """The Latin-1 letter that shares its byte with a Thai character."""
    for first, count, base in ALTERNATES:
        if first <= code < first + count:
            code = base + code - first
    return code - 0x0E01 + 0xA1 if 0x0E01 <= code <= 0x0E5B else code


def latin_map(stream: bytes) -> bytes:
    """A character map with every Thai target replaced by its Latin-1 letter."""
    head, _, body = stream.partition(b"endcodespacerange")
    pairs: dict[int, int] = {}
    for kind, inner in SECTION.findall(body):
        codes = [int(code, 16) for code in CODE.findall(inner)]
        if kind == b"char":
            pairs |= zip(codes[::2], codes[1::2], strict=True)
            continue
        for low, high, target in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            pairs |= {code: target + code - low for code in range(low, high + 1)}
    lines = [f"<{code:04X}> <{as_latin(to):04X}>" for code, to in sorted(pairs.items())]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    written = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    tail = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return head + b"endcodespacerange\n" + written.encode("ascii") + tail


def thai_as_latin(path: Path) -> None:
    """Make every character map of a PDF name Latin letters in place of Thai ones."""
    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in list(pdf.objects):
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                old = item.ToUnicode.read_bytes()
                item.ToUnicode = pdf.make_stream(latin_map(old))
        pdf.remove_unreferenced_resources()
        pdf.save(path)


def no_maps(path: Path) -> None:
    """Take out the character maps of a PDF and those inside its fonts."""
    import pikepdf
    from fontTools.ttLib import TTFont

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in list(pdf.objects):
            if not isinstance(item, pikepdf.Dictionary):
                continue
            if "/ToUnicode" in item:
                del item["/ToUnicode"]
            if "/FontFile2" in item:
                font = TTFont(io.BytesIO(item.FontFile2.read_bytes()))
                if "cmap" in font:
                    del font["cmap"]
                out = io.BytesIO()
                font.save(out)
                item.FontFile2 = pdf.make_stream(out.getvalue(), Length1=out.tell())
        pdf.remove_unreferenced_resources()
        pdf.save(path)
