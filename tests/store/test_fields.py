from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipmine.errors import UsageError
from tipmine.records import PILLARS, Pillar
from tipmine.store.fields import KIND, LABEL, NOTE, Field, actor_field, link_field, pillar_field


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(PILLARS), st.text(min_size=1))
def test_a_field_is_read_as_it_was_written(start: int, length: int, code: Pillar, evidence: str) -> None:
    for field in (actor_field(start, start + length), pillar_field(code), link_field(evidence), KIND, LABEL, NOTE):
        assert Field.parse(str(field)) == field
    assert str(actor_field(start, start + length)) == f"actor:{start}:{start + length}"


@pytest.mark.parametrize(
    "text", ["", "pillar", "pillar:", "pillar:none", "actor:3", "actor:3:3", "actor:-1:3", "kind:", "label:x", "link:"]
)
def test_what_is_no_field_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="cannot decide"):
        Field.parse(text)


def test_links_and_labels_say_nothing_about_tags() -> None:
    about = {text: Field.parse(text).about_tags for text in ("pillar:policy", "actor:0:3", "kind", "label", "link:p")}
    assert about == {"pillar:policy": True, "actor:0:3": True, "kind": True, "label": False, "link:p": False}
