"""Assesses how far a line or a page can be trusted: a score, a verdict and reasons.

Clean Thai prose has about 80 tone marks and thanthakhat per 1,000 Thai letters; a page with far fewer has lost some in
the PDF, and no repair can restore them. Sequences that Thai spelling does not allow (a mark without a base, two tones)
lower the score of a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.extract import reasons
from tipmine.extract.drafts import DraftPage
from tipmine.extract.repair.orthography import LOST, impossible_sequences
from tipmine.quality_reasons import Reason
from tipmine.records import Quality
from tipmine.thai import THANTHAKHAT, TONES, count_thai

CLEAN_TONES = 80.0
"""Tone marks and thanthakhat per 1,000 Thai letters of clean prose (median over government texts)."""

FEW_TONES = 40.0
"""Below this a page has lost marks. Laws and tables of clean documents are above 50."""

ENOUGH_LETTERS = 400
"""Fewest Thai letters on a page for the count to be meaningful."""

SCAN_COVER = 0.6
"""Share of a page that one picture covers from which a page without text is a scan."""

MOSTLY_INVISIBLE = 0.5
"""Share of glyphs that are not painted from which a page's text is the hidden layer of a scan."""
FEW_LETTERS = 20
"""Letters (a stamp, a page number) below which a scan counts as being without text."""

UNREADABLE = 0.3
"""Share of a page's characters in unmapped or unread glyphs from which its text cannot be used."""

SHAPES_A_LETTER = 2
"""Number of shapes drawn in lines for each letter of a page's text from which its text is in the shapes. Lower: pages
with many icons in rows are read by OCR; higher: fewer pages whose only text is the foot are."""

WORDLIKE = 0.5
"""Share of tokens in Latin letters that look like words or numbers, below which they are a misread script: pages in
English have two thirds or more, tables of codes too; misread ones a quarter."""
ENOUGH_TOKENS = 10
"""Fewest such tokens on a page for that share to be meaningful."""
SIGN_COST = 3.0
"""How fast a line's score falls with its signs of damage per letter: a line with one sign in three letters scores 0."""
UNDECIDED = 0.7
"""Factor on the score of a line with a damaged word that could not be decided."""
UNREAD_SCORE = 0.7
"""Highest score of a line with a glyph that could not be read: a letter is wrong or missing, as in a damaged word."""
REPAIRED = 0.98
"""Highest score of a repaired line."""
LEAST_TONES = 0.2
"""Lowest factor on the score of a page that has lost its tone marks."""
BROKEN_OFF = 0.5
"""Highest score of a page whose end is missing: what is there may be right, but it is not complete."""
DOUBTFUL_LINES = 0.2
"""Share of doubtful lines from which a page is doubtful."""

NO_TABLES = 0.5
"""Highest score of a page whose tables could not be found: all its text is there, but cells may be mixed."""

_CLEAN = Quality(1.0, "clean")
"""One object for all lines, since most lines of a clean document have this quality."""

_UNMAPPED = re.compile(r"\(cid:[0-9]+\)|\ufffd")
# Codes of glyphs that are given as characters: control codes, Latin letters of rare languages (Vietnamese has few of
# them), dingbats, private use.
_OF_NO_LANGUAGE = re.compile("[\x01-\x08\x0e-\x1f\x80-\x9f\u0100-\u024f\u2700-\u27bf\ue000-\uf8ff]")
_ACCENTED = "\u00df-\u00f6\u00f8-\u00ff"
_WORD = re.compile(
    f"[(\"'\u2018\u201c]?(?:[A-Za-z]?[a-z{_ACCENTED}]*[aeiouy][a-z{_ACCENTED}]*|[A-Z]+|[A-Z]?[0-9][0-9.,/:%-]*)"
    "[.,;:)\"'\u2019\u201d!?%]*$"
)
_TOKEN = re.compile("(?<!\\S)(?=\\S*\\w)[!-\u00ff]{2,}(?!\\S)")

_NO_LETTER = re.compile(f"{LOST}|[\ue000-\uf8ff]|\\(cid:[0-9]+\\)")
_TONE = re.compile(f"[{TONES}{THANTHAKHAT}]")


def count_signs(text: str) -> int:
    """How many signs of damage a repaired text shows: what Thai spelling does not allow, and letters without a value.

    `repair.damage_signs` counts by kind what real PDFs show before repair, so it may count a place several times.
    """
    return impossible_sequences(text) + sum(1 for _ in _NO_LETTER.finditer(text))


def line_quality(text: str, changed: bool, doubtful: bool, reason: Reason | None, score: float) -> Quality:
    """Quality of one line after repair. `reason` and `score` state earlier doubts (OCR, a wrong text layer)."""
    signs = count_signs(text)
    letters = max(count_thai(text), 1)
    score *= max(0.0, 1.0 - SIGN_COST * signs / letters) * (UNDECIDED if doubtful else 1.0)
    if reason:
        return Quality(score, "doubtful", (reason,))
    if signs:
        return Quality(score, "doubtful", (reasons.wrong_spellings(signs),))
    if doubtful:
        return Quality(score, "doubtful", (reasons.UNDECIDED,))
    if changed:
        return Quality(min(score, REPAIRED), "repaired")
    return _CLEAN if score == 1.0 else Quality(score, "clean")


def why_ocr(page: DraftPage) -> Reason | None:
    """Why a page's own text cannot be used; None if it can."""
    text = "\n".join(line.text for line in page.lines)
    letters = sum(1 for letter in text if not letter.isspace())
    if page.images >= SCAN_COVER and letters < FEW_LETTERS:
        return reasons.PICTURE
    unmapped = sum(len(hit) for hit in _UNMAPPED.findall(text))
    if max(unmapped, page.unread) > UNREADABLE * letters:
        return reasons.NO_LETTERS
    if page.outlined > SHAPES_A_LETTER * letters:
        return reasons.OUTLINED
    if page.tiny > letters:
        return reasons.TINY
    if letters >= FEW_LETTERS and len(_OF_NO_LANGUAGE.findall(text)) > UNREADABLE * letters:
        return reasons.WRONG_MAP
    if _is_gibberish(text):
        hidden = page.images >= SCAN_COVER and page.invisible > MOSTLY_INVISIBLE
        return reasons.WRONG_LANGUAGE if hidden else reasons.WRONG_MAP
    return None


def _is_gibberish(text: str) -> bool:
    """Whether a page without Thai letters makes no words: it was read as English, or its fonts name no letters."""
    if 10 * count_thai(text) > len(text):
        return False
    tokens: list[str] = _TOKEN.findall(text)
    words = sum(1 for token in tokens if _WORD.match(token))
    return len(tokens) >= ENOUGH_TOKENS and words < WORDLIKE * len(tokens)


def page_quality(page: DraftPage, lines: Sequence[tuple[str, Quality]]) -> Quality:
    """Quality of a page from its lines' texts and qualities."""
    text = "".join(line for line, _ in lines)
    letters = count_thai(text)
    if page.needs_ocr:
        return Quality(0.0, "needs_ocr", page.needs_ocr)
    if not text.strip() and page.broke_off:
        return Quality(0.0, "doubtful", (reasons.BREAKS_OFF,))
    if not text.strip():
        return Quality(1.0, "clean", (reasons.EMPTY,))
    weight = sum(len(line) for line, _ in lines) or 1
    score = sum(quality.score * len(line) for line, quality in lines) / weight
    if page.broke_off:
        return Quality(min(score, BROKEN_OFF), "doubtful", (reasons.BREAKS_OFF,))
    if page.no_tables:
        return Quality(min(score, NO_TABLES), "doubtful", (reasons.LOST_TABLES,))
    if letters >= ENOUGH_LETTERS:
        tones = 1000 * len(_TONE.findall(text)) / letters
        if tones < FEW_TONES:
            return Quality(
                score * max(LEAST_TONES, tones / CLEAN_TONES),
                "doubtful",
                (reasons.few_tones(tones, CLEAN_TONES),),
            )
    doubtful = [quality for _, quality in lines if quality.verdict == "doubtful"]
    if len(doubtful) > DOUBTFUL_LINES * len(lines):
        return Quality(score, "doubtful", doubtful[0].reasons)
    if any(quality.verdict != "clean" for _, quality in lines):
        return Quality(score, "repaired")
    return Quality(score, "clean")
