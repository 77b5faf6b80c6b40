"""[extract] -> segment -> tokenize -> tag -> themes -> trace: files -> lines.

The steps for a PDF, with the modules that do them: glyphs (glyphs, actualtext, fonts) -> clusters (marks) -> segments
and lines (lines, tables, order) -> roles (furniture) -> repaired text (repair, compose). DOCX, TXT and OCR start with
draft lines. Start at documents.extract_document.
"""

from __future__ import annotations

from tipmine.callables import make_callable
from tipmine.extract.documents import extract_document

__all__ = ["extract_document"]

make_callable(__name__)
