"""Repair of the lines of one document: first what is always wrong, then what the words decide."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tipmine.extract.repair.catalogue import ALWAYS
from tipmine.extract.repair.edits import Repaired, Trail
from tipmine.extract.repair.foreign import ForeignMarks, learn_foreign
from tipmine.extract.repair.lexicon import Lexicon, load_counted, load_lexicon
from tipmine.extract.repair.lost import learn_lost
from tipmine.extract.repair.low_marks import lines_without
from tipmine.extract.repair.orthography import LOST, first_impossible
from tipmine.extract.repair.profile import SPACED, Profile, line_beliefs
from tipmine.extract.repair.reader import Reader
from tipmine.extract.repair.rules import line_before, lost_am, lost_low, mojibake_bytes, swallowed_byte
from tipmine.records import Edit
from tipmine.thai import THAI

_ROUNDS = 4
"""Most rounds of repair: it is repeated until nothing changes, so that repaired text is left alone; two rounds are
nearly always enough."""
_LEARNING_ROUNDS = 2
"""Readings of the sample from which beliefs are learnt: the second uses the beliefs learnt from the first. Each costs
one reading of the sample."""
_SAMPLE = 1500
"""Characters from which the damage of a font is learnt. Higher: more time; lower: rare kinds are missed."""
_LONG = 600
"""Length in characters from which a line counts as several when damage is learnt; a printed line has up to 200."""
_ANY_THAI = re.compile(f"[{THAI}]")


def repair_lines(
    lines: Sequence[str], fonts: Sequence[str] | None = None, drawn: Collection[str] = ()
) -> list[Repaired]:
    """Repair the lines of one document.

    `fonts` names the font of each line where known; the damage is then learnt font by font. Without it, the lines are
    those of a plain text, each continuing the one before. In the fonts named in `drawn`, marks were put on the letters
    over which they are drawn, so that late ones need more proof. Gives one `Repaired` per line, in order. Raises
    ValueError if `fonts` has another length.
    """
    if fonts is not None and len(fonts) != len(lines):
        raise ValueError(f"{len(lines)} lines but {len(fonts)} fonts")
    trails = [Trail(line) for line in lines]
    if fonts is None:
        line_before.fetch_marks(trails)
    groups: dict[str, list[Trail]] = {}
    for trail, font in zip(trails, fonts or [""] * len(lines), strict=True):
        groups.setdefault(font, []).append(trail)
    lost = [_repair_group(group, font in drawn) for font, group in groups.items()]
    if any(lost):
        for (font, group), own in zip(groups.items(), lost, strict=True):
            if not own:
                _repair_group(group, font in drawn, beside=True)
    return [trail.finish(_doubtful(trail)) for trail in trails]


def repair_text(text: str) -> Repaired:
    """Repair a text of one or more lines; line breaks stay."""
    lines = text.split("\n")
    repaired = repair_lines(lines)
    edits: list[Edit] = []
    start = 0
    for line in repaired:
        edits += [Edit(e.rule, e.at + start, e.before, e.after) for e in line.edits]
        start += len(line.text) + 1
    whole = "\n".join(line.text for line in repaired)
    return Repaired(text, whole, tuple(edits), any(line.doubtful for line in repaired))


def _repair_group(trails: Sequence[Trail], drawn: bool, beside: bool = False) -> bool:
    """Repair the lines of one font; `beside`: another one lost its low marks. Returns whether any lines did.

    `drawn`: its marks were put on the letters over which they are drawn.
    """
    lexicon = load_lexicon()
    begun = _apply_certain(trails, lexicon)
    lost: frozenset[int] = frozenset()
    if not begun.foreign.marks:
        lost = lines_without([trail.text for trail in trails], lexicon, beside=beside)
    # Each kind of damage is learnt from its own lines only.
    kinds: dict[tuple[bool, bool], list[Trail]] = {}
    for number, trail in enumerate(trails):
        kinds.setdefault((number in lost, mojibake_bytes.was_reread(trail.edits)), []).append(trail)
    for (low_lost, _), own in kinds.items():
        _repair(own, drawn, begun if len(kinds) == 1 and not low_lost else None, low_lost)
    return bool(lost)


@dataclass(frozen=True, slots=True)
class _Round:
    """What a round of repair knows before any word is read."""

    edits: list[int]
    """Number of edits of each line before the round."""
    thai: list[Trail]
    """The lines with Thai letters."""
    foreign: ForeignMarks
    """What the letters of other scripts in these lines stand for."""
    tones_lost: bool


def _repair(trails: Sequence[Trail], drawn: bool, begun: _Round | None = None, low_lost: bool = False) -> None:
    """Repair lines that share their damage, round by round; `begun` is the first round if it is already begun."""
    lexicon = load_counted() if low_lost else load_lexicon()
    reader: Reader | None = None
    for _ in range(_ROUNDS):
        here = begun or _apply_certain(trails, lexicon)
        begun = None
        reader = _reader_of(trails, here, reader, lexicon, low_lost=low_lost, drawn=drawn)
        _apply_readings(here.thai, reader)
        if _count_edits(trails) == here.edits:
            break


def _apply_certain(trails: Sequence[Trail], lexicon: Lexicon) -> _Round:
    """Begin a round: repair what is wrong whatever the words are."""
    edits = _count_edits(trails)
    tones_lost = lost_am.tones_are_lost([trail.text for trail in trails])
    for trail in trails:
        _apply_always(trail, tones_lost)
    _reread_rest(trails)
    thai = [trail for trail in trails if _ANY_THAI.search(trail.text)]
    foreign = learn_foreign([trail.text for trail in thai], lexicon)
    for trail in thai if foreign.certain else ():
        trail.apply(foreign.changes(trail.text))
    return _Round(edits, thai, foreign, tones_lost)


def _reader_of(
    trails: Sequence[Trail], here: _Round, before: Reader | None, lexicon: Lexicon, *, low_lost: bool, drawn: bool
) -> Reader:
    """The reader of a round, which has learnt from its lines: the last one, unless the foreign letters changed."""
    if before is not None and before.foreign == here.foreign:
        _learn(here.thai, before)
        return before
    # Nothing could be learnt from what is still lost in later rounds.
    unknown = before.lost if before else learn_lost([trail.text for trail in here.thai], lexicon)
    woken = _woken(trails, here.tones_lost, low_lost) | (before.woken if before else frozenset())
    reader = Reader(lexicon, here.foreign, woken, unknown, drawn)
    # Only the first reading sees enough displaced marks to show what follows them.
    if _learn(here.thai, reader).spaces_follow():
        reader = reader.waking(frozenset(SPACED))
        _learn(here.thai, reader)
    return reader


def _count_edits(trails: Sequence[Trail]) -> list[int]:
    return [len(trail.edits) for trail in trails]


def _woken(trails: Sequence[Trail], tones_lost: bool, low_lost: bool) -> frozenset[str]:
    """The dormant rules that the text, or the edits made so far, give a reason to wake."""
    edits = [edit for trail in trails for edit in trail.edits]
    mac = any(edit.rule == mojibake_bytes.MAC.id for edit in edits)
    joined = any(edit.rule == mojibake_bytes.LATIN.id and mojibake_bytes.has_joined(edit.before) for edit in edits)
    reasons = {mojibake_bytes.MAC_SPACE.id: mac, swallowed_byte.RULE.id: joined, swallowed_byte.SIGN.id: joined}
    reasons |= dict.fromkeys(lost_am.IF_TONES_LOST, tones_lost) | dict.fromkeys(lost_low.GUESSES, low_lost)
    return frozenset(rule for rule, given in reasons.items() if given)


def _reread_rest(trails: Sequence[Trail]) -> None:
    rules = [frozenset(edit.rule for edit in trail.edits) for trail in trails]
    if any(rules):
        for number, change in mojibake_bytes.reread_rest([trail.text for trail in trails], rules):
            trails[number].apply([change])


def _apply_always(trail: Trail, tones_lost: bool) -> None:
    for rule in ALWAYS:
        if tones_lost and rule.id in lost_am.IF_TONES_KEPT:
            continue
        if rule.pattern.search(trail.text):
            trail.apply((r.start, r.end, r.after, r.rule) for r in rule.candidates(trail.text))


def _apply_readings(trails: Sequence[Trail], reader: Reader) -> None:
    active = reader.active()
    for trail in trails:
        if not (active or reader.suspicious(trail.text)):
            continue
        offers = reader.offers(trail.text)
        accepted = reader.read(trail.text, offers, reader.beliefs, active)
        if accepted:
            own = line_beliefs(reader.beliefs, trail.text, offers, accepted)
            trail.apply(reader.read(trail.text, offers, own, active))


def _learn(trails: Sequence[Trail], reader: Reader) -> Profile:
    """Set the reader's beliefs from a sample of lines: suspicious ones, and others that count as undamaged.

    Gives the profile of the damage from which the beliefs come.
    """
    texts = [part for trail in trails for part in _parts(trail.text)]
    suspects = [text for text in texts if reader.suspicious(text)]
    others = [text for text in texts if not reader.suspicious(text)]
    sample = [(text, reader.offers(text)) for text in _sample(suspects) + _sample(others)]
    profile = Profile(reader.drawn)
    reader.beliefs = profile.beliefs()
    for _ in range(_LEARNING_ROUNDS):
        profile = Profile(reader.drawn)
        for text, offers in sample:
            profile.note(text, offers, reader.read(text, offers, reader.beliefs, reader.active()))
        reader.beliefs = profile.beliefs()
    return profile


def _parts(text: str) -> list[str]:
    """A text, cut at spaces if it is so long that it would fill the sample, as in a file without line ends."""
    parts: list[str] = []
    start = 0
    while len(text) - start > _LONG:
        space = text.find(" ", start + _LONG // 2, start + _LONG)
        end = space + 1 if space >= 0 else start + _LONG
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def _sample(texts: Sequence[str]) -> list[str]:
    """Lines spread over the document, about `_SAMPLE` characters of them."""
    characters = sum(map(len, texts))
    return list(texts[:: max(1, -(-characters // _SAMPLE))])


def _doubtful(trail: Trail) -> bool:
    guessed = any(edit.rule in lost_low.GUESSES for edit in trail.edits)
    return guessed or LOST in trail.text or first_impossible(trail.text) >= 0
