"""Where names end."""

from __future__ import annotations

from tipmine.tag.actors import as_coded
from tipmine.tag.open_names import Name, _ended, _within_clauses
from tipmine.tokenize import tokenize_text


def test_a_name_ends_behind_the_word_for_some_of_a_group() -> None:
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
    assert as_coded(text, names, []) == names[:1]
