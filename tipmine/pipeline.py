"""The stages in their order, and how a run goes through them.

Document stages are done by workers, one document at a time (work.py); corpus stages follow in this process. Each
stage of each document is remembered with a fingerprint of all that it depends on: the file's bytes, the settings,
the version and the model. A second run does only what a changed fingerprint asks for; what a killed run had
finished is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from tipmine import __version__
from tipmine.corpus import Corpus, read_corpus
from tipmine.executors import one_thread, run_jobs
from tipmine.records import Document, DocumentInfo, Passage, Tagging, TextUnit, ThemeSet, Trace
from tipmine.settings import Settings, load_settings
from tipmine.store.run import Run, create_run, write_lock
from tipmine.work import Job, Outcome, process_document


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: done for each document, or once for the corpus."""

    name: str
    scope: Literal["document", "corpus"]
    settings: str
    """Prefix of the settings that it depends on."""


STAGES: tuple[Stage, ...] = (
    Stage("extract", "document", "run_"),
    Stage("segment", "document", "-"),
    Stage("tokenize", "document", "-"),
    Stage("tag", "document", "tag_"),
    Stage("themes", "corpus", "themes_"),
    Stage("trace", "corpus", "trace_"),
)

CORPUS = "*"
"""Stands for the whole corpus where a document's id would stand."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done of all, pages and bytes done of all, and what is being done."""

    step: str
    done: int
    total: int
    pages: int
    bytes_done: int
    bytes_total: int
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: where it is, how many documents were read, unchanged or failed, and what was passed over."""

    folder: Path
    read: int
    unchanged: int
    failures: tuple[tuple[str, str], ...]
    passed_over: tuple[tuple[str, str], ...]


def run_pipeline(
    corpus_folder: Path,
    out: Path,
    *,
    workers: int = 1,
    scheduler: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Bring the run folder `out` up to date with the corpus: all stages, then the index.

    Raises TipmineError for a folder that cannot be read or written; a bad document is reported in the summary.
    """
    corpus = read_corpus(corpus_folder)
    settings = load_settings(corpus_folder)
    with write_lock(out), create_run(out) as run:
        _forget_missing(run, corpus)
        unchanged = _run_documents(run, corpus, settings, workers, scheduler, progress)
        _run_corpus(run, settings, progress)
        failures = tuple(run.failures())
        _write_run_file(run, corpus, settings)
    read = len(corpus.documents) - unchanged - len(failures)
    return Summary(out, read, unchanged, failures, corpus.passed_over)


# -- document stages -----------------------------------------------------------------------------------------


def _fingerprints(info: DocumentInfo, settings: Settings, model: str) -> dict[str, str]:
    """What each document stage depends on, as one text a stage; a stage depends on the ones before it."""
    description = json.dumps(asdict(replace(info, path="")), ensure_ascii=False, sort_keys=True)
    found: dict[str, str] = {}
    before = hashlib.sha256(description.encode()).hexdigest()[:16]
    for stage in STAGES:
        if stage.scope == "document":
            before = f"{before}/{settings.fingerprint(stage.settings)}"
            found[stage.name] = f"{__version__}/{before}" + (f"/{model}" if stage.name == "tag" else "")
    return found


def _run_documents(
    run: Run,
    corpus: Corpus,
    settings: Settings,
    workers: int,
    scheduler: str,
    progress: Callable[[Progress], None],
) -> int:
    from tipmine.tag import model_fingerprint

    model = model_fingerprint(Path(settings.tag_model) if settings.tag_model else None)
    wanted = {info.doc: _fingerprints(info, settings, model) for info in corpus.documents}
    todo = [info for info in corpus.documents if run.stage_done(info.doc, "tag") != wanted[info.doc]["tag"]]
    sizes = {info.doc: Path(info.path).stat().st_size for info in todo}
    state = Progress("documents", 0, len(todo), 0, 0, sum(sizes.values()))
    progress(state)
    jobs = _jobs(run, todo, settings, wanted)
    for outcome in run_jobs(process_document, jobs, workers=workers, scheduler=scheduler, lost=_lost):
        _store(run, outcome, wanted[outcome.info.doc])
        pages = len(outcome.document.pages) if outcome.document else 0
        state = replace(
            state,
            done=state.done + 1,
            pages=state.pages + pages,
            bytes_done=state.bytes_done + sizes[outcome.info.doc],
            doc=outcome.info.doc,
        )
        progress(state)
    return len(corpus.documents) - len(todo)


def _jobs(
    run: Run, todo: Sequence[DocumentInfo], settings: Settings, wanted: dict[str, dict[str, str]]
) -> Iterator[Job]:
    for info in todo:
        extracted = run.stage_done(info.doc, "extract") == wanted[info.doc]["extract"]
        document: Document | None = run.document(info.doc) if extracted else None
        yield Job(info, settings, document)


def _lost(job: Job) -> Outcome:
    message = f"{job.info.doc}: the worker that read it was lost twice; do: read it alone with tipmine extract"
    return Outcome(job.info, error="InputError", message=message)


def _store(run: Run, outcome: Outcome, fingerprints: dict[str, str]) -> None:
    from tipmine.store import records_io as io

    doc = outcome.info.doc
    with run.transaction():
        run.connection.execute("DELETE FROM failures WHERE doc = ?", (doc,))
        if outcome.error or outcome.document is None:
            row = (doc, outcome.info.path, outcome.info.sha256, outcome.error, outcome.message)
            run.connection.execute("DELETE FROM documents WHERE doc = ?", (doc,))
            run.connection.execute("DELETE FROM lines WHERE doc = ?", (doc,))
            run.connection.execute("DELETE FROM stage_runs WHERE doc = ?", (doc,))
            run.connection.execute("INSERT INTO failures VALUES (?, ?, ?, ?, ?)", row)
            return
        io.write_document(run.connection, outcome.info, outcome.document)
        kinds = {tagging.id: tagging.kind for tagging in outcome.taggings}
        passages = [replace(passage, kind=kinds.get(passage.id, passage.kind)) for passage in outcome.passages]
        io.write_passages(run.connection, doc, passages, outcome.words)
        io.write_taggings(run.connection, outcome.taggings)
        for stage, fingerprint in fingerprints.items():
            run.mark_stage(doc, stage, fingerprint)


def _forget_missing(run: Run, corpus: Corpus) -> None:
    """Take documents out of the run that are no longer in the corpus."""
    present = {info.doc for info in corpus.documents}
    known = [row["doc"] for row in run.connection.execute("SELECT doc FROM documents UNION SELECT doc FROM failures")]
    with run.transaction():
        for doc in (doc for doc in known if doc not in present):
            for table in ("documents", "lines", "stage_runs", "failures"):
                run.connection.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))  # noqa: S608 -- names are ours


# -- corpus stages -------------------------------------------------------------------------------------------


def _run_corpus(run: Run, settings: Settings, progress: Callable[[Progress], None]) -> None:
    from tipmine.store import records_io as io
    from tipmine.store.entries import rebuild_index

    steps: dict[str, Callable[[], None]] = {
        "themes": lambda: io.write_themes(run.connection, _themes(run, settings)),
        "trace": lambda: io.write_traces(run.connection, _traces(run, settings)),
    }
    one_thread()
    before = _corpus_fingerprint(run)
    changed = False
    for stage in STAGES:
        if stage.scope != "corpus":
            continue
        before = f"{before}/{settings.fingerprint(stage.settings)}"
        if run.stage_done(CORPUS, stage.name) != before:
            changed = True
            progress(Progress(stage.name, 0, 1, 0, 0, 0))
            with run.transaction():
                steps[stage.name]()
                run.mark_stage(CORPUS, stage.name, before)
    if changed or not (run.folder / "index").is_dir():
        progress(Progress("index", 0, 1, 0, 0, 0))
        rebuild_index(run)


def _corpus_fingerprint(run: Run) -> str:
    rows = run.connection.execute("SELECT doc, fingerprint FROM stage_runs WHERE stage = 'tag' ORDER BY doc")
    content = json.dumps([tuple(row) for row in rows], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _themes(run: Run, settings: Settings) -> ThemeSet:
    from tipmine.themes import find_themes

    units = text_units(run, ("utterance",))
    return find_themes(units, seed=settings.themes_seed, vectors=settings.themes_vectors)


def _traces(run: Run, settings: Settings) -> list[Trace]:
    from tipmine.trace import trace

    recommendations = text_units(run, ("recommendation",))
    evidence = text_units(run, ("finding", "utterance", "plan"))
    return trace(recommendations, evidence, candidates=settings.trace_candidates)


def text_units(run: Run, kinds: Sequence[str]) -> list[TextUnit]:
    """The passages of these kinds as themes and traces take them."""
    infos = {info.doc: info for info in run.documents()}
    taggings = run.taggings()
    words = run.words()
    return [
        _unit(passage, taggings[passage.id], words[passage.id], infos[passage.doc])
        for passage in run.passages()
        if taggings[passage.id].kind in kinds
    ]


def _unit(passage: Passage, tagging: Tagging, words: tuple[str, ...], info: DocumentInfo) -> TextUnit:
    return TextUnit(
        id=passage.id,
        text=passage.text,
        words=words,
        doc=passage.doc,
        kind=tagging.kind,
        speaker=passage.speaker,
        group=info.province or info.speaker_group,
        section=" > ".join(passage.section),
        pillars=tuple(tag.code for tag in tagging.pillars),
        actors=tuple(tag.actor for tag in tagging.actors if tag.actor),
    )


def _write_run_file(run: Run, corpus: Corpus, settings: Settings) -> None:
    content = {
        "tipmine": __version__,
        "corpus": str(corpus.folder),
        "documents": len(corpus.documents),
        "settings": asdict(settings),
        "stages": [stage.name for stage in STAGES],
    }
    target = run.folder / "run.json"
    fresh = target.with_suffix(".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    fresh.replace(target)
