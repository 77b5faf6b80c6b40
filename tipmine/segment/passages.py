"""Turns a document's lines into passages, the units of analysis, with heading path, number, speaker and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tipmine.ids import passage_id
from tipmine.records import Document, DocumentInfo, Passage
from tipmine.segment.drafts import Draft
from tipmine.segment.prose import Prose
from tipmine.segment.signatures import joined_signatures
from tipmine.segment.transcripts import Transcript
from tipmine.segment.turns import Speakers, is_talk


def segment_document(document: Document, info: DocumentInfo) -> tuple[Passage, ...]:
    """The passages of `document` in reading order; `info.type`, if known, says how to read the document.

    A passage's id depends on the document's id, the passage's text, and how often that text occurred earlier in the
    document, so a passage keeps its id as long as its wording stays the same.
    """
    speakers = Speakers(document.lines)
    transcript = info.type == "transcript" or (not info.type and speakers.make_a_transcript)
    if (transcript and speakers) or (info.type == "transcript" and is_talk(document.lines, info.title)):
        drafts = Transcript(document, speakers, info.title).drafts()
    else:
        drafts = joined_signatures(Prose(document, info.type, info.title).drafts())
    return _finish(document.doc, drafts)


def _finish(doc: str, drafts: Iterable[Draft]) -> tuple[Passage, ...]:
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    for draft in drafts:
        if not draft.text.strip():
            continue
        key = passage_id(doc, draft.text, seen[draft.text])
        seen[draft.text] += 1
        passages.append(
            Passage(
                id=key,
                doc=doc,
                kind=draft.kind,
                text=draft.text,
                section=draft.section,
                number=draft.number,
                speaker=draft.speaker,
                lines=draft.spans,
                order=len(passages),
            )
        )
    return tuple(passages)
