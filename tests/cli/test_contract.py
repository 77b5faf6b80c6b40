"""The commands as scripts outside the project call them: real processes, real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from tipmine import api
from tipmine.cli.main import app
from tipmine.errors import DamagedFileError, EncryptedError, MissingFileError, RecordError, RunError, UsageError

DAMAGED = "ผู \u0e49ที่ทำางานในระดับตำาบล"
REPAIRED = "ผู้ที่ทำงานในระดับตำบล"


def call(*arguments: str | Path, given: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tipmine", *map(str, arguments)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
        check=False,
    )


def lines(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def write_jsonl(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def leaf_commands() -> dict[str, str]:
    """Every command with the text of its help."""
    found: dict[str, str] = {}
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a group has commands
        for sub, leaf in getattr(command, "commands", {"": command}).items():
            found[f"{name} {sub}".strip()] = leaf.help or ""
    return found


@pytest.mark.parametrize("name", leaf_commands())
def test_every_command_has_an_example_in_its_help(name: str) -> None:
    assert f"Example: tipmine {name}" in leaf_commands()[name] or f"| tipmine {name}" in leaf_commands()[name]


@pytest.mark.parametrize("group", ["", "review", "evaluate", "train"])
def test_what_a_command_does_is_reported_in_a_line_of_the_terminal(group: str) -> None:
    shown = CliRunner().invoke(app, [*group.split(), "--help"], terminal_width=80)
    listed = shown.output.partition("Commands:")[2]
    assert listed
    assert "..." not in listed


def test_every_command_of_the_contract_is_there() -> None:
    names = {name.split()[0] for name in leaf_commands()}
    wanted = "run extract repair explain tag themes trace query report export review serve evaluate train"
    assert names >= set(wanted.split())


def test_repair_goes_line_for_line() -> None:
    result = call("repair", "-", given=f"{DAMAGED}\n\nป้องกัน\n")
    assert result.stdout == f"{REPAIRED}\n\nป้องกัน\n"


def test_repair_keeps_other_keys_and_adds_edits() -> None:
    (record,) = lines(call("repair", "--jsonl", given=json.dumps({"text": DAMAGED, "page": 3})))
    assert (record["text"], record["page"]) == (REPAIRED, 3)
    assert all(set(edit) == {"rule", "at", "before", "after"} for edit in record["edits"])
    assert record["edits"]


def test_halves_of_letters_come_out_as_they_went_in(tmp_path: Path) -> None:
    (record,) = lines(call("repair", "--jsonl", given='{"text": "\\ud83d ล่าม", "by": "\\udcff"}'))
    assert (record["text"], record["by"]) == ("\ud83d ล่าม", "\udcff")
    (tmp_path / "in.jsonl").write_text('{"text": "ล่าม", "id": "\\ud83d"}\n', encoding="utf-8")
    assert call("themes", tmp_path / "in.jsonl", "-o", tmp_path / "out.json").returncode == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["outliers"] == ["\ud83d"]


@pytest.mark.skipif(sys.platform != "linux", reason="the system has no names that are not UTF-8")
def test_a_file_whose_name_is_not_utf8_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("ล่าม\n", encoding="utf-8")
    (line,) = lines(call("extract", path))
    assert (line["doc"], line["text"]) == ("\udcff.txt", "ล่าม")


def test_repair_explains_each_change() -> None:
    result = call("repair", "--explain", given=DAMAGED)
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 3


def test_a_command_that_fails_leaves_the_file_it_was_to_write(tmp_path: Path) -> None:
    target = tmp_path / "tags.jsonl"
    target.write_text("kept\n", encoding="utf-8")
    wrong = {"id": 2, "text": "ควรจัดหาล่าม", "kind": "none of them"}
    result = call("tag", "-o", target, given=json.dumps({"id": 1, "text": "ควรจัดหาล่าม"}) + "\n" + json.dumps(wrong))
    assert result.returncode == RecordError.exit_code, result.stderr
    assert target.read_text(encoding="utf-8") == "kept\n"
    assert list(tmp_path.iterdir()) == [target]


def test_extract_gives_the_keys_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{DAMAGED}\nบรรทัดที่สอง\n", encoding="utf-8")
    first, second = lines(call("extract", path))
    assert {"doc", "page", "line", "text", "raw", "box", "edits", "quality"} <= set(first)
    assert (first["text"], first["raw"], first["doc"]) == (REPAIRED, DAMAGED, "a.txt")
    assert second["text"] == "บรรทัดที่สอง"
    assert call("extract", "--text", path).stdout == f"{REPAIRED}\nบรรทัดที่สอง\n"


def test_tag_gives_the_keys_of_the_contract() -> None:
    text = "สำนักงานตำรวจแห่งชาติควรจัดหาล่ามให้แก่ผู้เสียหายจากการค้ามนุษย์ระหว่างการคัดแยก"
    (record,) = lines(call("tag", given=json.dumps({"id": 7, "text": text, "section": "ข้อเสนอแนะ"})))
    assert record["id"] == 7
    assert record["kind"] == "recommendation"
    assert set(record["pillar_scores"]) == {"policy", "prevention", "prosecution", "protection", "partnership"}
    assert "protection" in {pillar["code"] for pillar in record["pillars"]}
    for found in record["actors"]:
        assert text[found["start"] : found["end"]] == found["text"]
        assert {"actor", "sector", "role", "score", "reason"} <= set(found)
    roles = {found["text"]: found["role"] for found in record["actors"]}
    assert roles["สำนักงานตำรวจแห่งชาติ"] == "addressee"


def test_themes_give_the_keys_of_the_contract(tmp_path: Path) -> None:
    turns = [
        {"id": f"{doc}-{n}", "doc": doc, "speaker": "ผู้ให้ข้อมูล 1", "text": text}
        for doc in ("ก", "ข", "ค")
        for n, text in enumerate(
            [f"เรื่องล่ามแปลภาษาไม่พอ ต้องรอล่ามนาน ครั้งที่ {n}" for n in range(5)]
            + [f"งบประมาณล่าช้า เบิกเงินไม่ทัน รอบที่ {n}" for n in range(5)]
        )
    ]
    result = call("themes", write_jsonl(tmp_path / "turns.jsonl", turns))
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert {"themes", "outliers", "figures"} <= set(found)
    for theme in found["themes"]:
        assert {"id", "label", "terms", "size", "docs", "stability", "members", "quotes"} <= set(theme)
    texts = {turn["id"]: turn["text"] for turn in turns}
    for quote in (quote for theme in found["themes"] for quote in theme["quotes"]):
        assert 0 <= quote["start"] < quote["end"] <= len(texts[quote["id"]])


def test_speakers_and_documents_may_be_numbers() -> None:
    record = {"id": 1, "text": "ไม่มีล่ามเลย", "doc": 0, "speaker": 3, "section": 2}
    (unit,), (passage,) = api.units([record]), api.passages([record])
    assert (unit.id, unit.doc, unit.speaker, unit.section) == ("1", "0", "3", "2")
    assert (passage.id, passage.doc, passage.speaker, passage.section) == ("1", "0", "3", ("2",))


def test_trace_ranks_ten_candidates_where_there_are_ten(tmp_path: Path) -> None:
    recommendations = [{"id": "r1", "text": "ควรจัดหาล่ามให้แก่ผู้เสียหาย"}]
    evidence = [{"id": f"e{n}", "text": f"เรื่องที่ {n} เกี่ยวกับการประชุมประจำเดือน"} for n in range(11)]
    evidence.append({"id": "hit", "text": "ไม่มีล่ามเวลาสอบปากคำผู้เสียหาย"})
    (found,) = lines(
        call(
            "trace",
            "--recommendations",
            write_jsonl(tmp_path / "r.jsonl", recommendations),
            "--evidence",
            write_jsonl(tmp_path / "e.jsonl", evidence),
        )
    )
    assert found["rec"] == "r1"
    assert found["coverage"] in ("direct", "partial", "none")
    assert [item["rank"] for item in found["evidence"]] == list(range(1, 11))
    assert found["evidence"][0]["id"] == "hit"
    assert {"id", "rank", "score", "band", "reasons"} <= set(found["evidence"][0])


def test_wrong_input_gives_one_line_and_the_code_of_its_class(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    cases = [
        (call("extract", tmp_path / "missing.pdf"), MissingFileError),
        (call("extract", empty), DamagedFileError),
        (call("repair", tmp_path / "missing.txt"), MissingFileError),
        (call("tag", given="not json"), RecordError),
        (call("tag", given='{"id": 1}'), RecordError),
        (call("evaluate", "trace", tmp_path / "none.jsonl"), RecordError),
        (call("query", "--run", tmp_path), RunError),
        (call("query", "x", folder=tmp_path), RunError),
        (call("run", tmp_path / "nowhere"), MissingFileError),
    ]
    for result, error in cases:
        assert result.returncode == error.exit_code, (result.args, result.stderr)
        assert "Traceback" not in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
        assert ": " in result.stderr


def test_pages_without_text_are_reported(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        picture = pdf.make_stream(b"\x80" * 10_000, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        picture.Width, picture.Height, picture.BitsPerComponent = 100, 100, 8
        picture.ColorSpace = pikepdf.Name.DeviceGray
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
        page.obj.Contents = pdf.make_stream(b"q 200 0 0 200 0 0 cm /I Do Q")
        pdf.save(path)
    result = call("extract", "--ocr", "never", "--text", path)
    assert result.stderr == "scan.pdf: 1 page has no usable text and needs OCR; do: read it with --ocr auto\n"


def test_an_encrypted_pdf_asks_for_its_password(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    result = call("extract", path)
    assert result.returncode == EncryptedError.exit_code
    assert "--password" in result.stderr


def test_debug_shows_where_it_failed(tmp_path: Path) -> None:
    assert "Traceback" in call("--debug", "run", tmp_path / "nowhere").stderr
    # After the command, it is a word to search for.
    assert "Traceback" not in call("query", "--run", tmp_path / "nowhere", "--", "--debug").stderr


def test_usage_mistakes_end_with_two() -> None:
    assert call("extract").returncode == UsageError.exit_code
    assert call("nothing").returncode == UsageError.exit_code
