"""Themes that people change by hand, and themes that new transcripts join."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.themes.making import GOLD, TOPICS, UNITS
from tipmine.cli.main import app
from tipmine.errors import RecordError, UsageError
from tipmine.records import TextUnit, ThemeSet
from tipmine.themes import assign_utterances, find_themes, merge, read_themes, rename, replay, split
from tipmine.tokenize import words


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
    rerun, missed = replay(find_themes([*UNITS, *late]), edits, [*UNITS, *late])
    labels = [theme.label for theme in rerun.themes]
    assert labels.count("เงินของคนทำงาน") == 1 and labels.count("รวมสองเรื่อง") == 1
    renamed = next(theme for theme in rerun.themes if theme.label == "เงินของคนทำงาน")
    assert "late" in renamed.docs
    assert len(missed) == 1 and "edit 3" in missed[0]


def test_a_merge_of_which_a_theme_is_gone_is_not_passed_over_in_silence(found: ThemeSet) -> None:
    first, second = ([theme.members[0].id] for theme in found.themes[:2])
    after, missed = replay(found, [{"do": "merge", "themes": [first, ["nowhere#1"]], "label": "รวม"}], UNITS)
    assert after == found
    assert len(missed) == 1 and "no theme holds" in missed[0]
    after, missed = replay(found, [{"do": "merge", "themes": [first, second, ["nowhere#1"]], "label": "รวม"}], UNITS)
    assert len(after.themes) == len(found.themes) - 1
    assert len(missed) == 1 and "2 of 3" in missed[0]


@pytest.mark.parametrize("do", ["rename", "split"])
def test_an_edit_by_hand_leaves_no_theme_without_a_name(found: ThemeSet, do: str) -> None:
    theme = found.themes[0]
    edit = {"do": do, "theme": [theme.members[0].id], "members": [theme.members[1].id]}
    after, missed = replay(found, [edit], UNITS)
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
        replay(found, [{"do": "rename", "theme": found.themes[0].id, "label": "ล่าม"}, edit], UNITS)


def test_themes_are_read_back_as_they_were_written(found: ThemeSet) -> None:
    again = read_themes(json.loads(json.dumps(found.as_json(), ensure_ascii=False)))
    assert again.as_json() == found.as_json()


@pytest.mark.parametrize(
    "changed",
    [
        {"themes": [{}]},
        {"themes": {}},
        {"outliers": "fg1#1"},
        {"outliers": [1]},
        {"set_aside": ["a"]},
        {"set_aside": ["ab"]},
        {"set_aside": {"a": 1}},
        {"figures": {"themes": "many"}},
    ],
)
def test_what_are_no_themes_is_refused(found: ThemeSet, changed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="tipmine themes"):
        read_themes(found.as_json() | changed)


@pytest.mark.parametrize("changed", [{"size": "3"}, {"terms": "ล่าม"}, {"members": [{"id": "a", "weight": None}]}])
def test_what_is_no_theme_is_refused(found: ThemeSet, changed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="tipmine themes"):
        read_themes(found.as_json() | {"themes": [found.themes[0].as_json() | changed]})


def test_renaming_merging_and_splitting_lose_no_member(found: ThemeSet) -> None:
    first, second = found.themes[:2]
    named = rename(found, first.id, "ใหม่")
    assert named.themes[0].label == "ใหม่"
    merged = merge(found, [first.id, second.id], "รวม")
    whole = next(theme for theme in merged.themes if theme.id == first.id)
    assert {m.id for m in whole.members} == {m.id for t in (first, second) for m in t.members}
    assert merged.figures["themes"] == len(found.themes) - 1
    part = {member.id for member in whole.members[:3]}
    cut = split(merged, whole.id, part, "แยก", UNITS)
    assert cut.figures["themes"] == len(found.themes)
    pieces = [theme for theme in cut.themes if theme.id == whole.id or theme.label == "แยก"]
    assert sum(theme.size for theme in pieces) == whole.size


def test_each_part_of_a_split_has_the_transcripts_terms_and_quotations_of_its_own_utterances(found: ThemeSet) -> None:
    topic = GOLD[found.themes[0].members[0].id]
    same = [theme.id for theme in found.themes if GOLD[theme.members[0].id] == topic]
    found = merge(found, same) if len(same) > 1 else found
    whole = found.themes[0]
    units = {unit.id: unit for unit in UNITS}
    # Without any of the utterances that were quoted for the whole, as far as one transcript has others.
    quoted = {quote.id for quote in whole.quotes}
    one = [m.id for m in whole.members if units[m.id].doc == "fg1" and m.id not in quoted]
    cut = split(found, whole.id, one, "แยก", UNITS)
    rest, part = cut.themes[:2]
    assert (rest.id, part.label, part.docs) == (whole.id, "แยก", ("fg1",))
    for theme in (rest, part):
        own = {member.id for member in theme.members}
        assert theme.docs == tuple(sorted({units[key].doc for key in own}))
        assert theme.quotes and {quote.id for quote in theme.quotes} <= own
        said = {word for key in own for word in units[key].words}
        assert theme.terms == tuple(term for term in whole.terms if term in said)
    with pytest.raises(UsageError, match="not given"):
        split(found, whole.id, one, "แยก", [unit for unit in UNITS if unit.id != one[0]])


def test_a_wrong_edit_says_what_is_possible(found: ThemeSet) -> None:
    with pytest.raises(UsageError, match="no such theme"):
        rename(found, "t-unknown", "x")
    with pytest.raises(UsageError, match="two or more"):
        merge(found, [found.themes[0].id])
    with pytest.raises(UsageError, match="leave some"):
        split(found, found.themes[0].id, (), "x", UNITS)


def test_a_new_transcript_joins_the_themes_that_stand(found: ThemeSet) -> None:
    text = "ล่ามไม่มี ต้องหาคนแปลภาษา"
    new = TextUnit("fg4#1", text, words(text), "fg4", "utterance", "ก")
    grown = assign_utterances(found, UNITS, [new])
    home = next(theme for theme in grown.themes if "fg4" in theme.docs)
    gold = [GOLD[member.id] for member in home.members if member.id in GOLD]
    assert max(set(gold), key=gold.count) == "ล่าม"
    assert grown.figures["utterances"] == len(UNITS) + 1
    assert grown.figures["spoken"] == found.figures["spoken"] + 1
    with pytest.raises(RecordError, match="fg4#1"):
        assign_utterances(found, UNITS, [new, new])


def test_no_new_utterance_changes_nothing(found: ThemeSet) -> None:
    assert assign_utterances(found, UNITS, []) == found
    assert assign_utterances(ThemeSet((), ()), [], []) == ThemeSet((), ())


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
