"""Where a line stands in its sentence, by the words it begins with: it goes on with the line above, or opens a text.

Thai writes no full stops, and a text that was copied may be broken anywhere. The words are in
`data/segment/wordings.tsv`.
"""

from __future__ import annotations

import re

from tipmine.segment.numbering import marker_of
from tipmine.segment.thai import letters
from tipmine.segment.wordings import any_of

LONGEST_BROKEN = 140
"""Letters of a line that a program may have broken; a longer one is a paragraph. Higher: paragraphs of news that begin
with ซึ่ง or โดย run together; lower: halves of a sentence are passages."""
SHORTEST_BROKEN = 25
"""Letters of such a line; a shorter one is rather a heading. Higher: halves of a sentence are passages."""
PREDICATE = re.compile(
    r"ควร|พบว่า|เห็นว่า|กล่าวว่า|ร้อยละ|จะต้อง|ได้แก่|เนื่องจาก|ดังนี้|ทำให้|จึง|โดยให้|หมายถึง|หมายความว่า|ค่ะ|ครับ|นะคะ"
)
"""Words that a sentence has and a heading has not."""
_GOES_ON = re.compile(any_of("goes_on"))
_MAY_GO_ON = re.compile(any_of("may_go_on"))
_NEEDS_SUBJECT = re.compile(any_of("needs_subject"))
_OPENS_TEXT = re.compile(any_of("opens_text"))
_BODY = re.compile(any_of("body"))
_TOPIC = re.compile(any_of("topic"))
_ENDED = re.compile(r"[.:!?\"\u201d]\s*$|(?:ดังนี้|ต่อไปนี้)\s*$")


def goes_on(above: str, text: str) -> bool:
    """Whether a line is the rest of the sentence of the line right above it.

    >>> goes_on("การศึกษาครั้งนี้มีวัตถุประสงค์เพื่อศึกษาบทบาทของล่าม", "และศึกษาปัญหาของล่าม")
    True
    """
    above, text = above.strip(), text.lstrip()
    count = letters(above)
    if count < SHORTEST_BROKEN or _ENDED.search(above):
        return False
    return bool(_GOES_ON.match(text) or (count <= LONGEST_BROKEN and _MAY_GO_ON.match(text)))


def is_subject(above: str, text: str) -> bool:
    """Whether a numbered line only names those of whom the next line, `text`, says what they do or should do."""
    named = _body_of(above)
    only_named = bool(_BODY.match(named)) and not PREDICATE.search(named) and not _ENDED.search(named)
    return only_named and bool(_NEEDS_SUBJECT.match(text.lstrip()))


def is_topic_of(above: str, text: str) -> bool:
    """Whether a numbered line names a subject, and the next text opens a text of its own under it."""
    named = _body_of(above)
    return bool(_TOPIC.match(named)) and not PREDICATE.search(named) and bool(_OPENS_TEXT.match(text.lstrip()))


def _body_of(line: str) -> str:
    """A line without its number; empty if it has none."""
    marker = marker_of(line)
    return line[marker.end :] if marker and marker.path else ""
