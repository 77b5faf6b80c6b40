"""Pillars, actors and their roles, each with a score and a reason.

extract -> segment -> tokenize -> [tag] -> themes -> trace

`load_tagger` returns a `Tagger`, which tags the passages of one document per call: pillars with a calibrated linear
model (`pillars`, `features`, `reasons`), actors with the gazetteer (`gazetteer`, `candidates`, `abbreviations`) and a
conditional random field (`open_names`), their roles with a second one (`roles`). `train` trains the models on labelled
passages (`labelled`), `evaluation` and `actor_evaluation` measure them against gold with the measures in `agreement`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipmine.callables import load_late, make_callable
from tipmine.tag.gazetteer import actor_ids, actor_name

if TYPE_CHECKING:
    from tipmine.tag.tagger import Tagger, load_tagger, model_fingerprint

__all__ = ["Tagger", "actor_ids", "actor_name", "load_tagger", "model_fingerprint"]

make_callable(__name__)

__getattr__ = load_late(__name__, {"tagger": ("Tagger", "load_tagger", "model_fingerprint")})
