"""Everything that tipmine can raise on purpose, in one tree.

    TipmineError (exit 1)
    +-- UsageError (2)            a command or a setting that cannot be meant
    +-- InputError (3)            a file that cannot be read as what it should be
    |   +-- MissingFileError (3)
    |   +-- WrongTypeError (4)    neither PDF, DOCX nor TXT, or not what its name says
    |   +-- EncryptedError (5)    a password is needed, or the one given is wrong
    |   +-- DamagedFileError (6)  truncated, empty, or not parseable
    |   +-- TooLargeError (7)     over a stated limit of size, pages, time or memory
    |   +-- RecordError (8)       a JSONL line that lacks what the command needs
    +-- MissingPartError (9)      an optional program, package or model is not installed
    +-- RunError (10)             a run folder that is missing, locked, or of another version

A message has three parts: what is wrong, what was expected, what to do. The command line prints them on one
line behind the name of the file, on stderr, and ends with the class's exit code.
"""

from __future__ import annotations


class TipmineError(Exception):
    """The root: `subject: what is wrong; expected: ...; do: ...`."""

    exit_code = 1

    def __init__(self, subject: str, wrong: str, expected: str = "", do: str = "") -> None:
        self.subject = subject
        self.wrong = wrong
        self.expected = expected
        self.do = do
        super().__init__(str(self))

    def __reduce__(self) -> tuple[type[TipmineError], tuple[str, str, str, str]]:
        # Errors cross process borders in a batch; the default would call __init__ with the message alone.
        return type(self), (self.subject, self.wrong, self.expected, self.do)

    def __str__(self) -> str:
        parts = [self.wrong]
        if self.expected:
            parts.append(f"expected: {self.expected}")
        if self.do:
            parts.append(f"do: {self.do}")
        return f"{self.subject}: " + "; ".join(parts)


class UsageError(TipmineError):
    """A command or a setting that cannot be meant."""

    exit_code = 2


class InputError(TipmineError):
    """A file that cannot be read as what it should be."""

    exit_code = 3


class MissingFileError(InputError):
    """The file or folder is not there."""


class WrongTypeError(InputError):
    """Neither PDF, DOCX nor TXT, or not what its name says."""

    exit_code = 4


class EncryptedError(InputError):
    """A password is needed, or the one given is wrong."""

    exit_code = 5


class DamagedFileError(InputError):
    """Truncated, empty, or not parseable."""

    exit_code = 6


class TooLargeError(InputError):
    """Over a stated limit of size, pages, time or memory."""

    exit_code = 7


class RecordError(InputError):
    """A JSONL line that lacks what the command needs."""

    exit_code = 8


class MissingPartError(TipmineError):
    """An optional program, package or model is not installed."""

    exit_code = 9


class RunError(TipmineError):
    """A run folder that is missing, locked, or of another version."""

    exit_code = 10
