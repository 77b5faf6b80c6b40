"""`python -m tipmine` runs the command line."""

from tipmine.cli.main import run

run()
