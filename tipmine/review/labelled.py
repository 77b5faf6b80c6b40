"""People's decisions in a run as labelled passages, from which models learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tipmine.records import PILLARS, ActorTag
from tipmine.section_paths import join_section
from tipmine.store.decisions import Decision, active
from tipmine.store.fields import Field, actor_field, pillar_field
from tipmine.store.run import Run
from tipmine.tag.model_store import ModelKind


def decided_records(run: Run, model_kind: ModelKind) -> list[dict[str, Any]]:
    """The passages of a run for which a person decided all five pillars, or every actor, as labelled records.

    Partly decided passages are left out: their other tags are the machine's, which would learn its own guesses.
    """
    decided = active(run.connection)
    passages = run.passages_by_id(decided)
    by_machine = run.machine_taggings(ids=passages)
    whole = [id_ for id_ in passages if _is_whole(decided[id_], by_machine[id_].actors, model_kind)]
    taggings = run.taggings(ids=whole)
    records = []
    for id_ in whole:
        passage, tagging = passages[id_], taggings[id_]
        record: dict[str, Any] = {
            "id": id_,
            "doc": passage.doc,
            "kind": tagging.kind,
            "section": join_section(passage.section),
            "speaker": passage.speaker,
            "text": passage.text,
        }
        if model_kind == "pillars":
            record["pillars"] = [tag.code for tag in tagging.pillars]
        else:
            record["actors"] = [
                {"start": tag.start, "end": tag.end, "role": tag.role, "sector": tag.sector} for tag in tagging.actors
            ]
        records.append(record)
    return records


def _is_whole(decisions: Mapping[Field, Decision], actors: Sequence[ActorTag], model_kind: ModelKind) -> bool:
    """Whether the decisions in force about a passage, by field, cover all pillars, or all `actors` that were tagged."""
    if model_kind == "pillars":
        return all(pillar_field(code) in decisions for code in PILLARS)
    return bool(actors) and all(actor_field(tag.start, tag.end) in decisions for tag in actors)
