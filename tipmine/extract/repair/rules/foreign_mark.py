"""Marks that came out as signs of a font without a map, and letters that came out as U+FFFD.

What a sign stands for is learnt from the document (`tipmine.extract.repair.foreign`, `tipmine.extract.repair.lost`);
these two rules only name the edits. `foreign-mark` needs occurrences in several contexts that agree; `unknown-mark`
reads U+FFFD as the letter that makes words: a mark, a vowel, or a consonant if many places agree on one.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import LOST
from tipmine.extract.repair.rule import NEVER, Rule

RULE = Rule(
    id="foreign-mark",
    kind="learnt",
    pattern=NEVER,
    readings=lambda _: (),
    story="the font shows this mark as another character throughout the document",
    thai="ฟอนต์แสดงเครื่องหมายนี้เป็นอักขระอื่นทั้งเอกสาร",
    repairs=(("กลุ\u0164มผู\u0160ป\u0160องกัน ทั\u0160งกลุ\u0164มที\u0164ไม\u0164ใช\u0164", "กลุ่มผู้ป้องกัน ทั้งกลุ่มที่ไม่ใช่"),),
    leaves=("มาตรา4 มาตรา4 มาตรา4 มาตรา4", "ข้อ& ข้อ& ข้อ&", "ก้าวไกล# ใหม่# เมือง#"),
)

UNKNOWN = Rule(
    id="unknown-mark",
    kind="learnt",
    pattern=re.compile(LOST),
    readings=lambda _: (),
    story="this letter had no Unicode value, but the word needs it",
    thai="อักษรนี้ไม่มีรหัสยูนิโคด แต่คำต้องมี",
    repairs=(
        ("ป\ufffdจจัยสำคัญ", "ปัจจัยสำคัญ"),
        ("การมีส\ufffdวนร่วม", "การมีส่วนร่วม"),
        ("ก\ufffdรช่วยเหลือผู้เสียห\ufffdยออกม\ufffdจ\ufffdกโรงง\ufffdน", "การช่วยเหลือผู้เสียหายออกมาจากโรงงาน"),
        ("เบ\ufffdะแสก\ufffdรค้\ufffdหญิง", "เบาะแสการค้าหญิง"),
        ("\ufffdายงานกา\ufffdทำงานของแ\ufffdงงานในโ\ufffdงงาน", "รายงานการทำงานของแรงงานในโรงงาน"),
    ),
    leaves=("\ufffd\ufffd\ufffd", "abc\ufffd", "ฟซ\ufffdฬ", "ศูนย์\ufffd\u0e31ดกรอง", "เลขที่ \ufffd ลงวันที่"),
)
