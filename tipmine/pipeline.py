"""The stages in their order, and how a run goes through them.

Workers do the document stages, one document at a time (work.py); the corpus stages follow in this process
(corpus_stages.py). For each stage of each document the run keeps a fingerprint of everything that the result depends on
(fingerprints.py). A second run repeats only stages whose fingerprint changed. What a killed run had finished is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tipmine import __version__
from tipmine.atomic import replacing
from tipmine.batch import Progress, Workers, forget_missing, run_documents
from tipmine.corpus import Corpus, Skipped, document_root, read_corpus, without_copies
from tipmine.corpus_stages import (
    CorpusStage,
    compute_themes,
    compute_traces,
    corpus_fingerprint,
    taken_by_themes,
    taken_by_traces,
)
from tipmine.errors import RunError, UsageError
from tipmine.fingerprints import (
    Stage,
    document_fingerprints,
    folder_fingerprint,
    program_fingerprint,
    stage_fingerprint,
)
from tipmine.ids import content_hash
from tipmine.settings import Settings, load_settings
from tipmine.store.database import DATABASE, run_errors, write_lock
from tipmine.store.renamed import Rename, count_orphaned_decisions
from tipmine.store.run import INDEX, Run, create_run
from tipmine.store.runfile import RUN_FILE, corpus_places, extent, other_corpus
from tipmine.theme_files import Steering, read_steering
from tipmine.threads import one_thread


def _tag_model(settings: Settings, _steering: Steering) -> str:
    from tipmine.tag import model_fingerprint

    return model_fingerprint(Path(settings.tag_model) if settings.tag_model else None)


def _theme_inputs(settings: Settings, steering: Steering) -> str:
    return f"{folder_fingerprint(settings.themes_vectors, 'a local embedding model')}/{steering.fingerprint}"


_WORDS_OF_TAG = (
    *("pillar_lexicon.csv", "role_cues.tsv", "office_titles.tsv", "name_words.tsv", "general_actors.txt"),
    "tag_reasons.tsv",
)

STAGES: tuple[Stage, ...] = (
    Stage(
        name="extract",
        settings="run",
        data=("glyphs", "repair", "lexicon/words.tsv"),
        caller="work",
    ),
    Stage(
        name="segment",
        data=("segment", "actors", "provinces.txt", "column_heads.tsv"),
    ),
    Stage(
        name="tokenize",
        data=("actors", "lexicon/words.tsv"),
    ),
    Stage(
        name="tag",
        settings="tag",
        data=("actors", "provinces.txt", *_WORDS_OF_TAG),
        more=_tag_model,
    ),
    CorpusStage(
        name="themes",
        settings="themes",
        data=("lexicon", "thesaurus.csv"),
        caller="corpus_stages",
        more=_theme_inputs,
        takes=taken_by_themes,
        compute=compute_themes,
    ),
    CorpusStage(
        name="trace",
        settings="trace",
        data=("lexicon", "thesaurus.csv", "trace_weights.toml", "trace_reasons.tsv"),
        caller="corpus_stages",
        takes=taken_by_traces,
        compute=compute_traces,
    ),
)
"""Document stages first, each using the results of those before it; then the corpus stages, which use the results of
all of these."""

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
    passed_over: tuple[Skipped, ...]
    """Files that are not documents, and copies of documents."""
    edits_not_applied: tuple[str, ...] = ()
    """Edits of themes that could not be done again, a sentence each."""
    renamed: tuple[Rename, ...] = ()
    """Renamed documents about which people had decided something."""
    orphaned_decisions: int = 0
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

    `workers` is the number of local worker processes or, with the address of a Dask `scheduler`, of the cluster's
    workers: four times as many documents are handed out in advance, so that no worker waits. With 0, for notebooks,
    documents are read in this process, without a limit on memory. With `parts`, a folder or an address that fsspec
    knows, workers write the results of documents there (parts.py) and this process loads them from there. `progress` is
    called after each document and before each corpus stage. Raises TipmineError for a folder that cannot be read or
    written; a document that cannot be read is reported in the summary.
    """
    check_out(corpus_folder, out)
    corpus = read_corpus(corpus_folder)
    settings = load_settings(corpus_folder)
    steering = read_steering(settings, corpus_folder)
    stage_fingerprints = {stage.name: stage_fingerprint(stage, settings, steering) for stage in STAGES}
    with run_errors(out), write_lock(out), create_run(out) as run:
        corpus = without_copies(corpus, {info.doc for info in run.documents()})
        _write_run_file(run, corpus, settings, finished=False)
        renamed = forget_missing(run, corpus)
        expected = _expected_fingerprints(corpus, stage_fingerprints)
        unchanged = run_documents(run, corpus, settings, expected, Workers(workers, scheduler, parts), progress)
        not_applied = _run_corpus_stages(run, stage_fingerprints, settings, steering, progress)
        failures = tuple(run.failures())
        orphaned = count_orphaned_decisions(run)
        _write_run_file(run, corpus, settings, finished=True)
    read = len(corpus.documents) + len(corpus.unreadable) - unchanged - len(failures)
    copies = tuple(
        Skipped(copy.file, f"has the same bytes as {copy.doc}, which is read and counted once")
        for copy in corpus.copies
    )
    return Summary(
        folder=out,
        read=read,
        unchanged=unchanged,
        failures=failures,
        passed_over=(*corpus.passed_over, *copies),
        edits_not_applied=not_applied,
        renamed=renamed,
        orphaned_decisions=orphaned,
    )


def _expected_fingerprints(corpus: Corpus, stage_fingerprints: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What the results of each document should have: document id -> document stage -> fingerprint."""
    stages = {stage.name: stage_fingerprints[stage.name] for stage in STAGES if not isinstance(stage, CorpusStage)}
    return {info.doc: document_fingerprints(info, stages) for info in corpus.documents}


def check_out(corpus_folder: Path, out: Path) -> None:
    """Raise UsageError for the folder of the documents or of another corpus's run, RunError for one of unrelated files.

    The results of the other corpus would be replaced, and people's decisions about them would no longer refer to
    anything.
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


def _run_corpus_stages(
    run: Run,
    stage_fingerprints: Mapping[str, str],
    settings: Settings,
    steering: Steering,
    progress: Callable[[Progress], None],
) -> tuple[str, ...]:
    """Do the corpus stages that are due, and the index; returns the edits of themes that could not be done again.

    `stage_fingerprints`: stage -> its own fingerprint (`stage_fingerprint`).
    """
    not_applied: tuple[str, ...] = ()
    fingerprints: list[str] = []
    for stage in STAGES:
        if not isinstance(stage, CorpusStage):
            continue
        # Taken before the stage reads its input: what people decide while it computes is taken up by the next run.
        fingerprint = corpus_fingerprint(run, stage, stage_fingerprints[stage.name])
        fingerprints.append(fingerprint)
        if run.recorded_fingerprint(CORPUS, stage.name) != fingerprint:
            progress(Progress(stage.name, 0, 1))
            with one_thread():
                computed = stage.compute(run, settings, steering)
            not_applied += computed.edits_not_applied
            with run.transaction():
                computed.write()
                run.record_fingerprint(CORPUS, stage.name, fingerprint)
    _update_index(run, content_hash([*fingerprints, program_fingerprint("store")]), progress)
    return not_applied


def _update_index(run: Run, fingerprint: str, progress: Callable[[Progress], None]) -> None:
    """Rebuild the search index, which holds tags, themes and traces, if it is missing or has another fingerprint.

    The fingerprint is recorded separately: a run may be killed between the last stage and the index.
    """
    from tipmine.store.entries import rebuild_index

    if run.recorded_fingerprint(CORPUS, INDEX) != fingerprint or not (run.folder / INDEX).is_dir():
        progress(Progress(INDEX, 0, 1))
        rebuild_index(run)
        run.record_fingerprint(CORPUS, INDEX, fingerprint)


def _write_run_file(run: Run, corpus: Corpus, settings: Settings, *, finished: bool) -> None:
    content = {
        "tipmine": __version__,
        **corpus_places(run.folder, corpus.folder),
        **extent(len(corpus.documents) + len(corpus.unreadable), finished=finished),
        "settings": asdict(settings),
        "stages": [stage.name for stage in STAGES],
    }
    with replacing(run.folder / RUN_FILE) as fresh:
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
