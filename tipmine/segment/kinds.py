"""The kind of a passage: recommendation, finding, plan, utterance, method or other, with the reason in words.

Two cases need no scoring: a passage with a speaker is an utterance, and text that states nothing (titles, names of
staff, captions, forms, front matter) is `other`. Everything else is scored: each matching cue of
`data/segment/kind_cues.tsv` adds its weights to the kinds, and so do the character n-grams that were learnt
(`kind_ngrams.py`); the highest sum wins, and the cues that contributed most are the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tipmine.digits import arabic_digits
from tipmine.records import Kind
from tipmine.segment.characters import squeeze
from tipmine.segment.cues import CARRIES_A_RECOMMENDATION, CueMatch, heading_path, kinds_in_order, matching_cues
from tipmine.segment.drafts import ReadAs
from tipmine.segment.kind_ngrams import ngram_odds
from tipmine.segment.other import why_other
from tipmine.segment.vetoes import case_of, lists_next_steps, lists_what_is_told, ruled_out
from tipmine.segment.wordings import Wording

_SHOWN, _WORDS_SHOWN = 3, 40
FEWEST_ITEMS = 3
"""Fewest items of a list judged as a whole. Lower: two items that merely follow each other get the same kind."""
_FARTHEST = 6.0
"""Greatest distance from the best kind that counts, in log odds. Higher: one very clear item decides for its list."""
_RULED_OUT = -3.0
"""Log odds counted for a kind that an item cannot be. Lower: a list loses the kind that its other items have."""
_GOES_ON = 4.0
"""Log odds added for the kind of the sentence that an item continues. Higher: a remark among the members of a team
becomes a recommendation; lower: the members become findings."""
TO_BE_DONE: frozenset[Kind] = frozenset({"recommendation", "plan"})
"""Kinds that the items of a list may give to an item that on its own seems to state nothing."""
_OF_LISTS: frozenset[Kind] = TO_BE_DONE | {"finding"}
"""Kinds that they may give to any other item."""
_SAYS_NOTHING = frozenset({"any", "type", "shape"})
_NOT_LEARNT_FROM = frozenset({"law", "transcript"})
"""Types of documents without passages among those that n-grams are learnt from."""
_PLANS = 0.3
"""Log odds for `plan` above which a cue may as well mean a measure. Higher: measures become recommendations."""
_READ = 3000
"""Characters read to judge a passage: its kind shows early, and this keeps a page without a break cheap."""
_STUDIES = "ศึกษา|วิเคราะห์|เปรียบเทียบ|สำรวจ|สังเคราะห์"
_AIM = re.compile(
    r"(?:[0-9.()]{1,5} ?)?วัตถุประสงค์(?:ข้อ)?(?:ที่)? ?[0-9]{1,2} ?[:.]? ?"
    rf"เพื่อ(?:{_STUDIES}|ประเมิน|เสนอ|พัฒนา|หา|สร้าง)"
    rf"|(?:[0-9.()]{{1,5}} ?)?เพื่อ(?:{_STUDIES}|พัฒนารูปแบบ)"
)
# The aim as a sentence about the study; if results follow, the passage reports those instead.
_AIM_TOLD = Wording(
    "study",
    pattern=r"(?:ใน)?(?:การ|งาน|โครงการ)<words>(?!.*(?:พบว่า|ผลการ))"
    r".{0,200}วัตถุประสงค์.{0,20}?เพื่อ(?!ให้)"
    r"|วัตถุประสงค์(?:ของ|ใน)(?:การ|งาน|โครงการ)<words>(?!.*(?:พบว่า|ผลการ))"
    r".{0,40}(?:เพื่อ|<as_follows>|<namely>)",
)


def kind_of(text: str, section: str | Sequence[str] = (), doc_type: ReadAs = "", speaker: str = "") -> tuple[Kind, str]:
    """The kind of a passage, and the reason in words.

    `section` is the heading path, as a sequence or joined by ` > `; `doc_type` is `plan`, `report`, `transcript`,
    `letter`, `law` (which orders and does not recommend) or empty; `speaker` is empty if nobody speaks. Only the text
    is required.

    >>> kind_of("กระทรวงแรงงานควรจัดให้มีล่ามประจำด่าน", "ข้อเสนอแนะเชิงนโยบาย")[0]
    'recommendation'
    """
    if speaker.strip():
        return "utterance", f"spoken by {speaker.strip()}"
    judged = judge(text, section, doc_type)
    return judged.kind, judged.reason


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place in a list: whether it has a number or a bullet, and which kind of sentence the list continues.

    `under` is the kind of the sentence that the items continue (`ควรตั้งทีม ประกอบด้วย`), if something is to be done.
    """

    item: bool = False
    under: Kind | None = None


NOWHERE = Place()
"""The place of a passage that is not an item."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The kind of a passage judged alone, the reason, and the log odds of each kind that it can be in a list.

    `sums` leaves out the kinds that a rule excludes, and is empty where no cues were consulted (aims; texts that state
    nothing). `in_list_only` holds `recommendation` if the passage itself does not say that it recommends something: it
    is one only if the items around it are. `tells_to_act`: the passage's words say that something is to be done.
    """

    kind: Kind
    reason: str
    sums: dict[Kind, float]
    in_list_only: frozenset[Kind] = frozenset()
    tells_to_act: bool = False


def judge(text: str, section: str | Sequence[str] = (), doc_type: ReadAs = "", place: Place = NOWHERE) -> Judged:
    """What `kind_of` says of a passage without a speaker, with the sums behind the answer.

    An item, however short, states something if a heading or sentence above it says what is listed.
    """
    path, plain = heading_path(section), arabic_digits(squeeze(text[:_READ]))
    if doc_type != "plan" and is_aim(plain):
        return Judged("method", "a research aim", {})
    listed = place.under is not None or (place.item and (lists_what_is_told(path) or lists_next_steps(path)))
    reason = why_other(plain, path, transcript=doc_type == "transcript", listed=listed)
    return Judged("other", reason, {}) if reason else _weigh(plain, path, doc_type, place)


def kinds_of_list(items: Sequence[Judged]) -> list[Kind]:
    """The kinds of the items of one list: each by its own cues and, with equal weight, by the average of the others.

    Among four recommendations, `เพิ่มล่าม` is one, too, though alone it might be a measure. An item keeps its own kind
    in three cases: fewer than FEWEST_ITEMS of the list were judged by cues; the item itself was not (a caption among
    them); or the others would make it `method` or `other`, which say where a text is, not what is listed.
    """
    judged_by_cues = sum(1 for item in items if item.sums)
    if judged_by_cues < FEWEST_ITEMS:
        return [item.kind for item in items]
    if 2 * sum(item.kind == "recommendation" for item in items) < judged_by_cues:
        items = [_without_kinds_of_the_list(item) for item in items]
    distances = [_behind_the_best(item.sums) for item in items if item.sums]
    total = {kind: sum(distance[kind] for distance in distances) for kind in kinds_in_order()}
    return [_among(item, total, len(distances) - 1) if item.sums else item.kind for item in items]


def _without_kinds_of_the_list(item: Judged) -> Judged:
    """An item without the kinds that only the others could give it."""
    return replace(item, sums={kind: odds for kind, odds in item.sums.items() if kind not in item.in_list_only})


def _among(item: Judged, total: dict[Kind, float], others: int) -> Kind:
    """The kind of an item among `others` more; `total` is how far each kind is behind the best, over all of them."""
    own = _behind_the_best(item.sums)
    joint = max(item.sums, key=lambda kind: item.sums[kind] + (total[kind] - own[kind]) / others)
    return joint if joint in (TO_BE_DONE if item.kind == "other" else _OF_LISTS) else item.kind


def _behind_the_best(sums: dict[Kind, float]) -> dict[Kind, float]:
    """How far each kind is behind the best one, limited so that a few very clear items do not decide for all."""
    best = max(sums.values())
    return {kind: max(-_FARTHEST, sums[kind] - best) if kind in sums else _RULED_OUT for kind in kinds_in_order()}


def is_aim(text: str) -> bool:
    """Whether the text is a research aim. By the codebook a research aim is `method`, even as a heading."""
    plain = arabic_digits(squeeze(text))
    return bool(_AIM.match(plain) or _AIM_TOLD.match(plain))


def _weigh(text: str, path: tuple[str, ...], doc_type: ReadAs, place: Place) -> Judged:
    """The kind with the highest sum of cue weights among those that no rule excludes."""
    matches = matching_cues(text, path, doc_type)
    acts = any(cue.names_an_action for cue, _ in matches)
    case = case_of(text, path, doc_type, acts=acts, item=place.item)
    in_list_only: frozenset[Kind] = frozenset() if _recommends(matches, doc_type) else frozenset({"recommendation"})
    excluded = ruled_out(case, in_list_only)
    by_cues = {kind: sum(cue.weights[kind] for cue, _ in matches) for kind in kinds_in_order()}
    learnt = {} if doc_type in _NOT_LEARNT_FROM else ngram_odds(text, path)
    if "other" in learnt and (place.item or max(by_cues, key=lambda kind: by_cues[kind]) == "recommendation"):
        # An item of a list, and what the cues take for a proposal, is no title, however short.
        learnt["other"] = min(learnt["other"], 0.0)
    all_sums = {kind: odds + learnt.get(kind, 0.0) for kind, odds in by_cues.items()}
    # An item continues the sentence above it, whatever the rules say of its own words.
    sums = {kind: odds for kind, odds in all_sums.items() if kind not in excluded or kind == place.under}
    if place.under is not None:
        sums = _continuing(place.under, sums)
        in_list_only -= {place.under}
    best = max((kind for kind in sums if kind not in in_list_only), key=lambda kind: sums[kind])
    reason = _reason(matches, best)
    if max(sums, key=lambda kind: by_cues[kind]) != best:
        reason = f"{reason}; worded like a passage of this kind"
    best_but_for_rules = max(all_sums, key=lambda kind: all_sums[kind])
    if best_but_for_rules in excluded and best != best_but_for_rules:
        reason = f"{reason}; no {best_but_for_rules}: {excluded[best_but_for_rules]}"
    return Judged(best, reason, sums, in_list_only, tells_to_act=best in TO_BE_DONE and (acts or case.should))


def _continuing(under: Kind, sums: dict[Kind, float]) -> dict[Kind, float]:
    """The sums of an item that continues a sentence of the kind `under`, by which something is to be done."""
    never = {"other", *(TO_BE_DONE - {under})}
    return {kind: odds + _GOES_ON * (kind == under) for kind, odds in sums.items() if kind not in never}


def _recommends(matches: Sequence[CueMatch], doc_type: ReadAs) -> bool:
    """Whether one cue is enough for a recommendation; in a plan, cues that may as well mean a measure do not count."""
    return any(
        cue.weights["recommendation"] >= CARRIES_A_RECOMMENDATION
        and cue.where not in _SAYS_NOTHING
        and not (doc_type == "plan" and cue.weights["plan"] > _PLANS)
        for cue, _ in matches
    )


def _reason(matches: Sequence[CueMatch], kind: Kind) -> str:
    """The words matched by the cues with the largest weights for a kind."""
    heaviest_first = sorted(matches, key=lambda match: (match.cue.weights[kind], match.cue.at), reverse=True)
    shown = [
        f"{cue.where}: {words[:_WORDS_SHOWN].strip()}"
        for cue, words in heaviest_first
        if cue.weights[kind] > 0 and words.strip() and cue.where != "any"
    ]
    return "; ".join(shown[:_SHOWN]) or "nothing speaks for another kind"
