"""What a person asks of the themes of a corpus holds over reruns: seed words, edits in a file, names given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tipmine.errors import MissingFileError, RecordError
from tipmine.pipeline import run_pipeline
from tipmine.records import Theme
from tipmine.settings import Settings
from tipmine.store.decisions import decide
from tipmine.store.run import open_run
from tipmine.theme_files import read_edits, read_steering

MATTERS = (
    ("ไม่มีล่ามภาษาพม่าเลย", "ล่ามคนเดิมถูกเรียกทุกวัน", "หาล่ามตอนกลางคืนยากมาก", "ล่ามไม่ได้ค่าตอบแทน"),
    ("ต้องควักเงินตัวเองก่อน", "ควักเงินค่ารถไป เบิกไม่ได้", "เบิกเงินค่าอาหารช้า", "งบหมดแล้ว ควักเงินเอง"),
    ("นายจ้างยึดหนังสือเดินทาง", "หนังสือเดินทางอยู่กับนายหน้า", "ขอหนังสือเดินทางคืนไม่ได้", "ยึดบัตรกับหนังสือเดินทาง"),
    ("บ้านพักเต็มทุกเดือน", "บ้านพักไม่มีเตียงพอ", "ไปบ้านพักต้องรอคิว", "บ้านพักอยู่ไกลมาก"),
    ("ศาลนัดสืบพยานช้า", "คดีค้างที่ศาลหลายปี", "พยานไม่มาศาล คดีเลยล้ม", "รอศาลนัดจนพยานกลับบ้าน"),
)


def write_group(corpus: Path, name: str, start: int) -> None:
    """A focus group in which each matter is asked for and answered by two people."""
    lines = []
    for turn, said in enumerate(MATTERS):
        lines += ["ผู้ดำเนินการสนทนา: แล้วเรื่องต่อไปเป็นอย่างไรคะ"]
        lines += [f"ผู้ให้ข้อมูล {turn + at}: {said[(start + at) % 4]} แถวบ้าน{name}" for at in (1, 2)]
    (corpus / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for start, name in enumerate(("north", "south", "east")):
        write_group(folder, name, start)
    return folder


def themes_of(out: Path) -> tuple[Theme, ...]:
    with open_run(out) as run:
        return run.themes().themes


def test_seed_words_in_another_order_have_the_themes_found_again(corpus: Path, tmp_path: Path) -> None:
    (corpus / "tipmine.toml").write_text('[themes]\nseeds = "seeds.tsv"\n', encoding="utf-8")
    for order in (("เงินที่ต้องออกเอง", "เรื่องเงิน"), ("เรื่องเงิน", "เงินที่ต้องออกเอง")):
        (corpus / "seeds.tsv").write_text("".join(f"{name}\tควัก|เบิก\n" for name in order), encoding="utf-8")
        run_pipeline(corpus, tmp_path / "out")
        labels = {theme.label for theme in themes_of(tmp_path / "out")}
        assert labels & set(order) == {order[0]}


def test_what_a_person_asks_of_themes_holds_when_a_transcript_comes_in(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    (corpus / "seeds.tsv").write_text("เงินที่ต้องออกเอง\tควัก|เบิก\n", encoding="utf-8")
    (corpus / "tipmine.toml").write_text('[themes]\nseeds = "seeds.tsv"\nedits = "edits.jsonl"\n', encoding="utf-8")
    (corpus / "edits.jsonl").write_text("", encoding="utf-8")
    run_pipeline(corpus, out)
    found = {theme.label: theme for theme in themes_of(out)}
    seeded = found.pop("เงินที่ต้องออกเอง")
    first, named = list(found.values())[:2]
    with open_run(out) as run:
        decide(run.connection, named.id, "label", "ชื่อที่ตั้งเอง", "reviewer")
    edits = [
        {"do": "merge", "themes": [[m.id for m in first.members], [m.id for m in seeded.members]], "label": "รวมกัน"},
        {"do": "rename", "theme": ["nobody said this"], "label": "ไม่มี"},
    ]
    content = "".join(json.dumps(edit, ensure_ascii=False) + "\n" for edit in edits)
    (corpus / "edits.jsonl").write_text(content, encoding="utf-8")
    write_group(corpus, "west", 3)
    assert [sentence.split(":")[0] for sentence in run_pipeline(corpus, out).edits_not_applied] == ["edit 2 (rename)"]
    now = {theme.label: theme for theme in themes_of(out)}
    assert "เงินที่ต้องออกเอง" not in now
    for part in (first, seeded):
        assert 2 * len(members(now["รวมกัน"]) & members(part)) >= part.size
    assert now["ชื่อที่ตั้งเอง"].id == named.id
    assert 2 * len(members(now["ชื่อที่ตั้งเอง"]) & members(named)) >= named.size
    assert run_pipeline(corpus, out).edits_not_applied == ()  # nothing changed, nothing was done


def members(theme: Theme) -> set[str]:
    return {member.id for member in theme.members}


def test_a_file_that_is_missing_or_wrong_is_reported_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"seeds\.tsv"):
        read_steering(Settings(themes_seeds="seeds.tsv"), tmp_path)
    (tmp_path / "edits.jsonl").write_text('{"do": "rename"}\nno edit\n', encoding="utf-8")
    with pytest.raises(RecordError, match="line 2"):
        read_edits("edits.jsonl", tmp_path)
    assert read_steering(Settings(), tmp_path).edits == []
