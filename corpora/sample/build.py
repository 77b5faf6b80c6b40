#!/usr/bin/env python3
"""Build the sample corpus: documents, truth texts, gold files and manifest.

Run ``python build.py`` in this folder. It needs LibreOffice, Chromium, XeLaTeX, Thai
fonts and the Python packages python-docx, pikepdf and fonttools, and says by name what is missing.
``python build.py --gold`` writes truth, gold and manifest only and keeps the documents.
"""

import csv
import hashlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from makers import damage, gold, odf, producers, tex, web
from makers.model import Source, read_source

HERE = Path(__file__).resolve().parent
REPORT = "report-study-2567"
PACKAGES = {"docx": "python-docx", "pikepdf": "pikepdf", "fontTools": "fonttools"}
COLUMNS = [
    "file",
    "type",
    "title",
    "year_be",
    "province",
    "speaker_group",
    "language",
    "producer",
    "damage",
    "fictional",
    "licence",
    "sha256",
]


@dataclass(frozen=True)
class Plan:
    """One document: what kind it is, who makes it and what its text layer suffers."""

    name: str
    kind: str
    year: int
    province: str
    producer: str
    damage: str
    make: Callable[[Source, Path], None]
    thai_digits: bool = False
    merged: bool = False
    turn_cells: bool = False
    suffix: str = ".pdf"

    @property
    def file(self) -> str:
        """The name of the document."""
        return self.name + self.suffix


def by_libreoffice(look: odf.Look) -> Callable[[Source, Path], None]:
    """A maker that sets the source with LibreOffice."""
    return lambda source, target: producers.libreoffice(odf.flat_odt(source, look), target)


def by_chromium(look: web.Look, after: Callable[[Path], None] | None = None) -> Callable[[Source, Path], None]:
    """A maker that prints the source with Chromium and may damage the finished PDF."""

    def make(source: Source, target: Path) -> None:
        producers.chromium(web.page(source, look), target)
        if after:
            after(target)

    return make


def by_xelatex(look: tex.Look) -> Callable[[Source, Path], None]:
    """A maker that sets the source with XeLaTeX."""
    return lambda source, target: producers.xelatex(tex.document(source, look), target)


def by_word(*, as_table: bool = False) -> Callable[[Source, Path], None]:
    """A maker that writes a Word file."""

    def make(source: Source, target: Path) -> None:
        from makers import word

        word.write(source, word.Look(as_table=as_table), target)

    return make


MIXED = "am_split,mark_as_other_mark,marks_displaced"
PLANS = (
    Plan(
        "plan-sommottara-2566", "plan", 2566, "สมมติธารา", "LibreOffice", MIXED,
        by_libreoffice(odf.Look("Laksaman", size=13, widths=(27, 47, 33, 29, 29))),
        thai_digits=True, merged=True,
    ),
    Plan(
        "plan-manosamut-2568", "plan", 2568, "มโนสมุทร", "Chromium", "pua_marks,am_split",
        by_chromium(web.Look("Waree")),
    ),
    Plan(
        REPORT, "report", 2567, "", "XeLaTeX", "am_split",
        by_xelatex(tex.Look("Norasi")),
    ),
    Plan(
        "fg1-sommottara", "transcript", 2567, "สมมติธารา", "python-docx", "none",
        by_word(), suffix=".docx",
    ),
    Plan(
        "fg2-manosamut", "transcript", 2567, "มโนสมุทร", "Chromium",
        "pua_marks,marks_displaced,am_split",
        by_chromium(web.Look("Garuda", size=11, spacing="-0.04em")),
    ),
    Plan(
        "fg3-jintakhiri", "transcript", 2567, "จินตคีรี", "python-docx", "none",
        by_word(as_table=True), suffix=".docx", turn_cells=True,
    ),
    Plan(
        "fg4-nimitburi", "transcript", 2567, "นิมิตบุรี", "LibreOffice",
        "am_split,marks_displaced",
        by_libreoffice(odf.Look("Noto Serif Thai", size=11, spacing="-0.5pt", thai_digits=False)),
    ),
    Plan(
        "fg5-fannakhon", "transcript", 2567, "ฝันนคร", "python-docx", "none",
        by_word(), suffix=".docx",
    ),
    Plan(
        "fg6-lanjinda", "transcript", 2567, "ลานจินดา", "Chromium + pikepdf", "thai_as_latin",
        by_chromium(web.Look("Loma"), damage.thai_as_latin),
    ),
    Plan(
        "letter-2567", "letter", 2567, "ลานจินดา", "LibreOffice", MIXED,
        by_libreoffice(odf.Look("Norasi", size=13)),
        thai_digits=True,
    ),
    Plan(
        "letter-invite-2567", "letter", 2567, "จินตคีรี", "Chromium + pikepdf", "no_maps",
        by_chromium(web.Look("Loma", size=13), damage.no_maps),
    ),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Build everything, or all but the documents."""
    sources = {plan.name: read_source(HERE / "sources" / f"{plan.name}.txt") for plan in PLANS}
    if "--gold" not in arguments:
        lacking = producers.missing() + [
            f"Python package {package}"
            for module, package in PACKAGES.items()
            if importlib.util.find_spec(module) is None
        ]
        if lacking:
            print("build.py: missing: " + "; ".join(lacking), file=sys.stderr)
            return 2
        (HERE / "documents").mkdir(exist_ok=True)
        for plan in PLANS:
            plan.make(sources[plan.name], HERE / "documents" / plan.file)
            print(f"made documents/{plan.file}")
    write_truth(sources)
    write_gold(sources)
    write_manifest(sources)
    return 0


def write_truth(sources: dict[str, Source]) -> None:
    """What each document prints."""
    (HERE / "truth").mkdir(exist_ok=True)
    for plan in PLANS:
        lines = gold.truth(
            sources[plan.name],
            thai_digits=plan.thai_digits,
            merged=plan.merged,
            turn_cells=plan.turn_cells,
        )
        path = HERE / "truth" / f"{plan.file}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_gold(sources: dict[str, Source]) -> None:
    """What a careful reader finds in the documents."""
    import json

    folder = HERE / "gold"
    folder.mkdir(exist_ok=True)
    pool = [pair for plan in PLANS for pair in gold.passages(sources[plan.name], plan.file, plan.kind)]
    recs = gold.recommendations(sources[REPORT], f"{REPORT}.pdf")
    links = gold.links(pool, decoys=False)
    with (HERE / "sources" / "themes.tsv").open(encoding="utf-8") as file:
        table = list(csv.reader(file, delimiter="\t"))[1:]
    groups = gold.themes(pool, table)
    gold.write_jsonl(folder / "passages.jsonl", [row for row, _ in pool])
    gold.write_jsonl(folder / "recommendations.jsonl", recs)
    gold.write_jsonl(folder / "evidence_links.jsonl", links)
    gold.write_jsonl(folder / "decoys.jsonl", gold.links(pool, decoys=True))
    gold.write_jsonl(folder / "theme_list.jsonl", groups)
    gold.write_jsonl(folder / "themes.jsonl", gold.theme_turns(pool))
    gold.write_jsonl(folder / "trace.jsonl", gold.trace_gold(recs, pool, links, groups))
    pairs = [{"file": f"../documents/{plan.file}", "truth": f"../truth/{plan.file}.txt"} for plan in PLANS]
    gold.write_jsonl(folder / "extract.jsonl", pairs)
    found = json.dumps(gold.gaps(recs, links, groups), ensure_ascii=False, indent=2)
    (folder / "gaps.json").write_text(found + "\n", encoding="utf-8")


def write_manifest(sources: dict[str, Source]) -> None:
    """One row a document."""
    with (HERE / "manifest.tsv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(COLUMNS)
        for plan in PLANS:
            source = sources[plan.name]
            digest = hashlib.sha256((HERE / "documents" / plan.file).read_bytes()).hexdigest()
            group = source.meta.get("group", "")
            out.writerow(
                (
                    f"documents/{plan.file}", plan.kind, source.title, plan.year, plan.province,
                    group, "th", plan.producer, plan.damage, "yes", "CC0-1.0", digest,
                )
            )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
