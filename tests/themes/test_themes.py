"""Themes as they are found: members, terms, labels, quotations, seed words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import homogeneity_score

from tests.themes.making import GOLD, TOPICS, UNITS
from tipmine.errors import MissingFileError, RecordError
from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.records import PILLARS, TextUnit, ThemeSet
from tipmine.tag.codebook import fixed_names
from tipmine.theme_files import read_guides
from tipmine.themes import find_themes
from tipmine.themes.consensus import expected_groups, stability
from tipmine.themes.evaluation import labelling
from tipmine.themes.finding import _recurring_terms, _small_groups_joined
from tipmine.themes.labels import clean_terms, label, thesaurus_words
from tipmine.themes.prepare import BACKCHANNEL, MODERATOR, SMALL_TALK, set_aside
from tipmine.themes.quotes import WHOLE_TURN
from tipmine.tokenize import words


def test_what_was_said_of_one_thing_stands_in_one_theme(found: ThemeSet) -> None:
    named = labelling(found)
    for topic in TOPICS:
        themes = {named[id_] for id_, gold in GOLD.items() if gold == topic and id_ in named}
        others = {named[id_] for id_, gold in GOLD.items() if gold != topic and id_ in named}
        assert themes and not themes & others


def test_moderators_and_backchannels_are_set_aside_with_the_reason(found: ThemeSet) -> None:
    reasons = set(found.set_aside.values())
    assert reasons == {MODERATOR, BACKCHANNEL}
    assert len(found.set_aside) == 18


def test_themes_are_found_among_answers_alone() -> None:
    found = find_themes([unit for unit in UNITS if unit.speaker != "ผู้ดำเนินการ"])
    named = labelling(found)
    both = [id_ for id_ in GOLD if id_ in named]
    assert len(both) >= len(GOLD) / 2
    # Without the questions a topic may be split, but two topics are not thrown together.
    assert homogeneity_score([GOLD[id_] for id_ in both], [named[id_] for id_ in both]) > 0.8


def test_every_utterance_is_a_member_an_outlier_or_set_aside(found: ThemeSet) -> None:
    members = {member.id for theme in found.themes for member in theme.members}
    parts = [members, set(found.outliers), set(found.set_aside)]
    assert set().union(*parts) == {unit.id for unit in UNITS}
    assert sum(map(len, parts)) == len(UNITS)


def test_quotations_are_verbatim_and_from_different_transcripts(found: ThemeSet) -> None:
    texts = {unit.id: unit for unit in UNITS}
    for theme in found.themes:
        assert 3 <= len(theme.quotes) <= 5
        assert len({texts[quote.id].doc for quote in theme.quotes}) >= min(3, len(theme.docs))
        for quote in theme.quotes:
            assert 0 <= quote.start < quote.end <= len(texts[quote.id].text)
            assert quote.end - quote.start <= WHOLE_TURN


def test_a_theme_stands_on_two_transcripts_and_its_terms_are_whole_words(found: ThemeSet) -> None:
    said = {word for unit in UNITS for word in unit.words}
    for theme in found.themes:
        assert len(theme.docs) >= 2
        assert theme.label and set(theme.terms) <= said


def test_the_same_utterances_give_the_same_ids(found: ThemeSet) -> None:
    assert [theme.id for theme in find_themes(UNITS).themes] == [theme.id for theme in found.themes]


def test_seed_words_draw_utterances_together() -> None:
    words_of_money = ["เงิน", "งบ", "ควัก", "เบิก"]
    guided = find_themes(UNITS, guides={"เรื่องเงิน": words_of_money})
    named = [theme for theme in guided.themes if theme.label == "เรื่องเงิน"]
    assert len(named) == 1
    texts = {unit.id: unit.text for unit in UNITS}
    held = [any(word in texts[member.id] for word in words_of_money) for member in named[0].members]
    assert sum(held) / len(held) >= 0.9


def test_a_guide_that_is_called_by_a_number_draws_in_no_other_theme() -> None:
    words_of_money = ["เงิน", "งบ", "ควัก", "เบิก"]
    named = [find_themes(UNITS, guides={name: words_of_money}) for name in ("เงิน", "0", "1", "2")]
    assert len({tuple(theme.members for theme in themes.themes) for themes in named}) == 1


def test_no_two_themes_have_one_id() -> None:
    same = [
        TextUnit(f"d{doc}#{n}", text, words(text), f"d{doc}", "utterance", "ก")
        for doc in range(6)
        for n, text in enumerate([*TOPICS["ล่าม"], *TOPICS["งบ"]] * 3)
    ]
    ids = [theme.id for theme in find_themes(same).themes]
    assert ids and len(ids) == len(set(ids))


def aside_of(said: dict[str, str]) -> dict[str, str]:
    """What is set aside of these utterances, which are given by their ids, with the reasons."""
    return set_aside([TextUnit(id_, text, words(text), "d", "utterance", "ก") for id_, text in said.items()])


def test_small_talk_is_set_aside_by_wording_and_findings_are_not() -> None:
    said = {
        "a": "แอร์หนาวมากเลยค่ะ ปรับได้ไหม",
        "b": "ขอบคุณที่มาฟังค่ะ",
        "c": "ฝนตกหนัก ล่ามมาไม่ได้ ต้องรอ",
        "d": "ขอโทษนะคะ แต่โดนยึดบัตรไว้หมดเลย",
    }
    assert aside_of(said) == {"a": SMALL_TALK, "b": SMALL_TALK}


def test_short_turns_of_courtesy_are_set_aside_and_what_is_said_in_such_words_is_not() -> None:
    said = {
        "a": "ยินดีเล่าครับ สะดวก",
        "b": "อันนั้นก็เห็นด้วยค่ะ",
        "c": "ไม่สะดวกเลยค่ะ",
        "d": "เล่าไปแล้วนี่คะ พี่เขาก็ให้เล่าอีก พี่คนใหม่ก็ให้เล่าอีก",
        "e": "เห็นด้วยค่ะ ล่ามหายาก",
    }
    assert aside_of(said) == {"a": BACKCHANNEL, "b": BACKCHANNEL}


def test_a_label_is_an_idea_or_a_clause_that_was_said(found: ThemeSet) -> None:
    names = {concept.name for concept in load_thesaurus().values()}
    texts = [unit.text for unit in UNITS]
    for theme in found.themes:
        for part in theme.label.split(" · "):
            assert part in names or any(part.strip("“”") in text for text in texts)


def test_a_single_word_is_no_label() -> None:
    text = "ก็หมาที่ศาลาวัดมันเห่าทั้งคืนนะครับ"
    unit = TextUnit("u", text, words(text), "d", "utterance", "ก")
    assert label([unit], {"u": 1.0}, ["หมา"], []) == "“หมาที่ศาลาวัดมันเห่าทั้งคืน”"


def test_without_a_near_idea_a_label_is_made_of_terms() -> None:
    unit = TextUnit("u", "หมาเห่าทั้งคืนที่ศาลาวัด", ("หมา", "เห่า", "ทั้งคืน", "ศาลา", "วัด"), "d", "utterance", "ก")
    assert label([unit], {"u": 1.0}, ["หมา", "ศาลา", "วัด", "เห่า"], []) == "หมา · ศาลา · วัด"


def test_a_term_of_one_turn_is_shown_only_if_the_thesaurus_has_it() -> None:
    once, twice = (TextUnit(text[0], "", text, "d", "utterance", "ก") for text in (("ล่าม", "บดี", "ศาลา"), ("ศาลา",)))
    known = thesaurus_words([once, twice])
    ranked = [("บดี", 3.0), ("ล่าม", 2.0), ("ศาลา", 1.0)]
    assert [term for term, _ in _recurring_terms(ranked, [once, twice], known, many_docs=False)] == ["ล่าม", "ศาลา"]


def test_transcripts_that_each_count_from_one_are_refused_instead_of_losing_turns() -> None:
    numbered = [replace(unit, id=unit.id.partition("#")[2]) for unit in UNITS]
    first = next(at for at, unit in enumerate(numbered, 1) if unit.doc == "fg2")
    with pytest.raises(RecordError, match=f"record {first}: its id 1 is also that of record 1"):
        find_themes(numbered)


@pytest.mark.parametrize("size", [0, 1, 3, 5])
def test_too_few_utterances_stay_ungrouped(size: int) -> None:
    spoken = [unit for unit in UNITS if unit.id in GOLD][:size]
    result = find_themes(spoken)
    assert not result.themes
    assert len(result.outliers) == size


def test_one_transcript_alone_can_have_themes() -> None:
    found = find_themes([unit for unit in UNITS if unit.doc == "fg1"])
    assert sorted(tuple({GOLD[member.id] for member in theme.members}) for theme in found.themes) == sorted(
        (topic,) for topic in TOPICS
    )
    assert all(theme.docs == ("fg1",) and theme.label and theme.quotes for theme in found.themes)


def test_texts_without_any_content_make_no_themes() -> None:
    silent = [TextUnit(f"u{n}", "ครับ", ("ครับ",), "d", "utterance", "ก") for n in range(20)]
    assert not find_themes(silent).themes


def test_a_missing_model_folder_is_named() -> None:
    with pytest.raises(MissingFileError, match="nowhere"):
        find_themes(UNITS, vectors="nowhere")


def test_expected_groups_grow_slower_than_utterances() -> None:
    assert [expected_groups(size) for size in (6, 180, 20_000)] == [2, 32, 60]


def joined(*groups: tuple[str, list[float]]) -> list[list[int]]:
    """Members of groups after joining; each is given by the letters of its utterances' transcripts and a point."""
    docs = [doc for names, _ in groups for doc in names]
    points = np.array([point for names, point in groups for _ in names], np.float32)
    labels = np.array([number for number, (names, _) in enumerate(groups) for _ in names])
    rows = points / np.linalg.norm(points, axis=1, keepdims=True)
    return [sorted(inside.tolist()) for inside in _small_groups_joined(rows, labels, docs)]


def test_groups_of_one_transcript_each_meet_as_a_whole_the_most_alike_first() -> None:
    assert joined(("aaa", [1, 0]), ("bbb", [1, 0.2]), ("ccc", [0.2, 1]), ("abc", [0, 1])) == [
        [0, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11],
    ]


def test_groups_that_stand_on_two_transcripts_are_not_joined_however_alike() -> None:
    assert len(joined(("aab", [1, 0]), ("abb", [1, 0]))) == 2


def test_a_group_of_one_transcript_joins_neither_its_own_transcript_nor_what_is_not_like_it() -> None:
    assert len(joined(("aaa", [1, 0]), ("aaa", [1, 0]), ("bcb", [0, 1]))) == 3


def test_in_a_single_transcript_only_groups_that_are_too_small_join() -> None:
    assert joined(("aaa", [1, 0]), ("aaa", [1, 0]), ("a", [1, 0.1])) in (
        [[0, 1, 2, 6], [3, 4, 5]],
        [[0, 1, 2], [3, 4, 5, 6]],
    )


def test_a_group_that_always_comes_back_is_perfectly_stable() -> None:
    members = np.array([True, True, False, False])
    assert stability(members, [np.array([0, 0, 1, 1]), np.array([5, 5, 2, -1])]) == 1
    assert stability(members, [np.array([0, 1, 0, 1])]) < 0.5


def test_terms_leave_out_fragments_and_stop_words() -> None:
    assert clean_terms([("ล่าม", 3.0), ("ที่", 2.0), ("ล่ามแปล", 1.0), ("12", 1.0), ("งบ", 0.5)]) == ("ล่าม", "งบ")


def test_importing_bertopic_leaves_the_warning_filters_alone() -> None:
    code = (
        "import warnings, sklearn.decomposition, sklearn.cluster, scipy.sparse, pandas, plotly.express\n"
        "before = list(warnings.filters)\n"
        "import tipmine.themes.bertopic_model\n"
        "assert all(f[0] != 'ignore' or f in before for f in warnings.filters), warnings.filters"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_pillars_guide_by_their_seed_phrases_and_names_that_prove_nothing_do_not() -> None:
    guides = read_guides("pillars")
    assert set(guides) == set(PILLARS)
    assert all(guides.values())
    assert not [phrase for phrases in guides.values() for phrase in phrases if fixed_names().fullmatch(phrase)]
