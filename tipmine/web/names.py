"""Thai wordings of what the pages show: decisions, times, refusals, edits."""

from __future__ import annotations

from tipmine.errors import QuestionError, UsageError
from tipmine.records import Edit
from tipmine.report.labels import label, short_label
from tipmine.report.reasons import repair_words
from tipmine.report.thai_formats import thai_date
from tipmine.store.database import local_moment
from tipmine.store.decisions import Decision
from tipmine.thai import takes_room


def decision_words(decision: Decision) -> str:
    """A decision in a few words.

    >>> from tipmine.store.fields import pillar_field
    >>> decision_words(Decision(1, "p", pillar_field("policy"), "no", "ก", ""))
    'ไม่ใช่ด้านนโยบาย'
    """
    about = decision.field
    yes = decision.value == "yes"
    if about.pillar:
        return ("ยืนยัน" if yes else "ไม่ใช่") + label("pillar", about.pillar)
    if about.type == "actor":
        if decision.role:
            return f"เปลี่ยนบทบาทเป็น “{label('role', decision.role)}”"
        return "ยืนยันผู้เกี่ยวข้อง" if yes else "ตัดผู้เกี่ยวข้องออก"
    if about.type == "kind":
        return f"ประเภท: {label('kind', decision.value)}"
    if about.type == "note":
        return f"หมายเหตุ: {decision.value}"
    if about.type == "label":
        return f"ตั้งชื่อประเด็น: {decision.value}"
    return "ยืนยันหลักฐาน" if yes else "ปฏิเสธหลักฐาน"


def thai_time(at: str) -> str:
    """A stored time as a date in the Buddhist Era, with the local time of day."""
    try:
        moment = local_moment(at)
    except ValueError:
        return at
    return f"{thai_date(moment.date())} {moment:%H:%M} น."


def refusal_words(error: UsageError) -> str:
    """Why a query is invalid, and what to do, in Thai."""
    if isinstance(error, QuestionError):
        return label("refused", error.code).format(**error.values)
    return label("refused", "other")


def item_number(number: str) -> str:
    """The number of an item without the marks around it in its document.

    >>> item_number("3."), item_number("(2)"), item_number("4.1)")
    ('3', '2', '4.1')
    """
    return number.strip(" .()") or number


def edit_words(edit: Edit) -> str:
    """An edit for a reader: the old text, the new text, and why."""
    return f"{_lone(edit.before)} \N{RIGHTWARDS ARROW} {_lone(edit.after)}: {repair_words(edit.rule)}"


def _lone(letters: str) -> str:
    """Letters shown outside their line, so that spaces and marks without a base are visible; a dash if empty."""
    shown = letters.replace(" ", "\N{OPEN BOX}")
    return (shown if takes_room(shown[0]) else "\N{DOTTED CIRCLE}" + shown) if shown else "\N{EN DASH}"


def kind_word(kind: str) -> str:
    """The short word for a kind of passage, as shown on badges."""
    return short_label("kind", kind)
