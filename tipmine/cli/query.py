"""`tipmine query`: passages by words and facets, and counts over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand

from tipmine.cli.options import Format, Output, RunFolder
from tipmine.cli.output import counted
from tipmine.cli.runs import open_searchable
from tipmine.cli.tables import target_format, write_table
from tipmine.errors import UsageError
from tipmine.records import TableRow

if TYPE_CHECKING:
    from tipmine.store.query import Answer, Query
    from tipmine.store.run import Run

_ON_TERMINAL = 20
"""Most passages or collocates shown on the terminal if no `--limit` is given."""
_SHORT = ("doc", "page", "kind", "pillars", "text")
"""The columns of an answer on the terminal."""
_SHOWN = 90
"""Most code points of a passage shown in a table on the terminal."""
_LANGUAGE = 'Words; "letters"; AND, OR, NOT or -not; (a OR b) c; prefix*; a NEAR/5 b; ~word.'
FACETS_HELP = (
    "Facets: pillar actor role sector level kind type year province doc speaker theme coverage reviewed doubtful"
)
"""Written out because the help must not load the index; a test keeps it equal to `store.index.FACETS`."""
_MINUS = "\ue000"
"""Replaces the minus of an excluded word while options are read: a private-use character, which nobody types."""
Values = list[str] | None


class QueryCommand(TyperCommand):
    """A command whose words may begin with a minus: `-ตำรวจ` excludes a word. The only short option is a bare `-o`.

    A file name cannot be attached to it: `-online` excludes a word, too.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments as typer does, except for words that begin with a minus."""
        rest = super().parse_args(ctx, [_MINUS + arg[1:] if _excludes(arg) else arg for arg in args])
        ctx.params["words"] = [word.replace(_MINUS, "-") for word in ctx.params.get("words") or ()]
        return rest


def _excludes(argument: str) -> bool:
    return argument.startswith("-") and argument not in ("-", "-o") and not argument.startswith("--")


def _facet(explained: str, *names: str) -> Any:
    """The option for the values of a facet."""
    return typer.Option(*names, metavar="<value>", help=explained)


def query(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help=_LANGUAGE)] = None,
    run: RunFolder = None,
    pillar: Annotated[Values, _facet("policy prevention prosecution protection partnership")] = None,
    actor: Annotated[Values, _facet("Gazetteer id or any name of an actor.")] = None,
    role: Annotated[Values, _facet("addressee partner beneficiary mention")] = None,
    sector: Annotated[Values, _facet("Sector of an actor; --count sector lists them.")] = None,
    level: Annotated[Values, _facet("national regional provincial district community international")] = None,
    kind: Annotated[Values, _facet("recommendation finding plan utterance method other")] = None,
    type_: Annotated[Values, _facet("Type of the document: plan report transcript letter", "--type")] = None,
    year: Annotated[Values, _facet("Year of the document, B.E. or C.E.")] = None,
    province: Annotated[Values, _facet("Province of the document.")] = None,
    doc: Annotated[Values, _facet("Document id.")] = None,
    speaker: Annotated[Values, _facet("Who speaks, as printed.")] = None,
    theme: Annotated[Values, _facet("Theme id or words of its label.")] = None,
    coverage: Annotated[Values, _facet("Evidence of a recommendation: direct partial none untraced")] = None,
    reviewed: Annotated[Values, _facet("Whether a person has decided something about it: yes no")] = None,
    doubtful: Annotated[Values, _facet("Whether a person should look at its tags: yes no")] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Most passages or collocates to show; by default 20 on the terminal, else all."),
    ] = None,
    kwic: Annotated[bool, typer.Option("--kwic", help="Show key words in context.")] = False,
    sort: Annotated[str, typer.Option(help="With --kwic: sort by the left or right context.")] = "right",
    count: Annotated[Values, typer.Option(help=f"Count the values of a facet instead. {FACETS_HELP}")] = None,
    cross: Annotated[str, typer.Option(help="Count two of these facets against each other, such as year,pillar.")] = "",
    collocates: Annotated[
        bool, typer.Option("--collocates", help="Show words near the hits, by log-likelihood.")
    ] = False,
    queries: Annotated[
        Path | None, typer.Option(help="A file with one query per line; shows all answers together.")
    ] = None,
    save: Annotated[str, typer.Option(help="Save this query in the run under a name; needs --reviewer.")] = "",
    reviewer: Annotated[str, typer.Option(help="With --save: who saves it.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="With --save: in place of another reviewer's query of that name.")
    ] = False,
    saved: Annotated[str, typer.Option(help="Run the query saved under this name, narrowed by other options.")] = "",
    saved_list: Annotated[bool, typer.Option("--saved-list", help="List the saved queries.")] = False,
    saved_remove: Annotated[str, typer.Option(help="Delete the query saved under this name.")] = "",
    format_: Format = "",
    output: Output = None,
) -> None:
    """Find passages by words and facets.

    A word is found where it is a word of its own, and in compounds (ค้ามนุษย์ in การค้ามนุษย์). In quotation marks, its
    letters are found wherever they stand, inside any word ('"นา"' in นาย); the shell needs single quotes around these.
    If letters are in more passages than the words, stderr says so.

    A facet may be given several times; passages with any of the values are found.

    Example: tipmine query ล่าม --pillar protection --kind utterance --kwic
    """
    from tipmine.store.query import Query, index_values
    from tipmine.store.saved import with_saved

    format_ = target_format(format_, output)
    short = format_ == "table"
    # A file must not silently leave anything out.
    most = _ON_TERMINAL if limit is None and short and output is None else limit
    form = _AnswerForm.from_options(ctx.params)
    form.check()
    chosen = _chosen_facets(ctx.params)
    with open_searchable(run) as opened:
        asked = Query(" ".join(words or []), index_values(opened, chosen), most)
        wanted = with_saved(opened.connection, asked, saved)
        _remove_saved(opened, saved_remove)
        table = _answer(opened, wanted, form, short=short)
        if not (saved_list or saved_remove or queries):
            _print_hint(opened, wanted)
        if save:
            from tipmine.store.saved import save_query

            save_query(opened.connection, save, wanted, reviewer, replace=replace)
    if saved_list or not saved_remove:
        write_table(table.rows, format_, output, title=table.title, columns=table.columns)


def _chosen_facets(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """The facets given among the options of `query`; the Thai wordings of desk and reports become their codes.

    An option whose name is taken in Python ends in `_`.
    """
    from tipmine.report.labels import code_of
    from tipmine.store.index import FACETS

    given = {name.rstrip("_"): values for name, values in options.items()}
    return {facet: [code_of(facet, value) for value in given[facet]] for facet in FACETS if given[facet]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _AnswerForm:
    """The form of the answer: passages, or at most one of the other things. The fields are options of `query`."""

    kwic: bool
    sort: str
    count: Sequence[str] | None
    cross: str
    collocates: bool
    queries: str | None
    saved_list: bool
    saved_remove: str
    save: str

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> _AnswerForm:
        """The form from all options by name, as the command's context holds them, with paths as strings."""
        return cls(**{field.name: options[field.name] for field in fields(cls)})

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
            # These have no query that could be saved; the others may be answered and saved at once.
            options["--save"] = self.save
        given = [option for option, value in options.items() if value]
        if len(given) > 1:
            raise UsageError(" and ".join(given), "cannot be used together", "one of them")


class _Table(NamedTuple):
    """A table to show; `columns` are the head of a file without rows, if they are known."""

    title: str
    rows: Sequence[TableRow]
    columns: Sequence[str] = ()


def _answer(run: Run, wanted: Query, form: _AnswerForm, *, short: bool) -> _Table:
    """The table that is asked for; `short` cuts passages to what fits a terminal."""
    from tipmine.store.counting import COLLOCATE_COLUMNS, collocate_rows, collocates
    from tipmine.store.query import COLUMNS, CONTEXT_COLUMNS, search

    if form.saved_list or form.saved_remove:
        return _Table("saved queries", _saved_rows(run, short=short), ("name", "query", "reviewer", "at"))
    if form.queries is not None:
        return _Table("query", _file_rows(run, wanted, form.queries, short=short), ("query", "found", *COLUMNS))
    if form.collocates:
        return _Table("query", collocate_rows(collocates(run, wanted, limit=wanted.limit)), COLLOCATE_COLUMNS)
    if form.cross:
        return _Table("query", _cross_rows(run, wanted, form.cross))
    if form.count:
        columns = ("facet", "value", "passages") if short else ("facet", "value", "name", "passages")
        return _Table("query", _count_rows(run, wanted, form.count, short=short), columns)
    answer = search(run, wanted)
    title = _found_words(answer) if short else "query"
    if form.kwic:
        return _Table(title, _kwic_rows(answer, form.sort, short=short), CONTEXT_COLUMNS)
    return _Table(title, _passage_rows(answer, short=short), COLUMNS)


def _print_hint(run: Run, asked: Query, line: str = "") -> None:
    """Print a hint on stderr if the letters of the words are in more passages than the words themselves.

    `line` names the query, if it is one of a file of queries.
    """
    from tipmine.store.hints import letters_hint

    if found := letters_hint(run, asked):
        # On stderr: the answer may go into another program.
        typer.echo(f"{line}: {found}" if line else str(found), err=True)


def _remove_saved(run: Run, name: str) -> None:
    """Remove the saved query of this name, if one is given, and say so."""
    from tipmine.store.saved import remove_query

    if name:
        # On stderr: the list of the others may go into another program.
        typer.echo(f"saved query removed: {remove_query(run.connection, name).name}", err=True)


def _saved_rows(run: Run, *, short: bool) -> list[TableRow]:
    """The saved queries; `short` shows times in this machine's time zone, as `review list` does."""
    from tipmine.review.listing import local_time
    from tipmine.store.saved import saved_queries, saved_rows

    rows = saved_rows(saved_queries(run.connection))
    return [{**row, "at": local_time(row["at"])} for row in rows] if short else list(rows)


def _found_words(answer: Answer) -> str:
    """How many passages were found, and how many of them are shown if that is fewer."""
    shown = len(answer.hits)
    found = counted(answer.total, "passage")
    return found if shown == answer.total else f"{shown} of {found}; see --limit"


def _passage_rows(answer: Answer, *, short: bool) -> list[dict[str, Any]]:
    """One row per passage found; `short` keeps the columns and the part of the text that fit a terminal."""
    from tipmine.store.query import answer_rows

    rows = answer_rows(answer)
    if not short:
        return rows
    return [
        {name: row[name] or "" for name in _SHORT[:-1]}
        | {"text": _window(row["text"], hit.marks[0][0] if hit.marks else 0)}
        for row, hit in zip(rows, answer.hits, strict=True)
    ]


def _window(text: str, at: int) -> str:
    """The part of a text around the offset `at` that a table on the terminal shows."""
    start = max(0, at - _SHOWN // 3)
    return ("…" if start else "") + text[start : start + _SHOWN] + ("…" if len(text) > start + _SHOWN else "")


def _file_rows(run: Run, wanted: Query, path: str, *, short: bool) -> list[TableRow]:
    """The answers to the queries in a file; each row has its query and the total number of passages found.

    A query that finds nothing has a row without a passage. Empty lines and `#` comments are skipped.
    """
    from tipmine.cli.jsonl import read_text
    from tipmine.store.query import COLUMNS, Query, narrowed, search

    nothing: list[TableRow] = [dict.fromkeys(_SHORT if short else COLUMNS)]
    rows: list[TableRow] = []
    for line in (line.strip() for line in read_text(path).splitlines()):
        if line and not line.startswith("#"):
            asked = narrowed(Query(line), wanted)
            answer = search(run, asked)
            if not answer.total:
                _print_hint(run, asked, line)
            passages = _passage_rows(answer, short=short) or nothing
            rows += [{"query": line, "found": answer.total, **row} for row in passages]
    return rows


def _count_rows(run: Run, wanted: Query, facets: Sequence[str], *, short: bool) -> list[TableRow]:
    from tipmine.store.counting import count_rows

    rows: list[TableRow] = []
    counted = count_rows(run, wanted, facets)
    for facet in facets:
        own = [row for row in counted if row["facet"] == facet]
        names = _value_names(run, facet, [str(row["value"]) for row in own])
        for row in own:
            # A terminal has no room for ids beside names; programs need both.
            name = names[str(row["value"])]
            shown = {"value": name} if short else {"value": row["value"], "name": name}
            rows.append({"facet": facet, **shown, "passages": row["passages"]})
    return rows


def _value_names(run: Run, facet: str, values: Iterable[str]) -> dict[str, str]:
    """The names of actors and themes by their ids; all other values are readable and stay as they are."""
    from tipmine.report.names import Names

    if facet not in ("actor", "theme"):
        return {value: value for value in values}
    return Names.of_run(run).with_labels(run.themes()).distinct(facet, values)


def _cross_rows(run: Run, wanted: Query, pair: str) -> list[TableRow]:
    from tipmine.store.counting import cross, cross_rows

    facets = [facet.strip() for facet in pair.split(",")]
    if len(facets) != 2:
        raise UsageError(
            pair, "is not a pair of facets", f"two with a comma between them, such as year,pillar; {FACETS_HELP}"
        )
    cells = cross(run, wanted, *facets)
    rows = _value_names(run, facets[0], cells)
    columns = _value_names(run, facets[1], {value for line in cells.values() for value in line})
    named = {rows[row]: {columns[value]: n for value, n in line.items()} for row, line in cells.items()}
    return list(cross_rows(named, facets[0]))


def _kwic_rows(answer: Answer, sort: str, *, short: bool) -> list[dict[str, Any]]:
    """One row per hit; on a terminal (`short`) nothing stands for the page of a source without pages."""
    from tipmine.store.query import concordance, concordance_rows

    rows = concordance_rows(concordance(answer, by=sort))
    return [row | {"page": row["page"] or None} for row in rows] if short else rows
