"""The run folder: SQLite records, people's decisions, a search index, and queries over them.

The records come from the stages: extract -> segment -> tokenize -> tag -> themes -> trace -> [store].
Start at `run.py`; `query.py` answers queries.
"""
