"""The Thai sentences of reasons, from `data/trace_reasons.tsv`.

>>> sentence("same_pillars", pillars=sentence("policy"))
'อยู่ในด้านเดียวกัน: นโยบาย'
"""

from __future__ import annotations

from tipmine.sentences import Sentences

sentence = Sentences(
    "trace_reasons.tsv",
    {
        **dict.fromkeys(("idle", "nearest", "alone", "same_actors", "faint", "faint_turn", "confirmed_before"), ""),
        **dict.fromkeys(("problem", "measure", "actor", "person", "place", "matter"), ""),
        **dict.fromkeys(("policy", "prevention", "prosecution", "protection", "partnership"), ""),
        **dict.fromkeys(("same_idea", "maybe_same_idea"), "kind name words"),
        **dict.fromkeys(("both_say", "near_pair"), "asked said"),
        **dict.fromkeys(("related", "related_problem"), "name near said"),
        **dict.fromkeys(("maybe_related", "shared_words", "faint_words", "faint_turn_words", "met", "lack"), "words"),
        "near_words": "pairs",
        "same_pillars": "pillars",
    },
)
"""The sentence for a code, with its values filled in; each code of the file is listed with the values it takes."""
