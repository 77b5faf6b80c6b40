"""What the readers need of a font of the PDF library: codes, widths, maps, and the program's glyph for a code."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from tipmine.extract.fontfile import FontProgram, letter_of_name, read_program
from tipmine.extract.unknown import without_stand_ins

MOST_CODES = 5_000
"""Most entries of a font's map that are examined; CJK fonts have more, and no Thai among the later ones."""

FORCE_BOLD = 1 << 18
"""Flag of a font that viewers show in bold (PDF 32000-1, 9.8.2)."""

LOWEST_DESCENT = -0.7
"""Descent in em below which a font's own value is considered wrong."""
USUAL_DESCENT = -0.2
"""Descent in em where the font states none, or an impossible one."""

NAMED_ENCODINGS = ("WinAnsiEncoding", "MacRomanEncoding")
"""Encodings that name a letter for each code, so that the font's map of letters gives the glyph."""

SYMBOLIC, LATIN = 4, 32
"""Flags of a font descriptor: whether its glyphs are outside the standard Latin set or all within it (9.8.2)."""


def family_of(name: str) -> str:
    """A font's family by its name: without the subset's tag and the style.

    >>> family_of("ABCDEF+EACEact-Bold")
    'EACEact'
    """
    return re.split("[-,]", name.rpartition("+")[2])[0]


class FontSource:
    """One font of a PDF: the information of its dictionary, its map and its embedded program, each separately."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self.name = name = _text(font.fontname)
        self.family = family_of(name)
        self.bold = "bold" in name.lower() or "black" in name.lower() or bool(int(font.flags or 0) & FORCE_BOLD)
        descent = font.get_descent()
        self.descent: float = descent if LOWEST_DESCENT < descent < 0 else USUAL_DESCENT
        """The font's descent in em, negative."""
        self._program: FontProgram | None = None
        self._loaded = False
        self._names: dict[int, str] | None = None

    @property
    def many_bytes(self) -> bool:
        """Whether the font is a composite one: its codes name glyphs, not letters, and may take several bytes."""
        return bool(self._font.is_multibyte())

    @property
    def has_map(self) -> bool:
        """Whether any map says what the codes mean."""
        return not self.many_bytes or bool(getattr(self._font, "unicode_map", None))

    @cached_property
    def _own_characters(self) -> dict[int, str]:
        """Glyph -> character by the program of a composite font that has no other map.

        The library uses this map as well, but reads it at wrong places where it keeps its glyphs in a list.
        """
        if not self.many_bytes or not self.has_map or "ToUnicode" in self._spec or self.program is None:
            return {}
        return self.program.characters()

    @property
    def _spec(self) -> dict[str, Any]:
        """The font's dictionary."""
        spec: dict[str, Any] = getattr(self._font, "tipmine_spec", {})
        return spec

    @property
    def has_program(self) -> bool:
        """Whether a font program is embedded, readable or not."""
        return any(key in self._font.descriptor for key in ("FontFile", "FontFile2", "FontFile3"))

    def width(self, code: int) -> float:
        """Advance in em."""
        return float(self._font.char_width(code))

    def plain(self, code: int) -> str:
        """The reading of a code by the font's map, which other readers print; `(cid:n)` if it has none."""
        if self._own_characters:
            return without_stand_ins(self._own_characters.get(self.glyph(code) or 0, f"(cid:{code})"))
        try:
            text = self._font.to_unichr(code)
        except Exception:  # noqa: BLE001 - a missing entry, or a map that the library cannot read
            return f"(cid:{code})"
        return without_stand_ins(text) if isinstance(text, str) else f"(cid:{code})"

    def mapped_codes(self) -> list[int]:
        """Codes that the map names."""
        if self._own_characters and not hasattr(_resolve(self._spec.get("CIDToGIDMap")), "get_data"):
            return list(self._own_characters)[:MOST_CODES]
        unicode_map = getattr(self._font, "unicode_map", None)
        mapped = getattr(unicode_map, "cid2unichr", None)
        if mapped:
            return [code for code in mapped if isinstance(code, int)][:MOST_CODES]
        return list(getattr(self._font, "cid2unicode", {}))

    def sized_codes(self) -> list[int]:
        """Codes that have a width of their own, in a one-byte font."""
        return [] if self.many_bytes else self._codes_with_width()

    def drawn_texts(self) -> dict[int, str]:
        """Code -> text by the map, for the codes that have a width of their own or an outline: a subset has others."""
        sized = set(self._codes_with_width())
        return {code: self.plain(code) for code in self.mapped_codes() if code in sized or self._has_outline(code)}

    def _has_outline(self, code: int) -> bool:
        glyph = self.glyph(code)
        return glyph is not None and self.program is not None and self.program.shape(glyph) is not None

    def _codes_with_width(self) -> list[int]:
        return [code for code in getattr(self._font, "widths", {}) if isinstance(code, int)]

    @property
    def program(self) -> FontProgram | None:
        """The embedded font program, parsed at the first call; None if there is none, or it cannot be parsed."""
        if not self._loaded:
            self._loaded = True
            for key in ("FontFile2", "FontFile3"):
                stream = _resolve(self._font.descriptor.get(key))
                if hasattr(stream, "get_data"):
                    self._program = read_program(_data(stream), key)
        return self._program

    def glyph(self, code: int) -> int | None:
        """The glyph of the embedded program that the code draws (PDF 32000-1, 9.6.6.4 and 9.7.4.2)."""
        program, spec = self.program, self._spec
        if program is None:
            return None
        if self.many_bytes:
            table = _resolve(spec.get("CIDToGIDMap"))
            if hasattr(table, "get_data"):
                data = _data(table)
                return int.from_bytes(data[2 * code : 2 * code + 2], "big") if 2 * code + 1 < len(data) else None
            by_name = program.glyph_id(f"cid{code:05d}")
            return code if by_name is None else by_name
        name = self._differences().get(code, "")
        if name:
            glyph = program.glyph_id(name)
            if glyph is None and (letter := letter_of_name(name)):
                glyph = program.char_to_glyph(letter)
            if glyph is not None:
                return glyph
        if code in program.encoding:
            return program.glyph_id(program.encoding[code])
        letter = getattr(self._font, "cid2unicode", {}).get(code, "")
        by_letter = program.char_to_glyph(letter) if letter else None
        if by_letter is not None and self._is_read_by_letters():
            # Word writes a Macintosh character map with the codes of other letters into such fonts.
            return by_letter
        glyph = program.code_to_glyph(code)
        return by_letter if glyph is None else glyph

    def _is_read_by_letters(self) -> bool:
        """Whether the codes of a one-byte TrueType font stand for letters of a named encoding (9.6.6.4)."""
        encoding = _resolve(self._spec.get("Encoding"))
        name = _resolve(encoding.get("BaseEncoding")) if isinstance(encoding, dict) else encoding
        flags = _resolve(self._font.descriptor.get("Flags"))
        latin = isinstance(flags, int) and flags & (SYMBOLIC | LATIN) == LATIN
        return latin and getattr(name, "name", "") in NAMED_ENCODINGS

    def _differences(self) -> dict[int, str]:
        """Codes that the font's encoding renames, to glyph names."""
        if self._names is None:
            self._names = {}
            encoding = _resolve(self._spec.get("Encoding"))
            entries = _resolve(encoding.get("Differences")) if isinstance(encoding, dict) else None
            code = 0
            for entry in entries or ():
                item = _resolve(entry)
                if isinstance(item, int):
                    code = item
                else:
                    self._names[code] = _text(getattr(item, "name", item))
                    code += 1
        return self._names


def _text(name: Any) -> str:
    """A name as the library gives it: text, or bytes that are not UTF-8."""
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def _resolve(value: Any) -> Any:
    """A value with PDF references resolved."""
    for _ in range(10):
        if not hasattr(value, "resolve"):
            return value
        value = value.resolve()
    return None


def _data(stream: Any) -> bytes:
    try:
        data = stream.get_data()
    except Exception:  # noqa: BLE001 - a broken filter; the font is then read by its map alone
        return b""
    return data if isinstance(data, bytes) else b""
