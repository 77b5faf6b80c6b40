"""One thread for the linear algebra libraries while a stage computes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


@contextmanager
def one_thread(libraries: ThreadpoolController | None = None) -> Iterator[None]:
    """Limit the linear algebra libraries of this process to one thread; afterwards their old limits apply again.

    Documents are processed in parallel already: more threads than cores wait for each other, on a busy machine for
    minutes. Besides, sums in another order differ in the last digit, so that results would depend on the machine.
    `libraries` are those to limit, by default all that are loaded now: looking for them takes some 10 ms each time.
    """
    from threadpoolctl import ThreadpoolController

    with (libraries or ThreadpoolController()).limit(limits=1):
        yield
