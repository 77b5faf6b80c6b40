from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, homogeneity_score
from typer.testing import CliRunner

from tipmine.cli.main import app
from tipmine.errors import MissingFileError, RecordError, UsageError
from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.records import PILLARS, TextUnit, ThemeSet
from tipmine.theme_files import read_guides
from tipmine.themes import assign_utterances, find_themes, merge, read_themes, rename, replay, split
from tipmine.themes.consensus import expected_groups, stability
from tipmine.themes.evaluation import coherence, evaluate_themes, labelling
from tipmine.themes.finding import _carried
from tipmine.themes.labels import clean_terms, label, thesaurus_words
from tipmine.themes.prepare import BACKCHANNEL, MODERATOR, SMALL_TALK, set_aside
from tipmine.themes.quotes import WHOLE_TURN
from tipmine.tokenize import words

TOPICS = {
    "ล่าม": ["ล่ามไม่มีเลย ต้องหาคนแปลเอง", "คนแปลภาษาหายาก ล่ามอยู่ไกล", "ไม่มีล่าม คุยกันไม่รู้เรื่อง", "แปลภาษาพม่าไม่ได้ ต้องรอล่าม"],
    "งบ": ["เบิกเงินช้า ควักกระเป๋าตัวเองก่อน", "งบประมาณไม่พอ สำรองจ่ายเอง", "เงินค่าอาหารเบิกไม่ได้", "ค่าน้ำมันควักเอง เบิกเงินไม่ทัน"],
    "ย้าย": ["เจ้าหน้าที่ย้ายบ่อย คนใหม่ต้องเริ่มใหม่", "โยกย้ายทุกปี สอนงานใหม่ตลอด", "คนเก่าย้ายไป คนใหม่ไม่รู้งาน", "ย้ายบ่อย งานไม่ต่อเนื่อง"],
}


def talk() -> Iterator[TextUnit]:
    for doc in ("fg1", "fg2", "fg3"):
        number = 0
        for topic, turns in TOPICS.items():
            for speaker, text in [
                ("ผู้ดำเนินการ", f"เรื่อง{topic}เป็นอย่างไร"),
                *zip("กขคง", turns, strict=True),
                ("ก", "ครับ"),
            ]:
                number += 1
                yield TextUnit(f"{doc}#{number}", text, words(text), doc, "utterance", speaker, group=doc)


UNITS = list(talk())
GOLD = {unit.id: topic for unit in UNITS for topic, turns in TOPICS.items() if unit.text in turns}


@pytest.fixture(scope="module")
def found() -> ThemeSet:
    return find_themes(UNITS)


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


def test_a_label_of_a_person_wins(found: ThemeSet) -> None:
    chosen = found.themes[0].id
    again = find_themes(UNITS, labels={chosen: "ชื่อที่คนตั้ง"})
    assert next(theme.label for theme in again.themes if theme.id == chosen) == "ชื่อที่คนตั้ง"


def test_seed_words_draw_utterances_together() -> None:
    words_of_money = ["เงิน", "งบ", "ควัก", "เบิก"]
    guided = find_themes(UNITS, guides={"เรื่องเงิน": words_of_money})
    named = [theme for theme in guided.themes if theme.label == "เรื่องเงิน"]
    assert len(named) == 1
    texts = {unit.id: unit.text for unit in UNITS}
    held = [any(word in texts[member.id] for word in words_of_money) for member in named[0].members]
    assert sum(held) / len(held) >= 0.9


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
    assert [term for term, _ in _carried(ranked, [once, twice], known, several=False)] == ["ล่าม", "ศาลา"]


def test_what_was_changed_by_hand_is_kept_when_transcripts_are_added(found: ThemeSet) -> None:
    money = next(theme for theme in found.themes if GOLD.get(theme.members[0].id) == "งบ")
    others = [theme for theme in found.themes if theme.id != money.id]
    edits: list[dict[str, Any]] = [
        {"do": "rename", "theme": [member.id for member in money.members[:4]], "label": "เงินของคนทำงาน"},
        {"do": "merge", "themes": [[t.members[0].id, t.members[1].id] for t in others[:2]], "label": "รวมสองเรื่อง"},
        {"do": "rename", "theme": ["nowhere#1"], "label": "ไม่มี"},
    ]
    late = [
        TextUnit(f"late#{n}", text, words(text), "late", "utterance", "ก", group="late")
        for n, text in enumerate([*TOPICS["งบ"], *TOPICS["ย้าย"], *TOPICS["ล่าม"]])
    ]
    rerun, missed = replay(find_themes([*UNITS, *late]), edits)
    labels = [theme.label for theme in rerun.themes]
    assert labels.count("เงินของคนทำงาน") == 1 and labels.count("รวมสองเรื่อง") == 1
    renamed = next(theme for theme in rerun.themes if theme.label == "เงินของคนทำงาน")
    assert "late" in renamed.docs
    assert len(missed) == 1 and "edit 3" in missed[0]


def test_a_merge_of_which_a_theme_is_gone_is_not_passed_over_in_silence(found: ThemeSet) -> None:
    first, second = ([theme.members[0].id] for theme in found.themes[:2])
    after, missed = replay(found, [{"do": "merge", "themes": [first, ["nowhere#1"]], "label": "รวม"}])
    assert after == found
    assert len(missed) == 1 and "no theme holds" in missed[0]
    after, missed = replay(found, [{"do": "merge", "themes": [first, second, ["nowhere#1"]], "label": "รวม"}])
    assert len(after.themes) == len(found.themes) - 1
    assert len(missed) == 1 and "2 of 3" in missed[0]


@pytest.mark.parametrize("do", ["rename", "split"])
def test_an_edit_by_hand_leaves_no_theme_without_a_name(found: ThemeSet, do: str) -> None:
    theme = found.themes[0]
    edit = {"do": do, "theme": [theme.members[0].id], "members": [theme.members[1].id]}
    after, missed = replay(found, [edit])
    assert after == found
    assert len(missed) == 1 and "no name" in missed[0]


@pytest.mark.parametrize(
    "edit",
    [
        {"do": "paint", "theme": ["fg1#1"]},
        {"do": "rename", "label": "ล่าม"},
        {"do": "rename", "theme": 5, "label": "ล่าม"},
        {"do": "merge", "themes": [], "label": "ล่าม"},
        {"do": "merge", "themes": [["fg1#1"], [2]], "label": "ล่าม"},
        {"do": "merge", "themes": 3},
    ],
)
def test_what_is_no_edit_is_refused_with_its_number(found: ThemeSet, edit: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="edit 2"):
        replay(found, [{"do": "rename", "theme": found.themes[0].id, "label": "ล่าม"}, edit])


def test_themes_are_read_back_as_they_were_written(found: ThemeSet) -> None:
    again = read_themes(json.loads(json.dumps(found.as_json(), ensure_ascii=False)))
    assert again.as_json() == found.as_json()
    with pytest.raises(UsageError, match="tipmine themes"):
        read_themes({"themes": [{}]})


@pytest.mark.parametrize("size", [0, 1, 3, 5])
def test_too_few_utterances_stay_ungrouped(size: int) -> None:
    spoken = [unit for unit in UNITS if unit.id in GOLD][:size]
    result = find_themes(spoken)
    assert not result.themes
    assert len(result.outliers) == size


def test_one_transcript_alone_can_have_themes() -> None:
    assert find_themes([unit for unit in UNITS if unit.doc == "fg1"]).themes


def test_texts_without_any_content_make_no_themes() -> None:
    silent = [TextUnit(f"u{n}", "ครับ", ("ครับ",), "d", "utterance", "ก") for n in range(20)]
    assert not find_themes(silent).themes


def test_a_missing_model_folder_is_named() -> None:
    with pytest.raises(MissingFileError, match="nowhere"):
        find_themes(UNITS, vectors="nowhere")


def test_renaming_merging_and_splitting_lose_no_member(found: ThemeSet) -> None:
    first, second = found.themes[:2]
    named = rename(found, first.id, "ใหม่")
    assert named.themes[0].label == "ใหม่"
    merged = merge(found, [first.id, second.id], "รวม")
    whole = next(theme for theme in merged.themes if theme.id == first.id)
    assert {m.id for m in whole.members} == {m.id for t in (first, second) for m in t.members}
    assert merged.figures["themes"] == len(found.themes) - 1
    part = {member.id for member in whole.members[:3]}
    cut = split(merged, whole.id, part, "แยก")
    assert cut.figures["themes"] == len(found.themes)
    pieces = [theme for theme in cut.themes if theme.id == whole.id or theme.label == "แยก"]
    assert sum(theme.size for theme in pieces) == whole.size


def test_a_wrong_edit_says_what_is_possible(found: ThemeSet) -> None:
    with pytest.raises(UsageError, match="no such theme"):
        rename(found, "t-unknown", "x")
    with pytest.raises(UsageError, match="two or more"):
        merge(found, [found.themes[0].id])
    with pytest.raises(UsageError, match="leave some"):
        split(found, found.themes[0].id, (), "x")


def test_a_new_transcript_joins_the_themes_that_stand(found: ThemeSet) -> None:
    text = "ล่ามไม่มี ต้องหาคนแปลภาษา"
    new = TextUnit("fg4#1", text, words(text), "fg4", "utterance", "ก")
    grown = assign_utterances(found, UNITS, [new])
    home = next(theme for theme in grown.themes if "fg4" in theme.docs)
    gold = [GOLD[member.id] for member in home.members if member.id in GOLD]
    assert max(set(gold), key=gold.count) == "ล่าม"
    assert grown.figures["utterances"] == len(UNITS) + 1
    assert grown.figures["spoken"] == found.figures["spoken"] + 1


def test_no_new_utterance_changes_nothing(found: ThemeSet) -> None:
    assert assign_utterances(found, UNITS, []) == found
    assert assign_utterances(ThemeSet((), ()), [], []) == ThemeSet((), ())


def test_expected_groups_grow_slower_than_utterances() -> None:
    assert [expected_groups(size) for size in (6, 180, 20_000)] == [2, 16, 60]


def test_a_group_that_always_comes_back_is_perfectly_stable() -> None:
    members = np.array([True, True, False, False])
    assert stability(members, [np.array([0, 0, 1, 1]), np.array([5, 5, 2, -1])]) == 1
    assert stability(members, [np.array([0, 1, 0, 1])]) < 0.5


def test_terms_leave_out_fragments_and_stop_words() -> None:
    assert clean_terms([("ล่าม", 3.0), ("ที่", 2.0), ("ล่ามแปล", 1.0), ("12", 1.0), ("งบ", 0.5)]) == ("ล่าม", "งบ")


def test_words_that_always_meet_are_coherent() -> None:
    texts = [("ก1", "ข1"), ("ก1", "ข1"), ("ค1",)]
    assert coherence([["ก1", "ข1"]], texts) == pytest.approx(1)
    assert coherence([["ก1", "ค1"]], texts) == -1


def test_the_evaluation_puts_us_beside_the_baselines() -> None:
    records = [{"id": u.id, "doc": u.doc, "text": u.text, "speaker": u.speaker, "theme": GOLD.get(u.id)} for u in UNITS]
    rows = {row["method"]: row for row in evaluate_themes(records, words)}
    assert {"tipmine", "NMF", "LDA", "KMeans + c-TF-IDF"} <= set(rows)
    assert rows["tipmine"]["outliers"] <= 0.15
    assert rows["tipmine"]["NMI against gold"] >= 0.6


def test_an_evaluation_of_nothing_that_was_said_is_refused() -> None:
    silent = [{"id": str(n), "text": "ครับ", "speaker": "ก"} for n in range(8)]
    with pytest.raises(RecordError, match="content"):
        evaluate_themes(silent, words)


def test_an_evaluation_of_numbered_speakers_who_all_say_the_same_has_figures() -> None:
    said = [{"id": n, "doc": n % 2, "text": "ล่ามหายาก", "speaker": n % 3, "theme": "ล่าม"} for n in range(20)]
    methods = [row["method"] for row in evaluate_themes(said, words)]
    assert methods == ["tipmine", "NMF", "LDA", "KMeans + c-TF-IDF", "BERTopic + HDBSCAN"]


def test_importing_bertopic_leaves_the_warning_filters_alone() -> None:
    code = (
        "import warnings, sklearn.decomposition, sklearn.cluster, scipy.sparse, pandas, plotly.express\n"
        "before = list(warnings.filters)\n"
        "import tipmine.themes.bertopic_model\n"
        "assert all(f[0] != 'ignore' or f in before for f in warnings.filters), warnings.filters"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_sample_study_is_found_again(sample_corpus: Path) -> None:
    turns, gold = read_gold(sample_corpus)
    records = [turn | {"theme": gold.get(turn["id"])} for turn in turns if turn["kind"] == "utterance"]
    units = [
        TextUnit(r["id"], r["text"], words(r["text"]), r["doc"], "utterance", r.get("speaker", "")) for r in records
    ]
    result = find_themes(units)
    named = labelling(result)
    ids = sorted(gold)
    agreement = adjusted_rand_score([gold[i] for i in ids], [named.get(i, i) for i in ids])
    assert agreement >= 0.4
    assert result.figures["outlier_share"] <= 0.15


def read_gold(sample_corpus: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    def lines(name: str) -> list[dict[str, Any]]:
        text = (sample_corpus / "gold" / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    gold: dict[str, str] = {}
    for theme in lines("theme_list.jsonl"):
        for member in theme["members"]:
            gold.setdefault(member["id"], theme["theme"])
    return lines("passages.jsonl"), gold


def test_the_pillars_guide_by_their_seed_phrases_and_names_that_prove_nothing_do_not() -> None:
    guides = read_guides("pillars")
    assert set(guides) == set(PILLARS)
    assert all(guides.values())


def test_the_command_guides_edits_and_grows_themes(tmp_path: Path) -> None:
    def lines(name: str, records: list[dict[str, Any]]) -> str:
        path = tmp_path / name
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
        return str(path)

    def run(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(app, ["themes", *arguments, "-o", str(tmp_path / "themes.json")])
        assert result.exit_code == 0, result.output
        return dict(json.loads((tmp_path / "themes.json").read_text(encoding="utf-8")))

    turns = [{"id": u.id, "doc": u.doc, "text": u.text, "speaker": u.speaker} for u in UNITS]
    seeds = tmp_path / "seeds.tsv"
    seeds.write_text("เรื่องเงิน\tเงิน|งบ|ควัก|เบิก\n", encoding="utf-8")
    guided = run(lines("turns.jsonl", turns), "--seeds", str(seeds))
    theme = next(theme for theme in guided["themes"] if theme["label"] == "เรื่องเงิน")
    edit = {"do": "rename", "theme": [member["id"] for member in theme["members"][:3]], "label": "เงินคนทำงาน"}
    late = [{"id": "fg9#1", "doc": "fg9", "text": "ต้องควักกระเป๋าตัวเองก่อน เบิกเงินช้า", "speaker": "ก"}]
    grown = run(
        lines("more.jsonl", [*turns, *late]), "--existing", str(tmp_path / "themes.json"),
        "--edits", lines("edits.jsonl", [edit]),
    )  # fmt: skip
    assert [t["id"] for t in grown["themes"]] == [t["id"] for t in guided["themes"]]
    home = next(theme for theme in grown["themes"] if theme["label"] == "เงินคนทำงาน")
    assert "fg9#1" in {member["id"] for member in home["members"]}
