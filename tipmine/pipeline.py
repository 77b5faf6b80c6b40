"""The stages in their order, and how a run goes through them.

Workers do the document stages, one document at a time (work.py); the corpus stages follow in this process. For each
stage of each document the run keeps a fingerprint of everything that the result depends on: the file's bytes, the
settings, the version, the model, and the data that people edit. A second run repeats only stages whose fingerprint
changed. What a killed run had finished is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from tipmine import __version__
from tipmine.batch import Progress, Workers, forget_missing, run_documents
from tipmine.corpus import Corpus, document_root, read_corpus, without_copies
from tipmine.data import data_fingerprint
from tipmine.errors import RunError, UsageError
from tipmine.ids import content_hash
from tipmine.records import DocumentInfo, Kind, Passage, Pillar, Tagging, TextUnit
from tipmine.section_paths import join_section
from tipmine.settings import Settings, load_settings
from tipmine.store.database import DATABASE, run_errors, write_lock
from tipmine.store.renamed import about_nothing
from tipmine.store.run import INDEX, Run, create_run
from tipmine.store.runfile import RUN_FILE, corpus_places, extent, other_corpus
from tipmine.theme_files import Steering, read_steering
from tipmine.threads import one_thread


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: done for each document, or once for the corpus."""

    name: str
    scope: Literal["document", "corpus"]
    settings: str | None
    """The section of the settings that the stage depends on; None where it depends on none."""
    data: tuple[str, ...]
    """The files and folders of `tipmine/data` that the stage reads: after a change of one it is done again."""


_TAG_WORDS = (
    *("pillar_lexicon.csv", "role_cues.tsv", "office_titles.tsv", "name_words.tsv", "general_actors.txt"),
    "tag_reasons.tsv",
)

STAGES: tuple[Stage, ...] = (
    Stage("extract", "document", "run", ("glyphs", "repair", "lexicon/words.tsv")),
    Stage("segment", "document", None, ("segment", "actors", "provinces.txt", "column_heads.tsv")),
    Stage("tokenize", "document", None, ("actors", "lexicon/words.tsv")),
    Stage("tag", "document", "tag", ("actors", "provinces.txt", *_TAG_WORDS)),
    Stage("themes", "corpus", "themes", ("lexicon", "thesaurus.csv")),
    Stage("trace", "corpus", "trace", ("lexicon", "thesaurus.csv", "trace_weights.toml", "trace_reasons.tsv")),
)

_SPOKEN: tuple[Kind, ...] = ("utterance",)
"""The kinds of passages whose themes are sought."""
_ASKED: tuple[Kind, ...] = ("recommendation",)
"""The kinds of passages that are traced."""
_EVIDENCE: tuple[Kind, ...] = ("finding", "utterance", "plan")
"""The kinds of passages that may be their evidence."""

REPORT = "report.html"

CORPUS = "*"
"""The id used for the whole corpus in place of a document's id."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did."""

    folder: Path
    read: int
    """Documents read in this run."""
    unchanged: int
    """Documents that an earlier run had read already."""
    failures: tuple[tuple[str, str], ...]
    """Documents that could not be read, each with an error message."""
    passed_over: tuple[tuple[str, str], ...]
    """Files that are not documents, and copies of documents, each with the reason."""
    missed: tuple[str, ...] = ()
    """Edits of themes that could not be done again, a sentence each."""
    followed: tuple[tuple[str, str, int], ...] = ()
    """Renamed documents with people's decisions: the old name, the new one, and the number of decisions."""
    lost: int = 0
    """People's decisions about passages or themes that are no longer in the run."""


def run_pipeline(
    corpus_folder: Path,
    out: Path,
    *,
    workers: int = 0,
    scheduler: str = "",
    parts: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Bring the run folder `out` up to date with the corpus: all stages, then the search index.

    `workers` is the number of local worker processes or, with the address of a Dask `scheduler`, of those of the
    cluster: four times as many documents are handed out in advance, so that none waits. With 0, for notebooks,
    documents are read in this process, without a limit on memory. With `parts`, a folder or an address that fsspec
    knows, workers write the results of documents there (parts.py) and this process loads them from there. `progress` is
    called after each document and before each corpus stage. Raises TipmineError for a folder that cannot be read or
    written; a document that cannot be read is reported in the summary.
    """
    check_out(corpus_folder, out)
    corpus = read_corpus(corpus_folder)
    settings = load_settings(corpus_folder)
    steering = read_steering(settings, corpus_folder)
    with run_errors(out), write_lock(out), create_run(out) as run:
        corpus = without_copies(corpus, {info.doc for info in run.documents()})
        wanted = _wanted(corpus, settings)
        _write_run_file(run, corpus, settings, finished=False)
        followed = forget_missing(run, corpus)
        unchanged = run_documents(run, corpus, settings, wanted, Workers(workers, scheduler, parts), progress)
        missed = _run_corpus(run, settings, steering, progress)
        failures = tuple(run.failures())
        lost = about_nothing(run)
        _write_run_file(run, corpus, settings, finished=True)
    read = len(corpus.documents) + len(corpus.unreadable) - unchanged - len(failures)
    copies = tuple(
        (copy, f"has the same bytes as {doc}, which is read and counted once") for copy, doc in corpus.copies
    )
    return Summary(
        folder=out,
        read=read,
        unchanged=unchanged,
        failures=failures,
        passed_over=(*corpus.passed_over, *copies),
        missed=missed,
        followed=followed,
        lost=lost,
    )


def check_out(corpus_folder: Path, out: Path) -> None:
    """Raise UsageError for the folder of the documents or of another corpus's run, RunError for one of unrelated files.

    The results of the other corpus would be replaced, and people's decisions about them would be about nothing.
    """
    if out.resolve() == document_root(corpus_folder).resolve():
        raise UsageError(str(out), "is the folder of the documents", "a folder of its own for the run", "name another")
    if corpus_folder.is_dir() and (other := other_corpus(out, corpus_folder)):
        raise UsageError(
            str(out),
            f"holds the run of another corpus, {other}",
            "a folder for each corpus",
            "name another --out, or move that corpus away if this one takes its place",
        )
    if not (out / DATABASE).is_file():
        others = [name for name in (REPORT, INDEX, RUN_FILE) if (out / name).exists()]
        if others:
            wrong = f"holds {', '.join(others)}, but no run"
            raise RunError(str(out), wrong, "a new folder or one with a run", "name another --out")


# -- document stages -----------------------------------------------------------------------------------------


def _wanted(corpus: Corpus, settings: Settings) -> dict[str, dict[str, str]]:
    """The fingerprints that the results of each document should have: document id -> stage -> fingerprint."""
    from tipmine.tag import model_fingerprint

    model = model_fingerprint(Path(settings.tag_model) if settings.tag_model else None)
    own = {stage.name: _own_fingerprint(stage, settings) for stage in STAGES if stage.scope == "document"}
    own["tag"] += f"/{model}"
    return {info.doc: _fingerprints(info, own) for info in corpus.documents}


def _own_fingerprint(stage: Stage, settings: Settings) -> str:
    """A text that changes with what a stage itself depends on besides the documents: settings and data."""
    return f"{settings.fingerprint(stage.settings)}-{data_fingerprint(*stage.data)}"


def _fingerprints(info: DocumentInfo, own: Mapping[str, str]) -> dict[str, str]:
    """One text per document stage that names everything the stage depends on, the stages before it included.

    `own` holds what each stage itself depends on, in the order of the stages.
    """
    found: dict[str, str] = {}
    before = content_hash(asdict(replace(info, path="")))
    for stage, fingerprint in own.items():
        before = f"{before}/{fingerprint}"
        found[stage] = f"{__version__}/{before}"
    return found


# -- corpus stages -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Computed:
    """The result of a corpus stage: what writes it, and the edits of themes that could not be done again."""

    write: Callable[[], None]
    missed: tuple[str, ...] = ()


def _run_corpus(
    run: Run, settings: Settings, steering: Steering, progress: Callable[[Progress], None]
) -> tuple[str, ...]:
    """Do the corpus stages that are due, and the index; returns the edits of themes that could not be done again."""
    from tipmine.store.entries import rebuild_index

    missed: tuple[str, ...] = ()
    steps: dict[str, Callable[[], _Computed]] = {
        "themes": lambda: _themes(run, settings, steering),
        "trace": lambda: _traces(run, settings),
    }
    before = content_hash(run.fingerprints("tag"))
    for stage in STAGES:
        if stage.scope != "corpus":
            continue
        # Taken before the stage reads its input: what people decide while it computes is taken up by the next run.
        before = f"{before}/{_own_fingerprint(stage, settings)}/{_decisions_fingerprint(run, stage.name)}"
        if stage.name == "themes":
            before = f"{before}/{steering.fingerprint}"
        if run.stage_done(CORPUS, stage.name) != before:
            progress(Progress(stage.name, 0, 1))
            # Computed outside the transaction, which keeps decisions from being stored: it takes a minute or more.
            with one_thread():
                computed = steps[stage.name]()
            missed += computed.missed
            with run.transaction():
                computed.write()
                run.mark_stage(CORPUS, stage.name, before)
    # Recorded separately: a run may be killed between the last stage and the index.
    if run.stage_done(CORPUS, INDEX) != before or not (run.folder / INDEX).is_dir():
        progress(Progress(INDEX, 0, 1))
        rebuild_index(run)
        run.mark_stage(CORPUS, INDEX, before)
    return missed


def _decisions_fingerprint(run: Run, stage: str) -> str:
    """Eight hex digits that change when people's decisions change which passages a corpus stage takes, or their tags.

    A decision that only confirms the machine changes nothing.
    """
    from tipmine.store.decisions import active, apply_to_taggings

    decided = active(run.connection)
    machine = run.machine_taggings(ids=decided)
    changed = []
    for key, tagging in apply_to_taggings(machine, decided).items():
        taken = _taken(tagging, stage)
        if taken != _taken(machine[key], stage):
            changed.append((key, taken))
    return content_hash(sorted(changed), digits=8)


def _taken(tagging: Tagging, stage: str) -> tuple[object, ...]:
    """What a corpus stage takes of a tagging; empty if it does not take passages of that kind."""
    if stage == "themes":  # whose vectors are made of words alone
        return (tagging.kind,) if tagging.kind in _SPOKEN else ()
    return (tagging.kind, *_codes(tagging)) if tagging.kind in (*_ASKED, *_EVIDENCE) else ()


def _themes(run: Run, settings: Settings, steering: Steering) -> _Computed:
    """The themes, with the edits by hand done on them.

    A theme that a person has named keeps its id, and so its name.
    """
    from tipmine.store import records_io as io
    from tipmine.store.decisions import active
    from tipmine.themes import find_themes, keep_ids, replay

    units = text_units(run, _SPOKEN)
    found = find_themes(units, seed=settings.themes_seed, vectors=settings.themes_vectors, guides=steering.guides)
    found, missed = replay(found, steering.edits, units)

    def write() -> None:
        # In the transaction, so that a name given while themes were sought is not lost.
        decided = active(run.connection)
        named = [theme for theme in run.themes().themes if theme.id in decided]
        io.write_themes(run.connection, keep_ids(found, named))

    return _Computed(write, tuple(missed))


def _traces(run: Run, settings: Settings) -> _Computed:
    """The traces of the recommendations."""
    from tipmine.store import records_io as io
    from tipmine.trace import trace
    from tipmine.trace.rows import answers_in_rows, with_answers

    recommendations = text_units(run, _ASKED)
    evidence = text_units(run, _EVIDENCE)
    # The findings of a corpus are no column of answers, however many there are: one may bear out several.
    traces = trace(recommendations, evidence, candidates=settings.trace_candidates, table=False)
    asking = dict.fromkeys(unit.doc for unit in recommendations)
    answers = {rec: own for doc in asking for rec, own in answers_in_rows(run.passages(doc=doc)).items()}
    found = with_answers(traces, answers)
    return _Computed(lambda: io.write_traces(run.connection, found))


def text_units(run: Run, kinds: Sequence[Kind]) -> list[TextUnit]:
    """The passages of the given kinds, with words and tags, as input for themes and traces."""
    from tipmine.store.decisions import active, apply_to_taggings

    decided = active(run.connection)
    units: list[TextUnit] = []
    # One document at a time: most passages of a large run are of other kinds, and together they may not fit.
    for info in run.documents():
        taggings = apply_to_taggings(run.machine_taggings(doc=info.doc), decided)
        wanted = [passage for passage in run.passages(doc=info.doc) if taggings[passage.id].kind in kinds]
        words = run.words(passage.id for passage in wanted)
        units += (_unit(passage, taggings[passage.id], words[passage.id], info) for passage in wanted)
    return units


def _unit(passage: Passage, tagging: Tagging, words: tuple[str, ...], info: DocumentInfo) -> TextUnit:
    pillars, actors = _codes(tagging)
    return TextUnit(
        id=passage.id,
        text=passage.text,
        words=words,
        doc=passage.doc,
        kind=tagging.kind,
        speaker=passage.speaker,
        group=info.province or info.speaker_group,
        section=join_section(passage.section),
        pillars=pillars,
        actors=actors,
    )


def _codes(tagging: Tagging) -> tuple[tuple[Pillar, ...], tuple[str, ...]]:
    """The codes of the pillars and the ids of the actors."""
    return tuple(tag.code for tag in tagging.pillars), tuple(tag.actor for tag in tagging.actors if tag.actor)


def _write_run_file(run: Run, corpus: Corpus, settings: Settings, *, finished: bool) -> None:
    content = {
        "tipmine": __version__,
        **corpus_places(run.folder, corpus.folder),
        **extent(len(corpus.documents) + len(corpus.unreadable), finished=finished),
        "settings": asdict(settings),
        "stages": [stage.name for stage in STAGES],
    }
    target = run.folder / RUN_FILE
    fresh = target.with_suffix(".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    fresh.replace(target)
