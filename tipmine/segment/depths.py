"""How deep numbers and headings are nested: one scale for both, since a heading has the rank of its number.

Smaller is further out. Each part of a number after the first is one deeper (1.2.3 has DECIMAL + 2), so a depth needs
room after it.
"""

VOLUME = 1
"""ภาคที่ ๑"""
CHAPTER = 2
"""บทที่ ๑, ภาคผนวก ก"""
SECTION = 3
"""ส่วนที่ ๑, หมวด ๑, ระเบียบวาระที่ ๑"""
FIXED_HEADING = 4
"""The headings that reports have in common, such as ข้อเสนอแนะ"""
PART = 5
"""ยุทธศาสตร์ที่ ๑, ข้อ ๑; up to 8 for ข้อ 1.2.3.4"""
OTHER_HEADING = 8
"""Headings without a number or a known wording"""
DIVISION = 9
"""Headings that divide another one: ด้านการป้องกัน, ระยะสั้น"""
DECIMAL = 10
"""1., 1.1; up to 14 for 1.2.3.4.5"""
CLOSED = 20
"""1), 1.1); up to 24 for 1.2.3.4.5)"""
BRACKETS = 22
"""(1), (1.1); up to 25 for (1.2.3.4)"""
LETTER = 24
"""ก., (ก), S1:"""
LATIN = 26
"""a), iv."""
NAMES = 29
"""Names of those to whom proposals are made: under any number, over bullets"""
BULLET = 30
"""•, -"""
