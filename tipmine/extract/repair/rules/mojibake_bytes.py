"""One-byte Thai read as Latin-1 or as MacRoman.

TIS-620 (and Windows-874) puts Thai at A1-FB; a reader that takes Latin-1 shows `¡ÒÃ` for `การ`. Old Windows fonts add
shifted shapes of the marks below A1 (`onebyte`). A reader that tries UTF-8 first joins two or three bytes where they
happen to be one character. PageMaker on the Macintosh left MacThai bytes that readers take for MacRoman; MacThai is
TIS-620 with other shifted shapes at 83-9C. A line with a run of four such letters is turned back into bytes and read
again; the result must be mostly known words, and of two possible codes the one with more known words wins. European
text never qualifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from tipmine.extract.onebyte import MAC_THAI, MAC_TWINS, WINDOWS_THAI
from tipmine.extract.repair import priors
from tipmine.extract.repair.edits import Change
from tipmine.extract.repair.lexicon import word_share
from tipmine.extract.repair.orthography import SPACES, impossible_sequences
from tipmine.extract.repair.rule import Rule
from tipmine.records import Edit
from tipmine.thai import SO_SUA, count_letters, in_thai_block, thai_of_byte

_ENOUGH = 0.6
"""Least share of letters in known words for a re-reading to be accepted; a line full of names may fall short."""
_SHORTEST_RUN = 4
"""Fewest letters of the other code in a row for a line to be tried."""
_SOME_LINES = 3
"""Fewest re-read lines of a document for the rest to be tried on weaker grounds."""
_ENOUGH_AMONG_OTHERS = -0.5
"""Least such share for the rest, minus the impossible sequences: dates and names have hardly any known words."""
_JOINED = re.compile("[\u0100-\u0dff\u0e80-\u1fff\u2300-\ud7ff]")
"""Characters that may be several bytes of Thai: neither Thai nor punctuation, which a writer may have intended."""


@cache
def latin_table() -> dict[str, str]:
    """Letter of Latin-1 or Windows-1252 -> the Thai letter of its byte; not to be changed."""
    table = {chr(byte): thai_of_byte(byte) for byte in range(0x80, 0x100) if thai_of_byte(byte)}
    table |= {bytes([b]).decode("cp1252"): thai_of_byte(b) for b in (0x85, *range(0x91, 0x98)) if thai_of_byte(b)}
    shown = ((bytes([byte]).decode("cp1252", "ignore") or chr(byte), letter) for byte, letter in WINDOWS_THAI.items())
    return table | dict(shown)


@cache
def _mac_table() -> dict[str, str]:
    """Letter of MacRoman -> the Thai letter of its byte; not to be changed."""
    table = {bytes([byte]).decode("mac_roman"): thai_of_byte(byte) for byte in range(0xA0, 0x100) if thai_of_byte(byte)}
    table |= {bytes([byte]).decode("mac_roman"): shape for byte, shape in MAC_THAI.items()}
    return table | {twin: table[letter] for twin, letter in MAC_TWINS.items()}


def _reread(line: str, table: dict[str, str]) -> tuple[float, str]:
    """How plausible `line` is when read through `table` (share of letters in known words, less for impossible
    sequences), and the text."""
    text = "".join(table[char] if char in table else _letters_of_joined(char, table) for char in line)
    letters = count_letters(text)
    if not letters:
        return 0.0, line
    return word_share(text) - 3 * impossible_sequences(text) / letters, text


def _letters_of_joined(char: str, table: dict[str, str]) -> str:
    """The letters of the bytes that a reader of UTF-8 joined to `char`; `char` itself if it joined none.

    Bytes without a letter in `table` are left as Windows shows them individually.
    """
    is_one_byte = bool(char.encode("cp1252", "ignore"))
    if is_one_byte or not _JOINED.fullmatch(char):
        return char
    shown_by_windows = (bytes([byte]).decode("cp1252", "ignore") for byte in char.encode())
    return "".join(table.get(letter, letter) for letter in shown_by_windows)


def has_joined(line: str) -> bool:
    """Whether a reader that tries UTF-8 first joined bytes of `line`."""
    return any(_letters_of_joined(char, {}) != char for char in line)


def _reading(line: str, table: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """The line read through `table`; nothing if that has too few known words, or reading it through `other` more."""
    share, text = _reread(line, table)
    return (text,) if share >= _ENOUGH and share >= _reread(line, other)[0] else ()


def _line_with_a_run(table: dict[str, str]) -> re.Pattern[str]:
    """Matches a whole line that has some letters in a row that `table` reads as Thai."""
    letters = re.escape("".join(char for char, thai in table.items() if in_thai_block(thai)))
    return re.compile(f"(?s)\\A.*?[{letters}]{{{_SHORTEST_RUN}}}.*")


def reread_rest(lines: Sequence[str], rules: Sequence[frozenset[str]]) -> list[tuple[int, Change]]:
    """Lines that were too short or too odd to be re-read by themselves, in a document whose other lines were.

    `rules` holds the rules that changed each line. Returns line numbers with the change to make.
    """
    changes: list[tuple[int, Change]] = []
    for rule, table in ((MAC.id, _mac_table()), (LATIN.id, latin_table())):
        if sum(rule in own for own in rules) < _SOME_LINES:
            continue
        for number, line in enumerate(lines):
            foreign = sum(char in table for char in line)
            share, text = _reread(line, table) if foreign > 1 else (0.0, line)
            if foreign > 1 and not count_letters(line) and share >= _ENOUGH_AMONG_OTHERS:
                changes.append((number, (0, len(line), text, rule)))
    return changes


LATIN = Rule(
    id="mojibake-latin",
    kind="always",
    pattern=_line_with_a_run(latin_table()),
    readings=lambda match: _reading(match[0], latin_table(), _mac_table()),
    story="TIS-620 bytes were read as Latin-1",
    thai="ไบต์รหัส TIS-620 ถูกอ่านเป็น Latin-1",
    repairs=(
        ("¡ÒÃ´Óà¹Ô¹¡ÒÃ", "การดำเนินการ"),
        ("·Ø¡´\u0152Ò¹ã¹»\u201a¹Õé", "ทุกด้านในปีนี้"),
        ("\xcd\xc2\xe8\u04a7\xc1\xd1\u8e64\xa7 \xca\u05fa\xe0\xb9\xd7\xe8\u0367", "อย่างมั่นคง สืบเนื่อง"),
    ),
    leaves=("Übergrößenträger", "¡Olé, olé!", "ÀÁÂÃÄÅ"),
)

MAC_SPACE = Rule(
    id="mojibake-mac-space",
    kind="reading",
    pattern=re.compile(f"[{SPACES}]"),
    readings=lambda _: (SO_SUA,),
    story="the MacThai code of so suea is the no-break space in MacRoman",
    thai="รหัส ส ใน MacThai ตรงกับช่องว่างใน MacRoman",
    repairs=(
        ("°√–∑√«ß°“√æ—≤π“ —ß§¡", "กระทรวงการพัฒนาสังคม"),
        ("√“¬ß“π ¿“æ√«¡¢Õßª’", "รายงาน ภาพรวมของปี"),
    ),
    leaves_if_awake=("กระทรวงการพัฒนา \u0e31งคม", "ทำ าน", "สระ เ แ โ"),
    prior=priors.LETTER_AS_SPACE,
    dormant=True,
)

MAC = Rule(
    id="mojibake-mac",
    kind="always",
    pattern=_line_with_a_run(_mac_table()),
    readings=lambda match: _reading(match[0], _mac_table(), latin_table()),
    story="MacThai bytes were read as MacRoman",
    thai="ไบต์รหัส MacThai ถูกอ่านเป็น MacRoman",
    repairs=(("°“√¥”‡π‘π°“√", "การดำเนินการ"),),
    leaves=("café – “thé”", "≤≥≠±√∑∏∫"),
)


def was_reread(edits: Iterable[Edit]) -> bool:
    """Whether a line with `edits` came in one-byte Thai and was read again: only in such lines are letters joined to
    one, or so suea turned into a space."""
    return any(edit.rule in (LATIN.id, MAC.id) for edit in edits)
