"""Lists shown page by page: which pages there are, and the addresses of the previous and the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Pager(NamedTuple):
    """The page shown, the last page, and the addresses of the neighbouring pages; empty if there is none."""

    page: int
    last: int
    before: str
    after: str


def last_page(items: int, size: int) -> int:
    """The number of pages of a list, `size` items on each; an empty list has one.

    >>> last_page(0, 20), last_page(20, 20), last_page(21, 20)
    (1, 1, 2)
    """
    return max(-(-items // size), 1)


def pager(page: int, last: int, address: Callable[[int], str]) -> Pager:
    """The pager of a page, counted from 1; `address` gives the address of a page.

    >>> pager(1, 2, "/trace?page={}".format)
    Pager(page=1, last=2, before='', after='/trace?page=2')
    """
    return Pager(page, last, address(page - 1) if page > 1 else "", address(page + 1) if page < last else "")
