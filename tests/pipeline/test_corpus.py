from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tipmine.corpus import read_corpus, without_copies
from tipmine.errors import InputError, MissingFileError, UsageError
from tipmine.pipeline import run_pipeline
from tipmine.settings import Settings, load_settings, settings_from


def write(path: Path, text: str = "ข้อความ") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_documents_are_found_in_sub_folders_and_named_by_their_path(tmp_path: Path) -> None:
    write(tmp_path / "2567" / "ก.txt")
    write(tmp_path / "b.txt")
    assert [info.doc for info in read_corpus(tmp_path).documents] == ["2567/ก.txt", "b.txt"]


def test_what_is_passed_over_is_listed_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "table.ods")
    write(tmp_path / ".hidden.txt")
    write(tmp_path / "~$a.docx")
    outside = write(tmp_path.parent / "outside" / "secret.txt")
    (tmp_path / "link.txt").symlink_to(outside)
    corpus = read_corpus(tmp_path)
    assert [info.doc for info in corpus.documents] == ["a.txt"]
    assert dict(corpus.passed_over) == {
        "table.ods": "not a document type that tipmine reads: .ods",
        "link.txt": "a link that leads out of the corpus or nowhere",
    }


def test_documents_beside_the_folder_of_documents_are_named(tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a.txt")
    write(tmp_path / "b.pdf")
    write(tmp_path / "more" / "c.docx")
    write(tmp_path / "notes.txt")
    corpus = read_corpus(tmp_path)
    assert [info.doc for info in corpus.documents] == ["a.txt"]
    assert {name for name, _ in corpus.passed_over} == {"b.pdf", "more/c.docx"}


@pytest.mark.parametrize("name", ["./documents/a.txt", "documents//a.txt", "./a.txt"])
def test_a_file_may_be_written_in_several_ways(tmp_path: Path, name: str) -> None:
    write(tmp_path / "documents" / "a.txt")
    write(tmp_path / "manifest.tsv", f"file\ttype\n{name}\tplan\n")
    assert [info.type for info in read_corpus(tmp_path).documents] == ["plan"]


def test_the_manifest_says_what_is_known_of_a_document(tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a.txt")
    write(
        tmp_path / "manifest.tsv", "# a comment\nfile\ttype\tyear_be\tprovince\ndocuments/a.txt\tplan\t2566\tสมมติธารา\n"
    )
    (info,) = read_corpus(tmp_path).documents
    assert (info.doc, info.type, info.year_be, info.province) == ("a.txt", "plan", 2566, "สมมติธารา")


def test_what_the_manifest_says_in_vain_is_listed(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    write(tmp_path / "c.txt")
    rows = f"a.txt\tplan\t2023\nb.txt\tsurvey\t67\nc.txt\t\t{'9' * 5_000}\ngone.pdf\t\t"
    write(tmp_path / "manifest.tsv", f"file\ttype\tyear_be\n{rows}\n")
    corpus = read_corpus(tmp_path)
    assert [(info.doc, info.type, info.year_be) for info in corpus.documents] == [
        ("a.txt", "plan", 2566),
        ("b.txt", "", None),
        ("c.txt", "", None),
    ]
    assert corpus.passed_over == (
        ("manifest.tsv, b.txt", "type 'survey' is not one of plan, report, transcript, letter"),
        ("manifest.tsv, b.txt", "year_be '67' is not a year of four digits"),
        ("manifest.tsv, c.txt", f"year_be '{'9' * 5_000}' is not a year of four digits"),
        ("manifest.tsv, gone.pdf", "no such file"),
    )


def test_a_file_in_two_rows_and_a_quotation_mark_without_its_end_are_listed(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name)
    rows = 'a.txt\tแผนเก่า\na.txt\tแผนใหม่\nb.txt\t"แผน" ของจังหวัด\nc.txt\t"แผนที่ไม่ปิด\nd.txt\tหายไป\n'
    write(tmp_path / "manifest.tsv", f"file\ttitle\n{rows}")
    corpus = read_corpus(tmp_path)
    assert [info.title for info in corpus.documents][:2] == ["แผนใหม่", "แผน ของจังหวัด"]
    assert corpus.passed_over == (
        ("manifest.tsv, a.txt", "named in several rows; the last one counts"),
        ("manifest.tsv, c.txt", "a cell takes in the rows after it: a quotation mark has no end"),
    )


def test_a_manifest_that_names_no_files_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.tsv", "doc\ttype\na.txt\tplan\n")
    with pytest.raises(InputError, match="no column named file; its columns: doc, type"):
        read_corpus(tmp_path)


def test_an_empty_folder_a_missing_one_and_a_file_are_errors(tmp_path: Path) -> None:
    file = write(tmp_path.parent / "alone.txt")
    with pytest.raises(InputError, match="a file; expected: a folder"):
        read_corpus(file)
    with pytest.raises(InputError, match="no document"):
        read_corpus(tmp_path)
    with pytest.raises(MissingFileError, match="no such folder"):
        read_corpus(tmp_path / "nowhere")


def test_settings_come_from_the_corpus_folder(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    write(tmp_path / "tipmine.toml", '[run]\nocr = "never"\n[themes]\nseed = 3\n')
    assert load_settings(tmp_path) == Settings(run_ocr="never", themes_seed=3)


def test_a_settings_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    write(tmp_path / "tipmine.toml", '\ufeff[run]\nocr = "never"\n')
    assert load_settings(tmp_path) == Settings(run_ocr="never")


def test_all_mistakes_of_a_settings_file_are_reported_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        settings_from({"run": {"ocr": "sometimes", "speed": 1}, "themes": {"seed": "x"}, "loose": 1}, "tipmine.toml")
    message = str(caught.value)
    for part in ("ocr must be one of auto, never, always", "speed is not a setting", "seed must be int", "loose"):
        assert part in message


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("limits_seconds", 0, "seconds must be from 1 to"),
        ("limits_seconds", -1, "seconds must be from 1 to"),
        ("limits_megabytes", 0, "megabytes must be from 500 to"),
        ("themes_seed", -1, "seed must be from 0 to"),
        ("trace_candidates", 9, "candidates must be from 10 to 1,000; got 9"),
    ],
)
def test_a_number_out_of_its_range_is_reported_with_the_range(name: str, value: int, said: str) -> None:
    section, key = name.split("_")
    with pytest.raises(UsageError, match=said):
        settings_from({section: {key: value}}, "tipmine.toml")


@pytest.mark.parametrize("content", ["[run\n", f"[themes]\nseed = {'9' * 5_000}\n"])
def test_a_settings_file_that_is_no_toml_is_an_error(tmp_path: Path, content: str) -> None:
    write(tmp_path / "tipmine.toml", content)
    with pytest.raises(UsageError, match="not a TOML file"):
        load_settings(tmp_path)


def test_only_the_settings_of_a_stage_change_its_fingerprint() -> None:
    plain, other = Settings(), Settings(themes_seed=8)
    assert plain.fingerprint("run") == other.fingerprint("run")
    assert plain.fingerprint("themes") != other.fingerprint("themes")


def test_links_in_circles_pipes_and_linked_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "about.txt")
    (tmp_path / "about.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "self").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.pdf")
    corpus = read_corpus(tmp_path)
    assert [info.doc for info in corpus.documents] == ["a.txt", "again.txt"]
    assert {name: reason.split()[0:3] for name, reason in corpus.passed_over} == {
        "about.txt": ["a", "link", "that"],
        "gone.txt": ["a", "link", "that"],
        "pipe.pdf": ["not", "a", "file"],
        "round.txt": ["a", "link", "that"],
        "self": ["a", "link", "to"],
    }


def test_names_may_be_odd_and_long(tmp_path: Path) -> None:
    names = ["ก" * 83 + ".txt", "a\nb\tc.txt", "'; DROP TABLE lines; --.txt", "%2e%2e.txt", " .txt", "-rf.txt"]
    for name in names:
        write(tmp_path / name)
    assert {info.doc for info in read_corpus(tmp_path).documents} == set(names)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not make such a name")
def test_a_name_that_is_no_text_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xa1\xd2\xc3.txt")).write_text("x", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [info.doc for info in corpus.documents] == ["a.txt"]
    assert corpus.unreadable == (("\\xa1\\xd2\\xc3.txt", "the name of the file is not in UTF-8; do: rename it"),)
    summary = run_pipeline(tmp_path, tmp_path / ".run")
    assert (summary.read, [doc for doc, _ in summary.failures]) == (1, ["\\xa1\\xd2\\xc3.txt"])


def test_a_manifest_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "manifest.tsv").write_bytes("file\ttitle\na.txt\tรายงาน\n".encode("cp874"))
    with pytest.raises(InputError, match=r"manifest\.tsv: cannot be read.*UTF-8"):
        read_corpus(tmp_path)


def test_of_files_with_the_same_bytes_one_is_read(tmp_path: Path) -> None:
    for name in ("ก.txt", "ข.txt", "ค/ก.txt"):
        write(tmp_path / name, "ข้อความเดียวกัน")
    write(tmp_path / "ง.txt", "ข้อความอื่น")
    corpus = read_corpus(tmp_path)
    single = without_copies(corpus, ())
    assert [info.doc for info in single.documents] == ["ก.txt", "ง.txt"]
    assert single.copies == (("ข.txt", "ก.txt"), ("ค/ก.txt", "ก.txt"))
    # People's decisions are about the document that a run holds already.
    assert [info.doc for info in without_copies(corpus, {"ค/ก.txt"}).documents] == ["ค/ก.txt", "ง.txt"]
    write(tmp_path / "manifest.tsv", "file\ttitle\nข.txt\tรายงาน\n")
    assert [info.doc for info in without_copies(read_corpus(tmp_path), ()).documents] == ["ข.txt", "ง.txt"]


def test_a_file_comes_before_a_link_to_it_and_empty_files_are_no_copies(tmp_path: Path) -> None:
    write(tmp_path / "ต้นฉบับ" / "real.txt", "ข้อความ")
    (tmp_path / "aaa.txt").symlink_to(tmp_path / "ต้นฉบับ" / "real.txt")
    for name in ("empty.pdf", "empty.txt"):
        write(tmp_path / name, "")
    single = without_copies(read_corpus(tmp_path), ())
    assert single.copies == (("aaa.txt", "ต้นฉบับ/real.txt"),)
    assert [info.doc for info in single.documents] == ["empty.pdf", "empty.txt", "ต้นฉบับ/real.txt"]


@pytest.mark.parametrize("seeds", ["seeds.tsv", "notes/seeds.txt"])
def test_files_that_the_settings_name_are_neither_documents_nor_passed_over(tmp_path: Path, seeds: str) -> None:
    write(tmp_path / "a.txt", "ข้อความ")
    write(tmp_path / seeds, "ล่าม\tล่าม|แปล")
    write(tmp_path / "edits.jsonl", "{}")
    plain = read_corpus(tmp_path)
    assert {seeds, "edits.jsonl"} <= {info.doc for info in plain.documents} | dict(plain.passed_over).keys()
    write(tmp_path / "tipmine.toml", f'[themes]\nseeds = "{seeds}"\nedits = "./edits.jsonl"\n')
    corpus = read_corpus(tmp_path)
    assert [info.doc for info in corpus.documents] == ["a.txt"]
    assert corpus.passed_over == ()
    write(tmp_path / "tipmine.toml", "[themes\n")
    assert len(read_corpus(tmp_path).passed_over) >= 1, (
        "what is wrong with the settings is reported where they are read"
    )
