"""Training, model folders, and what is refused."""

from __future__ import annotations

import json
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import tipmine
from tests.builders import write_sample_run
from tests.tag.conftest import ROOT
from tipmine.cli import evaluate
from tipmine.cli.train import app
from tipmine.errors import DamagedFileError, MissingFileError, MissingPartError, RecordError
from tipmine.records import DEFAULT_SEED, PILLARS, Passage
from tipmine.review.labelled import decided_records
from tipmine.store.decisions import decide
from tipmine.store.fields import pillar_field
from tipmine.tag import load_tagger, model_fingerprint
from tipmine.tag.actor_evaluation import evaluate_actors
from tipmine.tag.cards import MODEL_ALONE
from tipmine.tag.evaluation import BY_HIGHEST, evaluate_pillars
from tipmine.tag.folds import folds
from tipmine.tag.labelled import GoldActor, Labelled, read_labelled
from tipmine.tag.model_store import check_files, find_model, load_arrays, load_terms, save_terms
from tipmine.tag.train import train_actors, train_pillars
from tipmine.tag.trust import learnt_from
from tipmine.tokenize import PhraseFinder, tokenize_text


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, labelled: list[Labelled]) -> Path:
    folder = tmp_path_factory.mktemp("models")
    train_pillars(labelled, folder / "pillars", tokenize=tokenize_text)
    train_actors(labelled, folder / "actors", tokenize=tokenize_text, finder=PhraseFinder)
    return folder


def test_the_models_that_ship_are_what_was_written_and_small() -> None:
    for kind in ("pillars", "actors"):
        folder = ROOT / "models" / kind
        meta = check_files(folder)
        assert meta["kind"] == kind
        assert (folder / "CARD.md").is_file()
        assert kind == "actors" or "\n".join(MODEL_ALONE) in (folder / "CARD.md").read_text(encoding="utf-8")
        assert sum(path.stat().st_size for path in folder.iterdir()) < 24_000_000


def test_a_trained_folder_can_be_used(models: Path) -> None:
    tagger = load_tagger(models, finder=PhraseFinder)
    text = "สำนักงานจัดหางานจังหวัดอบรมคนหางานก่อนเดินทาง"
    (tagging,) = tagger.tag([Passage("1", "d", "plan", text)], [tokenize_text(text)])
    assert max(tagging.pillar_scores, key=tagging.pillar_scores.__getitem__) == "prevention"
    assert [(actor.actor, actor.role) for actor in tagging.actors[:1]] == [("prov_employment", "addressee")]
    assert model_fingerprint(models) != model_fingerprint(None)


def test_training_twice_gives_the_same_model(models: Path, labelled: list[Labelled], tmp_path: Path) -> None:
    train_pillars(labelled, tmp_path / "again", tokenize=tokenize_text)
    first, second = load_arrays(models / "pillars" / "pillars.skops"), load_arrays(tmp_path / "again" / "pillars.skops")
    assert (first["weights"] == second["weights"]).all()
    assert (first["thresholds"] == second["thresholds"]).all()
    terms = [load_terms(folder / "letters.txt") for folder in (models / "pillars", tmp_path / "again")]
    assert terms[0] == terms[1]
    assert len(terms[0]) == len(first["letter_rarity"])


def test_terms_come_back_with_their_columns(tmp_path: Path) -> None:
    columns = {" \x1fbc": 1, "a": 0, "\u2028d": 2}
    save_terms(columns, tmp_path / "terms.txt")
    assert load_terms(tmp_path / "terms.txt") == columns
    with pytest.raises(ValueError, match="line end"):
        save_terms({"a\nb": 0}, tmp_path / "terms.txt")
    (tmp_path / "terms.txt").write_bytes(b"\xff\n")
    with pytest.raises(DamagedFileError, match="not a list of terms"):
        load_terms(tmp_path / "terms.txt")


def test_too_few_passages_are_refused(labelled: list[Labelled], tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="at least"):
        train_pillars(labelled[:10], tmp_path, tokenize=tokenize_text)


def test_a_model_stays_if_the_next_cannot_be_trained_to_its_end(
    models: Path, labelled: list[Labelled], tmp_path: Path
) -> None:
    shutil.copytree(models / "pillars", tmp_path / "pillars")
    wrong = [{"id": labelled[0].id, "pillars": ["none of them"]}]
    with pytest.raises(RecordError):
        train_pillars(labelled, tmp_path / "pillars", tokenize=tokenize_text, seed=8, reader=wrong)
    assert check_files(tmp_path / "pillars")["seed"] == DEFAULT_SEED


def test_an_actor_without_a_role_is_refused(labelled: list[Labelled], tmp_path: Path) -> None:
    marked = next(passage for passage in labelled if passage.actors)
    unsaid = replace(marked, id="unsaid", actors=(GoldActor(0, 3, ()),))
    with pytest.raises(RecordError, match="record unsaid: an actor without a role"):
        train_actors([*labelled, unsaid], tmp_path, tokenize=tokenize_text, finder=PhraseFinder)


def test_folds_never_split_a_document_nor_near_duplicates(labelled: list[Labelled]) -> None:
    copy = replace(labelled[30], id="copy", doc="another document", text=labelled[30].text + " ฯลฯ")
    where = folds([*labelled, copy], 5, DEFAULT_SEED)
    by_doc: dict[str, set[int]] = {}
    for passage, fold in zip([*labelled, copy], where, strict=True):
        by_doc.setdefault(passage.doc, set()).add(int(fold))
    assert all(len(its) == 1 for its in by_doc.values())
    assert where[-1] == where[30]
    assert set(where.tolist()) == {0, 1, 2, 3, 4}


def test_a_changed_model_file_is_refused(models: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(models / "actors", tmp_path / "actors")
    with (folder / "roles.crfsuite").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(DamagedFileError, match=r"roles\.crfsuite"):
        load_tagger(folder, finder=PhraseFinder)


def test_a_pickle_under_the_name_of_a_model_is_not_run(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "ran",)  # type: ignore[return-value]

    path = tmp_path / "pillars.skops"
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(DamagedFileError):
        load_arrays(path)
    assert not (tmp_path / "ran").exists()


def test_a_model_that_asks_for_an_unknown_type_is_refused(tmp_path: Path) -> None:
    from skops.io import dump

    path = tmp_path / "pillars.skops"
    dump({"word": Path("x").joinpath}, path)
    with pytest.raises(DamagedFileError):
        load_arrays(path)


def test_a_folder_without_a_model_is_refused_and_names_the_command_that_makes_one(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(MissingPartError, match="tipmine train pillars"):
            find_model(folder, "pillars")


def test_a_folder_with_one_kind_of_model_leaves_the_other_to_the_one_that_ships(models: Path) -> None:
    assert find_model(models / "pillars", "pillars") == models / "pillars"
    assert find_model(models / "pillars", "actors") == find_model(None, "actors")


def test_evaluation_puts_baselines_beside_the_model_and_says_what_was_seen() -> None:
    path = ROOT / "corpora" / "labelled" / "plan.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder)
    whole = {row["method"]: row["F1"] for row in rows if row["label"] == "all"}
    assert whole["tipmine"] > whole["seed lexicon"] > whole["most frequent"]
    assert any("learnt from" in row["label"] for row in rows)
    ranges = [row for row in rows if row["label"].startswith("scores around")]
    tagged = [record for record in records if record["kind"] != "other"]
    assert sum(row["decisions"] for row in ranges) == len(PILLARS) * len(tagged)
    assert ranges[0]["mean_score"] < 0.2 < 0.8 < ranges[-1]["mean_score"]
    assert ranges[0]["share"] < 0.1 < 0.9 < ranges[-1]["share"]
    clear = next(row for row in rows if row["label"].startswith("not doubtful"))
    assert clear["accuracy"] > 0.9
    assert {row["precision"] for row in (*ranges, clear)} == {""}
    actors = evaluate_actors(records, tokenize=tokenize_text, finder=PhraseFinder)
    exact = {row["method"]: row["value"] for row in actors if row["figure"] == "span F1, exact"}
    assert exact["tipmine"] > exact["gazetteer alone"]


def test_a_passage_without_a_document_is_known_to_have_been_learnt_from(
    labelled: list[Labelled], tmp_path: Path
) -> None:
    alone = replace(labelled[30], id="alone", doc="")
    train_pillars([*labelled, alone], tmp_path / "pillars", tokenize=tokenize_text)

    assert learnt_from([alone, replace(alone, id="another")], tmp_path / "pillars") == 1


def test_gold_of_headings_alone_has_figures() -> None:
    records = [{"id": "1", "text": "สารบัญ", "kind": "other", "pillars": []}]
    rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder)
    assert [row["passages"] for row in rows if (row["method"], row["label"]) == ("tipmine", "all")] == [1]


@pytest.mark.parametrize("command", ["pillars", "actors"])
def test_the_commands_judge_the_model_that_they_are_given(command: str, models: Path, tmp_path: Path) -> None:
    gold = ROOT / "corpora" / "labelled" / "plan.jsonl"

    def shown(*model: str) -> str:
        asked = [command, str(gold), "--format", "csv", "--output", str(tmp_path / "figures.csv"), *model]
        result = CliRunner().invoke(evaluate.app, asked)
        assert result.exit_code == 0, result.output
        return (tmp_path / "figures.csv").read_text(encoding="utf-8")

    assert shown("--model", str(models)) != shown()


def test_passages_with_one_pillar_each_are_judged_by_the_highest_score() -> None:
    records = [
        {"id": "1", "doc": "d", "text": "ตำรวจจับกุมนายหน้าและยึดทรัพย์สิน", "label": "prosecution"},
        {"id": "2", "doc": "d", "text": "จัดที่พักพิงและเยียวยาจิตใจผู้เสียหาย", "label": "protection"},
    ]
    rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder)
    ours = {row["label"].removesuffix(BY_HIGHEST): row for row in rows if row["method"] == "tipmine"}
    assert (ours["all"]["passages"], ours["all"]["accuracy"], ours["all"]["F1"]) == (2, 1.0, 1.0)
    # In gold of one document, intervals are over passages.
    assert ours["all"]["F1_low"] == ours["all"]["F1_high"] == 1.0
    assert ours["prosecution"]["recall"] == 1.0


def test_passages_with_one_pillar_each_are_judged_apart_from_others() -> None:
    labels = [
        {"id": "1", "text": "ตำรวจจับกุมนายหน้าและยึดทรัพย์สิน", "label": "prosecution"},
        {"id": "2", "text": "จัดที่พักพิงและเยียวยาจิตใจผู้เสียหาย", "label": "protection"},
    ]
    path = ROOT / "corpora" / "labelled" / "plan.jsonl"
    several = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:20]

    def figures(records: list[dict[str, Any]]) -> list[str]:
        rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder)
        return [str(row) for row in rows if row["method"] != "note"]

    assert figures([labels[0], *several, labels[1]]) == [*figures(several), *figures(labels)]


def test_the_thresholds_judged_are_those_with_which_the_model_tags(models: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(models, tmp_path / "models")
    meta = folder / "pillars" / "model.json"
    stored = json.loads(meta.read_text(encoding="utf-8"))
    meta.write_text(json.dumps(stored | {"thresholds": dict.fromkeys(PILLARS, 2.0)}), encoding="utf-8")
    path = ROOT / "corpora" / "labelled" / "plan.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:20]
    rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder, model=folder)
    assert next(row["F1"] for row in rows if row["label"] == "all") > 0.5


def test_another_reader_stands_beside_the_machine() -> None:
    path = ROOT / "corpora" / "labelled" / "report.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][:60]
    reader = [{"id": record["id"], "pillars": record["pillars"]} for record in records[:40]]
    rows = evaluate_pillars(records, tokenize=tokenize_text, finder=PhraseFinder, reader=reader)
    beside = {row["method"]: row for row in rows if row["method"] in ("tipmine, read twice", "other reader")}
    assert {row["passages"] for row in beside.values()} == {40}
    assert beside["other reader"]["F1"] == 1.0
    assert 0 < beside["tipmine, read twice"]["F1"] <= 1.0


def test_another_reader_of_actors_stands_beside_the_machine() -> None:
    records = [
        {"id": "a", "doc": "d", "kind": "recommendation", "marked": "{{addressee|education:โรงเรียน}}ควรสอนเรื่องสิทธิ"},
        {"id": "b", "doc": "e", "kind": "recommendation", "marked": "{{addressee|labour:กระทรวงแรงงาน}}ควรจัดล่าม"},
    ]
    reader = [
        {"id": "a", "actors": [{"text": "โรงเรียน", "role": "partner", "sector": "education"}]},
        {"id": "b"},
    ]
    rows = evaluate_actors(records, tokenize=tokenize_text, finder=PhraseFinder, reader=reader)
    theirs = {row["figure"]: row for row in rows if row["method"] == "other reader"}
    assert {row["of"] for row in theirs.values()} == {1}  # b was read for pillars only
    assert theirs["span F1, exact"]["value"] == 1.0
    assert theirs["role accuracy"]["value"] == 0.0
    assert theirs["sector accuracy"]["value"] == 1.0
    assert [row["of"] for row in rows if row["method"] == "tipmine, read twice"] == [1, 1, 1, 1]


def test_what_a_person_decided_in_a_run_is_learnt_from_once_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    run = write_sample_run(folder)
    tagging = next(tagging for tagging in run.machine_taggings().values() if len(tagging.actors) > 1)
    decide(run.connection, tagging.id, "link:p-group.docx-0", "yes", "somsri")
    decide(run.connection, tagging.id, "kind", "recommendation", "somsri")
    wanted = {"policy": "yes", "prevention": "no", "prosecution": "no", "protection": "no", "partnership": "no"}
    for code, value in wanted.items():
        assert decided_records(run, "pillars") == []  # the other pillars are still the machine's guesses
        decide(run.connection, tagging.id, f"pillar:{code}", value, "somsri")
    (record,) = decided_records(run, "pillars")
    assert (record["id"], record["pillars"]) == (tagging.id, ["policy"])
    assert "actors" not in record
    for tag in tagging.actors:
        assert decided_records(run, "actors") == []
        decide(run.connection, tagging.id, f"actor:{tag.start}:{tag.end}", "role=partner", "somsri")
    (record,) = decided_records(run, "actors")
    assert {actor["role"] for actor in record["actors"]} == {"partner"}
    assert len(record["actors"]) == len(tagging.actors)
    assert read_labelled([record])[0].actors is not None


def test_python_trains_from_records_and_runs(tmp_path: Path) -> None:
    source = ROOT / "corpora" / "labelled" / "plan.jsonl"
    records = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    with write_sample_run(tmp_path / "run") as run:
        for code in PILLARS:
            decide(run.connection, "p-report.pdf-0", pillar_field(code), "yes", "somsri")
    figures = tipmine.train_pillars(records, tmp_path / "pillars", runs=[tmp_path / "run"])
    assert set(figures) == {*PILLARS, "all"}
    assert "report.pdf" in check_files(tmp_path / "pillars")["documents"]


def test_a_folder_of_names_without_labelled_files_is_refused(tmp_path: Path) -> None:
    source = ROOT / "corpora" / "labelled" / "plan.jsonl"
    for folder in (tmp_path, tmp_path / "nowhere"):
        result = CliRunner().invoke(
            app, ["actors", str(source), "--names", str(folder), "--out", str(tmp_path / "out")]
        )
        assert isinstance(result.exception, MissingFileError)
        assert not (tmp_path / "out").exists()


def test_the_command_writes_a_model_with_its_card(tmp_path: Path) -> None:
    source = ROOT / "corpora" / "labelled" / "plan.jsonl"
    result = CliRunner().invoke(app, ["pillars", str(source), "--out", str(tmp_path / "pillars")])
    assert result.exit_code == 0, result.output
    card = (tmp_path / "pillars" / "CARD.md").read_text(encoding="utf-8")
    assert "kappa" in card
    assert "\n".join(MODEL_ALONE) in card
