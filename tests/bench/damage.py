"""Damage made on purpose: each class of broken Thai text, applied to clean lines with a seed.

A class is a function from a clean line and a random source to a broken line. Rates follow what real PDFs show:
some damage is total (a font either has the code or not), displacement is partial and differs from line to line.
`CLASSES` names them all; `mixed` draws two classes that can meet in one document and breaks each line with either
or both.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from tipmine.extract.private_marks import private_marks
from tipmine.thai import CONSONANTS, MARKS, NIKHAHIT, SARA_AA, SARA_AM, TONES, VOWEL_MARKS, count_letters

Damage = Callable[[str, random.Random], str]

_CLUSTER = re.compile(f"([^{MARKS}\n])([{MARKS}]*)")
_TALL = "\u0e1b\u0e1d\u0e1f\u0e2c"
_UPPER = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e4d"
_LOWERED = dict(zip("\u0e48\u0e49\u0e4a\u0e4b\u0e4c", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_SHIFTED = dict(
    zip(
        "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c",
        "\uf710\uf701\uf702\uf703\uf704\uf712\uf705\uf706\uf707\uf708\uf709",
        strict=True,
    )
)


def _displace(line: str, source: random.Random, share: float, gap: str = "") -> str:
    """Marks after the next letter, as a sort by position leaves them where letters are set tight; `gap` is what the
    reader puts after each."""
    clusters = _CLUSTER.findall(line)
    out: list[str] = []
    late = ""
    for base, marks in clusters:
        early, now_late = marks, ""
        if marks and source.random() < share:
            keep = len(marks) - 1 if len(marks) > 1 and source.random() < 0.25 else 0
            early, now_late = marks[:keep], marks[keep:]
        # Two marks that meet after one letter come in the order of their edges, mostly that of their letters.
        meet = early + late if late and early and source.random() < 0.1 else late + early
        out.append(base + meet + (gap if late and base.strip() else ""))
        late = now_late
    return "".join(out) + late


def displaced(line: str, source: random.Random) -> str:
    """Displaced marks: some lines whole, some in part, some not at all."""
    return _displace(line, source, source.choice((0.0, 0.15, 0.5, 0.9)))


def displaced_spaced(line: str, source: random.Random) -> str:
    """Displaced marks with a space after each; where the print has one there, it is the same."""
    return re.sub(" +", " ", _displace(line, source, source.choice((0.0, 0.15, 0.3)), " ")).strip()


def am_split(line: str, _: random.Random) -> str:
    """The nikhahit as a whole sara am, tones after it as some fonts store them."""
    return re.sub(f"([{TONES}]?){SARA_AM}", rf"{SARA_AM}\1{SARA_AA}", line)


def am_decomposed(line: str, source: random.Random) -> str:
    """Sara am as nikhahit and sara aa, the tone mark before or between."""
    between = source.random() < 0.5
    return re.sub(f"([{TONES}]?){SARA_AM}", rf"{NIKHAHIT}\1{SARA_AA}" if between else rf"\1{NIKHAHIT}{SARA_AA}", line)


def am_replaced(line: str, _: random.Random) -> str:
    """U+FFFD in place of the nikhahit."""
    return re.sub(f"([{TONES}]?){SARA_AM}", rf"{chr(0xFFFD)}\1{SARA_AA}", line)


def tones_replaced(line: str, _: random.Random) -> str:
    """U+FFFD in place of each tone mark and of the nikhahit: a font that loses all of them."""
    return re.sub(f"[{TONES}]", chr(0xFFFD), am_replaced(line, _))


def am_whole(line: str, _: random.Random) -> str:
    """U+FFFD before a whole sara am."""
    return line.replace(SARA_AM, chr(0xFFFD) + SARA_AM)


def aa_replaced(line: str, _: random.Random) -> str:
    """U+FFFD in place of sara aa."""
    return line.replace(SARA_AA, chr(0xFFFD))


def nikhahit_space(line: str, _: random.Random) -> str:
    """A space in place of the nikhahit."""
    return re.sub(f"([{TONES}]?){SARA_AM}", rf" \1{SARA_AA}", line)


def nikhahit_space_late(line: str, _: random.Random) -> str:
    """A space in place of the nikhahit, sorted after sara aa."""
    return re.sub(f"([{TONES}]?){SARA_AM}", rf"\1{SARA_AA} ", line)


def nikhahit_lost(line: str, _: random.Random) -> str:
    """The nikhahit gone without a trace."""
    return line.replace(SARA_AM, SARA_AA)


def am_for_aa(line: str, _: random.Random) -> str:
    """Every sara aa as sara am; a true sara am keeps a space before it."""
    line = line.replace(SARA_AM, "\x00").replace(SARA_AA, SARA_AM)
    return re.sub(f"([{TONES}]?)\x00", rf"\1 {SARA_AM}", line)


def private_windows(line: str, _: random.Random) -> str:
    """Private-use shapes of the Windows layout, chosen as a shaper chooses them."""

    def shape(match: re.Match[str]) -> str:
        base, marks = match.groups()
        if base in _TALL:
            return base + "".join(_SHIFTED.get(mark, mark) for mark in marks)
        return base + "".join(_LOWERED.get(mark, mark) if len(marks) == 1 else mark for mark in marks)

    return _CLUSTER.sub(shape, line)


def low_lost(line: str, _: random.Random) -> str:
    """The marks for which those layouts have glyphs of their own are gone, and mai taikhu with them."""

    def drop(match: re.Match[str]) -> str:
        base, marks, am = match.groups()
        below = "".join(mark for mark in marks if mark in "\u0e38\u0e39\u0e3a")
        high = base not in _TALL and (am or any(mark in _UPPER for mark in marks))
        return base + (marks if high else below) + am

    return re.sub(f"([^{MARKS}\n])([{MARKS}]+)({SARA_AM}?)", drop, line)


def private_mac(line: str, source: random.Random) -> str:
    """Private-use shapes of the Mac layout."""
    windows = private_windows(line, source)
    to_mac = {
        win: next(m for m, mark in private_marks().items() if m >= "\uf884" and mark == private_marks()[win])
        for win in private_marks()
        if win < "\uf71b"
    }
    return "".join(to_mac.get(char, char) for char in windows)


def tone_first(line: str, source: random.Random) -> str:
    """The tone mark before the vowel mark of the same consonant."""
    share = source.choice((0.3, 1.0))
    return re.sub(
        f"([{VOWEL_MARKS}])([{TONES}\u0e4c])", lambda m: m[2] + m[1] if source.random() < share else m[0], line
    )


def doubled(line: str, source: random.Random) -> str:
    """Upper marks twice."""
    return re.sub("([\u0e48-\u0e4c\u0e31\u0e34-\u0e37])", lambda m: m[1] * (2 if source.random() < 0.6 else 1), line)


def two_sara_e(line: str, _: random.Random) -> str:
    """Sara ae as two sara e."""
    return line.replace("\N{THAI CHARACTER SARA AE}", "\N{THAI CHARACTER SARA E}" * 2)


def space_before_mark(line: str, source: random.Random) -> str:
    """A gap before some marks."""
    return re.sub(f"(?<=[{CONSONANTS}])([{MARKS}]+)", lambda m: (" " if source.random() < 0.3 else "") + m[1], line)


def space_after_leading(line: str, source: random.Random) -> str:
    """A gap after some leading vowels."""
    return re.sub("([\u0e40-\u0e44])", lambda m: m[1] + (" " if source.random() < 0.3 else ""), line)


def tall_tone(line: str, _: random.Random) -> str:
    """Tone marks over tall consonants as vowels below."""
    line = re.sub("(?<=[\u0e1b\u0e1d\u0e1f])\u0e49", "\u0e39", line)
    return re.sub("(?<=[\u0e1b\u0e1d\u0e1f])\u0e48", "\u0e38", line)


def tall_han_akat(line: str, _: random.Random) -> str:
    """Mai han-akat over tall consonants as yamakkan."""
    return re.sub(f"(?<=[{_TALL}])\u0e31", "\u0e4e", line)


def repeated(line: str, source: random.Random) -> str:
    """Letters with marks again after the next bare letter, or after themselves where none follows."""
    return re.sub(
        f"([{CONSONANTS}][{MARKS}]+)((?:[{CONSONANTS}{SARA_AA}](?![{MARKS}]))?)",
        lambda m: m[0] + (m[1] if source.random() < 0.8 else ""),
        line,
    )


def foreign_latin(line: str, _: random.Random) -> str:
    """Tone marks and thanthakhat as the letters of a font without a map."""
    return line.translate({0x0E48: "\u0164", 0x0E49: "\u0160", 0x0E4C: "\u02d1", 0x0E47: "\u02d3"})


def foreign_ascii(line: str, _: random.Random) -> str:
    """Tone marks and thanthakhat as ASCII signs and digits."""
    return line.translate({0x0E48: "&", 0x0E49: "#", 0x0E4C: "4"})


def cid(line: str, _: random.Random) -> str:
    """Marks as numbered glyphs."""
    return line.translate({0x0E48: "(cid:201)", 0x0E49: "(cid:202)", 0x0E34: "(cid:17)"})


def overprint(line: str, _: random.Random) -> str:
    """Every letter printed twice, as in a heading; lines without a Thai word are left."""
    if count_letters(line) < 8:
        return line
    return "".join(char * 2 if char.strip() else char for char in line)


def mojibake_latin(line: str, _: random.Random) -> str:
    """TIS-620 bytes read as Latin-1."""
    return line.encode("cp874", "ignore").decode("latin-1")


def mojibake_joined(line: str, _: random.Random) -> str:
    """TIS-620 bytes read as UTF-8 where they could be, else as Latin-1."""
    data, out, at = line.encode("cp874", "ignore"), "", 0
    while at < len(data):
        size = next((n for n in (4, 3, 2) if len(data[at : at + n].decode("utf-8", "ignore").encode()) == n), 1)
        part = data[at : at + size]
        out += part.decode() if size > 1 and len(part.decode()) == 1 else part[:1].decode("latin-1")
        at += size if size > 1 and len(part.decode()) == 1 else 1
    return out


def mojibake_utf8(line: str, _: random.Random) -> str:
    """UTF-8 bytes read as Latin-1."""
    return line.encode().decode("latin-1")


def mojibake_utf8_thai(line: str, _: random.Random) -> str:
    """UTF-8 bytes read as TIS-620, bytes without a letter kept as control characters."""
    return "".join(bytes([byte]).decode("cp874", "ignore") or chr(byte) for byte in line.encode())


def mojibake_mac(line: str, _: random.Random) -> str:
    """MacThai bytes read as MacRoman."""
    line = line.translate(
        {0x201C: "\x8d", 0x201D: "\x8e", 0x2018: "\x9d", 0x2019: "\x9e", 0x2026: "\x82", 0x2013: "-", 0x2014: "-"}
    )
    return b"".join(
        char.encode("latin-1") if char < "\u0100" else char.encode("cp874", "ignore") for char in line
    ).decode("mac_roman")


CLASSES: dict[str, Damage] = {
    function.__name__: function
    for function in (
        am_split,
        am_decomposed,
        am_replaced,
        am_whole,
        aa_replaced,
        tones_replaced,
        nikhahit_space,
        nikhahit_space_late,
        nikhahit_lost,
        am_for_aa,
        private_windows,
        private_mac,
        low_lost,
        tone_first,
        doubled,
        two_sara_e,
        space_before_mark,
        space_after_leading,
        tall_tone,
        tall_han_akat,
        repeated,
        foreign_latin,
        foreign_ascii,
        cid,
        overprint,
        mojibake_latin,
        mojibake_joined,
        mojibake_utf8,
        mojibake_utf8_thai,
        mojibake_mac,
        displaced,
        displaced_spaced,
    )
}
_MEETING = (
    ("displaced", "am_split"),
    ("displaced", "tone_first"),
    ("tone_first", "nikhahit_space"),
    ("private_windows", "am_decomposed"),
    ("space_before_mark", "am_split"),
    ("private_windows", "two_sara_e"),
)


def damage_lines(name: str, lines: Sequence[str], seed: int = 620) -> list[str]:
    """`lines` as one document broken in the way `name`; `mixed` breaks it in two ways at once."""
    source = random.Random(f"{name}-{seed}")  # noqa: S311 - repeatable, not secret
    if name != "mixed":
        return [CLASSES[name](line, source) for line in lines]
    first, second = (CLASSES[part] for part in source.choice(_MEETING))
    halfway = [second(line, source) if source.random() < 0.7 else line for line in lines]
    return [first(line, source) if source.random() < 0.7 else line for line in halfway]
