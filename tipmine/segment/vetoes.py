"""The kinds that a passage cannot be, whatever its cues add up to: a table of rules, each with the kinds it rules out.

The words that the rules look for are in `data/segment/veto_words.tsv`. All texts here have Arabic digits and single
spaces (`arabic_digits`, `squeeze`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from tipmine.data import any_pattern, data_groups
from tipmine.records import KINDS, Kind
from tipmine.segment.cues import begins_with_an_activity, names_before_an_action
from tipmine.segment.drafts import ReadAs
from tipmine.segment.other import spoken
from tipmine.segment.parts import Part, part_of, ruling_part
from tipmine.segment.resolutions import resolution
from tipmine.segment.wordings import PROPOSAL

_FILE = "segment/veto_words.tsv"
_LONGEST_VISION = 300
"""Most characters of a statement under the heading of a vision, a mission or aims; a longer text explains it."""
_LONGEST_STRATEGY = 100
"""Most characters of the name of a strategy; a longer text that begins like one is a measure. Lower: names of
strategies in merged cells become measures."""
_CHAPTER = "บทที่"
_WRITTEN: frozenset[ReadAs] = frozenset({"plan", "report", "letter", "law"})
"""Types of documents in which nobody speaks except in quotations."""

Words = Literal[
    "should", "opens_list", "only_opens_list", "aim_to_act", "of_research", "will", "of_vision", "of_own_steps",
    "to_others", "proposes", "of_duties", "of_aims",
    "found", "lacks", "to_do", "proposes_in_problems", "proposes_in_reasoning",
    "thought", "of_results", "of_next_steps", "done", "ahead", "quoted", "only_quoted", "of_told", "defines",
    "as_it_is", "of_study", "of_proposals", "of_literature", "asks", "of_article", "purpose",
]  # fmt: skip
"""What words show; the file explains each."""


@dataclass(frozen=True, slots=True)
class Case:
    """A passage and what the rules need to know about it."""

    text: str
    doc_type: ReadAs
    path: str
    """The headings, outermost first."""
    last: str
    """The innermost heading, or the sentence that introduces the list."""
    near: tuple[str, ...]
    """`last` with the heading over it: where `last` introduces a list, its heading."""
    part: Part
    """The part of a report in which the passage is."""
    resolved: str
    """What sort of resolution it is (`resolution`)."""
    should: bool
    """Whether it says that something should be done."""
    acts: bool
    """Whether it begins with what is to be done."""
    item: bool
    """Whether it has a number or a bullet."""

    def has(self, words: Words) -> bool:
        """Whether such words are in the text."""
        return bool(_pattern(words).search(self.text))

    def begins(self, words: Words) -> bool:
        """Whether the text begins with such words."""
        return bool(_pattern(words).match(self.text))


@dataclass(frozen=True, slots=True)
class Veto:
    """A rule: what it says about a passage, the kinds that it rules out, and its test."""

    name: str
    kinds: frozenset[Kind]
    holds: Callable[[Case], bool]


def lists_what_is_told(path: Sequence[str]) -> bool:
    """Whether the items under a path of headings are findings: problems, results, strengths.

    The innermost heading says so or, if it does not name a part of a report, the one over it. False for the heading of
    a chapter, whose items may be its parts.
    """
    if not path:
        return False
    return _is_of_told(path[-1]) or (any(map(_is_of_told, path[-2:-1])) and not part_of(path[-1]))


def _is_of_told(heading: str) -> bool:
    return bool(_pattern("of_told").search(heading)) and not heading.startswith(_CHAPTER)


def lists_next_steps(path: Sequence[str]) -> bool:
    """Whether the items under a path of headings are what the author of the document will do next."""
    return any(map(_pattern("of_own_steps").search, path[-2:]))


def case_of(text: str, path: tuple[str, ...], doc_type: ReadAs, *, acts: bool, item: bool) -> Case:
    """The `Case` of a passage; `path` has its headings, the other arguments are as in `Case`."""
    return Case(
        text=text,
        doc_type=doc_type,
        path=" > ".join(path),
        last="".join(path[-1:]),
        near=path[-2:],
        part=ruling_part(path),
        resolved=resolution(text, path) if doc_type != "law" else "",
        should=bool(_pattern("should").search(text)),
        acts=acts,
        item=item,
    )


def ruled_out(case: Case, uncertain: Collection[Kind] = ()) -> dict[Kind, str]:
    """The kinds that a passage cannot be, each with the rule that says so.

    The first rules weigh most: one that would leave no kind but `utterance` and the `uncertain` ones is passed over,
    since two rules may contradict each other (an assignment under a heading of problems).
    """
    excluded: dict[Kind, str] = {}
    for veto in _VETOES:
        left = set(KINDS) - excluded.keys() - veto.kinds - {"utterance", *uncertain}
        if left and not veto.kinds <= excluded.keys() and veto.holds(case):
            excluded |= {kind: veto.name for kind in veto.kinds if kind not in excluded}
    return excluded


def _is_planned(case: Case) -> bool:
    """Whether a passage is an aim, a resolution or an undertaking of those who have to act, by its wording alone."""
    if case.should:
        return False
    if case.resolved:
        return case.resolved == "to do"
    # The aim of a plan or an agreement is part of it; that of a study is its method.
    if case.begins("aim_to_act") and "วัตถุประสงค์" in case.last:
        return case.doc_type != "report" and not _pattern("of_research").search(case.path)
    if case.doc_type == "plan" and _pattern("of_vision").search(case.last):
        return len(case.text) <= _LONGEST_VISION
    return case.doc_type == "plan" and case.begins("will")


def _is_duty(case: Case) -> bool:
    """Whether a passage is under a heading of duties, steps or aims and does not say that something should be done.

    The sentence that opens a list of proposals may name methods and duties, too.
    """
    if _pattern("should").search(case.last):
        return False
    duties = _pattern("of_duties").search(case.path) or _pattern("of_aims").search(case.last)
    return bool(duties) and not case.has("proposes")


def _lists_a_measure(case: Case) -> bool:
    """Whether a passage names a measure of a plan, and is an item or too long for the name of a strategy in a cell."""
    return (case.item or len(case.text) > _LONGEST_STRATEGY) and _names_a_measure(case)


def _is_told_of_a_study(case: Case) -> bool:
    """Whether a passage of a report is a step or a function of what was studied: it begins with a verb and no more.

    Where a heading names proposals as well, the verb proposes.
    """
    if case.doc_type != "report" or case.has("proposes") or case.has("ahead"):
        return False
    told = _pattern("of_study").search(case.path) and not _pattern("of_proposals").search(case.path)
    return bool(told) and case.acts


def _is_own_step(case: Case) -> bool:
    return lists_next_steps(case.near) and not (case.should or case.has("to_others"))


def _is_problem(case: Case) -> bool:
    """Whether a passage says, among problems, that something is missing or wrong; however short, it is a problem."""
    return case.part in ("problems", "several") and case.has("lacks")


def _proposes_there(case: Case) -> bool:
    return case.should or case.has("proposes_in_problems") or (case.acts and case.part == "several")


def _only_tells(case: Case) -> bool:
    """Whether a passage says what was found, and nothing about what should be done."""
    return case.has("found") and not (case.should or case.acts or case.has("proposes_in_problems"))


def _is_result(case: Case) -> bool:
    """Whether a heading says that what follows has been done, and neither the text nor the innermost heading says that
    it is yet to be done."""
    results = _pattern("of_results").search(case.path) and not _pattern("of_next_steps").search(case.last)
    return bool(results) and case.has("done") and not case.has("ahead")


def _is_ahead(case: Case) -> bool:
    """Whether a passage of a plan names an action and is not in a part about the past or about problems."""
    is_past = case.part in ("problems", "several", "reasoning") or _pattern("of_results").search(case.path)
    return case.doc_type == "plan" and case.acts and not is_past and not case.has("done")


def _names_a_measure(case: Case) -> bool:
    """Whether a passage among the measures of a plan begins with a noun for what will be done: การพัฒนา for พัฒนา.

    An item may also begin with a short name of what the action is on: `เกษตรแปรรูป ปรับใช้เทคโนโลยี`. Elsewhere, and
    with words on how things are or were, such nouns are what a sentence is about.
    """
    # แนวทางการพัฒนา is of the part of proposals, as well as of measures; ข้อเสนอแนะ of a plan says why, too.
    among_measures = case.part == "measures" or (case.part == "proposals" and not PROPOSAL.search(case.path))
    if case.doc_type != "plan" or not among_measures:
        return False
    tells = case.has("as_it_is") or case.has("done") or _pattern("of_results").search(case.path)
    return not tells and (begins_with_an_activity(case.text) or (case.item and names_before_an_action(case.text)))


def _opens_a_list(case: Case) -> bool:
    """Whether a passage only introduces a list. An item that names an action does not: its list says how to do it."""
    return case.has("opens_list") and not case.should and not (case.item and case.acts)


def _veto(name: str, kinds: tuple[Kind, ...], holds: Callable[[Case], bool]) -> Veto:
    return Veto(name, frozenset(kinds), holds)


_VETOES = (
    # A plan states what will be done, never what should be.
    _veto("says what should be done", ("plan",), lambda c: c.should),
    _veto("is planned by its wording", ("finding", "method", "other", "recommendation"), _is_planned),
    _veto(
        "tells what was resolved",
        ("plan", "method", "other"),
        lambda c: c.resolved == "reported" and not c.should,
    ),
    _veto("is a resolution", ("recommendation",), lambda c: bool(c.resolved) and not c.should),
    _veto("defines a word", ("recommendation", "plan", "finding"), lambda c: c.begins("defines")),
    _veto("is a law", ("recommendation",), lambda c: c.doc_type == "law"),
    _veto("is an article of a law", ("recommendation",), lambda c: c.begins("of_article") and not c.should),
    _veto("stands under duties or aims", ("recommendation",), _is_duty),
    _veto("is told of a study", ("recommendation", "plan"), _is_told_of_a_study),
    _veto("asks whether something should be done", ("recommendation",), lambda c: c.has("asks") and not c.should),
    _veto("tells what others wrote", ("recommendation",), lambda c: c.begins("of_literature")),
    _veto("only opens a list", ("recommendation", "method"), lambda c: c.has("only_opens_list")),
    _veto("opens a list", ("recommendation",), _opens_a_list),
    _veto("is a next step of its author", ("recommendation",), _is_own_step),
    _veto("is a next step", ("finding", "other"), lambda c: _is_own_step(c) and c.acts and not c.has("done")),
    _veto("is a problem", ("other", "method"), _is_problem),
    _veto("is a problem, nothing to be done", ("plan",), lambda c: _is_problem(c) and not c.has("to_do")),
    _veto("is a problem, no proposal", ("recommendation",), lambda c: _is_problem(c) and not _proposes_there(c)),
    # Reasoning and theory say in passing what should be.
    _veto(
        "is a reason or a theory",
        ("recommendation",),
        lambda c: c.part == "reasoning" and c.should and not c.begins("proposes_in_reasoning"),
    ),
    _veto("is what somebody thought", ("method",), lambda c: c.part == "reasoning" and c.has("thought")),
    _veto(
        "is a limit of a study",
        ("recommendation", "plan", "finding"),
        lambda c: c.part == "limits" and not c.should,
    ),
    _veto(
        "is the purpose of a proposal",
        ("method",),
        lambda c: c.part == "proposals" and c.item and c.begins("purpose"),
    ),
    # Among proposals, the text says why they are made.
    _veto("tells what was found", ("recommendation",), _only_tells),
    _veto("is what was found", ("other",), lambda c: c.last.rstrip().endswith("พบว่า")),
    _veto("is an action of a plan", ("finding",), _is_ahead),
    _veto("names a measure of a plan", ("finding", "method"), _names_a_measure),
    _veto("names a measure of a plan in a list", ("other",), _lists_a_measure),
    _veto("is an item of what is told", ("other",), lambda c: c.item and lists_what_is_told(c.near)),
    _veto(
        "is an item of what is told, nothing to be done",
        ("plan",),
        lambda c: c.item and lists_what_is_told(c.near) and not (c.acts or c.has("to_do") or c.has("ahead")),
    ),
    _veto("is a result", ("plan", "recommendation", "other"), _is_result),
    _veto(
        "is quoted and proposes nothing",
        ("recommendation",),
        lambda c: c.begins("only_quoted") and not c.has("proposes"),
    ),
    _veto(
        "is written or quoted",
        ("utterance",),
        lambda c: (c.doc_type in _WRITTEN and not spoken(c.text)) or c.has("quoted"),
    ),
)
"""The rules, from the surest on."""


def _pattern(words: Words) -> re.Pattern[str]:
    return _patterns()[words]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    groups = data_groups(_FILE, "words", get_args(Words))
    return {words: re.compile(any_pattern(_FILE, (row["pattern"] for row in rows))) for words, rows in groups.items()}
