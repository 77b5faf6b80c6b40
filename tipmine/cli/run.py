"""`tipmine run`: a folder of documents to a run folder with reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

from tipmine.cli.options import GLOBAL_OPTIONS
from tipmine.cli.output import counted
from tipmine.cli.runs import OUTPUTS
from tipmine.cli.tables import print_table

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from tipmine.batch import Progress
    from tipmine.pipeline import Summary
    from tipmine.report.material import Material
    from tipmine.store.renamed import Rename


def run(
    corpus: Annotated[Path, typer.Argument(help="A folder of documents; it may hold a manifest.tsv.")],
    out: Annotated[Path | None, typer.Option(help="The run folder; outputs/<corpus> by default.")] = None,
    workers: Annotated[
        int, typer.Option(help="Number of worker processes, or of workers of the cluster; 0: one per core.", min=0)
    ] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler (needs the extra `cluster`).")] = "",
    parts: Annotated[
        str, typer.Option(help="Folder or address (s3://...) for results as Parquet (needs the extra `cluster`).")
    ] = "",
) -> None:
    """Read, tag, find themes, trace, and report. Resumes where an earlier run stopped; exits with 1 if a file failed.

    Example: tipmine run corpora/sample
    """
    from tipmine.executors import cores
    from tipmine.pipeline import run_pipeline
    from tipmine.report import write_reports
    from tipmine.report.material import gather
    from tipmine.store.database import now, run_errors
    from tipmine.store.renamed import edited_renames
    from tipmine.store.run import open_run

    folder = out or OUTPUTS / (corpus.resolve().name or "run")
    started = now()
    with _ProgressBar(_bar()) as show:
        summary = run_pipeline(
            corpus,
            folder,
            workers=workers or cores(),
            scheduler=scheduler,
            parts=parts,
            progress=show if scheduler else _serving_workers(show, corpus),
        )
        show.step("report")
        with run_errors(folder), open_run(folder) as opened:
            material = gather(opened)
            edited = edited_renames(opened, started)
            tracebacks = opened.tracebacks() if GLOBAL_OPTIONS.debug else []
            reports = write_reports(opened, material=material)
    _print_summary(material)
    _print_outcome(summary, edited, tracebacks)
    others = [path.name for name, path in reports.items() if name != "html"]
    typer.echo(f"also in {folder}: {', '.join(others)}")
    typer.echo(f"report: {reports['html']}")
    if summary.failures:
        raise typer.Exit(1)


def _serving_workers(show: _ProgressBar, corpus: Path) -> Callable[[Progress], None]:
    """A callback like `show` that also starts the process from which workers are forked, just before it is needed."""
    from tipmine.batch import Workers
    from tipmine.interrupts import start_server
    from tipmine.settings import load_settings

    def watch(progress: Progress) -> None:
        if progress.step == "documents" and not progress.done and progress.total:
            start_server(() if load_settings(corpus).tag_model else Workers().preload)
        show(progress)

    return watch


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description:<9}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[shown]}"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,  # a log file would keep the last, empty bar
    )


class _ProgressBar:
    """Shows the pipeline's progress. The time left is estimated from bytes, since pages are not known beforehand.

    The bar appears with the first step, so that a run that cannot begin shows only its error.
    """

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("documents", total=1, shown="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        self._bar.start()
        shown = f"{progress.done}/{progress.total} documents, {progress.pages} pages" if progress.bytes_total else ""
        self._bar.update(
            self._task,
            description=progress.step,
            shown=shown,
            completed=progress.bytes_done,
            total=progress.bytes_total or 1,
        )

    def step(self, name: str) -> None:
        """Show a step whose progress is not measured."""
        self._bar.update(self._task, description=name, shown="", completed=0, total=1)


def _print_summary(material: Material) -> None:
    from tipmine.report.summary import twin_documents
    from tipmine.report.tables import document_rows, summary_rows

    print_table([_short(row) for row in document_rows(material)], "documents")
    print_table(summary_rows(material), "corpus")
    for pair in twin_documents(material):
        typer.echo(
            f"counted twice? {pair.left} and {pair.right} say nearly the same; keep one if they are one document"
        )


def _short(row: dict[str, object]) -> dict[str, object]:
    names = ("document", "pages", "lines", "passages", "repairs", "verdict", "needs_ocr")
    return {name: row[name] for name in names}


def _print_outcome(summary: Summary, edited: Iterable[Rename], tracebacks: Sequence[str]) -> None:
    """Print what was read, skipped and renamed, and on stderr what failed or no longer applies."""
    typer.echo(f"{summary.read} read, {summary.unchanged} unchanged, {len(summary.failures)} failed")
    for name, reason in summary.passed_over:
        typer.echo(f"passed over: {name}: {reason}")
    for old, new, decisions in summary.renamed:
        typer.echo(f"renamed: {old} is now {new}; its {counted(decisions, 'decision')} went with it")
    for old, new, decisions in edited:
        went = f"{counted(decisions, 'decision')} about what stands there went with it"
        typer.echo(f"renamed and edited: {old} is now {new}; {went}")
    if summary.orphaned_decisions:
        what = "about passages or themes that are no longer in the run; tipmine review list shows all"
        typer.echo(f"{counted(summary.orphaned_decisions, 'decision')} {what}", err=True)
    for sentence in summary.edits_not_applied:
        typer.echo(f"themes: {sentence}", err=True)
    for _doc, message in summary.failures:
        typer.echo(f"failed: {message}", err=True)
    for text in tracebacks:
        typer.echo(text, err=True)
