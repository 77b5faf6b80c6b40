"""The only place where spaCy is used: a Doc over our tokens, and phrases found in it.

spaCy's own Thai tokenizer would tokenise a second time and drop what it takes for white space. A `Doc` is therefore
always made from our own tokens, with `spaces` all False, so that character offsets in the Doc and in the passage are
the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans, get_lang_class

from tipmine.records import Passage, Token
from tipmine.section_paths import join_section
from tipmine.tokenize.dictionary import cut, encodable, load_words, project_words
from tipmine.tokenize.words import with_offsets

_SHORTEST_HEAD = 4
"""Fewest letters of a head: shorter ones begin words by chance (หมอ in หมอน, แม่ in แม่น้ำ), where the rest may be a
word too."""
_SHORTEST_REST = 3
_THAI = re.compile("[\u0e01-\u0e2e]")
_EXTENSIONS: Mapping[str, object] = {"id": "", "page": 0, "section": "", "kind": "", "speaker": ""}


class PhraseMatch(NamedTuple):
    """A form found in a text: half-open character offsets, and the form as it was given to the finder."""

    start: int
    end: int
    form: str


@cache
def _thai() -> Language:
    # `spacy.blank("th")` would build the Thai tokenizer, which loads PyThaiNLP's; only the vocabulary is needed.
    for name, default in _EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    return get_lang_class("xx")()


def to_doc(passage: Passage, tokens: Iterable[Token]) -> Doc:
    """A spaCy Doc of `passage` from its `tokens`, with the extensions `doc._.id`, `page`, `section`, `kind`, `speaker`.

    `doc.text` is the passage's text, and `doc.char_span(start, end)` takes the passage's offsets.
    """
    doc = _bare(token.text for token in tokens)
    doc._.id = passage.id
    doc._.page = passage.page
    doc._.section = join_section(passage.section)
    doc._.kind = passage.kind
    doc._.speaker = passage.speaker
    return doc


def _bare(pieces: Iterable[str]) -> Doc:
    words = [encodable(piece) for piece in pieces if piece]
    return Doc(_thai().vocab, words=words, spaces=[False] * len(words))


class PhraseFinder:
    """Finds listed forms in a text, on word boundaries; of overlapping forms, the longest.

    The text is cut into words with a dictionary that also contains the forms. So a form is found as a word even where
    the usual division would cut across it, and never inside another word (`หมอ` in `หมอก`). A compound that is one word
    in the dictionary but begins with a form (`เด็ก` in `เด็กเร่ร่อน`) is divided: in Thai the head of a compound comes
    first.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        """`forms` are written as in texts; those of white space alone are never found."""
        written = tuple(forms)
        # Latin letters make a word by themselves; listed, UN would cut UNION.
        usable = {form for form in written if not any(map(str.isspace, form)) and _THAI.search(form)}
        self._dictionary = load_words(_without_compounds(project_words(), usable) | usable)
        self._matcher = PhraseMatcher(_thai().vocab)
        for form in written:
            if form.strip():
                self._matcher.add(form, [_bare(cut(form, self._dictionary))])

    def find(self, text: str) -> tuple[PhraseMatch, ...]:
        """The forms found in `text`, from left to right."""
        if not text:
            return ()
        doc = _bare(token.text for token in with_offsets(text, cut(text, self._dictionary)))
        spans = filter_spans(self._matcher(doc, as_spans=True))
        matches = (PhraseMatch(span.start_char, span.end_char, span.label_) for span in spans)
        return tuple(match for match in matches if _whole(text, match.start, match.end))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word continues past the match: otherwise IOM, a listed word, would be found in IOMS."""
    before, after = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
    return not any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in (before, after))


def _without_compounds(words: frozenset[str], forms: set[str]) -> frozenset[str]:
    """`words` without compounds that consist of a form and another word."""
    return frozenset(word for word in words if word in forms or not _is_compound(word, words, forms))


def _is_compound(word: str, words: frozenset[str], forms: set[str]) -> bool:
    return any(
        word[:at] in forms and word[at:] in words for at in range(_SHORTEST_HEAD, len(word) - _SHORTEST_REST + 1)
    )
