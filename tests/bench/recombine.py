"""Texts for timing, made of the project's own: clauses of the sample's turns and passages, recombined with a seed."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tipmine.records import TextUnit
from tipmine.tokenize import words

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "gold"
SEED = 7
BLOCK = 8
"""Turns from one question of the moderator to the next."""
TRANSCRIPT = 200
"""Turns of a transcript: an hour and a half of talk."""


def clauses(*names: str) -> list[tuple[str, ...]]:
    """The words of what is between spaces in the texts of these gold files."""
    lines = [line for name in names for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]
    return [words(clause) for line in lines for clause in json.loads(line)["text"].split()]


def turns(count: int, *, seed: int = SEED) -> list[TextUnit]:
    """Turns of transcripts: questions of a moderator and answers of one to five clauses."""
    random_ = random.Random(seed)  # noqa: S311 -- no secret
    known = clauses("themes.jsonl")
    found = []
    for number in range(count):
        asks = number % BLOCK == 0
        speaker = "ผู้ดำเนินการ" if asks else f"ผู้ให้ข้อมูล {number % BLOCK}"
        doc = f"fg{number // TRANSCRIPT}"
        found.append(
            _unit(f"{doc}#{number}", random_.choices(known, k=random_.randint(1, 5)), doc, "utterance", speaker)
        )
    return found


def passages(count: int, *, seed: int = SEED) -> list[TextUnit]:
    """Findings and plan measures of two to eight clauses, without a speaker."""
    random_ = random.Random(seed)  # noqa: S311 -- no secret
    known = clauses("passages.jsonl")
    return [_unit(f"p{n}", random_.choices(known, k=random_.randint(2, 8)), "d", "finding") for n in range(count)]


def recommendations(count: int, *, seed: int = SEED) -> list[TextUnit]:
    """Recommendations of two to four clauses."""
    random_ = random.Random(seed)  # noqa: S311 -- no secret
    known = clauses("recommendations.jsonl")
    return [_unit(f"r{n}", random_.choices(known, k=random_.randint(2, 4)), "report") for n in range(count)]


def _unit(id_: str, parts: list[tuple[str, ...]], doc: str, kind: str = "", speaker: str = "") -> TextUnit:
    text = " ".join("".join(part) for part in parts)
    return TextUnit(id_, text, tuple(word for part in parts for word in part), doc, kind, speaker)
