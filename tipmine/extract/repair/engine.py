"""Repair of the lines of one document: what is wrong everywhere first, then what the words decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.extract.repair.catalogue import ALWAYS
from tipmine.extract.repair.edits import Repaired, Trail
from tipmine.extract.repair.foreign import learn_foreign
from tipmine.extract.repair.lexicon import load_lexicon
from tipmine.extract.repair.lost import learn_lost
from tipmine.extract.repair.orthography import LOST, THAI, first_impossible
from tipmine.extract.repair.profile import Profile, line_beliefs
from tipmine.extract.repair.reader import Reader
from tipmine.extract.repair.rules import lost_am, mojibake_bytes
from tipmine.records import Edit

_ROUNDS = 4
"""Repair is repeated until nothing changes, so that repaired text is left alone; two rounds nearly always do."""
_LEARNING_ROUNDS = 2
_SAMPLE = 1500
"""Letters from which the damage of a font is learnt; more costs time, fewer miss rare kinds."""
_LONG = 600
"""Letters from which a line is taken for several when damage is learnt; a printed line has up to 200."""
_ANY_THAI = re.compile(f"[{THAI}]")


def repair_lines(lines: Sequence[str], fonts: Sequence[str] | None = None) -> list[Repaired]:
    """Repair the lines of one document.

    `fonts` names the font of each line where known; the damage is then learnt font by font. Gives one `Repaired`
    a line, in order. Raises ValueError if `fonts` has another length.
    """
    if fonts is not None and len(fonts) != len(lines):
        raise ValueError(f"{len(lines)} lines but {len(fonts)} fonts")
    trails = [Trail(line) for line in lines]
    groups: dict[str, list[Trail]] = {}
    for trail, font in zip(trails, fonts or [""] * len(lines), strict=True):
        groups.setdefault(font, []).append(trail)
    for group in groups.values():
        _repair_group(group)
    return [trail.finish(_doubtful(trail.text)) for trail in trails]


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


def _repair_group(trails: Sequence[Trail]) -> None:
    lexicon = load_lexicon()
    reader: Reader | None = None
    for _ in range(_ROUNDS):
        before = [len(trail.edits) for trail in trails]
        tones_lost = lost_am.tones_are_lost([trail.text for trail in trails])
        for trail in trails:
            _apply_always(trail, tones_lost)
        _reread_rest(trails)
        thai = [trail for trail in trails if _ANY_THAI.search(trail.text)]
        foreign = learn_foreign([trail.text for trail in thai], lexicon)
        for trail in thai if foreign.certain else ():
            trail.apply(foreign.changes(trail.text))
        if reader is None or reader.foreign != foreign:
            # What is still lost in later rounds is what nothing could be learnt from.
            lost = reader.lost if reader else learn_lost([trail.text for trail in thai], lexicon)
            reader = Reader(lexicon, foreign, _woken(trails, tones_lost), lost)
        _learn(thai, reader)
        _apply_readings(thai, reader)
        if before == [len(trail.edits) for trail in trails]:
            return


def _woken(trails: Sequence[Trail], tones_lost: bool) -> frozenset[str]:
    """The dormant rules for which the text, or the edits made so far, give a reason."""
    mac = any(edit.rule == mojibake_bytes.MAC.id for trail in trails for edit in trail.edits)
    reasons = {mojibake_bytes.MAC_SPACE.id: mac, **dict.fromkeys(lost_am.IF_TONES_LOST, tones_lost)}
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
        taken = reader.read(trail.text, offers, reader.beliefs, active)
        if taken:
            own = line_beliefs(reader.beliefs, trail.text, offers, taken)
            trail.apply(reader.read(trail.text, offers, own, active))


def _learn(trails: Sequence[Trail], reader: Reader) -> None:
    """Set the reader's beliefs from a sample of lines: the suspicious ones, and others to count as undamaged."""
    texts = [part for trail in trails for part in _parts(trail.text)]
    suspects = [text for text in texts if reader.suspicious(text)]
    others = [text for text in texts if not reader.suspicious(text)]
    sample = [(text, reader.offers(text)) for text in _sample(suspects) + _sample(others)]
    reader.beliefs = Profile().beliefs()
    for _ in range(_LEARNING_ROUNDS):
        profile = Profile()
        for text, offers in sample:
            profile.note(text, offers, reader.read(text, offers, reader.beliefs, reader.active()))
        reader.beliefs = profile.beliefs()


def _parts(text: str) -> list[str]:
    """A text, cut at spaces if it is so long that it would fill the sample alone, as in a file without line ends."""
    parts: list[str] = []
    start = 0
    while len(text) - start > _LONG:
        space = text.find(" ", start + _LONG // 2, start + _LONG)
        end = space + 1 if space >= 0 else start + _LONG
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def _sample(texts: Sequence[str]) -> list[str]:
    """Lines spread over the document, about `_SAMPLE` letters of them."""
    letters = sum(map(len, texts))
    return list(texts[:: max(1, -(-letters // _SAMPLE))])


def _doubtful(text: str) -> bool:
    return LOST in text or first_impossible(text) >= 0
