"""The stages that need the whole corpus: their input from the run, and their results into it.

What such a stage uses of the tags is part of its fingerprint, so a person's decision repeats only the stages whose
input it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tipmine.fingerprints import Stage
from tipmine.ids import content_hash
from tipmine.records import EVIDENCE_KINDS, DocumentInfo, Kind, Passage, Pillar, Tagging, TextUnit
from tipmine.section_paths import join_section
from tipmine.settings import Settings
from tipmine.store.run import Run
from tipmine.theme_files import Steering

_SPOKEN: tuple[Kind, ...] = ("utterance",)
"""The kinds of passages whose themes are sought."""
_TRACED: tuple[Kind, ...] = ("recommendation",)
"""The kinds of passages that are traced."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The result of a corpus stage: what writes it, and the edits of themes that could not be done again."""

    write: Callable[[], None]
    edits_not_applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusStage(Stage):
    """A stage that is done once for the corpus, after all documents."""

    takes: Callable[[Tagging], tuple[object, ...]]
    """What the stage uses of the tags of a passage; empty for passages that it does not take."""
    compute: Callable[[Run, Settings, Steering], Computed]
    """The result, which is not written yet: computing takes a minute or more, and a transaction would keep people's
    decisions from being stored for so long."""


def corpus_fingerprint(run: Run, stage: CorpusStage, own: str) -> str:
    """A text that changes with all that the result of a corpus stage depends on.

    `own` is what the stage itself depends on (`stage_fingerprint`); its input is the tagged documents of the run and
    what people have decided about them. Corpus stages do not read each other's results.
    """
    documents = content_hash(run.fingerprints("tag"))
    return f"{documents}/{own}/{_decisions_fingerprint(run, stage)}"


def _decisions_fingerprint(run: Run, stage: CorpusStage) -> str:
    """Eight hex digits that change when people's decisions change which passages a corpus stage takes, or their tags.

    A decision that only confirms the machine changes nothing.
    """
    from tipmine.store.decisions import active, apply_to_taggings

    decided = active(run.connection)
    machine = run.machine_taggings(ids=decided)
    changed = []
    for key, tagging in apply_to_taggings(machine, decided).items():
        content = stage.takes(tagging)
        if content != stage.takes(machine[key]):
            changed.append((key, content))
    return content_hash(sorted(changed), digits=8)


def taken_by_themes(tagging: Tagging) -> tuple[object, ...]:
    """The kind of an utterance: vectors are made of words alone."""
    return (tagging.kind,) if tagging.kind in _SPOKEN else ()


def taken_by_traces(tagging: Tagging) -> tuple[object, ...]:
    """Kind, pillars and actors of a recommendation or of possible evidence."""
    return (tagging.kind, *_codes(tagging)) if tagging.kind in (*_TRACED, *EVIDENCE_KINDS) else ()


def compute_themes(run: Run, settings: Settings, steering: Steering) -> Computed:
    """The themes, with the edits by hand applied.

    A theme that a person has named keeps its id, and so its name.
    """
    from tipmine.store import records_io as io
    from tipmine.store.decisions import active
    from tipmine.themes import find_themes, keep_ids, replay

    units = text_units(run, _SPOKEN)
    theme_set = find_themes(units, seed=settings.themes_seed, vectors=settings.themes_vectors, guides=steering.guides)
    theme_set, missed = replay(theme_set, steering.edits, units)

    def write() -> None:
        # In the transaction, so that a name given while themes were sought is not lost.
        decided = active(run.connection)
        named = [theme for theme in run.themes().themes if theme.id in decided]
        io.write_themes(run.connection, keep_ids(theme_set, named))

    return Computed(write, tuple(missed))


def compute_traces(run: Run, settings: Settings, _steering: Steering) -> Computed:
    """The traces of the recommendations."""
    from tipmine.store import records_io as io
    from tipmine.trace import trace
    from tipmine.trace.rows import answers_in_rows, with_answers

    recommendations = text_units(run, _TRACED)
    evidence = text_units(run, EVIDENCE_KINDS)
    # The findings of a corpus are not a column of answers, however many there are: one may bear out several.
    traces = trace(recommendations, evidence, candidates=settings.trace_candidates, table=False)
    asking = dict.fromkeys(unit.doc for unit in recommendations)
    answers = {rec: own for doc in asking for rec, own in answers_in_rows(run.passages(doc=doc)).items()}
    answered = with_answers(traces, answers)
    return Computed(lambda: io.write_traces(run.connection, answered))


def text_units(run: Run, kinds: Sequence[Kind]) -> list[TextUnit]:
    """The passages of the given kinds, with words and tags, as input for themes and traces."""
    from tipmine.store.decisions import active, apply_to_taggings

    decided = active(run.connection)
    units: list[TextUnit] = []
    # One document at a time: most passages of a large run are of other kinds, and together they may not fit.
    for info in run.documents():
        taggings = apply_to_taggings(run.machine_taggings(doc=info.doc), decided)
        wanted = [passage for passage in run.passages(doc=info.doc) if taggings[passage.id].kind in kinds]
        words = run.words(passage.id for passage in wanted)
        units += (_unit(passage, taggings[passage.id], words[passage.id], info) for passage in wanted)
    return units


def _unit(passage: Passage, tagging: Tagging, words: tuple[str, ...], info: DocumentInfo) -> TextUnit:
    pillars, actors = _codes(tagging)
    return TextUnit(
        id=passage.id,
        text=passage.text,
        words=words,
        doc=passage.doc,
        kind=tagging.kind,
        speaker=passage.speaker,
        group=info.province or info.speaker_group,
        section=join_section(passage.section),
        pillars=pillars,
        actors=actors,
    )


def _codes(tagging: Tagging) -> tuple[tuple[Pillar, ...], tuple[str, ...]]:
    """The codes of the pillars and the ids of the actors."""
    return tuple(tag.code for tag in tagging.pillars), tuple(tag.actor for tag in tagging.actors if tag.actor)
