"""Outlines of embedded fonts: glyphs composed of others, rings, wrong maps."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.timing import cpu_seconds
from tipmine.extract import extract_document
from tipmine.extract.fontfile import FontProgram, _spread_substitutions, read_program
from tipmine.thai import ABOVE_MARKS, BELOW_MARKS

Box = tuple[int, int, int, int]


def font_file(
    outlines: dict[str, list[Box]],
    composed: dict[str, list[tuple[str, int, int]]],
    letters: dict[int, str] | None = None,
) -> bytes:
    """A TrueType font of boxes, and of glyphs composed of others; `letters` names the glyphs of characters."""
    glyphs = {}
    for name, boxes in {".notdef": [], **outlines}.items():
        pen = TTGlyphPen(None)
        for x0, y0, x1, y1 in boxes:
            pen.moveTo((x0, y0))
            for point in ((x0, y1), (x1, y1), (x1, y0)):
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    for name, parts in composed.items():
        pen = TTGlyphPen(dict.fromkeys([*glyphs, *composed]))
        for part, dx, dy in parts:
            pen.addComponent(part, (1, 0, 0, 1, dx, dy))
        glyphs[name] = pen.glyph()
    for glyph in glyphs.values():
        # Bounds are not computed, because that would follow components, harmful ones too.
        glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(letters or {})
    builder.font.recalcBBoxes = False
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (0, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=-300)
    builder.setupMaxp()
    builder.setupPost()
    data = io.BytesIO()
    builder.font.save(data)
    return data.getvalue()


def program(outlines: dict[str, list[Box]], composed: dict[str, list[tuple[str, int, int]]]) -> FontProgram:
    found = read_program(font_file(outlines, composed), "FontFile2")
    assert found is not None
    return found


RING = [(-250, 660, 0, 900), (-190, 720, -60, 840)]
LOOPED = [(-350, 660, 0, 900), (-330, 680, -250, 760)]


def test_a_composed_glyph_has_the_outlines_of_its_parts() -> None:
    font = program(
        {"ring": RING, "tone": [(-100, 700, 0, 900)]},
        {"moved": [("ring", -80, 0)], "pair": [("ring", 0, 0), ("tone", 0, 300)]},
    )
    ring, moved, pair = font.shape(1), font.shape(3), font.shape(4)
    assert ring and moved and pair
    assert (moved.key, moved.x0) == (ring.key, ring.x0 - 0.08)
    assert (pair.contours, pair.y1) == (3, 1.2)


def test_only_a_ring_is_a_ring() -> None:
    font = program({"ring": RING, "looped": LOOPED, "box": RING[:1]}, {"moved": [("ring", -80, 250)]})
    assert [bool(shape and shape.ring) for shape in map(font.shape, range(1, 5))] == [True, False, False, True]


def test_glyphs_composed_to_do_harm_have_no_shape() -> None:
    deep = {f"g{n}": [(f"g{n + 1}", 0, 0)] * 2 for n in range(30)} | {"g30": [("ring", 0, 0)], "own": [("own", 0, 0)]}
    font = program({"ring": RING}, deep)
    names = {"g0": 2, "own": 33}
    assert cpu_seconds(lambda: font.shape(names["g0"])) < 1.0
    assert font.shape(names["g0"]) is None and font.shape(names["own"]) is None


CLUSTER = "ชั้"
SPOKEN = b"/Span <</ActualText <FEFF0E0A0E310E49>>> BDC "
BASE, ABOVE, BELOW = (50, 0, 550, 500), (-300, 600, -80, 760), (-300, -250, -80, -60)


def save_pdf(
    path: Path, outlines: dict[str, list[Box]], advances: list[int], texts: dict[int, str], show: bytes
) -> Path:
    """A PDF of one line in a composite font of these outlines, with the map `texts`; `show` are its operators."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 400))
    stream = pdf.make_stream(font_file(outlines, {}))
    font_name = pikepdf.Name.Own
    descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=font_name, Flags=4, FontFile2=stream)
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=font_name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=pikepdf.Name.Identity,
        W=pikepdf.Array([1, pikepdf.Array(advances)]),
    )
    lines = "\n".join(f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items())
    cmap = f"""/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange
        {len(texts)} beginbfchar {lines} endbfchar endcmap end"""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=font_name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(cmap.encode()),
    )
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F0 20 Tf 50 200 Td " + show + b" ET")
    pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("tone", "show"),
    [
        (CLUSTER, SPOKEN + b"<00010002> Tj EMC 0 2 Td <0003> Tj"),
        ("\N{THAI CHARACTER MAI THO}", SPOKEN + b"<00010002> Tj EMC 0 2 Td " + SPOKEN + b"<0003> Tj EMC"),
        (CLUSTER, b"<00010002> Tj 0 2 Td <0003> Tj"),
    ],
)
def test_a_mark_with_the_text_of_its_whole_cluster_is_that_mark(tmp_path: Path, tone: str, show: bytes) -> None:
    """Typst draws a moved tone mark as a text of its own, and gives it the cluster by its map or by ActualText."""
    outlines = {"base": [BASE], "vowel": [(150, 600, 500, 760)], "tone": [(-300, 800, -80, 990)]}
    texts = {1: "ช", 2: "\N{THAI CHARACTER MAI HAN-AKAT}", 3: tone}
    path = save_pdf(tmp_path / "typst.pdf", outlines, [600, 0, 0], texts, show)
    assert [line.text for line in extract_document(path, ocr="never").lines] == [CLUSTER]


def test_a_letter_packed_with_its_mark_into_wrong_characters_is_that_letter(tmp_path: Path) -> None:
    """Ghostscript, of a map by Typst: the letter, then the low bytes of letter and mark as one character."""
    outlines = {"base": [BASE], "vowel": [(150, 600, 500, 760)]}
    vowel = "\N{THAI CHARACTER MAI HAN-AKAT}"
    packed = "ช" + chr((ord("ช") & 0xFF) << 8 | ord(vowel) & 0xFF)
    path = save_pdf(tmp_path / "gs.pdf", outlines, [600, 0], {1: packed, 2: vowel}, b"<00010002> Tj")
    assert [line.text for line in extract_document(path, ocr="never").lines] == ["ช" + vowel]


@pytest.mark.parametrize("icon", ["\U000f0000", "\U000f0345"])
@pytest.mark.parametrize("spoken", [True, False])
def test_an_icon_of_the_private_plane_is_no_unnamed_glyph(tmp_path: Path, icon: str, spoken: bool) -> None:
    """Material Design Icons have no other codes; in the file is also a glyph that nothing names."""
    outlines = {"base": [BASE], "unnamed": [(50, 0, 450, 300)], "icon": [(50, 0, 300, 450)]}
    texts = {1: "\N{THAI CHARACTER CHO CHANG}", 3: "x" if spoken else icon}
    actual = f"/Span <</ActualText <feff{icon.encode('utf-16-be').hex()}>>> BDC <0003> Tj EMC".encode()
    show = b"<00010002> Tj 20 0 Td " + (actual if spoken else b"<0003> Tj")
    path = save_pdf(tmp_path / "icons.pdf", outlines, [600, 600, 600], texts, show)
    text = extract_document(path, ocr="never").lines[0].text
    assert text.startswith("\N{THAI CHARACTER CHO CHANG}") and text[-1] == ("x" if spoken else "\ufffd")


def test_actual_text_that_is_named_in_the_resources_is_found(tmp_path: Path) -> None:
    outlines = {"base": [BASE], "vowel": [(150, 600, 500, 760)]}
    show = b"/Span /MC0 BDC <00010002> Tj EMC /Span /MC1 BDC <0001> Tj EMC"
    path = save_pdf(tmp_path / "own.pdf", outlines, [600, 0], {1: "x", 2: "y"}, show)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        text = pdf.make_indirect(pikepdf.String(CLUSTER))
        named = pikepdf.Dictionary(MC0=pdf.make_indirect(pikepdf.Dictionary(ActualText=text)))
        pdf.pages[0].Resources.Properties = named
        pdf.save(path)
    assert [line.text for line in extract_document(path, ocr="never").lines] == [CLUSTER + "x"]


def test_a_font_without_a_map_is_read_by_the_characters_of_its_program(tmp_path: Path) -> None:
    """Where they are no run of glyph numbers, the PDF library reads them wrongly: a comma becomes a nine."""
    text = "1,250-9"
    names = {letter: f"g{number}" for number, letter in enumerate("9-52,01:")}
    outlines = {name: [BASE] for name in names.values()}
    path = save_pdf(tmp_path / "own.pdf", outlines, [600] * len(names), {}, b"")
    codes = [list(outlines).index(names[letter]) + 1 for letter in text]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].Resources.Font.F0
        del font.ToUnicode
        program = font_file(outlines, {}, {ord(letter): name for letter, name in names.items()})
        font.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(program)
        show = "".join(f"{code:04x}" for code in codes)
        pdf.pages[0].Contents = pdf.make_stream(f"BT /F0 20 Tf 50 200 Td <{show}> Tj ET".encode())
        pdf.save(path)
    assert [line.text for line in extract_document(path, ocr="never").lines] == [text]


def test_a_map_that_gives_latin_letters_to_marks_is_not_believed(tmp_path: Path) -> None:
    """As some versions of Ghostscript write them: a part of the letters right, the others with any code."""
    letters = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5C))]
    looks = {letter: ABOVE if letter in ABOVE_MARKS else BELOW if letter in BELOW_MARKS else BASE for letter in letters}
    outlines = {f"g{number}": [look] for number, look in enumerate(looks.values(), 1)}
    advances = [600 if look is BASE else 0 for look in looks.values()]
    text = "พี่น้องกู้ยืมเงินที่ยังบ้าน"
    codes = [letters.index(letter) + 1 for letter in text]
    texts = {code: letters[code - 1] if code % 3 == 0 else chr(0x30 + code % 64) for code in codes}
    show = b"<%s> Tj" % "".join(f"{code:04x}" for code in codes).encode()
    path = save_pdf(tmp_path / "map.pdf", outlines, advances, texts, show)
    assert [line.text for line in extract_document(path, ocr="never").lines] == [text]


NIKHAHIT, THO = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER MAI THO}"
RINGED: list[Box] = [(-400, 600, -250, 750), (-360, 640, -290, 710), (-380, 800, -200, 990)]


@pytest.mark.parametrize(("ink", "text"), [(RINGED, NIKHAHIT + THO), ([ABOVE], NIKHAHIT)])
def test_of_packed_marks_both_are_read_where_both_are_drawn(tmp_path: Path, ink: list[Box], text: str) -> None:
    """Ghostscript, of a map by LuaLaTeX: the first mark, then the low bytes of both as one character."""
    packed = NIKHAHIT + chr((ord(NIKHAHIT) & 0xFF) << 8 | ord(THO) & 0xFF)
    path = save_pdf(tmp_path / "gs.pdf", {"base": [BASE], "pair": ink}, [600, 0], {1: "ช", 2: packed}, b"<00010002> Tj")
    assert [set(line.text) for line in extract_document(path, ocr="never").lines] == [set("ช" + text)]


@pytest.mark.parametrize(
    ("mapped", "text"), [("\u6600\u6900", "fi"), ("\u6600", "\u6600"), ("\u6601\u6900", "\u6601\u6900")]
)
def test_latin_letters_with_swapped_bytes_are_these_letters(tmp_path: Path, mapped: str, text: str) -> None:
    path = save_pdf(tmp_path / "gs.pdf", {"ligature": [BASE]}, [600], {1: mapped}, b"<0001> Tj")
    assert [line.text for line in extract_document(path, ocr="never").lines] == [text]


@pytest.mark.parametrize("wrong", [True, False])
def test_a_map_that_gives_control_codes_to_letters_is_not_believed(tmp_path: Path, wrong: bool) -> None:
    """Ghostscript 10.0.0 writes the bytes of U+0E01 as one, 0x0F; the page then needs OCR."""
    letters = "กขคงจฉชซฌญณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
    outlines = {f"g{number}": [BASE] for number in range(len(letters))}
    texts = {at: chr(0x0E | ord(letter) & 0xFF) if wrong else letter for at, letter in enumerate(letters, 1)}
    show = b"<%s> Tj" % "".join(f"{code:04x}" for code in texts).encode()
    path = save_pdf(tmp_path / "gs.pdf", outlines, [600] * len(letters), texts, show)
    assert (extract_document(path, ocr="never").pages[0].quality.verdict == "needs_ocr") is wrong


NIKHAHIT_RING: list[Box] = [(-400, 600, -250, 750), (-360, 640, -290, 710)]


@pytest.mark.parametrize(
    ("mapped", "ink", "text"),
    [
        (THO, NIKHAHIT_RING, "ทำงานนั้น"),
        (THO, [ABOVE], "ท้างานนั้น"),
        ("\N{THAI CHARACTER SARA II}", NIKHAHIT_RING, "ทีางานนั้น"),
    ],
)
def test_a_ring_with_the_map_of_a_tone_mark_that_is_itself_there_is_the_nikhahit(
    tmp_path: Path, mapped: str, ink: list[Box], text: str
) -> None:
    """fontkit maps a glyph to what the first cluster with it holds: here that of the first น้ำ."""
    letters = ["ท", mapped, "\N{THAI CHARACTER SARA AA}", "ง", "น", "\N{THAI CHARACTER MAI HAN-AKAT}", THO]
    outlines = {f"g{at}": [(50, 0, 500 + at, 500)] for at in range(len(letters))}
    outlines |= {"g1": ink, "g5": [(-300, 610, -80, 760)], "g6": [(-300, 780, -80, 950)]}
    show = b"<000100020003000400030005000500060007 0005> Tj"
    advances = [600, 0, 600, 600, 600, 0, 0]
    path = save_pdf(tmp_path / "a.pdf", outlines, advances, dict(enumerate(letters, 1)), show)
    assert [line.text for line in extract_document(path, ocr="never").lines] == [text]


def test_an_outline_that_several_letters_share_says_nothing_of_them(tmp_path: Path) -> None:
    """All glyphs of an OCR layer are one box, the space among them."""
    letters = ["ก", "า", "ร", " ", "ง"]
    outlines = {f"g{at}": [BASE] for at in range(len(letters))}
    show = b"<000100020003000400050002> Tj"
    path = save_pdf(tmp_path / "a.pdf", outlines, [600] * 5, dict(enumerate(letters, 1)), show)
    assert [line.text for line in extract_document(path, ocr="never").lines] == ["การ งา"]


def test_a_space_that_the_map_does_not_know_is_a_space(tmp_path: Path) -> None:
    """Firefox maps the space of some fonts to U+FFFD."""
    outlines: dict[str, list[Box]] = {"letter": [BASE], "blank": []}
    path = save_pdf(tmp_path / "firefox.pdf", outlines, [600, 300], {1: "ช", 2: "\ufffd"}, b"<000100020001> Tj")
    assert [line.text for line in extract_document(path, ocr="never").lines] == ["ช ช"]


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("sub nikhahit saraaa by joined;", {"joined": "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"}),
        ("sub nikhahit ornament by joined;", {}),
        ("sub nikhahit saraaa by nikhahit;", {}),
    ],
    ids=["of-known-glyphs", "with-an-unknown-glyph", "onto-a-known-glyph"],
)
def test_a_ligature_of_known_glyphs_is_read_as_these(rule: str, read: dict[str, str]) -> None:
    known = {"nikhahit": "\N{THAI CHARACTER NIKHAHIT}", "saraaa": "\N{THAI CHARACTER SARA AA}"}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *known, "ornament", "joined"])
    addOpenTypeFeaturesFromString(builder.font, f"feature liga {{ {rule} }} liga;")
    found = dict(known)

    _spread_substitutions(builder.font["GSUB"].table, found)

    assert found == known | read
