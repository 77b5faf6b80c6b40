"""The text of each glyph of a PDF font: its ToUnicode map, corrected if the embedded font proves it wrong.

Three things are often wrong in Thai PDFs, and the outlines reveal all of them:

- Word writes sara am as two glyphs and then maps sara aa's glyph to sara am everywhere, the nikhahit's to a space;
- shifted forms of a mark (over a tall consonant, or without a vowel above) have no map, or that of another letter: a
  mai tho that is mapped to sara uu has its ink *above* the base, which sara uu never has;
- print drivers give no map to marks of zero width.

A reading is kept unless the ink contradicts it. Otherwise the font's own tables are used, then glyphs of the same
outline whose map is consistent; what stays unknown keeps the map's reading, so that nothing is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations, islice
from typing import Any, NamedTuple

from tipmine.digits import ARABIC_DIGITS, thai_digits
from tipmine.extract.digit_outlines import are_thai
from tipmine.extract.fontfile import Shape, glyph_letters
from tipmine.extract.fontsource import FontSource
from tipmine.extract.joined_codes import are_joined, possible_letters
from tipmine.extract.legacy import Layout, find_layout, find_numbering, has_thai
from tipmine.extract.looks import ZERO_WIDTH, Look, fits, kind_of, look_of, needs_no_look
from tipmine.extract.symbols import is_symbol_font, symbol
from tipmine.extract.unknown import Kind, UnknownGlyphs, is_stand_in
from tipmine.thai import (
    ABOVE_MARKS,
    MARK_SET,
    NIKHAHIT,
    SARA_AA,
    SARA_AM,
    TONES,
    in_storage_order,
    in_thai_block,
    is_mark,
)

FONT_ENCODING = "font-encoding"
"""Rule id of readings that come from the order of a font's codes or glyphs."""

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
"""Latin ligatures, which are split because a search for the single letters would not find them."""

NO_GLYPH = "no-glyph"
"""Rule id of codes that draw nothing: control codes in a font that is not embedded."""

THAI_PAGE = 0x0E00
"""The code points of Thai letters without their low bytes."""

FONT_MAP = "font-map"
"""Rule id of readings that come from the embedded font."""

LEAST_WRONG = 3
"""Marks above or below that are mapped to a Latin letter, or letters mapped to a control code, from which a font's map
is not trusted for other letters either."""

LETTERS_COMPARED = 12
"""Most Thai letters of a font whose outlines are compared. Higher: many glyphs are drawn in vain."""
FEWEST_COMPARED = 3
"""Fewest letters with one outline that prove that outlines say nothing: two may be one letter mapped twice."""

MOST_NUMBERED = 3_000
"""Most glyphs examined in a font without a map; Thai letters are among the first thousand."""


class GlyphReading(NamedTuple):
    """The reading of one code of one font: its text, its text by the map, its advance in em, why the texts differ."""

    text: str
    plain: str
    width: float
    rule: str
    mark: bool
    look: Look = "unknown"
    reach: float = 0.0
    """For a mark: how far in em its ink's right edge is to the right of the pen; nearly always slightly negative."""


class _Peers(NamedTuple):
    """Thai glyphs of a font whose reading the ink does not contradict."""

    by_outline: dict[int, str]
    """Key of a shape -> reading."""
    by_parts: dict[tuple[int, ...], str]
    """Contours of a mark above -> the mark."""


class FontBook:
    """The readers of a document's fonts, and the glyphs without a reading."""

    def __init__(self) -> None:
        self._readers: dict[int, FontReader] = {}
        self.unknown = UnknownGlyphs()
        self.layouts: dict[str, Layout] = {}
        """Families of old one-byte Thai fonts."""
        self.joins_codes = False
        """Whether the document's producer joins the bytes of code points (`joined_codes`)."""

    def reader(self, font: Any) -> FontReader:
        """The reader of a font of the PDF library."""
        reader = self._readers.get(id(font))
        if reader is None:
            reader = self._readers[id(font)] = FontReader(font, self)
        return reader

    def learn(self, fonts: Iterable[Any]) -> None:
        """Examine fonts before reading: a small subset of an old Thai font is recognised only by its family."""
        for font in fonts:
            layout = self.reader(font).own_layout()
            if layout is not None:
                self.layouts[self.reader(font).family] = layout

    def forget(self, most: int) -> None:
        """Drop all readers if there are more than `most`: in a merged file every page has its own fonts."""
        if len(self._readers) > most:
            self._readers.clear()


class FontReader:
    """Reads codes of one PDF font."""

    def __init__(self, font: Any, book: FontBook) -> None:
        self._source = FontSource(font)
        self._book = book
        self._readings: dict[int, GlyphReading] = {}
        self.name, self.family = self._source.name, self._source.family
        self.bold, self.descent = self._source.bold, self._source.descent

    def read(self, code: int) -> GlyphReading:
        """The reading of a code."""
        reading = self._readings.get(code)
        if reading is None:
            reading = self._readings[code] = self._decide(code)
        return reading

    def _decide(self, code: int) -> GlyphReading:
        plain, width = self._source.plain(code), self._source.width(code)
        if code in self._possible:
            return self._read_joined(code, plain, width)
        if len(plain) == 1 and plain in ARABIC_DIGITS and self._draws_thai_digits:
            return GlyphReading(thai_digits(plain), plain, width, FONT_MAP, False)
        layout = self.own_layout()
        if layout:
            coded = layout.letter(plain)
        elif not self._source.has_map or self._is_misread(plain):
            coded = self._number_letter(code, width)
        else:
            coded = ""
        if coded and (coded in MARK_SET) == (width < ZERO_WIDTH):
            return GlyphReading(coded, plain, width, FONT_ENCODING, coded in MARK_SET)
        if plain.startswith("(cid:") and code < 0x20 and not self._source.has_program:
            return GlyphReading("", plain, width, NO_GLYPH, False)
        text = "".join(glyph_letters().get(letter, LIGATURES.get(letter, letter)) for letter in plain)
        text = _unswapped(text)
        if _is_packed(text):
            text = self._unpacked(code, text, plain, width)
        if is_symbol_font(self.name) or (len(text) == 1 and "\uf020" <= text <= "\uf0ff"):
            text = symbol(self.name, text, code)
        if text > " " and width >= ZERO_WIDTH and self._is_misread(plain):
            text = self._book.unknown.stand_in(self.name, code, plain, "letter")
        if needs_no_look(text, width):
            return GlyphReading(text, plain, width, FONT_MAP if text != plain else "", False)
        return self._decide_by_look(code, text, plain, width)

    @cached_property
    def _possible(self) -> dict[int, list[str]]:
        """Code -> the letters that a value of joined bytes may stand for.

        Few wrong values, none a control code, are sought in composite fonts only: programs that write other fonts map
        their letters one by one.
        """
        source = self._source
        if not are_joined(map(source.plain, source.mapped_codes())) and not (
            self._book.joins_codes and (source.many_bytes or not source.has_program)
        ):
            return {}
        return possible_letters(source.drawn_texts(), lambda code: source.width(code) >= ZERO_WIDTH)

    def _read_joined(self, code: int, plain: str, width: float) -> GlyphReading:
        """The reading of a code of joined bytes; where several letters are possible, words decide."""
        _, look, shape = self._look(code, width)
        letters = tuple(one for one in self._possible[code] if fits(one, look, shape)) or tuple(self._possible[code])
        text, mark = letters[0], is_mark(letters[0])
        if len(letters) > 1:
            kind: Kind = "above" if mark else "letter"
            text = self._book.unknown.stand_in(self.name, code, plain, kind, choices=letters)
        return GlyphReading(text, plain, width, FONT_ENCODING, mark)

    def _unpacked(self, code: int, text: str, plain: str, width: float) -> str:
        """The letter that a packed reading begins with, or both of its marks; a stand-in for a letter with neither."""
        if not is_mark(text[0]):
            return text[0]
        if width >= ZERO_WIDTH:
            # If a mark comes first, only the mark is named, not the letter that this glyph draws.
            return self._book.unknown.stand_in(self.name, code, plain, "letter")
        second = chr(THAI_PAGE | ord(text[1]) & 0xFF)
        _, look, shape = self._look(code, width)
        drawn_alone = second in ABOVE_MARKS and kind_of(look, shape) != "pair"
        return text[0] if drawn_alone else text[0] + second

    def _decide_by_look(self, code: int, text: str, plain: str, width: float) -> GlyphReading:
        glyph, look, shape = self._look(code, width)
        unknown = self._book.unknown
        if look == "blank" and (plain.startswith("(cid:") or plain == "\ufffd"):
            text = " " if width >= ZERO_WIDTH else unknown.stand_in(self.name, code, plain, "hidden")
        elif look == "above" and shape is not None and shape.ring and text in TONES and self._times_mapped[text] > 1:
            # fontkit gives a glyph the text of the first cluster in which it met it: after น้ำ, both the nikhahit and
            # the mai tho read as mai tho. In bold type a sara ii may look like a ring.
            text = NIKHAHIT
        elif not fits(text, look, shape):
            text = self._other_reading(text, glyph, look, shape)
            if fits(text, look, shape):
                unknown.hint(plain, text)
            else:
                contours = shape.contours if shape is not None else 0
                text = unknown.stand_in(self.name, code, plain, kind_of(look, shape), contours)
        elif look == "unknown" and (plain.startswith("(cid:") or plain == "\ufffd"):
            text = unknown.stand_in(self.name, code, plain, "above" if width < ZERO_WIDTH else "letter")
        if shape is not None and len(text) == 1 and text in MARK_SET:
            unknown.seen(self.name, text, shape.contours)
        mark = (
            is_mark(text)
            or (look in ("above", "below") and len(text) <= 1)
            or (width < ZERO_WIDTH and is_stand_in(text))
        )
        reach = shape.x1 if mark and shape is not None else 0.0
        return GlyphReading(text, plain, width, FONT_MAP if text != plain else "", mark, look, reach)

    @cached_property
    def _draws_thai_digits(self) -> bool:
        """Whether the outlines prove that the codes of Arabic digits print Thai ones."""
        contours: dict[str, int] = {}
        for code in self._source.mapped_codes():
            digit = self._source.plain(code)
            if len(digit) == 1 and digit in ARABIC_DIGITS:
                _, _, shape = self._look(code, self._source.width(code))
                if shape is not None:
                    contours[digit] = shape.contours
        return are_thai(contours)

    @cached_property
    def _times_mapped(self) -> Counter[str]:
        """How many codes the map gives each text."""
        return Counter(map(self._source.plain, self._source.mapped_codes()))

    def _is_misread(self, plain: str) -> bool:
        """Whether a map's reading is not Thai, and the map is not trusted for such readings."""
        return not in_thai_block(plain[:1]) and not plain.startswith("(cid:") and self._map_is_wrong

    @cached_property
    def _map_is_wrong(self) -> bool:
        """Whether the map gives Latin letters to marks above or below, or control codes to letters.

        Some versions of Ghostscript write wrong codes for half of the letters of a composite font, or for all: 10.0.0
        writes the two bytes of U+0E01 as one, 0x0F.
        """
        if not self._source.many_bytes or self._possible:
            return False
        codes = [code for code in self._source.mapped_codes() if self._source.width(code) < ZERO_WIDTH]
        plains = {code: self._source.plain(code) for code in codes}
        strange = [code for code, plain in plains.items() if len(plain) == 1 and "!" <= plain < "\u0300"]
        looks = [self._look(code, self._source.width(code))[1] for code in strange]
        controls = [code for code in self._source.mapped_codes() if "" < self._source.plain(code) < " "]
        drawn = [code for code in controls if self._look(code, self._source.width(code))[1] == "spacing"]
        marks = sum(look in ("above", "below") for look in looks)
        return max(marks, len(drawn)) >= LEAST_WRONG

    def own_layout(self) -> Layout | None:
        """The one-byte Thai layout that the widths of this font or of its family show, or None."""
        layout, may_be_kin = self._layout
        # The family may become known only when a later font is examined.
        return self._book.layouts.get(self.family) if may_be_kin else layout

    @cached_property
    def _layout(self) -> tuple[Layout | None, bool]:
        """The layout that this font's widths show, and whether, without one, it may have that of its family."""
        source = self._source
        entries = [(source.plain(c), source.width(c)) for c in {*source.mapped_codes(), *source.sized_codes()}]
        layout = find_layout(entries)
        return layout, layout is None and not has_thai(entries)

    def _number_letter(self, code: int, width: float) -> str:
        """The letter of a glyph number in a font without a map that numbers its letters in order; else empty."""
        glyph, look, shape = self._look(code, width)
        letter = "" if glyph is None else self._numbering.get(glyph, "")
        return letter if fits(letter, look, shape) else ""

    @cached_property
    def _numbering(self) -> dict[int, str]:
        """Glyph number -> letter, if the font numbers its letters in order; else empty."""
        program = self._source.program
        if program is None:
            return {}
        shapes = ((number, program.shape(number)) for number in range(min(program.count, MOST_NUMBERED)))
        return find_numbering(
            {number: look_of(shape, self._source.width(number)) for number, shape in shapes if shape is not None}
        )

    @cached_property
    def _outlines_tell(self) -> bool:
        """Whether different letters have different outlines: in OCR layers all are the same box (GlyphLessFont)."""
        source = self._source
        if source.program is None:
            return False
        thai = (code for code in source.mapped_codes() if in_thai_block(source.plain(code)[:1]))
        glyphs = {source.plain(code): source.glyph(code) for code in islice(thai, LETTERS_COMPARED)}
        if len(set(glyphs.values())) > 1:
            shapes = (source.program.shape(glyph) for glyph in glyphs.values() if glyph is not None)
            return len({shape.key if shape else None for shape in shapes}) > 1
        return len(glyphs) < FEWEST_COMPARED

    def _look(self, code: int, width: float) -> tuple[int | None, Look, Shape | None]:
        program, glyph = self._source.program, self._source.glyph(code)
        if program is None or glyph is None or not self._outlines_tell:
            return None, "unknown", None
        shape = program.shape(glyph)
        return glyph, look_of(shape, width), shape

    def _other_reading(self, text: str, glyph: int | None, look: Look, shape: Shape | None) -> str:
        """A reading that the ink does not contradict; the old one if none is found."""
        program = self._source.program
        if look == "unknown" or program is None or glyph is None:
            return text
        own = program.letters(glyph)
        if own and fits(own, look, shape):
            return own
        if shape is not None:
            peer = self._peers.by_outline.get(shape.key, "")
            if peer and fits(peer, look, shape):
                return peer
            if look == "above" and (pair := self._pair(shape)):
                return pair
            if text == SARA_AM and look == "spacing":
                return SARA_AA
            if look in ("above", "below") and (marks := [mark for mark in text[1:] if fits(mark, look, None)]):
                # Typst maps a mark that it draws apart from its cluster to the whole cluster; the last mark was moved.
                return marks[-1]
            if (
                look == "above"
                and shape.ring
                and text.strip("\x00\u200b") in ("", " ", "\xa0", "\ufffd", SARA_AM, SARA_AA)
            ):
                return NIKHAHIT
        return text

    def _pair(self, shape: Shape) -> str:
        """The two marks that one glyph draws, whose contours are those of both."""
        for (one, first), (two, second) in combinations(self._peers.by_parts.items(), 2):
            if len(one) + len(two) == len(shape.parts) and tuple(sorted(one + two)) == shape.parts:
                return in_storage_order(first + second)
        return ""

    @cached_property
    def _peers(self) -> _Peers:
        peers = _Peers({}, {})
        for code in self._source.mapped_codes():
            text = self._source.plain(code)
            text = glyph_letters().get(text, text)
            if len(text) != 1 or not in_thai_block(text):
                continue
            glyph, look, shape = self._look(code, self._source.width(code))
            if glyph is not None and shape is not None and fits(text, look, shape):
                peers.by_outline.setdefault(shape.key, text)
                if text in ABOVE_MARKS:
                    peers.by_parts.setdefault(shape.parts, text)
        program = self._source.program
        if program is not None:
            for glyph in range(program.count):
                letter = program.letters(glyph)
                if letter and (shape := program.shape(glyph)):
                    peers.by_outline.setdefault(shape.key, letter)
        return peers


def _is_packed(text: str) -> bool:
    """Whether a map gives a Thai letter and, as one character, the low bytes of that letter and of a mark.

    Ghostscript writes this for what Typst maps to a letter with its marks; the marks are drawn, and read, as glyphs of
    their own.
    """
    return len(text) > 1 and in_thai_block(text[0]) and ord(text[1]) >> 8 == ord(text[0]) & 0xFF


def _unswapped(text: str) -> str:
    """The Latin letters of a ligature that a map gives with their bytes swapped, as Ghostscript 10.0.0 does.

    A single Chinese letter such as U+6700 is left as it is.
    """
    swapped = [ord(letter) >> 8 for letter in text]
    if len(text) < 2 or not all(
        ord(letter) & 0xFF == 0 and chr(code).isalpha() for letter, code in zip(text, swapped, strict=True)
    ):
        return text
    return "".join(map(chr, swapped)) if max(swapped) < 0x80 else text
