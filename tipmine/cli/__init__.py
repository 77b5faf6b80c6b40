"""The command line: one thin module per command. `main.py` gathers them and turns errors into exit codes.

Shared by the commands: `options.py` (options), `runs.py` (which run is meant), `jsonl.py` (records in and out),
`tables.py` and `output.py` (what is printed or written).
"""
