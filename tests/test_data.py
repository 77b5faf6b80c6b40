"""The one reader of the data files that people edit."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tipmine.data
from tests.data_copies import FOLDER, read_changed
from tests.test_layers import imports
from tipmine import gazetteer_rows
from tipmine.data import any_pattern, data_fingerprint, data_groups, data_lines, data_rows
from tipmine.errors import InputError
from tipmine.extract import fontfile, private_marks, symbols
from tipmine.extract.repair import lexicon
from tipmine.lexical import thesaurus
from tipmine.pipeline import STAGES
from tipmine.segment import cues, vetoes
from tipmine.segment.kinds import kind_of
from tipmine.tag import codebook, gazetteer
from tipmine.trace import weights

PACKAGE = Path(tipmine.__file__).parent
FILES = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*")}


def test_comments_and_blank_lines_are_left_out() -> None:
    lines = data_lines("lexicon/words.tsv")

    assert lines
    assert not [line for line in lines if line.startswith("#") or not line.strip()]


def test_only_an_optional_file_may_be_missing() -> None:
    assert data_lines("lexicon/no-such-file.tsv", optional=True) == []
    with pytest.raises(FileNotFoundError):
        data_lines("lexicon/no-such-file.tsv")


def test_the_fingerprint_changes_with_a_file_and_with_one_in_a_folder(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "words.tsv").write_text("ล่าม\n", encoding="utf-8")
    (tmp_path / "provinces.txt").write_text("น่าน\n", encoding="utf-8")
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    before = data_fingerprint("lexicon", "provinces.txt")
    (tmp_path / "lexicon" / "README.md").write_text("for people", encoding="utf-8")
    assert data_fingerprint("lexicon", "provinces.txt") == before
    (tmp_path / "lexicon" / "words.tsv").write_text("ล่าม\nคนแปล\n", encoding="utf-8")
    changed = data_fingerprint("lexicon", "provinces.txt")
    (tmp_path / "provinces.txt").write_text("แพร่\n", encoding="utf-8")
    assert len({before, changed, data_fingerprint("lexicon", "provinces.txt")}) == 3


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("quoted\tกล่าวว่า\nqouted\tเล่าว่า", "row “qouted เล่าว่า” has an unknown words"),
        ("quoted\tกล่าวว่า", "no row has the words defines"),
        ("quoted\tกล่าวว่า\ndefines\t", "row “defines ” is not complete"),
        ("quoted\tกล่าวว่า\ndefines", "row “defines ” is not complete"),
        ("quoted\tกล่าวว่า|\ndefines\tหมายถึง", "row “quoted กล่าวว่า|” is not complete"),
        ("quoted\tกล่าวว่า\tเล่าว่า\ndefines\tหมายถึง", "is not complete"),
    ],
)
def test_a_row_that_code_would_join_to_an_empty_pattern_is_refused(
    rows: str, wrong: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    for text, head in ((f"words\tpattern\n{rows}", ()), (rows, ("words", "pattern"))):
        (tmp_path / "veto_words.tsv").write_text(f"# comment\n{text}\n", encoding="utf-8")
        with pytest.raises(InputError) as refused:
            data_groups("veto_words.tsv", "words", ("quoted", "defines"), head=head)
        assert str(refused.value).startswith("data/veto_words.tsv: ")
        assert wrong in str(refused.value)


def test_rows_are_grouped_in_the_order_of_the_file(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    (tmp_path / "particles.tsv").write_text("ครับ\tturn\nไหม\tquestion\nค่ะ\tturn\n", encoding="utf-8")
    groups = data_groups("particles.tsv", "use", ("question", "turn"), head=("particle", "use"))
    assert {use: [row["particle"] for row in rows] for use, rows in groups.items()} == {
        "question": ["ไหม"],
        "turn": ["ครับ", "ค่ะ"],
    }


def test_without_the_words_of_a_rule_no_kind_is_given(tmp_path: Path, monkeypatch: Any) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "data")
    file = copy / "segment" / "veto_words.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("\nquoted\t", "\nqouted\t"), encoding="utf-8")
    vetoes._patterns.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(tipmine.data, "files", lambda _: copy)
        with pytest.raises(InputError, match="qouted"):
            kind_of("ผมว่าล่ามไม่พอครับ", "", "transcript")
    assert kind_of("ผมว่าล่ามไม่พอครับ", "", "transcript")[0] == "utterance"


def test_a_pattern_that_is_none_is_named_with_its_file() -> None:
    assert any_pattern("name_words.tsv", ("ทีม", r"น\.ส\.")) == r"ทีม|น\.ส\."
    with pytest.raises(InputError, match=r"data/name_words.tsv: “ทีม[(]” is not a regular expression: missing"):
        any_pattern("name_words.tsv", ("ชุด", "ทีม("))


def test_a_flag_is_refused_in_the_row_that_sets_it() -> None:
    assert any_pattern("name_words.tsv", ("ชุด", "(?i:ngo)")) == "ชุด|(?i:ngo)"
    for patterns in (("(?i)ngo", "ชุด"), ("ชุด", "(?i)ngo")):
        with pytest.raises(InputError, match=r"data/name_words.tsv: “[(][?]i[)]ngo” is not a regular expression"):
            any_pattern("name_words.tsv", patterns)


def test_a_row_with_a_cell_too_many_or_too_few_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    (tmp_path / "labels.tsv").write_text("kind\tplan\tแผน\n", encoding="utf-8")
    assert data_rows("labels.tsv", cells=3) == [["kind", "plan", "แผน"]]
    with pytest.raises(InputError, match="row “kind plan แผน” has 3 cells; expected: 4"):
        data_rows("labels.tsv", cells=4)


READERS: list[tuple[str, Any, str, str, str]] = [
    ("glyphs/symbol_fonts.tsv", symbols._table, "symbol\t21\t!", "symbol\t2x\t!", "row “symbol 2x !” cannot be used"),
    ("glyphs/symbol_fonts.tsv", symbols._table, "symbol\t21\t!", "symbol\t21", "row “symbol 21” has 2 cells"),
    ("glyphs/thai_glyphs.tsv", fontfile.glyph_letters, "kokaithai\tU+0E01", "kokaithai\tก", "row “kokaithai ก glyph"),
    ("glyphs/thai_glyphs.tsv", fontfile.glyph_letters, "kokaithai\tU+0E01", "kokaithai", "row “kokaithai glyph name”"),
    ("repair/private_use.tsv", private_marks.private_marks, "\nF700\t", "\nF7OO\t", "row “F7OO 0E10"),
    ("repair/private_use.tsv", private_marks.private_marks, "\nF700\t", "\n110000\t", "row “110000 0E10"),
    ("repair/counts.tsv", lexicon._counted_costs, "\nไม่\t4503", "\nไม่\t0", "row “ไม่ 0” cannot be used"),
    ("repair/counts.tsv", lexicon._counted_costs, "\nไม่\t4503", "\nไม่", "row “ไม่” has 1 cells"),
    ("repair/counts.tsv", lexicon._counted_costs, "\n*\t", "\nall\t", "no row *"),
    ("pillar_lexicon.csv", codebook.seed_lexicon, "วาระแห่งชาติ,3,", "วาระแห่งชาติ,three,", "row “policy วาระแห่งชาติ three"),
    ("pillar_lexicon.csv", codebook.seed_lexicon, "policy,วาระแห่งชาติ,", "polcy,วาระแห่งชาติ,", "unknown pillar"),
    ("pillar_lexicon.csv", codebook.fixed_names, "pillar,phrase,", "pillar,words,", "has no column phrase"),
    ("thesaurus.csv", thesaurus.load_thesaurus, "id,concept_th,", "id,concept,", "has no column concept_th"),
    ("thesaurus.csv", thesaurus.load_thesaurus, "\nnational_agenda,", "\nnational_agenda", "is not complete"),
    ("actors/community.csv", gazetteer.load_gazetteer, "\nvillagers,", "\n,", "has no id or no name"),
    ("actors/community.csv", gazetteer.load_gazetteer, "\nvillagers,", "\n", "is not complete"),
    ("actors/community.csv", gazetteer.load_gazetteer, ",sector,", ",field,", "has no column sector"),
]


@pytest.mark.parametrize(("name", "reader", "old", "new", "wrong"), READERS)
def test_a_row_that_a_reader_cannot_use_is_named(
    name: str, reader: Any, old: str, new: str, wrong: str, tmp_path: Path, monkeypatch: Any
) -> None:
    read_changed(name, old, new, tmp_path, monkeypatch, gazetteer_rows)
    with pytest.raises(InputError) as refused:
        getattr(reader, "__wrapped__", reader)()  # as read the first time, without what is kept
    assert str(refused.value).startswith(f"data/{name}: ")
    assert wrong in str(refused.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        (cues.FITTED, "\nstart\t(เห็น|สม)?ควร\t", "\nstart\t(เห็น|สม?ควร\t", "is not a regular expression"),
        (
            cues.FITTED,
            "\nstart\t(เห็น|สม)?ควร\t",
            "\nhead\t(เห็น|สม)?ควร\t",
            "“head” is no place, in the row of “(เห็น|สม)?ควร”",
        ),
        (cues.FITTED, "\nany\t.\t-0.59\t", "\nany\t.\t-0,59\t", "'-0,59', in the row of “.”"),
        (
            cues.FITTED,
            "\nwhere\tpattern\trecommendation\t",
            "\nwhere\tpattern\tproposal\t",
            "columns for proposal, plan",
        ),
        (cues.FITTED, "\nany\t.\t", "\nany\t", "has 7 cells"),
        (
            cues.BY_HAND,
            "\nwhere\tpattern\trecommendation\tplan\t",
            "\nwhere\tpattern\tplan\trecommendation\t",
            "columns where, pattern, plan",
        ),
        (cues.BY_HAND, "\nsection\tวัตถุประสงค์\t", "\nsections\tวัตถุประสงค์\t", "“sections” is no place"),
    ],
)
def test_a_cue_that_cannot_be_used_is_named(
    name: str, old: str, new: str, wrong: str, tmp_path: Path, monkeypatch: Any, request: pytest.FixtureRequest
) -> None:
    kept = (cues._table, cues.cues, cues.kinds_in_order)

    def forget() -> None:
        for each in kept:
            each.cache_clear()

    read_changed(name, old, new, tmp_path, monkeypatch)
    forget()
    request.addfinalizer(forget)
    with pytest.raises(InputError) as refused:
        cues.kinds_in_order(), cues.cues()
    assert str(refused.value).startswith(f"data/{name}: ")
    assert wrong in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("\nother = 2.0     #", "\nother = 2,0     #", "is not TOML: "),
        ("\nother = 2.0     #", "\nothers = 2.0     #", "[talk] has others, ideas"),
        ("\nother = 2.0     #", '\nother = "2.0"   #', "other in [talk] is '2.0'; expected: a number"),
        ("\n[written]\n", "\n[writen]\n", "has no part [written]"),
        ("\nintercept = -6.25\n", "\n", "[calibration] has confirmed, likely; expected: intercept"),
        ("\n[calibration.weights]\n", "\n[calibration.wights]\n", "has no part [calibration.weights]"),
    ],
)
def test_a_weight_of_traces_that_cannot_be_used_is_named(
    old: str, new: str, wrong: str, tmp_path: Path, monkeypatch: Any, request: pytest.FixtureRequest
) -> None:
    read_changed("trace_weights.toml", old, new, tmp_path, monkeypatch)
    weights._content.cache_clear()
    request.addfinalizer(weights._content.cache_clear)
    with pytest.raises(InputError) as refused:
        weights.fusion(False), weights.calibration(False)
    assert str(refused.value).startswith("data/trace_weights.toml: ")
    assert wrong in str(refused.value)


def test_every_data_file_that_results_depend_on_belongs_to_a_stage() -> None:
    known = {name for stage in STAGES for name in stage.data}
    assert all((FOLDER / name).exists() for name in known)
    entries = {path.name for path in FOLDER.iterdir() if path.suffix not in (".md", ".py") and path.name[0] != "_"}
    # Reports are made anew by every run.
    assert entries - {"report"} == {name.split("/")[0] for name in known}


def modules_of(stage: str) -> set[Path]:
    """The modules of a stage and all modules of the package that they import, directly or not."""
    left, seen = [*(PACKAGE / stage).rglob("*.py")], set[Path]()
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in imports(path):
            if name.startswith("tipmine."):
                inside = PACKAGE.joinpath(*name.split(".")[1:])
                left += [found for found in (inside.with_suffix(".py"), inside / "__init__.py") if found.is_file()]
    return seen


def data_named_in(path: Path) -> Iterator[str]:
    """The data files and folders that a module names: whole names, and the beginnings of those it puts together."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            name = node.args[0]
            if isinstance(name, ast.JoinedStr):
                name = name.values[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                if node.func.id == "word_list":
                    yield f"lexicon/{name.value}.txt"
                elif node.func.id in ("data_lines", "data_rows", "data_table", "data_groups", "data_toml"):
                    yield name.value.rstrip("/")
        elif isinstance(node, ast.Constant) and node.value in FILES:
            yield str(node.value)


@pytest.mark.parametrize("stage", [stage.name for stage in STAGES])
def test_a_stage_is_done_again_after_a_change_of_any_data_file_that_it_reads(stage: str) -> None:
    # A stage is done again after those before it, so their files need not be named again.
    names = [each.name for each in STAGES]
    known = {name for each in STAGES[: names.index(stage) + 1] for name in each.data}
    readers = modules_of(stage) - {FOLDER / "__init__.py"}
    read = {(name, path) for path in readers for name in data_named_in(path)}
    assert read
    for name, path in read:
        folders = {str(parent) for parent in Path(name).parents}
        assert name in known or folders & known, f"{path} reads {name}, which no stage up to {stage} names"
