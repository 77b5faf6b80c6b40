"""Importing this module does a document of one line, so that models, dictionaries and word costs are read.

The process that worker processes are forked from imports it (executors.py): what every document needs is then read
once and lies in memory once, however many workers there are. A model that cannot be read is no error here; the first
document tells.
"""

from __future__ import annotations

import gc
import signal

from tipmine.extract import documents  # noqa: F401 -- loaded for the workers
from tipmine.extract.repair import word_share
from tipmine.records import Document, DocumentInfo, Line, Quality
from tipmine.settings import Settings
from tipmine.work import Job, process_document

_TEXT = "1) ควรจัดหาล่ามให้แก่ผู้เสียหาย"

# The process that started this one answers Ctrl-C.
signal.signal(signal.SIGINT, signal.SIG_IGN)
word_share(_TEXT)
line = Line("-", 1, 1, _TEXT, _TEXT, None, (), Quality(1.0, "clean"))
process_document(Job(DocumentInfo("-"), Settings(), Document("-", (), (line,))))
gc.collect()
# Objects that the collector no longer looks at stay on memory pages that all workers share.
gc.freeze()
