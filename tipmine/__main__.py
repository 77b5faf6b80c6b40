"""`python -m tipmine`, and what the command `tipmine` starts."""

import sys

from tipmine import interrupts


def run() -> None:
    """Run the command line; Ctrl-C is one line also while it is being loaded."""
    interrupts.be_brief()
    try:
        from tipmine.cli.main import run as command

        command()
    except KeyboardInterrupt:
        interrupts.say_stopped()
        sys.exit(interrupts.STOPPED)
    except SystemExit as ended:
        if ended.code == interrupts.STOPPED:
            interrupts.say_stopped()
        raise


if __name__ == "__main__":
    run()
