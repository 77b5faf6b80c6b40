"""What fonts say: old encodings, glyph numbers, symbols, ActualText, and glyphs that nobody names."""

from __future__ import annotations

import pytest

from tests.extract.making import draft, page_of
from tipmine.extract.actualtext import ActualTextStack
from tipmine.extract.fontfile import Shape, glyph_letters, letter_of_name
from tipmine.extract.layout import name_unknown
from tipmine.extract.legacy import Layout, find_layout, find_numbering
from tipmine.extract.looks import fits, look_of, needs_no_look
from tipmine.extract.quality import line_quality
from tipmine.extract.repair.decoder import decode
from tipmine.extract.repair.lexicon import load_lexicon
from tipmine.extract.symbols import symbol
from tipmine.extract.unknown import UnknownGlyphs, substitute
from tipmine.thai import ABOVE_MARKS, BELOW_MARKS, MARK_SET, SARA_AA, SARA_AM


def cost(text: str) -> float:
    return decode(text, (), load_lexicon()).cost


THAI = [chr(c) for c in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5A))]


def as_latin(letters: list[str], encoding: str) -> list[tuple[str, float]]:
    """What the map of an old font says of Thai letters, and their widths."""
    entries = []
    for letter in letters:
        byte = letter.encode("cp874")
        entries.append((byte.decode(encoding), 0.0 if letter in MARK_SET else 0.5))
    return entries


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_an_old_thai_font_is_known_by_its_marks_without_width(encoding: str) -> None:
    layout = find_layout(as_latin(THAI, encoding))
    assert layout is not None
    for letter in THAI:
        assert layout.letter(letter.encode("cp874").decode(encoding)) == letter


def test_the_codes_of_a_symbol_font_are_bytes_of_thai_and_ascii() -> None:
    """Old Thai fonts have a symbol map, which programs write as U+F020 to U+F0FF."""
    entries = [(chr(0xF000 + letter.encode("cp874")[0]), 0.0 if letter in MARK_SET else 0.5) for letter in THAI]
    layout = find_layout(entries)
    assert layout is not None
    assert "".join(layout.letter(plain) for plain, _ in entries) == "".join(THAI)
    assert (layout.letter("\uf028"), layout.letter("\uf041"), layout.letter("\uf07f")) == ("(", "A", "")


@pytest.mark.parametrize(("byte", "text"), [(0x80, "«"), (0x81, "»"), (0x82, "…"), (0x8D, "“"), (0x92, "\u0e31")])
def test_the_macintosh_layout_has_signs_and_shifted_marks_below_the_letters(byte: int, text: str) -> None:
    assert Layout(mac=True).letter(bytes([byte]).decode("mac_roman")) == text


def test_a_latin_font_is_left_alone() -> None:
    assert find_layout([(chr(c), 0.5) for c in (*range(0x41, 0x7B), *range(0xC0, 0xFF))]) is None


def test_a_font_whose_map_names_thai_letters_is_left_alone() -> None:
    assert find_layout([*as_latin(THAI, "cp1252"), ("ก", 0.5)]) is None


@pytest.mark.parametrize("start", [40, 206, 900])
@pytest.mark.parametrize("baht", [True, False])
def test_glyph_numbers_in_the_order_of_unicode_are_read(start: int, baht: bool) -> None:
    letters = [chr(c) for c in (*range(0x0E01, 0x0E3B), *([0x0E3F] if baht else []), *range(0x0E40, 0x0E5C))]
    looks = {
        start + n: "above" if c in ABOVE_MARKS else "below" if c in BELOW_MARKS else "spacing"
        for n, c in enumerate(letters)
    }
    readings = find_numbering(looks)
    assert all(readings[start + n] == letter for n, letter in enumerate(letters))


def test_glyph_numbers_in_no_order_are_not_read() -> None:
    looks = {n: "above" if n % 7 == 0 else "spacing" for n in range(10, 120)}
    assert not find_numbering(looks)
    assert not find_numbering(dict.fromkeys(range(300), "spacing"))


def shape(y0: float, y1: float, contours: int = 1, x0: float = -0.3) -> Shape:
    return Shape(contours, x0, y0, 0.0, y1, 1, (1,))


def test_ink_contradicts_a_wrong_map() -> None:
    above, below = look_of(shape(0.6, 0.9), 0.0), look_of(shape(-0.3, -0.05), 0.0)
    assert (above, below) == ("above", "below")
    assert not fits("\N{THAI CHARACTER SARA UU}", above, None)
    assert fits("\N{THAI CHARACTER MAI THO}", above, None)
    assert not fits(" ", above, None)
    assert not fits(" ", "spacing", shape(0.0, 0.5))
    assert fits(" ", "spacing", shape(0.0, 0.05))
    assert not fits(SARA_AM, "spacing", shape(0.0, 0.5, contours=1, x0=0.02))
    assert fits(SARA_AM, "spacing", shape(0.0, 0.8, contours=3, x0=-0.3))
    assert fits(SARA_AA, "spacing", shape(0.0, 0.5))


@pytest.mark.parametrize(
    ("x0", "contours", "top"),
    [(-0.25, 1, 0.0), (-0.01, 3, 0.83), (0.06, 2, 0.73)],
    ids=["all strokes joined", "italic", "all letters of one width"],
)
def test_sara_am_is_known_by_its_ring(x0: float, contours: int, top: float) -> None:
    assert fits(SARA_AM, "spacing", Shape(contours, x0, 0.0, 0.4, 0.8, 1, (1,), top=top))


def test_sara_aa_of_overlapping_strokes_is_not_sara_am() -> None:
    assert not fits(SARA_AM, "spacing", Shape(2, 0.01, 0.0, 0.4, 0.56, 1, (1,), top=0.6))


def test_ordinary_letters_do_not_cost_a_look_at_the_font() -> None:
    assert all(needs_no_look(letter, 0.5) for letter in "กฮเA7")
    assert not any(needs_no_look(letter, 0.5) for letter in (SARA_AM, SARA_AA, " ", "\ufffd", "\uf70a"))


def test_both_private_layouts_name_every_mark() -> None:
    table = glyph_letters()
    for codes in (range(0xF700, 0xF71B), range(0xF884, 0xF89F)):
        letters = {table[chr(code)] for code in codes}
        assert set("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d") <= letters


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("uni0E49.low", "\u0e49"),
        ("maiekthai", "\u0e48"),
        ("maieklowleftthai", "\u0e48"),
        ("uniF70B", "\u0e49"),
        ("uni0E4D0E49", "\u0e4d\u0e49"),
        ("uni0E4D0049", ""),
        ("A", ""),
        ("glyph201", ""),
    ],
)
def test_glyph_names(name: str, letter: str) -> None:
    assert letter_of_name(name) == letter


@pytest.mark.parametrize(
    ("font", "text", "sign"),
    [
        ("Symbol", "\uf0b7", "•"),
        ("ABC+Wingdings", "\uf0a8", "☐"),
        ("Wingdings2", "\uf052", "☑"),
        ("Arial", "\uf0fc", "✓"),
        ("Symbol", "\uf02b", "+"),
    ],
)
def test_signs_of_symbol_fonts(font: str, text: str, sign: str) -> None:
    assert symbol(font, text, 3) == sign


def test_actual_text_goes_to_the_first_glyph_of_its_span() -> None:
    stack = ActualTextStack()
    stack.open({"ActualText": b"\xfe\xff" + "ที่".encode("utf-16-be")})
    assert stack.text_for("x", "") == ("ที่", "actual-text", False)
    assert stack.text_for("y", "")[2]
    stack.close()
    assert stack.text_for("z", "") == ("z", "", False)


def test_actual_text_that_does_not_know_is_not_believed() -> None:
    stack = ActualTextStack()
    stack.open({"ActualText": b"\xfe\xff\xff\xfd"})
    assert stack.text_for("า", "") == ("า", "", False)


def test_an_unnamed_mark_is_named_by_its_words() -> None:
    unknown = UnknownGlyphs()
    mark = unknown.stand_in("F", 30, "(cid:30)", "above")
    lines = [f"ครั{mark}งที่ ๑ ของการประชุม", f"ชั{mark}น ๒ อาคาร", f"แต่งตั{mark}งคณะกรรมการ"]
    readings = unknown.solve(lines, cost)
    assert [substitute(line, readings) for line in lines] == ["ครั้งที่ ๑ ของการประชุม", "ชั้น ๒ อาคาร", "แต่งตั้งคณะกรรมการ"]


def test_what_no_word_decides_reads_as_its_map_says() -> None:
    unknown = UnknownGlyphs()
    mark = unknown.stand_in("F", 30, "(cid:30)", "above")
    assert unknown.solve([f"x{mark}y"], cost) == {mark: "(cid:30)"}


def test_a_line_with_a_glyph_that_nobody_names_is_in_doubt_whatever_its_map_says() -> None:
    unknown = UnknownGlyphs()
    letter, blank = unknown.stand_in("F", 2, "x", "letter"), unknown.stand_in("F", 3, "(cid:3)", "hidden")
    overline = unknown.stand_in("F", 4, "\N{COMBINING OVERLINE}", "above")
    page = page_of([draft(f"ก{letter} 12"), draft(f"ขข{blank}"), draft(f"x{overline}"), draft("จัดล่าม")])
    name_unknown([page], unknown)
    assert [bool(line.reason) for line in page.lines] == [True, False, False, False]
    assert line_quality("กx 12", False, False, page.lines[0].reason, page.lines[0].score).verdict == "doubtful"


def test_an_unnamed_letter_is_named_by_its_words() -> None:
    unknown = UnknownGlyphs()
    letter = unknown.stand_in("F", 5, " ", "letter")
    lines = [f"ปีที่สนใ{letter} แสดงข้อมูล", f"การตัดสินใ{letter} และนำไปใช้", f"{letter}\u0e31งหวัดสมมติ"]
    assert unknown.solve(lines, cost) == {letter: "จ"}
