"""Cuts passages into words with offsets; makes the spaCy Doc.

extract -> segment -> [tokenize] -> tag -> themes -> trace

Thai is written without spaces between words. PyThaiNLP's word list, the project's lexicon and the names of the
gazetteer say what a word is; nlpo3 finds the division with the fewest unknown pieces. `tokenize_text` returns tokens
which, joined, are the text again; `words` returns only those that carry meaning. `PhraseFinder` and `to_doc` need
spaCy, so they are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipmine.callables import load_late, make_callable
from tipmine.tokenize.words import tokenize_text, words, words_of

if TYPE_CHECKING:
    from tipmine.tokenize.doc import PhraseFinder, PhraseMatch, to_doc

__all__ = ["PhraseFinder", "PhraseMatch", "to_doc", "tokenize_text", "words", "words_of"]

make_callable(__name__)

__getattr__ = load_late(__name__, {"doc": ("PhraseFinder", "PhraseMatch", "to_doc")})
