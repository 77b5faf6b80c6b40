"""The rare search for cycles: in force while a document is read, and undone after it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tipmine.extract.collecting import MOST_NEW, rare_collection


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_is_undone_also_after_an_error() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(ValueError, match="wrong"), rare_collection():
        assert gc.get_threshold()[0] == MOST_NEW
        raise ValueError("wrong")
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("first", [0, 10 * MOST_NEW])
def test_who_turned_the_search_off_or_made_it_rarer_is_obeyed(first: int) -> None:
    gc.set_threshold(first, 10, 10)
    with rare_collection():
        assert gc.get_threshold()[0] == first
