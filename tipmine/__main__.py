"""`python -m tipmine`, and what the command `tipmine` starts."""

import sys

from tipmine import interrupts


def run() -> None:
    """Run the command line; Ctrl-C prints one line even while the command is being loaded."""
    interrupts.handle_interrupts()
    try:
        from tipmine.cli.main import run as command

        command()
    except KeyboardInterrupt:
        interrupts.report_stopped()
        sys.exit(interrupts.EXIT_CODE)
    except SystemExit as ended:
        if ended.code == interrupts.EXIT_CODE:
            interrupts.report_stopped()
        raise


if __name__ == "__main__":
    run()
