"""`tipmine query`: passages by words and facets, and counts over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand

from tipmine.cli.options import Format, Output, RunFolder
from tipmine.cli.runs import open_searchable
from tipmine.cli.tables import Row, check_target, write_table
from tipmine.errors import UsageError

if TYPE_CHECKING:
    from tipmine.store.query import Answer, Query
    from tipmine.store.run import Run

_SHOWN = 90
"""Letters of a passage shown in a table on the terminal. Code points."""
_LANGUAGE = 'Words; "exact"; -not; OR; (a OR b) c; prefix*; a NEAR/5 b; ~word.'
FACETS_HELP = (
    "Facets: pillar actor role sector level kind type year province doc speaker theme coverage reviewed doubtful"
)
"""Written out because the help must not load the index; a test holds it equal to `store.index.FACETS`."""
_MINUS = "\ue000"
"""Stands for the minus of an excluded word while options are read. A character for private use, which nobody types."""
Values = list[str] | None


class QueryCommand(TyperCommand):
    """A command whose words may begin with a minus: `-ตำรวจ` excludes a word. The only short option is a bare `-o`.

    A file name cannot be glued to it: `-online` excludes a word as well.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As typer reads the arguments, but for words that begin with a minus."""
        rest = super().parse_args(ctx, [_MINUS + arg[1:] if _excludes(arg) else arg for arg in args])
        ctx.params["words"] = [word.replace(_MINUS, "-") for word in ctx.params.get("words") or ()]
        return rest


def _excludes(argument: str) -> bool:
    return argument.startswith("-") and argument not in ("-", "-o") and not argument.startswith("--")


def _facet(explained: str, *names: str) -> Any:
    """The option for the values of a facet."""
    return typer.Option(*names, metavar="<value>", help=explained)


def query(
    words: Annotated[list[str] | None, typer.Argument(help=_LANGUAGE)] = None,
    run: RunFolder = None,
    pillar: Annotated[Values, _facet("policy prevention prosecution protection partnership")] = None,
    actor: Annotated[Values, _facet("Gazetteer id or any name of an actor.")] = None,
    role: Annotated[Values, _facet("addressee partner beneficiary mention")] = None,
    sector: Annotated[Values, _facet("Sector of an actor; --count sector lists them.")] = None,
    level: Annotated[Values, _facet("national regional provincial district community international")] = None,
    kind: Annotated[Values, _facet("recommendation finding plan utterance method other")] = None,
    type_: Annotated[Values, _facet("plan report transcript letter: type of the document.", "--type")] = None,
    year: Annotated[Values, _facet("Year of the document, B.E. or C.E.")] = None,
    province: Annotated[Values, _facet("Province of the document.")] = None,
    doc: Annotated[Values, _facet("Document id.")] = None,
    speaker: Annotated[Values, _facet("Who speaks, as printed.")] = None,
    theme: Annotated[Values, _facet("Theme id or words of its label.")] = None,
    coverage: Annotated[Values, _facet("direct partial none untraced: evidence of a recommendation.")] = None,
    reviewed: Annotated[Values, _facet("yes no: whether a person decided something about it.")] = None,
    doubtful: Annotated[Values, _facet("yes no: whether a person should look at its tags.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most passages or collocates to show.")] = 20,
    kwic: Annotated[bool, typer.Option("--kwic", help="Key words in context.")] = False,
    sort: Annotated[str, typer.Option(help="With --kwic: by the left or right context.")] = "right",
    count: Annotated[Values, typer.Option(help=f"Count the values of a facet instead. {FACETS_HELP}")] = None,
    cross: Annotated[str, typer.Option(help="Count two of these facets against each other: year,pillar")] = "",
    collocates: Annotated[bool, typer.Option("--collocates", help="Words near the hits, by log-likelihood.")] = False,
    queries: Annotated[Path | None, typer.Option(help="A file with one query a line; their answers together.")] = None,
    save: Annotated[str, typer.Option(help="Keep this query in the run under a name; needs --reviewer.")] = "",
    reviewer: Annotated[str, typer.Option(help="With --save: who keeps it.")] = "",
    saved: Annotated[str, typer.Option(help="Ask the query kept under this name, narrowed by others.")] = "",
    saved_list: Annotated[bool, typer.Option("--saved-list", help="List the kept queries.")] = False,
    saved_remove: Annotated[str, typer.Option(help="Take out the query kept under this name.")] = "",
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Find passages by words and facets.

    A facet may be given several times; a passage then has one of the values.

    Example: tipmine query ล่าม --pillar protection --kind utterance --kwic
    """
    chosen = _chosen(locals())
    from tipmine.store.query import Query, allowed

    check_target(format_, output)
    form = _Form(
        kwic=kwic,
        sort=sort,
        count=count or (),
        cross=cross,
        collocates=collocates,
        queries=queries,
        saved_list=saved_list,
        saved_remove=saved_remove,
        save=save,
    )
    form.check()
    with open_searchable(run) as opened:
        wanted = _with_saved(opened, Query(" ".join(words or []), allowed(opened, chosen), limit), saved)
        table = _answer(opened, wanted, form, short=format_ == "table")
        if save:
            from tipmine.store.saved import save_query

            save_query(opened.connection, save, wanted, reviewer)
    write_table(table.rows, format_, output, title=table.title, columns=table.columns)


def _chosen(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """The facets with values among the options of `query`, whose names may end in `_` to be none of Python's."""
    from tipmine.store.index import FACETS

    given = {name.rstrip("_"): values for name, values in options.items()}
    return {facet: given[facet] for facet in FACETS if given[facet]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What is asked for in place of the passages: one thing at most. The fields are the options of `query`."""

    kwic: bool
    sort: str
    count: Sequence[str]
    cross: str
    collocates: bool
    queries: Path | None
    saved_list: bool
    saved_remove: str
    save: str

    def check(self) -> None:
        """Raises UsageError if several things are asked for at once."""
        options = {
            "--kwic": self.kwic,
            "--count": self.count,
            "--cross": self.cross,
            "--collocates": self.collocates,
            "--queries": self.queries,
            "--saved-list or --saved-remove": self.saved_list or self.saved_remove,
        }
        if self.saved_list or self.saved_remove:
            # These ask no query that could be saved; the answer to the others may be looked at and saved at once.
            options["--save"] = self.save
        given = [option for option, value in options.items() if value]
        if len(given) > 1:
            raise UsageError(" and ".join(given), "cannot be answered together", "one of them")


class _Table(NamedTuple):
    """A table to show: `columns` are the head of a file of no rows, as far as they are known."""

    title: str
    rows: Sequence[Row]
    columns: Sequence[str] = ()


def _answer(run: Run, wanted: Query, form: _Form, *, short: bool) -> _Table:
    """The table of what is asked for; `short` keeps of passages what fits a terminal."""
    from tipmine.store.query import COLUMNS, CONTEXT_COLUMNS, search

    if form.saved_list or form.saved_remove:
        return _Table("saved queries", _saved_rows(run, form.saved_remove), ("name", "query", "reviewer", "at"))
    if form.queries is not None:
        return _Table("query", _file_rows(run, wanted, form.queries, short=short), ("query", *COLUMNS))
    if form.collocates:
        return _Table("query", _collocate_rows(run, wanted), ("word", "near", "total", "log_likelihood"))
    if form.cross:
        return _Table("query", _cross_rows(run, wanted, form.cross))
    if form.count:
        return _Table("query", _count_rows(run, wanted, form.count), ("facet", "value", "passages"))
    answer = search(run, wanted)
    title = f"{answer.total} passages" if short else "query"
    if form.kwic:
        return _Table(title, _kwic_rows(answer, form.sort), CONTEXT_COLUMNS)
    return _Table(title, _passage_rows(answer, short=short), COLUMNS)


def _with_saved(run: Run, wanted: Query, name: str) -> Query:
    """`wanted` itself, or, where a `name` is given, the query saved under it narrowed by `wanted`."""
    from tipmine.store.query import narrowed
    from tipmine.store.saved import saved_query

    return narrowed(saved_query(run.connection, name).query(), wanted) if name else wanted


def _saved_rows(run: Run, remove: str) -> list[Row]:
    """The saved queries, after the one named `remove` was removed, if a name is given."""
    from tipmine.store.saved import remove_query, saved_queries, saved_rows

    if remove:
        remove_query(run.connection, remove)
    return list(saved_rows(saved_queries(run.connection)))


def _passage_rows(answer: Answer, *, short: bool) -> list[dict[str, Any]]:
    """One row per passage found; `short` keeps the columns and the part of the text that fit a terminal."""
    from tipmine.store.query import answer_rows

    rows = answer_rows(answer)
    if not short:
        return rows
    shown = ("doc", "page", "kind", "pillars")
    return [
        {name: row[name] or "" for name in shown} | {"text": _window(row["text"], hit.marks[0][0] if hit.marks else 0)}
        for row, hit in zip(rows, answer.hits, strict=True)
    ]


def _window(text: str, at: int) -> str:
    """The part of a text around the offset `at` that a table on the terminal shows."""
    start = max(0, at - _SHOWN // 3)
    return ("…" if start else "") + text[start : start + _SHOWN] + ("…" if len(text) > start + _SHOWN else "")


def _file_rows(run: Run, wanted: Query, path: Path, *, short: bool) -> list[Row]:
    """The answers to the queries of a file, each row with its query; empty lines and `#` comments are skipped."""
    from tipmine.cli.jsonl import read_text
    from tipmine.store.query import Query, narrowed, search

    lines = [line.strip() for line in read_text(str(path)).splitlines()]
    return [
        {"query": line, **row}
        for line in lines
        if line and not line.startswith("#")
        for row in _passage_rows(search(run, narrowed(Query(line), wanted)), short=short)
    ]


def _collocate_rows(run: Run, wanted: Query) -> list[Row]:
    from tipmine.store.counting import collocates

    return [
        {"word": row.word, "near": row.near, "total": row.total, "log_likelihood": round(row.score, 2)}
        for row in collocates(run, wanted, limit=wanted.limit)
    ]


def _count_rows(run: Run, wanted: Query, facets: Sequence[str]) -> list[Row]:
    from tipmine.store.counting import in_order
    from tipmine.store.query import search

    counts = search(run, replace(wanted, limit=1, facets=tuple(facets))).counts
    return [
        {"facet": facet, "value": value, "passages": counts[facet][value]}
        for facet in facets
        for value in in_order(counts[facet])
    ]


def _cross_rows(run: Run, wanted: Query, pair: str) -> list[Row]:
    from tipmine.store.counting import cross, cross_rows

    facets = [facet.strip() for facet in pair.split(",")]
    if len(facets) != 2:
        raise UsageError(
            pair, "is not a pair of facets", f"two with a comma between them, such as year,pillar; {FACETS_HELP}"
        )
    return list(cross_rows(cross(run, wanted, *facets), facets[0]))


def _kwic_rows(answer: Answer, sort: str) -> list[dict[str, Any]]:
    from tipmine.store.query import concordance, concordance_rows

    return concordance_rows(concordance(answer, by=sort))
