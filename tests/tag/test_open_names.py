"""Where names end."""

from __future__ import annotations

from tests.timing import cpu_seconds
from tipmine.records import Token
from tipmine.tag.actors import codebook_names
from tipmine.tag.open_names import Name, _ended, _within_clauses
from tipmine.tag.role_context import NamedActor
from tipmine.tag.role_features import features
from tipmine.tokenize import tokenize_text


def test_a_name_ends_after_the_word_for_some_of_a_group() -> None:
    text = "พบว่าเจ้าของสวนบางรายเก็บบัตรของคนงานไว้"
    start, end = text.index("เจ้าของ"), text.index("ไว้")
    (name,) = _ended(tokenize_text(text), [Name(start, end, 0.9)])
    assert text[name.start : name.end] == "เจ้าของสวนบางราย"
    whole = Name(start, text.index("บางราย"), 0.9)
    assert _ended(tokenize_text(text), [whole]) == [whole]


def test_what_is_said_of_somebody_is_no_name() -> None:
    text = "ช่วยแรงงาน ๒๐๐ คน ที่ถูกทิ้งไว้กลางทางและที่ปรึกษากฎหมาย"
    tokens = tokenize_text(text)
    clause = Name(text.index("ที่ถูก"), text.index("และ"), 0.9)
    adviser = Name(text.index("ที่ปรึกษา"), len(text), 0.9)
    assert _within_clauses(tokens, [clause, adviser], []) == [adviser]


def test_the_hall_of_a_body_is_a_place_and_the_body_itself_is_not() -> None:
    text = "กระทรวงแรงงานประชุม ณ ห้องประชุมกระทรวงแรงงาน อาคารกระทรวงแรงงาน"
    places = [at for at in range(len(text)) if text.startswith("กระทรวงแรงงาน", at)]
    names = [Name(at, at + len("กระทรวงแรงงาน"), 0.9) for at in places]
    assert codebook_names(text, names, []) == names[:1]


def without_spaces(count: int) -> tuple[str, list[Token], list[tuple[int, int]]]:
    """A text of so many clauses without a space between them, its words, and where a body is named in it."""
    piece = ("กรมเจ้าท่า", "ตรวจเรือ", "เพื่อ", "ช่วย", "ลูกเรือ")
    words, at = [], 0
    for word in piece * count:
        words.append(Token(at, at + len(word), word))
        at += len(word)
    return "".join(piece) * count, words, [(word.start, word.end) for word in words if word.text == piece[0]]


def test_text_without_spaces_is_not_read_again_for_each_name() -> None:
    def ends(count: int) -> float:
        _, words, spans = without_spaces(count)
        return cpu_seconds(lambda: _ended(words, [Name(*span, 0.9) for span in spans]))

    def roles(count: int) -> float:
        text, words, spans = without_spaces(count)
        return cpu_seconds(lambda: features(text, words, [NamedActor(*span, "government") for span in spans], "plan"))

    assert ends(4000) < 10 * ends(1000)  # 16 times if each name were sought to the end of the text
    assert roles(2000) < 8 * roles(500)  # about 16 times if each clause were read from its beginning
