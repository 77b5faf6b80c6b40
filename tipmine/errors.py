"""All errors that tipmine raises on purpose, in one tree.

    TipmineError (exit 1)
    +-- UsageError (2)            a command, argument or setting that makes no sense
    |   +-- QuestionError (2)     an invalid query in the query language, or a taken name for one
    +-- InputError (3)            a file that cannot be read as what it should be
    |   +-- MissingFileError (3)
    |   +-- WrongTypeError (4)    neither PDF, DOCX nor TXT, or not what its name says
    |   +-- EncryptedError (5)    a password is needed, or the one given is wrong
    |   +-- DamagedFileError (6)  truncated, empty, or not parseable
    |   +-- TooLargeError (7)     over a stated limit of size, pages, time or memory
    |   +-- RecordError (8)       a JSONL line that lacks what the command needs
    +-- MissingPartError (9)      an optional program, package or model is not installed
    +-- RunError (10)             a run folder that is missing, locked, or of another version
    +-- InternalError (11)        a fault of tipmine itself

A message has three parts: what is wrong, what was expected, what to do. The command line prints them on one line of
stderr, after the name of the file or option, and exits with the code of the class.
"""

from __future__ import annotations

from typing import Any


class TipmineError(Exception):
    """The root of the tree. Its text is `subject: what is wrong; expected: ...; do: ...`.

    `subject` is the file, folder, option or id that the error is about; `expected` and `do` may be empty.
    """

    exit_code = 1

    def __init__(self, subject: str, wrong: str, expected: str = "", do: str = "") -> None:
        self.subject = subject
        self.wrong = wrong
        self.expected = expected
        self.do = do
        super().__init__(str(self))

    def __reduce__(self) -> tuple[type[TipmineError], tuple[str, str, str, str], dict[str, Any]]:
        # Errors travel between processes in a batch; the default would call __init__ with the message alone.
        return type(self), (self.subject, self.wrong, self.expected, self.do), vars(self)

    def __str__(self) -> str:
        parts = [self.wrong]
        if self.expected:
            parts.append(f"expected: {self.expected}")
        if self.do:
            parts.append(f"do: {self.do}")
        return f"{self.subject}: " + "; ".join(parts)


class UsageError(TipmineError):
    """A command, argument or setting that makes no sense."""

    exit_code = 2


class QuestionError(UsageError):
    """An invalid query in the query language, or one that cannot be saved under its name.

    The query desk says it in Thai: `code` is the reason, from the group `refused` of `data/report/labels.tsv`; `values`
    are the numbers and words to put into its sentence.
    """

    def __init__(
        self, subject: str, wrong: str, expected: str = "", do: str = "", *, code: str = "", **values: object
    ) -> None:
        super().__init__(subject, wrong, expected, do)
        self.code = code
        self.values = values


class InputError(TipmineError):
    """A file that cannot be read as what it should be."""

    exit_code = 3


class MissingFileError(InputError):
    """A file or folder that is not there."""


class WrongTypeError(InputError):
    """A file that is neither PDF, DOCX nor TXT, or not what its name says."""

    exit_code = 4


class EncryptedError(InputError):
    """A file that needs a password, or a different one from the one given."""

    exit_code = 5


class DamagedFileError(InputError):
    """A file that is truncated, empty, or cannot be parsed."""

    exit_code = 6


class TooLargeError(InputError):
    """A file over a stated limit of size, pages, time or memory."""

    exit_code = 7


class RecordError(InputError):
    """A JSONL line that lacks what the command needs."""

    exit_code = 8


class MissingPartError(TipmineError):
    """An optional program, package or model that is not installed."""

    exit_code = 9


class RunError(TipmineError):
    """A run folder that is missing, locked, or of another version."""

    exit_code = 10


class InternalError(TipmineError):
    """A fault of tipmine itself; the file that revealed it is not to blame."""

    exit_code = 11
