"""The font program embedded in a PDF: the letters that its own tables give a glyph, and the shape of the glyph.

A PDF font may give no text for its glyphs, or a wrong one. The embedded font often still has it: by its character map,
its glyph names, the substitutions that lead to the glyph, or the outline, which for the shifted forms of a Thai mark
is the outline of the plain mark moved sideways or down.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tipmine.data import data_rows, row_errors
from tipmine.extract.private_marks import private_marks
from tipmine.thai import in_thai_block

_NAMES_FILE = "glyphs/thai_glyphs.tsv"
MAX_PROGRAM = 30_000_000
"""Largest font program that is parsed, in bytes; larger ones are CJK fonts, which Thai text does not need."""

STEPS = 3
"""Substitutions in a row that are followed from a glyph whose letter is known."""

MOST_COMPONENTS = 64
"""Most components that one glyph may draw, counting those of its components. A letter with two marks has three."""

RING_SLACK = 0.15
"""How far apart the middles of a ring's two contours may be, as a share of its size; a slanted ring may be wider than
high by twice that. The loop of a tone mark is at its side."""

_UNI_NAME = re.compile(r"^(?:uni|u)([0-9A-Fa-f]{4,6})(?:[._].*)?$")
_UNI_NAMES = re.compile(r"^uni((?:0[Ee][0-9A-Fa-f]{2}){2,4})(?:[._].*)?$")
"""The name of a glyph that draws several Thai letters, such as uni0E4D0E49."""

_Contour = list[tuple[str, list[tuple[float, float]]]]
"""One closed line of an outline: the strokes of the pen, each with its points."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The ink of a glyph, in parts of the em: 0 is the origin and the baseline."""

    contours: int
    x0: float
    y0: float
    x1: float
    y1: float
    key: int
    """Equal for outlines that differ only in position."""
    parts: tuple[int, ...]
    """Such a key for each contour by itself, sorted: a pair of marks drawn as one has the contours of both."""
    ring: bool = False
    """Whether it is a ring and nothing else: two contours with a common middle, as wide as high."""
    top: float = 0.0
    """Where the highest of its contours begins, as a share of its height from its lowest ink: 0 for one contour."""


@lru_cache(maxsize=1)
def glyph_letters() -> dict[str, str]:
    """Private-use code points and glyph names of Thai fonts -> the letter."""
    letters = dict(private_marks())
    for row in data_rows(_NAMES_FILE, cells=3):
        with row_errors(_NAMES_FILE, row, "the code of a letter as U+0E01"):
            letters[row[0]] = chr(int(row[1].removeprefix("U+"), 16))
    return letters


def letter_of_name(name: str) -> str:
    """The Thai letter or letters that a glyph name means, by the names Thai fonts use; empty if it means none.

    >>> letter_of_name("uni0E01"), letter_of_name("kokaithai"), letter_of_name("A")
    ('ก', 'ก', '')
    """
    several = _UNI_NAMES.match(name)
    if several:
        return bytes.fromhex(several.group(1)).decode("utf-16-be")
    hit = _UNI_NAME.match(name)
    if hit:
        code = int(hit.group(1), 16)
        if code > 0x10FFFF:
            return ""
        letter = chr(code)
        return letter if in_thai_block(letter) else glyph_letters().get(letter, "")
    return glyph_letters().get(name) or glyph_letters().get(name.partition(".")[0], "")


class FontProgram:
    """A parsed TrueType, OpenType or CFF font program."""

    def __init__(self, font: Any, glyph_order: list[str], upem: float, glyph_set: Any, named: bool) -> None:
        self._font = font
        self._order = glyph_order
        self._upem = upem or 1000.0
        self._glyphs = glyph_set
        self._named = named
        self._shapes: dict[int, Shape | None] = {}
        self._letters: dict[str, str] | None = None
        self._index: dict[str, int] | None = None
        self.encoding: dict[int, str] = {}
        """Code -> glyph name, where the program itself has such a table (CFF)."""

    @property
    def count(self) -> int:
        """Number of glyphs."""
        return len(self._order)

    def glyph_id(self, name: str) -> int | None:
        """The glyph of that name."""
        if self._index is None:
            self._index = {name: number for number, name in enumerate(self._order)}
        return self._index.get(name)

    def code_to_glyph(self, code: int) -> int | None:
        """The glyph that a one-byte font shows for a code, by the font's symbol or Macintosh character map.

        PDF 32000-1, 9.6.6.4: a symbolic TrueType font is read through (3,0), then (1,0). Where a font has neither,
        its Unicode map (0,0) is taken.
        """
        if self._font is None or "cmap" not in self._font:
            return None
        tables = {(t.platformID, t.platEncID): t.cmap for t in self._font["cmap"].tables if hasattr(t, "cmap")}
        for platform, keys in (((3, 0), (0xF000 + code, code)), ((1, 0), (code,)), ((0, 0), (code,))):
            for key in keys:
                name = tables.get(platform, {}).get(key)
                if name:
                    return self.glyph_id(name)
        return None

    def char_to_glyph(self, letter: str) -> int | None:
        """The glyph that the font's Unicode map gives a letter."""
        if self._font is None or "cmap" not in self._font:
            return None
        best = self._font.getBestCmap() or {}
        name = best.get(ord(letter))
        return self.glyph_id(name) if name else None

    def characters(self) -> dict[int, str]:
        """Glyph -> character by the font's Unicode map, the first one of several; empty if it has no such map."""
        best = (self._font.getBestCmap() or {}) if self._font is not None and "cmap" in self._font else {}
        found: dict[int, str] = {}
        for code, name in sorted(best.items()):
            glyph = self.glyph_id(name)
            if glyph:
                found.setdefault(glyph, chr(code))
        return found

    def letters(self, glyph: int) -> str:
        """The Thai letters that the font's own tables give the glyph; empty if they give none.

        The first call reads the substitutions of the font, which costs more than all its outlines.
        """
        if not 0 <= glyph < len(self._order):
            return ""
        if self._letters is None:
            self._letters = self._known_letters()
        return self._letters.get(self._order[glyph], "")

    def _known_letters(self) -> dict[str, str]:
        known: dict[str, str] = {}
        if self._named:
            for name in self._order:
                letter = letter_of_name(name)
                if letter:
                    known[name] = letter
        if self._font is not None and "cmap" in self._font:
            for table in self._font["cmap"].tables:
                if not hasattr(table, "cmap") or not table.isUnicode():
                    continue
                for code, name in table.cmap.items():
                    letter = chr(code)
                    letter = letter if in_thai_block(letter) else glyph_letters().get(letter, "")
                    if letter:
                        known.setdefault(name, letter)
        if self._font is not None and "GSUB" in self._font:
            _spread_substitutions(self._font["GSUB"].table, known)
        return known

    def shape(self, glyph: int) -> Shape | None:
        """The outline of a glyph; None if it has no ink or cannot be drawn."""
        if glyph not in self._shapes:
            self._shapes[glyph] = self._draw(glyph)
        return self._shapes[glyph]

    def _draw(self, glyph: int) -> Shape | None:
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        if not 0 <= glyph < len(self._order):
            return None
        name = self._order[glyph]
        try:
            outlines = self._font["glyf"] if self._font is not None and "glyf" in self._font else None
            glyphs = self._glyphs if outlines is None else _Outlines(outlines)
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
        except Exception:  # noqa: BLE001 - a cut font program may raise anything; the glyph then has no shape
            return None
        return _shape_of(pen.value, self._upem)


class _Outlines:
    """The glyphs of a TrueType font by name, which a pen needs to draw a glyph that is composed of others.

    FontTools' own glyph set would also move each glyph by its side bearing, which embedded fonts often get wrong.
    """

    def __init__(self, table: Any) -> None:
        self._table = table
        self._left = MOST_COMPONENTS

    def __getitem__(self, name: str) -> _Outline:
        self._left -= 1
        if self._left < 0:
            raise ValueError("a glyph of too many components")
        return _Outline(self._table, name)


class _Outline:
    """One glyph of a TrueType font."""

    def __init__(self, table: Any, name: str) -> None:
        self._table, self._name = table, name

    def draw(self, pen: Any) -> None:
        """Draw the glyph; the pen supplies the components of a composed one."""
        self._table[self._name].draw(pen, self._table)


def _shape_of(drawn: list[Any], em: float) -> Shape | None:
    """The shape of recorded pen strokes; None if there are none."""
    contours: list[_Contour] = []
    for operation, args in drawn:
        points = [point for point in args if point is not None]
        if operation == "moveTo" or not contours:
            contours.append([])
        contours[-1].append((operation, points))
    contours = [contour for contour in contours if any(points for _, points in contour)]
    if not contours:
        return None
    every = [point for contour in contours for _, points in contour for point in points]
    x0, y0 = min(p[0] for p in every), min(p[1] for p in every)
    x1, y1 = max(p[0] for p in every), max(p[1] for p in every)
    key = hash(tuple(_moved(contour, x0, y0) for contour in contours))
    parts = []
    highest = y0
    for contour in contours:
        points = [point for _, points in contour for point in points]
        lowest = min(p[1] for p in points)
        highest = max(highest, lowest)
        parts.append(hash(_moved(contour, min(p[0] for p in points), lowest)))
    ring = len(contours) == 2 and _is_ring(*(_extent(contour) for contour in contours))
    top = (highest - y0) / (y1 - y0) if y1 > y0 else 0.0
    return Shape(len(contours), x0 / em, y0 / em, x1 / em, y1 / em, key, tuple(sorted(parts)), ring, top)


def _extent(contour: _Contour) -> tuple[float, float, float, float]:
    """The middle of a contour, its width and its height."""
    xs, ys = zip(*(point for _, points in contour for point in points), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs), max(ys) - min(ys)


def _is_ring(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    (x, y, width, height), (x2, y2, _, _) = sorted((one, two), key=lambda extent: -extent[2])
    slack = RING_SLACK * max(width, height)
    return abs(width - height) <= 2 * slack and abs(x - x2) <= slack and abs(y - y2) <= slack


def _moved(contour: _Contour, x: float, y: float) -> tuple[object, ...]:
    return tuple((operation, *((round(p[0] - x), round(p[1] - y)) for p in points)) for operation, points in contour)


def _spread_substitutions(table: Any, known: dict[str, str]) -> None:
    """Adds to `known` what substitutions make of known glyphs, one from one or from several, up to STEPS in a row."""
    if table.LookupList is None:
        return
    pairs: list[tuple[str, str]] = []
    joined: list[tuple[list[str], str]] = []
    for lookup in table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            real = getattr(subtable, "ExtSubTable", subtable)
            if real.LookupType == 1:
                pairs += real.mapping.items()
            elif real.LookupType == 3:
                pairs += [(name, other) for name, others in real.alternates.items() for other in others]
            elif real.LookupType == 4:
                joined += [
                    ([name, *ligature.Component], ligature.LigGlyph)
                    for name, ligatures in real.ligatures.items()
                    for ligature in ligatures
                ]
    for _ in range(STEPS):
        for name, variant in pairs:
            if name in known:
                known.setdefault(variant, known[name])
        for names, ligature in joined:
            if all(name in known for name in names):
                known.setdefault(ligature, "".join(known[name] for name in names))


def read_program(data: bytes, kind: str) -> FontProgram | None:
    """A font program from a PDF stream. `kind` is its key in the font descriptor: FontFile2 or FontFile3.

    None if it cannot be parsed: subsets are often cut in ways that only renderers tolerate.
    """
    if not data or len(data) > MAX_PROGRAM:
        return None
    try:
        if kind == "FontFile3" and data[:4] != b"OTTO":
            return _read_cff(data)
        return _read_sfnt(data)
    except Exception:  # noqa: BLE001 - see above; the font is then read by its ToUnicode map alone
        return None


def _read_sfnt(data: bytes) -> FontProgram:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True)
    upem = font["head"].unitsPerEm
    named = ("post" in font and getattr(font["post"], "formatType", 3) == 2) or "CFF " in font
    glyphs = font.getGlyphSet() if "CFF " in font else {}
    return FontProgram(font, font.getGlyphOrder(), upem, glyphs, named)


def _read_cff(data: bytes) -> FontProgram:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    matrix = getattr(top, "FontMatrix", None) or [0.001]
    program = FontProgram(None, list(top.charset), 1 / (matrix[0] or 0.001), top.CharStrings, not hasattr(top, "ROS"))
    encoding = getattr(top, "Encoding", None)
    if isinstance(encoding, list):
        program.encoding = {code: name for code, name in enumerate(encoding) if name != ".notdef"}
    return program
