"""Importing this module processes a document of one line, which loads models, dictionaries and word costs.

The process from which workers are forked imports it (executors.py), so that what every document needs is loaded once
and is in memory once, however many workers there are. A model that cannot be read is not an error here: the first
document will report it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

from tipmine.extract import documents  # noqa: F401 -- loaded for the workers
from tipmine.extract.repair import word_share
from tipmine.records import Document, DocumentInfo, Line, Quality
from tipmine.settings import Settings
from tipmine.work import Job, process_document

_TEXT = "1) ควรจัดหาล่ามให้แก่ผู้เสียหาย"

# Ctrl-C is handled by the process that started this one, and which ends it (interrupts.py). A worker that was just
# forked, and whose parent is gone, then fails to start; its traceback would only confuse.
signal.signal(signal.SIGINT, signal.SIG_IGN)
_server, _print_traceback = os.getpid(), sys.excepthook
sys.excepthook = lambda *error: _print_traceback(*error) if _server in (os.getpid(), os.getppid()) else None
if sys.platform != "win32":
    # What is unfinished here leaves no temporary file behind; workers just end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
word_share(_TEXT)
_line = Line("-", 1, 1, _TEXT, _TEXT, None, (), Quality(1.0, "clean"))
process_document(Job(DocumentInfo("-"), Settings(), Document("-", (), (_line,))))
gc.collect()
# Objects that the garbage collector no longer touches stay on memory pages that all workers share.
gc.freeze()
