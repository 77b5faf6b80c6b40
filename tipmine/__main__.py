"""`python -m tipmine` is the command line."""

from tipmine.cli.main import run

run()
