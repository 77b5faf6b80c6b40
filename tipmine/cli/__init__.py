"""The command line: one module a command, all of them thin. `main.py` gathers them and turns errors into exit codes."""
