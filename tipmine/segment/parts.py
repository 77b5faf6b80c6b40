"""Which part of a report a passage stands in: of several headings above it, the innermost that names a part decides.

Provincial reports put problems and proposals into one chapter (`ปัญหาอุปสรรคและข้อเสนอแนะ > ปัญหาอุปสรรค`): what the
chapter is called says nothing of a passage whose own heading names one of the two.
"""

from __future__ import annotations

import re
from typing import Literal

Part = Literal["problems", "reasoning", "limits", "proposals", "several", ""]

_PROPOSALS = re.compile(
    r"ข้อเสนอ|ข้อแนะนำ|ข้อเรียกร้อง|(?:แนวทาง|วิธี|มาตรการ)(?:การ|ใน(?:การ)?)?(?:แก้|ป้องกัน|พัฒนา)|นำผล|ที่เสนอ"
)
# The words of proposals in a heading that names another part, too.
_BESIDE = re.compile(r"(?:\s|,|/|และ)*(?:ข้อเสนอ|ข้อแนะนำ)(?:แนะ|เชิงนโยบาย)?(?:และ)?")
_PROBLEMS = re.compile(r"(?<!แก้)(?<!แก้ไข)ปัญหา|อุปสรรค|ข้อจำกัด|ข้อขัดข้อง|ความท้าทาย")
_LIMITS = re.compile(r"(?:ข้อ)?จำกัด(?:ของ|ใน)?(?:การ|งาน|ผล)?(?:วิจัย|ศึกษา|ประเมิน|สำรวจ|ข้อมูล|รายงาน)")
# What was found, and what it means: reasons and theory say in passing what should be.
_REASONING = re.compile(
    r"อภิปราย(?!ราย|ทั่วไป|ไม่ไว้วางใจ)|ผล(?:ของ)?(?:การ)?(?:วิจัย|ศึกษา|วิเคราะห์|สัมภาษณ์|สำรวจ)|ข้อค้นพบ|ทฤษฎี|วรรณกรรม"
    r"|งานวิจัยที่เกี่ยวข้อง|แนวคิด(?!ริเริ่ม)"
)


def part_of(heading: str) -> Part:
    """The part of a report that a heading names; "several" if it names proposals beside another one."""
    named: tuple[tuple[Part, re.Pattern[str]], ...]
    named = (("limits", _LIMITS), ("problems", _PROBLEMS), ("reasoning", _REASONING))
    other: Part = next((part for part, pattern in named if pattern.search(heading)), "")
    if _PROPOSALS.search(heading):
        return "several" if other else "proposals"
    return other


def own_part(path: tuple[str, ...]) -> Part:
    """The part that the innermost heading names which names one; empty if none does.

    A problem under a heading of proposals names what a proposal is for: there the answer is "proposals".
    """
    parts = [part for part in map(part_of, path) if part]
    if not parts:
        return ""
    return "proposals" if parts[-1] == "problems" and "proposals" in parts else parts[-1]


def narrowed(path: tuple[str, ...]) -> tuple[str, ...]:
    """A heading path whose outer headings of several parts no longer speak of proposals, if these are not meant."""
    if own_part(path) not in ("problems", "reasoning", "limits"):
        return path
    return tuple(_BESIDE.sub("", heading) if part_of(heading) == "several" else heading for heading in path)
