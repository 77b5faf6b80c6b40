"""Where names end."""

from __future__ import annotations

from tipmine.tag.open_names import Name, _ended
from tipmine.tokenize import tokenize_text


def test_a_name_ends_behind_the_word_for_some_of_a_group() -> None:
    text = "พบว่าเจ้าของสวนบางรายเก็บบัตรของคนงานไว้"
    start, end = text.index("เจ้าของ"), text.index("ไว้")
    (name,) = _ended(tokenize_text(text), [Name(start, end, 0.9)])
    assert text[name.start : name.end] == "เจ้าของสวนบางราย"
    whole = Name(start, text.index("บางราย"), 0.9)
    assert _ended(tokenize_text(text), [whole]) == [whole]
