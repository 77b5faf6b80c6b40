"""Plain features of a pair: shared tags, and evidence that can never be evidence."""

from __future__ import annotations

from dataclasses import replace

from tests.trace.making import RECS, TALK, unit
from tipmine.lexical.dialogue import moderator_turns
from tipmine.trace.features import idle, shared_tags


def test_a_short_turn_without_an_idea_is_no_evidence_however_much_its_neighbours_say() -> None:
    more = [("u7", "ก", "อันนี้ก็เจอทุกคน"), ("u8", "ข", "ล่ามไม่มี"), ("u9", "ค", "ป้าเห็นเขานั่งรถกระบะคันเก่ามากันสามคนตั้งแต่เช้า")]
    said = [unit(id_, text, speaker=speaker, doc="fg", kind="utterance") for id_, speaker, text in (*TALK, *more)]
    silent = dict(zip([item.id for item in said], idle(said, moderator_turns(said), RECS), strict=True))
    assert [id_ for id_, is_idle in silent.items() if is_idle] == ["q1", "q2", "u4", "q3", "u7"]
    assert not idle([replace(said[-3], speaker="")], [False], RECS)[0]


def test_an_actor_that_everyone_names_counts_nothing() -> None:
    everywhere = shared_tags([["police"]], [["police"]] * 4)
    rare = shared_tags([["police"]], [["police"], *[[]] * 19])
    assert everywhere.max() == 0
    assert rare[0, 0] > 0.5
