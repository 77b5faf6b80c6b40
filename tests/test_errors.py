from __future__ import annotations

import pickle
import re

import pytest

from tipmine import errors
from tipmine.errors import QuestionError, TipmineError


def classes(root: type[TipmineError] = TipmineError) -> list[type[TipmineError]]:
    return [root] + [leaf for child in root.__subclasses__() for leaf in classes(child)]


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = dict(re.findall(r"(\w+Error) \((?:exit )?(\d+)\)", errors.__doc__ or ""))
    assert drawn == {cls.__name__: str(cls.exit_code) for cls in classes()}


@pytest.mark.parametrize("cls", classes())
def test_an_error_says_what_is_wrong_what_was_expected_and_what_to_do(cls: type[TipmineError]) -> None:
    error = cls("a.pdf", "no PDF", "a PDF", "save it again")
    assert str(error) == "a.pdf: no PDF; expected: a PDF; do: save it again"
    assert str(cls("a.pdf", "no PDF")) == "a.pdf: no PDF"


@pytest.mark.parametrize("cls", classes())
def test_an_error_crosses_process_borders_whole(cls: type[TipmineError]) -> None:
    error = pickle.loads(pickle.dumps(cls("a", "b", "c", "d")))  # noqa: S301  # our own bytes
    assert (type(error), error.subject, error.wrong, error.expected, error.do) == (cls, "a", "b", "c", "d")


def test_the_reason_of_an_invalid_query_crosses_process_borders() -> None:
    error = QuestionError("year:67", "is not a year", code="year", written="67")
    received = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert (received.code, received.values) == ("year", {"written": "67"})
    assert vars(received) == vars(error) and str(received) == str(error)
