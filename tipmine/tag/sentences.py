"""The Thai sentences that say why a pillar or an actor was tagged, from `data/tag_reasons.tsv`.

>>> sentence("role_column", head="หน่วยงานหลัก")
'บทบาทดูจากหัวคอลัมน์: หน่วยงานหลัก'
"""

from __future__ import annotations

from tipmine.sentences import Sentences

sentence = Sentences(
    "tag_reasons.tsv",
    {
        **dict.fromkeys(("pillar_together", "by_person", "listed", "listed_shortened", "unlisted", "or"), ""),
        **dict.fromkeys(("from_heading", "role_place"), ""),
        **dict.fromkeys(("pillar_heading", "listed_above"), "heading"),
        **dict.fromkeys(("role_after", "role_before", "role_proposer"), "word"),
        "listed_within": "form",
        "listed_alone": "others",
        "undecided": "names",
        "introduced": "name words",
        "role_column": "head",
        "role_label": "label",
        "role_words": "words",
        "below_with": "asked word",
        "below_object": "asked",
    },
)
"""The sentence for a code, filled with its values; the file lists each code with the values that it takes."""
