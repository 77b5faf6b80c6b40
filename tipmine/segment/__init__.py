"""Lines into passages: paragraphs, turns, recommendation items, plan measures.

extract -> [segment] -> tokenize -> tag -> themes -> trace

`describe_document` fills in what the corpus manifest does not say about a document, `segment_document` returns its
passages with heading path, number, speaker and kind, and `kind_of` determines the kind of a single text.
"""

from __future__ import annotations

from tipmine.callables import make_callable
from tipmine.segment.describe import describe_document
from tipmine.segment.kinds import kind_of
from tipmine.segment.passages import segment_document

__all__ = ["describe_document", "kind_of", "segment_document"]

make_callable(__name__)
