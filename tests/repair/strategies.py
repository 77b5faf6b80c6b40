"""Texts for the properties: real words, broken words, and anything Unicode has."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    *("การ", "ค้า", "มนุษย์", "จังหวัด", "ที่", "มี", "ผู้", "ปฏิบัติ", "งาน", "ดำเนิน", "ทำ", "น้ำ", "ป้องกัน"),
    *("ศูนย์", "กิจกรรม", "เด็ก", "และ", "สตรี", "ให้", "ใช้", "แรงงาน", "ตำรวจ", "สำนัก", "เพื่อ", "เท่านั้น"),
    *("ฝ่าย", "เป้า", "หมาย", "ข้อ", "เสนอ", "แนะ", "ๆ", "ฯ", "๒๕๖๕", "2565", "พ.ศ.", "นาย", "กิติพนธ์", "NGO"),
    *("(", ")", "-", ",", "มาตรา4", "ครั้ง", "สิ่ง", "ขึ้น"),
]
THAI = "".join(chr(c) for c in range(0x0E01, 0x0E5C) if chr(c).isprintable())
ODD = "\ufffd\uf70a\uf712\uf88d\u00a0\u0164\u02d1&#4()cid:201\u200b\u00e0\u00b8\u00a1\u20ac \n\t"

prose = st.lists(st.sampled_from(WORDS), max_size=12).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words))
)
soup = st.text(st.sampled_from(THAI + ODD), max_size=60)
marks = st.text(st.sampled_from("กน เา\u0e33\u0e31\u0e34\u0e35\u0e38\u0e39\u0e48\u0e49\u0e4c\u0e4d\ufffd"), max_size=30)
anything = st.text(max_size=80)
broken = st.one_of(prose, soup, marks, anything, st.tuples(prose, soup, prose).map("".join))
