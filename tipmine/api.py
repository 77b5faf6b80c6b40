"""The Python interface of the package: what the commands do, as functions; those of `query` are in `questions.py`.

The names in `tipmine.__all__` are the public ones. `units` and `passages` turn JSONL records into the package's own
records, as the commands `themes`, `trace` and `tag` need them.

While a PDF is open, parts of pdfminer are replaced in the whole process and its log is silent; while tags, themes or
traces are computed, the linear algebra libraries are limited to one thread. Both are restored afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tipmine.errors import RecordError, UsageError
from tipmine.jsonl import check_record, field_text
from tipmine.records import (
    DEFAULT_SEED,
    KINDS,
    LEAST_CANDIDATES,
    Document,
    DocumentInfo,
    OcrMode,
    Passage,
    Tagging,
    TextUnit,
    ThemeSet,
    Token,
    Trace,
)
from tipmine.section_paths import split_section

if TYPE_CHECKING:
    import pandas as pd

    from tipmine.tag.labelled import Labelled
    from tipmine.tag.model_store import ModelKind

Records: TypeAlias = "Iterable[Mapping[str, Any]] | pd.DataFrame"
"""Records as mappings, or as a data frame whose rows are the records and whose columns are their fields."""


def extract(path: Path | str, *, password: str | None = None, ocr: OcrMode = "auto") -> Document:
    """Read a PDF, DOCX or TXT file into repaired lines in reading order, each with its page, box and edits.

    `ocr` says whether pages without usable text go to Tesseract: `auto` (if it is installed), `never` or `always`.
    Raises an InputError (a missing, encrypted, damaged or too large file, or one of another type), and
    MissingPartError if `ocr` is `always` and Tesseract or its Thai data are not installed.
    """
    from tipmine.extract import extract_document

    return extract_document(Path(path), password=password, ocr=ocr)


def repair(text: str) -> str:
    """Repair damaged Thai text, line for line, so that it reads as it was printed.

    `tipmine.extract.repair.repair_text` also gives the edits and the origin of each character.
    """
    from tipmine.extract.repair import repair_text

    return repair_text(text).text


def segment(document: Document, info: DocumentInfo | None = None) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order.

    `info` is what is known about the document (type, year, province); what it leaves empty is read from the text.
    """
    from tipmine.segment import describe_document, segment_document

    described = describe_document(document, info or DocumentInfo(doc=document.doc))
    return segment_document(document, described)


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens with half-open offsets; joined, the tokens are the text again."""
    from tipmine.tokenize import tokenize_text

    return tokenize_text(text)


def tag(passages: Iterable[Passage], *, model: Path | str | None = None) -> list[Tagging]:
    """Find the pillars, actors and roles of passages; returns one tagging per passage, in order.

    Pass all passages of one document in one call: an abbreviation that the document introduces on one page is then
    known on all of them. `model` is a model folder to use in place of the one that ships. Raises MissingPartError if
    the folder holds no model, DamagedFileError for a model that was changed after it was written, and TypeError for
    anything but passages, such as a text: `segment` makes passages of a document.
    """
    from tipmine.work import tagger

    given = _checked_passages(passages)
    return tagger(str(model or "")).tag(given, [tokenize(passage.text) for passage in given])


def _checked_passages(passages: Iterable[Passage]) -> list[Passage]:
    """The passages as a list. Raises TypeError for anything else, such as a text or a single passage."""
    if isinstance(passages, str | Passage) or not isinstance(passages, Iterable):
        raise _no_passages(passages)
    given = list(passages)
    for each in given:
        if not isinstance(each, Passage):
            raise _no_passages(each)
    return given


def _no_passages(found: object) -> TypeError:
    expected = "a sequence of passages is expected, as tipmine.segment(tipmine.extract(path)) gives them"
    return TypeError(f"{expected}, not {type(found).__name__}")


def find_themes(records: Records, *, seed: int = DEFAULT_SEED, vectors: str = "") -> ThemeSet:
    """Find the themes of utterances with `id`, `doc`, `text` and, where known, `speaker`, `group`.

    Utterances are mappings or the rows of a data frame; those of one document must be in the order of the conversation.
    `vectors` names a local embedding model folder; if it is empty, vectors are made from the corpus. Raises RecordError
    for a record without id or text and for two with the same id, MissingFileError for a `vectors` folder that is not
    there, MissingPartError or DamagedFileError for one that cannot be read.
    """
    from tipmine.themes import find_themes as find

    return find(units(records), seed=seed, vectors=vectors)


def trace(
    recommendations: Records,
    evidence: Records,
    *,
    candidates: int = LEAST_CANDIDATES,
    one_to_one: bool = False,
) -> list[Trace]:
    """Rank the evidence for each recommendation; returns one trace per recommendation, in order.

    Both are given as mappings, or rows of a data frame, with `id` and `text` and, where known, `kind`, `doc`,
    `speaker`, `section`. `candidates` is how many pieces of evidence to keep, at least ten. `one_to_one` is for tables
    of recommendations and what was done about them: each piece of evidence ranks first in at most one trace. If there
    are more recommendations than pieces of evidence, those left over are gaps. Raises UsageError for fewer
    `candidates`, and RecordError for a record without id or text.
    """
    if candidates < LEAST_CANDIDATES:
        raise UsageError("candidates", f"{candidates} are too few", f"{LEAST_CANDIDATES} or more")
    from tipmine.trace import one_to_one as pair
    from tipmine.trace import trace as rank

    find = pair if one_to_one else rank
    return find(units(recommendations), units(evidence), candidates=candidates)


def train_pillars(
    records: Records,
    out: Path | str,
    *,
    runs: Iterable[Path | str] = (),
    reader: Records = (),
    seed: int = DEFAULT_SEED,
) -> dict[str, Any]:
    """Train the pillar model, write it with its card to the folder `out`, and return its figures by pillar
    and, as `all`, over all of them.

    `records` are labelled passages as in `corpora/labelled` (`id`, `doc`, `kind`, `text` or `marked`, `pillars`). From
    `runs`, the passages of which people decided all five pillars are learnt, too. `reader` holds another reader's
    labels of some of the passages, to which the card compares the model. Raises RecordError for a wrong label and for
    too few passages, RunError if there is no run in a folder.
    """
    from tipmine.tag.train import train_pillars as train
    from tipmine.tokenize import tokenize_text

    labelled = _labelled(records, runs, "pillars")
    return train(labelled, Path(out), tokenize=tokenize_text, seed=seed, reader=list(_mappings(reader)))


def train_actors(
    records: Records,
    out: Path | str,
    *,
    runs: Iterable[Path | str] = (),
    reader: Records = (),
    names: Records = (),
    seed: int = DEFAULT_SEED,
) -> dict[str, Any]:
    """Train the actor model, write it with its card to the folder `out`, and return its figures by name.

    As `train_pillars`, for records with marked actors, and for passages of which people decided every actor found.
    From `names`, labelled passages of other documents, names and sectors are learnt, but no roles.
    """
    from tipmine.tag.train import train_actors as train
    from tipmine.tokenize import tokenize_text
    from tipmine.tokenize.doc import PhraseFinder

    return train(
        _labelled(records, runs, "actors"),
        Path(out),
        tokenize=tokenize_text,
        finder=PhraseFinder,
        seed=seed,
        reader=list(_mappings(reader)),
        names=_labelled(names, (), "actors"),
    )


def _labelled(records: Records, runs: Iterable[Path | str], model_kind: ModelKind) -> list[Labelled]:
    from tipmine.review.labelled import decided_records
    from tipmine.store.run import open_run
    from tipmine.tag.labelled import read_labelled

    found = list(_mappings(records))
    for folder in runs:
        with open_run(Path(folder)) as run:
            found += decided_records(run, model_kind)
    return read_labelled(found)


def units(records: Records) -> list[TextUnit]:
    """Text units, cut into words, from records with `id`, `text` and, where known, the other fields of a unit.

    Raises RecordError, naming the number of the record, for one without id or text.
    """
    from tipmine.lexical.units import text_unit
    from tipmine.tokenize import words

    return [text_unit(record, words) for record in _checked(records)]


def passages(records: Records) -> list[Passage]:
    """Passages from records with `id`, `text` and, where known, `section` (joined by ` > `), `speaker`, `kind`, `doc`.

    Where no `kind` is given, it is determined from the text, its section and its speaker. Raises what `units` raises,
    and RecordError for an unknown kind.
    """
    from tipmine.segment import kind_of

    found = []
    for order, record in enumerate(_checked(records)):
        section, speaker = field_text(record, "section"), field_text(record, "speaker")
        kind = record.get("kind") or kind_of(record["text"], section=section, speaker=speaker)[0]
        if kind not in KINDS:
            raise RecordError(f"record with id {record['id']}", f"kind {kind!r} is not known", ", ".join(KINDS))
        found.append(
            Passage(
                id=str(record["id"]),
                doc=field_text(record, "doc"),
                kind=kind,
                text=record["text"],
                section=split_section(section),
                speaker=speaker,
                order=order,
            )
        )
    return found


def _checked(records: Records) -> Iterator[Mapping[str, Any]]:
    """The records one by one. Raises RecordError for one without id or text."""
    for number, record in enumerate(_mappings(records), 1):
        check_record(record, f"record {number}", ("id", "text"))
        yield record


def _mappings(records: Records) -> Iterator[Mapping[str, Any]]:
    """The records one by one; an empty cell of a data frame is a field that is missing."""
    given: Any = records
    if hasattr(given, "to_dict"):
        given = given.astype(object).where(given.notna(), None).to_dict("records")
    for number, record in enumerate(given, 1):
        if not isinstance(record, Mapping):
            raise RecordError(f"record {number}", f"is a {type(record).__name__}", "a mapping with id, text")
        yield record
