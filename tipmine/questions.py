"""The Python interface to a run: what `tipmine query` answers, as data frames.

The functions that answer a query take words in the query language, facets, and as `saved` the name of a saved query,
which words and facets narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

    from tipmine.store.query import Query
    from tipmine.store.run import Run

FacetValues = str | int | Sequence[str | int] | None
"""One value of a facet, or several, any one of which may match; years may be numbers. None: any value."""
RunOrFolder: TypeAlias = "Run | Path | str"
"""A run, opened with `tipmine.open_run` or as its folder."""


@contextmanager
def _opened(run: RunOrFolder) -> Iterator[Run]:
    """The run, opened for as long as it is used; one that is open already stays open."""
    from tipmine.store.run import Run, open_run

    if isinstance(run, Run):
        yield run
    elif isinstance(run, Path | str):
        with open_run(run) as opened:
            yield opened
    else:
        raise TypeError(f"a run is expected, as its folder or from tipmine.open_run, not {type(run).__name__}")


@contextmanager
def _open_query(
    run: RunOrFolder, text: str, facets: Mapping[str, FacetValues], *, saved: str = "", limit: int | None = None
) -> Iterator[tuple[Run, Query]]:
    """The run, opened, and the query; the index holds the decisions made so far, unless it cannot be rebuilt."""
    from tipmine.store.entries import refresh_index
    from tipmine.store.query import Query, index_values
    from tipmine.store.saved import with_saved

    with _opened(run) as opened:
        refresh_index(opened)
        yield opened, with_saved(opened.connection, Query(text, index_values(opened, _lists(facets)), limit), saved)


def query(
    run: RunOrFolder, text: str = "", *, limit: int | None = None, saved: str = "", **facets: FacetValues
) -> pd.DataFrame:
    """The answer of `tipmine query` as a data frame with one row per passage.

    For example `query("outputs/a", "ล่าม", pillar="policy")`. `run` is an open run or its folder; `text` is in the query
    language (`tipmine.store.language`): a word is found as a word of its own and in compounds (ค้ามนุษย์ in การค้ามนุษย์),
    and in quotation marks wherever its letters stand (`'"นา"'` in นาย). A facet takes one value or a sequence, as on
    the command line: ids or names, years B.E. or C.E. With `saved`, the name of a saved query, that query is narrowed
    by the given words and values. All passages are given, or with a `limit` the best ones. Raises RunError if there is
    no run, UsageError for an unknown facet or saved query, QuestionError for a query that cannot be answered.
    """
    import pandas as pd

    from tipmine.store.query import COLUMNS, answer_rows, search

    with _open_query(run, text, facets, saved=saved, limit=limit) as (opened, asked):
        answer = search(opened, asked)
    return pd.DataFrame(answer_rows(answer), columns=list(COLUMNS))


def kwic(
    run: RunOrFolder,
    text: str = "",
    *,
    by: str = "right",
    limit: int | None = None,
    saved: str = "",
    **facets: FacetValues,
) -> pd.DataFrame:
    """Key words in context, as `tipmine query --kwic` gives them: a data frame with one row per hit.

    With a `limit`, only that many passages are searched for hits. Rows are sorted `by` the words on the `right` or the
    `left` of the hit. Takes and raises what `query` does.
    """
    import pandas as pd

    from tipmine.store.query import CONTEXT_COLUMNS, concordance, concordance_rows, search

    with _open_query(run, text, facets, saved=saved, limit=limit) as (opened, asked):
        answer = search(opened, asked)
    return pd.DataFrame(concordance_rows(concordance(answer, by=by)), columns=list(CONTEXT_COLUMNS))


def collocates(
    run: RunOrFolder, text: str = "", *, limit: int | None = None, saved: str = "", **facets: FacetValues
) -> pd.DataFrame:
    """Words that are more frequent near the searched ones than elsewhere, as `tipmine query --collocates` gives them.

    A data frame with one row per word, the most unusual first; all of them, or with a `limit` that many. Words near
    the hits are counted in the 5,000 best passages. Takes and raises what `query` does.
    """
    import pandas as pd

    from tipmine.store.counting import COLLOCATE_COLUMNS, collocate_rows
    from tipmine.store.counting import collocates as find

    with _open_query(run, text, facets, saved=saved) as (opened, asked):
        found = find(opened, asked, limit=limit)
    return pd.DataFrame(collocate_rows(found), columns=list(COLLOCATE_COLUMNS))


def count(
    run: RunOrFolder, by: str | Sequence[str], text: str = "", *, saved: str = "", **facets: FacetValues
) -> pd.DataFrame:
    """How many passages have each value of the facet `by`, or of several, as `tipmine query --count` gives it.

    For example `count("outputs/a", "year", pillar="policy")`: one row per facet and value; actors and themes have
    their ids. Takes and raises what `query` does.
    """
    import pandas as pd

    from tipmine.store.counting import COUNT_COLUMNS, count_rows

    with _open_query(run, text, facets, saved=saved) as (opened, asked):
        rows = count_rows(opened, asked, [by] if isinstance(by, str) else by)
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))


def cross(
    run: RunOrFolder, rows: str, columns: str, text: str = "", *, saved: str = "", **facets: FacetValues
) -> pd.DataFrame:
    """Counts of the passages that have each pair of values of two facets, as `tipmine query --cross` gives them, but
    with the ids of actors and themes in place of their names.

    For example `cross("outputs/a", "year", "pillar")`: one row per value of the facet `rows`, one column per value of
    the facet `columns`. Takes and raises what `query` does.
    """
    import pandas as pd

    from tipmine.store.counting import cross as tabulate
    from tipmine.store.counting import cross_rows

    with _open_query(run, text, facets, saved=saved) as (opened, asked):
        cells = tabulate(opened, asked, rows, columns)
    return pd.DataFrame(cross_rows(cells, rows))


def save_query(
    run: RunOrFolder, name: str, text: str = "", *, reviewer: str, replace: bool = False, **facets: FacetValues
) -> None:
    """Save a query in the run under `name`, in place of the reviewer's older one, for `query(run, saved=name)`.

    `reviewer` names the person who saves it. Raises UsageError for an empty or unprintable name, a query that asks for
    nothing, one that `query` would refuse, and the name of somebody else's query, unless `replace` is true.
    """
    from tipmine.store.query import Query, index_values
    from tipmine.store.saved import save_query as save

    with _opened(run) as opened:
        save(opened.connection, name, Query(text, index_values(opened, _lists(facets))), reviewer, replace=replace)


def saved_queries(run: RunOrFolder) -> pd.DataFrame:
    """The saved queries of a run as a data frame, one row each: name, query as written, reviewer, time."""
    import pandas as pd

    from tipmine.store.saved import saved_queries as read_all
    from tipmine.store.saved import saved_rows

    with _opened(run) as opened:
        return pd.DataFrame(saved_rows(read_all(opened.connection)), columns=["name", "query", "reviewer", "at"])


def remove_query(run: RunOrFolder, name: str) -> None:
    """Remove a saved query from a run. Raises UsageError if there is no query of this name."""
    from tipmine.store.saved import remove_query as remove

    with _opened(run) as opened:
        remove(opened.connection, name)


def _lists(facets: Mapping[str, FacetValues]) -> dict[str, Sequence[str]]:
    """Facet -> its values as texts; a single value becomes a sequence of one."""
    return {
        facet: [str(value) for value in ([values] if isinstance(values, str | int) else values)]
        for facet, values in facets.items()
        if values is not None
    }
