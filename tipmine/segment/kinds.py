"""The kind of a passage: recommendation, finding, plan, utterance, method or other, with the reason in words.

Two cases need no scoring: a passage with a speaker is an utterance, and text that states nothing (titles, names of
staff, captions, forms, front matter) is `other`. Everything else is scored: each matching cue of
`data/segment/kind_cues.tsv` adds its weights to the kinds, the highest sum wins, and the cues that contributed most are
the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tipmine.digits import arabic_digits
from tipmine.records import Kind
from tipmine.segment.cues import cues, heading_path, kinds_in_order, met_cues
from tipmine.segment.other import spoken, why_other
from tipmine.segment.parts import ruling_part
from tipmine.segment.resolutions import resolution
from tipmine.segment.thai import squeeze

_SHOWN, _WORDS_SHOWN = 3, 40
CARRIES_A_RECOMMENDATION = 0.7
"""Log odds that one cue of wording or heading must add, lest a passage be a recommendation only by its length or type.

Higher loses terse items of lists whose heading does not say what they are; lower takes captions and bare noun phrases
for recommendations. Between .3 and .8 the labelled passages do not change; real plans and reports do.
"""
FEWEST_ITEMS = 3
"""Items from which a list is judged together. Lower: two items that only stand side by side become one kind."""
_FARTHEST = 6.0
"""Log odds behind the best kind that count at most. Higher: one very plain item decides for the whole list."""
_RULED_OUT = -3.0
"""What counts for a kind that an item cannot be. Lower: a list loses the kind that its other items have."""
_TO_BE_DONE: frozenset[Kind] = frozenset({"recommendation", "plan"})
"""Kinds that the items of a list give to one that alone seems to state nothing."""
_OF_LISTS: frozenset[Kind] = _TO_BE_DONE | {"finding"}
"""Kinds that they give to any other."""
_LONGEST_VISION = 300
"""Characters of a statement under the heading of a vision, a mission or aims; a longer text explains it."""
_SAYS_NOTHING = frozenset({"any", "type", "shape"})
_PLANS = 0.3
"""Log odds for a plan above which a cue says as much for a measure; higher takes measures for recommendations."""
# A plan states what will be done, never what should be; in a relative clause (ที่ควร) or an idiom nothing is proposed.
_SHOULD = re.compile(r"(?<!ที่)(?<!อัน)(?<!สม)(?<!ตาม)ควร(?!ได้รับโทษ)")
# A sentence that only opens a list: what is recommended stands in its items.
_OPENS_A_LIST = re.compile(r"(?:ดังนี้|ต่อไปนี้) ?:?$")
# The same in words of a proposal that name nothing to be done.
_ONLY_OPENS_A_LIST = re.compile(
    r"ควร(?:มี|ให้(?:มี)?|จัดให้มี|ต้อง|จะ)?(?:การ)?(?:ดำเนิน(?:การ|งาน)|ปฏิบัติ|พิจารณา|แก้ไข(?:ปัญหา)?|มาตรการ|แนวทาง|ข้อเสนอ(?:แนะ)?)?"
    r"(?:ต่าง ?ๆ|สำคัญ|ที่สำคัญ)? ?(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้) ?:?$"
)
# The aim of a plan or an agreement is part of it; that of a study is its method.
_AIM_TO_ACT = re.compile(
    r"เพื่อ(?!ศึกษา|วิเคราะห์|เปรียบเทียบ|สำรวจ|ประเมิน|สังเคราะห์|เสนอ|นำเสนอ|หา|ค้นหา|ทราบ|ให้ทราบ|ตรวจสอบ|ทดสอบ|ทดลอง|อธิบาย|รวบรวม|ถอดบทเรียน)"
)
_OF_RESEARCH = re.compile(r"วิจัย|การศึกษา|ผลการ|การประเมิน|การสำรวจ")
# In a plan and in an agreement, a body that `will` do something has undertaken it; what else will be, is foreseen.
_WILL = re.compile(
    r"(?:ทุก|ทั้ง|คู่|คณะ|จังหวัด|อำเภอ|เทศบาล|กระทรวง|กรม|สำนัก|ศูนย์|สมาคม|มูลนิธิ|หน่วยงาน|ฝ่าย|โรง|องค์|ตำรวจ|บริษัท|เครือข่าย|ภาคี|ชุด|สถาน|บ้านพัก)"
    r"\S{0,70}?(?<!ที่)(?<!ซึ่ง)(?<!ว่า)จะ(?!ถูก|เป็น|มี|เกิด|ก่อ|ส่งผล|ทำให้|ได้รับ|ต้อง)"
)
_OF_A_VISION = re.compile(r"วิสัยทัศน์|พันธกิจ|^(?:เป้าประสงค์|กลยุทธ์)\W*$")
# Under these headings a report says what its author will do next, and proposes nothing to others.
_OF_OWN_NEXT_STEPS = re.compile(
    r"(?:แนวทาง|แผน|ทิศทาง)(?:การ)?(?:ดำเนิน(?:งาน|การ)|ทำงาน|ขับเคลื่อน)\S{0,30} ?(?:ใน|ของ|สำหรับ)?(?:ปี|ระยะ|ต่อไป|ถัดไป)"
)
_PROPOSES_TO_OTHERS = re.compile(r"เสนอ(?:แนะ)?(?:ให้|ว่า)|ขอให้")
# A passage is judged by so many characters: what it is shows early, and a page without a break stays cheap.
_READ = 3000
_AIM = re.compile(
    r"(?:[0-9.()]{1,5} ?)?วัตถุประสงค์(?:ข้อ)?(?:ที่)? ?[0-9]{1,2} ?[:.]? ?"
    r"เพื่อ(?:ศึกษา|วิเคราะห์|เปรียบเทียบ|สำรวจ|ประเมิน|สังเคราะห์|เสนอ|พัฒนา|หา|สร้าง)"
    r"|(?:[0-9.()]{1,5} ?)?เพื่อ(?:ศึกษา|วิเคราะห์|เปรียบเทียบ|สำรวจ|สังเคราะห์|พัฒนารูปแบบ)"
)
# The aim as a sentence on the study; where results follow, the passage is rather of these.
_AIM_TOLD = re.compile(
    r"(?:ใน)?(?:การ|งาน|โครงการ)(?:วิจัย|ศึกษา|ประเมิน|สำรวจ)(?!.*(?:พบว่า|ผลการ))"
    r".{0,200}วัตถุประสงค์.{0,20}?เพื่อ(?!ให้)"
    r"|วัตถุประสงค์(?:ของ|ใน)(?:การ|งาน|โครงการ)(?:วิจัย|ศึกษา|ประเมิน|สำรวจ)(?!.*(?:พบว่า|ผลการ))"
    r".{0,40}(?:คือ|เพื่อ|ได้แก่|ดังนี้)"
)
# What stands under these headings is a duty, a step or an aim, unless it says that something should be done.
_PROPOSES = re.compile(r"ควร|เสนอ|ขอให้|พึง(?!ประสงค์|พอใจ)|น่าจะ|แนะนำ|เรียกร้อง")
_OF_DUTIES = re.compile(r"หลักการและเหตุผล|ความเป็นมา|ขั้นตอนการ|(?:บทบาท|อำนาจ)หน้าที่|นิยาม|คำจำกัดความ")
_OF_AIMS = re.compile(r"บทนำ|วัตถุประสงค์|ขอบเขต|หน้าที่|ภารกิจ|ขั้นตอน|วิธี|บทบาท|โครงสร้าง")
# Whoever has to wait, travel or pay under a heading of problems suffers it: that proposes nothing.
_ENDURED = r"(?:รอ|เดินทาง|ใช้|จ่าย|ออก|กรอก|ไป|นั่ง|อยู่|พึ่ง|ยืม|สำรอง|ซ้ำ|กลับ)"
_PROPOSES_IN_PROBLEMS = re.compile(
    rf"จะ|ขอให้|เสนอ|แนะนำ|เรียกร้อง|พึง(?!ประสงค์|พอใจ)|น่าจะ|จำเป็นต้อง|ต้อง(?!{_ENDURED}|หา|ขัง|สงสัย)"
)
# Under a heading of problems, what is said to be missing or wrong is one, however short; so is what follows พบว่า.
_TO_DO = re.compile(r"จะ|ควร|ต้อง|ให้|เสนอ|เพื่อ")
# In the results and the discussion of a study, only what the sentence itself says should be done is proposed.
_PROPOSES_IN_REASONING = re.compile(
    r"(?:(?!(?<!ผู้)ว่า|แม้|ตามหลัก|แนวคิด|ทฤษฎี|จึง|เนื่องจาก|เพราะ|ร้อยละ).){0,80}?(?<!ที่)(?<!อัน)(?<!สม)(?<!ตาม)ควร"
    r"|(?:จึง)?(?:ขอ)?เสนอ|ข้อเสนอ"
)
_THOUGHT = re.compile(r"(?:เห็น|เชื่อ|คิด|ระบุ|ตอบ|พบ)ว่า")
_LACKS = re.compile(r"ขาด|ไม่(?!น้อยกว่า|เกิน|ต่ำกว่า)|ล่าช้า|(?<!ไม่)น้อย|ยาก|จำกัด|ซ้ำซ้อน|สูงเกิน|ซับซ้อน")
# Under a heading of results, a bare verb with a count tells what was done, not what will be.
_OF_RESULTS = re.compile(
    r"ผล(?:งาน|การดำเนิน|การปฏิบัติ|สัมฤทธิ์|สำเร็จ)|ความ(?:ก้าวหน้า|คืบหน้า)|การดำเนินงาน(?:ที่ผ่านมา|ตาม)|สิ่งที่ทำ(?:แล้ว|ไป)"
)
_OF_NEXT_STEPS = re.compile(r"ข้อเสนอ|แนวทาง|จะ|ต่อไป|ถัดไป|ปีหน้า|เป้าหมาย")
_DONE = re.compile(
    r"[0-9] (?:คน|ราย|คดี|แห่ง|ครั้ง|ครอบครัว|ครัวเรือน|ชุด|รุ่น|จุด|โรงเรียน|หมู่บ้าน|ตำบล|จังหวัด|ลำ|เรื่อง)"
    r"|\|.*[0-9]|อยู่ระหว่าง|แล้ว(?!เสร็จ)"
)
_AHEAD = re.compile(
    r"จะ|ควร|ต้อง(?!หา|ขัง|สงสัย)|ขอให้|เสนอ|มีแผน|เป้าหมาย|ไม่น้อยกว่า|อย่างน้อย|ปีละ|เดือนละ|ทุก(?:ปี|เดือน)|ต่อไป|ถัดไป|ปีหน้า"
)
# What is quoted was said elsewhere: the passage reports it.
_QUOTED = re.compile(r"^[\"“]|(?:กล่าว|เผย|ตอบ|ถาม|ระบุ|บอก)ว่า ?[\"“]")
# In these nobody speaks but in quotations.
_WRITTEN = frozenset({"plan", "report", "letter", "law"})


def kind_of(text: str, section: str | Sequence[str] = (), doc_type: str = "", speaker: str = "") -> tuple[Kind, str]:
    """The kind of a passage, and the reason in words.

    `section` is the heading path, as a sequence or joined by ` > `; `doc_type` is `plan`, `report`, `transcript`,
    `letter`, `law` (which orders and does not recommend) or empty; `speaker` is empty if nobody speaks. Everything
    but the text may be left out.

    >>> kind_of("กระทรวงแรงงานควรจัดให้มีล่ามประจำด่าน", "ข้อเสนอแนะเชิงนโยบาย")[0]
    'recommendation'
    """
    if speaker.strip():
        return "utterance", f"spoken by {speaker.strip()}"
    judged = judge(text, section, doc_type)
    return judged.kind, judged.reason


@dataclass(frozen=True, slots=True)
class Judged:
    """The kind of a passage judged alone, the reason, and the log odds of each kind that it can be in a list.

    `sums` is empty where no cue was asked. Where the passage alone does not say that it recommends something,
    `in_list_only` holds that kind: the items around it may say so.
    """

    kind: Kind
    reason: str
    sums: dict[Kind, float]
    in_list_only: frozenset[Kind] = frozenset()


def judge(text: str, section: str | Sequence[str] = (), doc_type: str = "") -> Judged:
    """What `kind_of` says of a passage that nobody speaks, with the sums from which it follows."""
    path, plain = heading_path(section), arabic_digits(squeeze(text[:_READ]))
    if doc_type != "plan" and is_aim(plain):
        return Judged("method", "a research aim", {})
    reason = why_other(plain, path, transcript=doc_type == "transcript")
    return Judged("other", reason, {}) if reason else _weigh(plain, path, doc_type)


def kinds_of_list(items: Sequence[Judged]) -> list[Kind]:
    """The kinds of the items of one list: each by its own cues and, as much, by those of the others on average.

    An item keeps its kind in a list of fewer than FEWEST_ITEMS, if only a form or a caption can look so, and if the
    others would make it `method` or `other`: these say where a text stands rather than what a list is of.
    """
    asked = [item.sums for item in items if item.sums]
    if len(asked) < FEWEST_ITEMS:
        return [item.kind for item in items]
    if 2 * sum(item.kind == "recommendation" for item in items) < len(asked):
        items = [_alone(item) for item in items]
        asked = [item.sums for item in items if item.sums]
    behind = [_behind_the_best(sums) for sums in asked]
    total = {kind: sum(one[kind] for one in behind) for kind in kinds_in_order()}
    return [_among(item, total, len(asked) - 1) if item.sums else item.kind for item in items]


def _alone(item: Judged) -> Judged:
    """An item without the kinds that only the others could give it."""
    return replace(item, sums={kind: odds for kind, odds in item.sums.items() if kind not in item.in_list_only})


def _among(item: Judged, total: dict[Kind, float], others: int) -> Kind:
    """The kind of an item among `others` more; `total` is how far each kind is behind over all of them."""
    own = _behind_the_best(item.sums)
    joint = max(item.sums, key=lambda kind: item.sums[kind] + (total[kind] - own[kind]) / others)
    return joint if joint in (_TO_BE_DONE if item.kind == "other" else _OF_LISTS) else item.kind


def _behind_the_best(sums: dict[Kind, float]) -> dict[Kind, float]:
    """How far each kind is behind the best one; a few items without any doubt must not decide for all."""
    best = max(sums.values())
    return {kind: max(-_FARTHEST, sums[kind] - best) if kind in sums else _RULED_OUT for kind in kinds_in_order()}


def is_aim(text: str) -> bool:
    """Whether the text is a research aim. By the codebook a research aim is `method`, even as a heading."""
    plain = arabic_digits(squeeze(text))
    return bool(_AIM.match(plain) or _AIM_TOLD.match(plain))


def _weigh(text: str, path: tuple[str, ...], doc_type: str) -> Judged:
    met = met_cues(text, path, doc_type)
    out = _ruled_out(text, path, doc_type, acts=_begins_with_an_action(met))
    silent: frozenset[Kind] = frozenset() if _recommends(met, doc_type) else frozenset({"recommendation"})
    sums = {
        kind: sum(cues()[at].weights[column] for at, _ in met)
        for column, kind in enumerate(kinds_in_order())
        if kind not in out
    }
    best = max((kind for kind in sums if kind not in silent), key=lambda kind: sums[kind])
    return Judged(best, _reason(met, kinds_in_order().index(best)), sums, silent)


def _ruled_out(text: str, path: tuple[str, ...], doc_type: str, acts: bool) -> set[Kind]:
    """The kinds that a passage cannot be, whatever its cues add up to; `acts`: it begins with what is to be done."""
    out: set[Kind] = set()
    duties = _OF_DUTIES.search(" > ".join(path)) or _OF_AIMS.search("".join(path[-1:]))
    should = _SHOULD.search(text)
    if doc_type == "law" or (duties and not _PROPOSES.search(text)):
        out.add("recommendation")
    if _ONLY_OPENS_A_LIST.search(text):
        out |= {"recommendation", "method"}
    if _OPENS_A_LIST.search(text) and not should:
        out.add("recommendation")
    if _is_planned(text, path, doc_type):
        out |= {"finding", "method", "other", "recommendation"}
    own_steps = _OF_OWN_NEXT_STEPS.search("".join(path[-1:])) and not (should or _PROPOSES_TO_OTHERS.search(text))
    resolved = resolution(text, path) if doc_type != "law" else ""
    if own_steps or (resolved and not should):
        out.add("recommendation")
    if should:
        out.add("plan")
    elif resolved == "reported":
        out |= {"plan", "method", "other"}
    out |= _ruled_out_by_part(text, path, acts)
    if "".join(path[-1:]).rstrip().endswith("พบว่า"):
        out.add("other")
    if _tells_results(path) and _DONE.search(text) and not _AHEAD.search(text):
        out |= {"plan", "recommendation", "other"}
    if (doc_type in _WRITTEN and not spoken(text)) or _QUOTED.search(text):
        out.add("utterance")
    return out


def _ruled_out_by_part(text: str, path: tuple[str, ...], acts: bool) -> set[Kind]:
    """The kinds that a passage cannot be in the part of a report in which it stands; `acts`: it begins with a verb."""
    out: set[Kind] = set()
    part, should = ruling_part(path), _SHOULD.search(text)
    if part in ("problems", "several") and _LACKS.search(text):
        out |= {"other", "method"} if _TO_DO.search(text) else {"other", "method", "plan"}
        if not (should or _PROPOSES_IN_PROBLEMS.search(text) or (acts and part == "several")):
            out.add("recommendation")
    elif part == "reasoning":
        if should and not _PROPOSES_IN_REASONING.match(text):
            out.add("recommendation")
        if _THOUGHT.search(text):
            out.add("method")
    elif part == "limits" and not should:
        out |= {"recommendation", "plan", "finding"}
    return out


def _is_planned(text: str, path: tuple[str, ...], doc_type: str) -> bool:
    """Whether a passage is an aim, a resolution or an undertaking of those who have to act, by its wording alone."""
    if _SHOULD.search(text):
        return False
    if doc_type != "law" and (resolved := resolution(text, path)):
        return resolved == "to do"
    if _AIM_TO_ACT.match(text) and "วัตถุประสงค์" in "".join(path[-1:]):
        return doc_type != "report" and not _OF_RESEARCH.search(" > ".join(path))
    if doc_type == "plan" and _OF_A_VISION.search("".join(path[-1:])):
        return len(text) <= _LONGEST_VISION
    return doc_type == "plan" and bool(_WILL.match(text))


def _tells_results(path: tuple[str, ...]) -> bool:
    """Whether a heading says that what follows has been done, and the innermost does not say that it is to come."""
    return bool(_OF_RESULTS.search(" > ".join(path)) and not _OF_NEXT_STEPS.search("".join(path[-1:])))


def _begins_with_an_action(met: list[tuple[int, str]]) -> bool:
    at = kinds_in_order().index("recommendation")
    return any(cues()[cue].where == "start" and cues()[cue].weights[at] >= CARRIES_A_RECOMMENDATION for cue, _ in met)


def _recommends(met: list[tuple[int, str]], doc_type: str) -> bool:
    """Whether one cue is enough for a recommendation; in a plan none that would as well make a measure of it."""
    recommendation, plan = (kinds_in_order().index(kind) for kind in ("recommendation", "plan"))
    return any(
        cue.weights[recommendation] >= CARRIES_A_RECOMMENDATION
        and cue.where not in _SAYS_NOTHING
        and not (doc_type == "plan" and cue.weights[plan] > _PLANS)
        for cue in (cues()[at] for at, _ in met)
    )


def _reason(met: list[tuple[int, str]], column: int) -> str:
    """The words matched by the cues with the largest weights for the kind in `column`."""
    carried = sorted(((cues()[at].weights[column], at, words) for at, words in met), reverse=True)
    said = [
        f"{cues()[at].where}: {words[:_WORDS_SHOWN].strip()}"
        for weight, at, words in carried
        if weight > 0 and words.strip() and cues()[at].where != "any"
    ]
    return "; ".join(said[:_SHOWN]) or "nothing speaks for another kind"
