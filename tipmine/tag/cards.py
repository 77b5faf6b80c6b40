"""Model cards: the training data, the figures and the weaknesses of a model, as Markdown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tipmine.lexical.bootstrap import Interval
from tipmine.records import PILLARS, Kind
from tipmine.tag.labelled import Labelled
from tipmine.tag.model_store import versions
from tipmine.tag.trust import ActorAnnotatorMetrics, Trust

MODEL_ALONE = (
    "All figures of this card are of the model alone, which decides each passage by itself. In a document, written",
    "passages to which it gives no pillar may then get one from their heading, or their likeliest one if the document",
    "is of the field (`tag/surroundings.py`), so that more passages have a pillar, and other decisions are doubtful,",
    "than here. `tipmine evaluate pillars` measures tags with that step.",
)
"""Lines of a pillar model's card that say which step of tagging its figures leave out."""


def interval(figure: Interval) -> str:
    """A figure with its interval, such as `0.830 (0.810-0.850)`; the figure alone if there is no interval."""
    if math.isnan(figure.low):
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.3f}-{figure.high:.3f})"


@dataclass(frozen=True)
class PillarMetrics:
    """What the card of a pillar model says about it; all figures are out of fold."""

    pillars: Mapping[str, Mapping[str, Any]]
    """Those of `metrics.pillar_metrics`."""
    kinds: Mapping[Kind, float]
    """Macro-F1 by kind of passage."""
    thresholds: Sequence[float]
    """In the order of PILLARS."""
    trust: Trust


def pillar_card(passages: Sequence[Labelled], metrics: PillarMetrics, seed: int) -> str:
    """The card of a pillar model that was trained on `passages`, as Markdown."""
    lines = [
        "# Pillar model",
        "",
        "Which of the five pillars (codebook) a passage has. One linear support vector machine a pillar over words",
        "(1-2) and letter sequences (2-5), headings above the passage at less weight, names that prove nothing taken",
        "out first, seed phrases as weak training passages; scores made probabilities by Platt's curve.",
        "",
        *_data(passages, seed),
        "",
        "## Figures",
        "",
        "Five folds; documents and near-duplicates never on both sides; curves and thresholds from the other folds.",
        "Intervals: 95 %, bootstrap over documents.",
        "",
        *MODEL_ALONE,
        "",
        *_pillar_table(metrics),
        "",
        "Macro-F1 by kind: " + ", ".join(f"{kind} {value:.3f}" for kind, value in metrics.kinds.items()) + ".",
        *_trust(metrics.trust),
        "",
        "How other ways compare, and figures on real texts: `COMPARISON.md` beside this card, where it ships.",
        "",
        "## Weaknesses",
        "",
        "- Spoken turns are the hardest, for people too: what a speaker means is often in the turn before, and each",
        "  passage is read alone.",
        "- `partnership` shades into everything that several bodies do; most wrong tags are there.",
        "- Texts on neighbouring matters (labour, diplomacy, drugs, welfare) still get tags too often, although such",
        "  passages are among the learnt ones.",
        "- A passage of kind `other` gets none by rule; a wrong kind costs its tags.",
        "",
        "To make it again: `tipmine train pillars corpora/labelled/*.jsonl tests/cases/documents/[0-5]?.jsonl",
        "tests/cases/documents/6[0-2].jsonl --out models/pillars",
        "--reader corpora/labelled/agreement/second_reading.jsonl`.",
    ]
    return "\n".join(lines) + "\n"


def _pillar_table(metrics: PillarMetrics) -> list[str]:
    lines = [
        "| pillar | passages | F1 | kappa | precision | recall | calibration error | threshold |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for code in (*PILLARS, "all"):
        row = metrics.pillars[code]
        threshold = f"{metrics.thresholds[PILLARS.index(code)]:.2f}" if code in PILLARS else ""
        lines.append(
            f"| {code} | {row['passages']} | {interval(row['f1'])} | {row['kappa']:.3f} | {row['precision']:.3f} "
            f"| {row['recall']:.3f} | {row['calibration']:.3f} | {threshold} |"
        )
    return lines


def _trust(trust: Trust) -> list[str]:
    lines = ["", "## How far to trust it", "", "Scores against the truth, all pillars together, out of fold.", ""]
    lines += ["| mean score | share that has the pillar | decisions |", "|---|---|---|"]
    lines += [f"| {mean:.2f} | {true:.2f} | {count} |" for mean, true, count in trust.reliability]
    right = ", ".join(f"{share:.0%}: {value:.3f}" for share, value in trust.coverage if share in (0.5, 0.8, 0.9, 1.0))
    lines += ["", f"Right decisions among the surest {right}."]
    lines.append(f"Marked doubtful: {trust.doubtful:.1%} of decisions; of the others {trust.clear:.3f} are right.")
    if trust.readings:
        lines += [
            "",
            "A second reader beside the model, on the passages that were read twice, against the settled labels.",
            "The reader had a say in settling them, so that this flatters the reader. How two readers agree before",
            "anything is settled is described in `corpora/labelled/README.md`.",
            "",
        ]
        lines += ["| reader | passages | macro-F1 | kappa |", "|---|---|---|---|"]
        lines += [f"| {r.annotator} | {r.passages} | {interval(r.f1)} | {r.kappa:.3f} |" for r in trust.readings]
    return lines


def actor_card(
    passages: Sequence[Labelled],
    more: int,
    metrics: Mapping[str, Any],
    readings: Sequence[ActorAnnotatorMetrics],
    seed: int,
) -> str:
    """The card of an actor model, as Markdown; `metrics` are those that `train_actors` returns.

    `more` is the number of passages from which only names were learnt.
    """
    lines = [
        "# Actor model",
        "",
        "Which words name actors (`names.crfsuite`: a conditional random field over words and gazetteer matches), what",
        "they do (`roles.crfsuite`: another one over the actors of a passage in order) and, for names that the",
        "gazetteer does not know, their sector (`sectors.skops`: letters of the name, linear support vector machine).",
        "",
        *_data(passages, seed),
        *([f"Names and sectors were learnt from {more:,} more passages, roles were not."] if more else []),
        "",
        "## Figures",
        "",
        "Five folds by document as for pillars. Exact: both ends right. Overlap: a gold span that a found one touches.",
        "Roles: of the marked spans, so that they are judged apart from the finding.",
        "",
        "| figure | this model | gazetteer alone |",
        "|---|---|---|",
        f"| span F1, exact | {interval(metrics['names_exact'])} | {interval(metrics['gazetteer_exact'])} |",
        f"| span F1, overlap | {interval(metrics['names_overlap'])} | {interval(metrics['gazetteer_overlap'])} |",
        f"| role accuracy | {interval(metrics['roles'])} | |",
        f"| role calibration error | {metrics['roles_calibration']:.3f} | |",
        "",
        *_readers_of_actors(readings),
        "## Weaknesses",
        "",
        "- Where a long name ends is a matter of taste, for people too: หน่วยงาน or หน่วยงานที่เกี่ยวข้อง in the same place.",
        "- In spoken turns, roles hang on what was said before; mention and addressee are mixed up most.",
        "- เครือข่าย, สังคม, จังหวัด and โรงเรียน are actors in one sentence and places or things in the next.",
        "",
        "To make it again: `tipmine train actors corpora/labelled/*.jsonl --out models/actors",
        "--names corpora/labelled/names --reader corpora/labelled/agreement/second_reading.jsonl`.",
    ]
    return "\n".join(lines) + "\n"


def _readers_of_actors(readings: Sequence[ActorAnnotatorMetrics]) -> list[str]:
    if not readings:
        return []
    return [
        "A second reader beside the model, on the passages in which both marked actors, against the settled marks.",
        "The reader had a say in settling them, so that this flatters the reader.",
        "",
        "| reader | passages | span F1, exact | span F1, overlap | role accuracy |",
        "|---|---|---|---|---|",
        *(
            f"| {r.annotator} | {r.passages} | {interval(r.exact)} | {interval(r.overlap)} | {interval(r.roles)} |"
            for r in readings
        ),
        "",
    ]


def _data(passages: Sequence[Labelled], seed: int) -> list[str]:
    kinds = Counter(passage.kind for passage in passages)
    sizes = Counter(len(passage.pillars) for passage in passages)
    return [
        "## Data",
        "",
        f"{len(passages)} passages of {len({p.document for p in passages})} documents, labelled with the codebook;",
        "`corpora/labelled/README.md` says how. Kinds: "
        + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        + ".",
        f"Without pillar {sizes[0]}, one {sizes[1]}, several {sum(sizes.values()) - sizes[0] - sizes[1]}.",
        f"Seed {seed}. Versions: " + ", ".join(f"{name} {number}" for name, number in versions().items()) + ".",
    ]
