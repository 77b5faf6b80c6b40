"""One folder a run: SQLite records, people's decisions, a search index, and the questions asked of them.

What flows in comes from the stages: extract -> segment -> tokenize -> tag -> themes -> trace -> [store].
Start at `run.py`; `query.py` answers researchers' questions.
"""
