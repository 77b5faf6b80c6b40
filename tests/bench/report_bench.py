# ruff: noqa: T201 - a script that talks to its user
"""How long the reports of a large run take, and how large they become.

    python -m tests.bench.report_bench [--recommendations 2000] [--passages 20000] [--seed 7] [--keep FOLDER]

The run is made with a seed from words of the sample corpus's texts and written through the same functions that the
pipeline uses: documents of 50 recommendations each in two years, transcripts of 500 turns, 60 themes, ten links for a
recommendation. With --keep, run and reports stay in that folder. The peak of memory is that of this process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.builders import CLEAN, actor, passage, tagging
from tipmine.records import (
    PILLARS,
    Band,
    Document,
    DocumentInfo,
    Evidence,
    Member,
    Page,
    Passage,
    Quote,
    Tagging,
    Theme,
    ThemeSet,
    Trace,
)
from tipmine.report import html
from tipmine.report.files import write_text
from tipmine.report.material import gather
from tipmine.report.tables import TABLES
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.report.word import write_word
from tipmine.report.write import write_all
from tipmine.store import records_io as io
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "gold" / "passages.jsonl"
PER_PLAN, PER_GROUP = 50, 500
"""Recommendations of a plan, turns of a transcript."""
THEMES, LINKS = 60, 10
AGENCIES = 90
"""Agencies among which the recommendations are divided."""


def made_texts(texts: Sequence[Sequence[str]], count: int, draw: random.Random) -> Iterator[str]:
    """Texts of two pieces of 8 to 30 words each."""
    for _ in range(count):
        made: list[str] = []
        for text in draw.choices(texts, k=2):
            start = draw.randrange(len(text))
            made += text[start : start + draw.randint(8, 30)]
        yield "".join(made)


def write_run(run: Run, texts: Sequence[Sequence[str]], recommendations: int, passages: int, seed: int) -> None:
    """Fill a run with made documents, tags, themes and links."""
    draw = random.Random(seed)  # noqa: S311 -- a repeatable draw
    recs = [
        passage(
            f"plan-{n // PER_PLAN:03}.pdf",
            n % PER_PLAN,
            "recommendation",
            f"หน่วยงาน {n % AGENCIES} ควร{text}",
            number=f"{n}.",
        )
        for n, text in enumerate(made_texts(texts, recommendations, draw))
    ]
    turns = [
        passage(f"group-{n // PER_GROUP:03}.docx", n % PER_GROUP, "utterance", text, speaker=f"ผู้ให้ข้อมูล {n % 9}")
        for n, text in enumerate(made_texts(texts, passages, draw))
    ]
    with run.transaction():
        for number, its in enumerate(_by_doc([*recs, *turns])):
            info = DocumentInfo(
                its[0].doc,
                type="plan" if its[0].kind == "recommendation" else "transcript",
                title=f"เอกสารสมมติ {number}",
                year_be=2566 + number % 2,
                province=f"จังหวัด {number % 12}",
            )
            io.write_document(run.connection, info, Document(info.doc, (Page(1, 595, 842, CLEAN),), (), {"am-aa": 3}))
            io.write_passages(run.connection, info.doc, its, [words(p.text) for p in its])
        io.write_taggings(run.connection, [_tagged(each, draw) for each in (*recs, *turns)])
        io.write_themes(run.connection, _themes(turns, draw))
        io.write_traces(run.connection, [_trace(rec, turns, draw) for rec in recs])


def _by_doc(passages: Sequence[Passage]) -> list[list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for each in passages:
        found.setdefault(each.doc, []).append(each)
    return list(found.values())


def _tagged(of: Passage, draw: random.Random) -> Tagging:
    scores: dict[str, float] = {
        code: round(draw.uniform(0.5, 1.0), 3) for code in draw.sample(PILLARS, draw.randint(0, 2))
    }
    if of.kind != "recommendation":
        return tagging(of, scores)
    agency = of.text.partition(" ควร")[0].partition("ควร")[0]
    return tagging(of, scores, actor(of.text, agency, agency, "addressee", "government"))


def _themes(turns: Sequence[Passage], draw: random.Random) -> ThemeSet:
    themes = []
    for number in range(THEMES):
        its = turns[number::THEMES]
        docs = tuple(dict.fromkeys(p.doc for p in its))
        quotes = tuple(Quote(p.id, 0, len(p.text)) for p in its[:3])
        members = tuple(Member(p.id, 1.0) for p in its)
        themes.append(
            Theme(f"t-{number}", f"ประเด็น {number}", ("ล่าม",), len(its), docs, draw.random(), members, quotes)
        )
    return ThemeSet(tuple(themes), (), {}, {"seed_ari": 0.9})


def _trace(rec: Passage, turns: Sequence[Passage], draw: random.Random) -> Trace:
    best = draw.random() * 0.7
    bands: tuple[Band, ...] = ("weak", "likely", "confirmed")
    links = tuple(
        Evidence(
            turn.id,
            rank,
            best / rank,
            bands[(best / rank > 0.2) + (best / rank > 0.4)],
            ("มีคำที่ตรงกัน: ล่าม",) * 3,
            "utterance",
        )
        for rank, turn in enumerate(draw.sample(turns, LINKS), start=1)
    )
    return Trace(rec.id, "direct" if best > 0.4 else "partial" if best > 0.2 else "none", links)


def _timed(what: str, make: Callable[[], object], written: Path | None = None) -> None:
    start = time.perf_counter()
    make()
    size = f", {written.stat().st_size / 1e6:.1f} MB" if written else ""
    print(f"{what}: {time.perf_counter() - start:.1f} s{size}", flush=True)


def main() -> None:
    """Make the run, write its reports, print time and size of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recommendations", type=int, default=2000)
    parser.add_argument("--passages", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    texts = [words(json.loads(line)["text"]) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as made, create_run(given.keep or Path(made)) as run:
        write_run(run, texts, given.recommendations, given.passages, given.seed)
        start = time.perf_counter()
        material = gather(run)
        print(f"read: {time.perf_counter() - start:.1f} s", flush=True)
        for name, make in TABLES.items():
            _timed(f"table {name}", lambda make=make: print(len(make(material)), "rows", end=" "))  # type: ignore[misc]
        _timed("html", lambda: write_text(run.folder / "report.html", html.page(material)), run.folder / "report.html")
        _timed("xlsx", lambda: write_trace_workbook(run.folder / "book.xlsx", material), run.folder / "book.xlsx")
        _timed("docx", lambda: write_word(run.folder / "report.docx", material), run.folder / "report.docx")
        _timed("all reports again, as a run writes them", lambda: write_all(run, run.folder))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
