"""What all pages of the desk share: the run, its names, the corpus, a current index, templates and the visitor."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tipmine.errors import RunError
from tipmine.records import KINDS, PILLARS, ROLES
from tipmine.report.labels import label, levels, short_label
from tipmine.report.names import Names
from tipmine.report.present import pillars_note, shown_text
from tipmine.report.reasons import reason_words, repair_words
from tipmine.report.shades import shade
from tipmine.store.decisions import Decision, decision_state, history
from tipmine.store.entries import lacks_decisions, refresh_index
from tipmine.store.fields import KIND, LABEL, actor_field, link_field, pillar_field
from tipmine.store.hints import LettersHint, letters_hint
from tipmine.store.language import MOST_LETTERS
from tipmine.store.query import Answer, Query, search
from tipmine.store.run import Run, open_run
from tipmine.store.runfile import RUN_FILE, find_corpus
from tipmine.store.saved import MOST_NAME
from tipmine.web.names import decision_words, item_number, kind_word, thai_time
from tipmine.web.numbers import whole_number
from tipmine.web.pictures import Pictures
from tipmine.web.search_params import search_address

if TYPE_CHECKING:
    from tipmine.report.material import Material

REVIEWER_COOKIE = "tipmine_reviewer"
NOTICE_COOKIE = "tipmine_note"
NAME_LENGTH = 60
"""Longest name of a reviewer in code points."""
LABEL_LENGTH = 200
"""Longest label of a theme in code points."""
_SMALL_RUN = 20_000
"""Runs with up to this many passages get their index rebuilt before the next search after a decision (about a second);
larger ones in the background, so their facets lag behind for some seconds."""
_INDEX_PAUSE = 30.0
"""Seconds before another attempt at an index that could not be rebuilt, since another run is writing or the disk is
full. Lower: every search waits for it."""
_PAUSES = (0.05, 0.2, 0.5)
"""Seconds to wait before each new attempt at a search if the index could not be opened."""
Stamp = tuple[Any, ...]
"""A value that changes when what was computed from a run is out of date."""
Result = TypeVar("Result")


class Desk:
    """One run opened for visitors. Every request opens the database for itself; what is slow to read is cached here."""

    def __init__(self, folder: Path, corpus: Path | None, reviewer: str) -> None:
        with open_run(folder):
            pass  # a missing or foreign run is reported at startup, not at the first visit
        self.folder = folder
        self.corpus = corpus if corpus is not None else find_corpus(folder)
        self.reviewer = reviewer.strip()
        self.pictures = Pictures()
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._index_lock = threading.Lock()
        self._cache: dict[str, tuple[Stamp, Any]] = {}
        self._next_rebuild = 0.0
        self.templates = _environment()

    def open(self) -> Run:
        """The run, opened for one request; a context manager."""
        return open_run(self.folder)

    # -- what is kept between requests -------------------------------------------------------------------

    def stamp(self, run: Run) -> Stamp:
        """A value that changes when the run is written again, or a decision is made or undone."""
        return (_run_stamp(self.folder), *decision_state(run.connection))

    def cached(self, name: str, stamp: Stamp, make: Callable[[], Any]) -> Any:
        """The result of `make`, computed once for each stamp."""
        with self._lock:
            own = self._locks.setdefault(name, threading.Lock())
        with own:
            if name not in self._cache or self._cache[name][0] != stamp:
                self._cache[name] = (stamp, make())
            return self._cache[name][1]

    def material(self, run: Run) -> Material:
        """The content of the reports, including the decisions made so far."""
        from tipmine.report.material import gather
        from tipmine.report.reading import KeptDocuments

        stamp = self.stamp(run)
        kept: KeptDocuments = self.cached("documents", stamp[:1], KeptDocuments)
        material: Material = self.cached("material", stamp, lambda: gather(run, kept))
        return material

    def names(self, run: Run) -> Names:
        """The names of documents, actors and themes."""
        stamp = self.stamp(run)
        fixed: Names = self.cached("names", stamp[:1], lambda: Names.of_run(run))
        names: Names = self.cached("labels", stamp, lambda: fixed.with_labels(run.themes()))
        return names

    # -- searching ---------------------------------------------------------------------------------------

    def search(self, run: Run, query: Query) -> Answer:
        """Answer a query from an index that includes the decisions made so far."""
        if lacks_decisions(run) and time.monotonic() >= self._next_rebuild:
            if run.count("passages") <= _SMALL_RUN:
                self._refresh()
            elif not self._index_lock.locked():
                threading.Thread(target=self._refresh, daemon=True).start()
        return _with_retries(lambda: search(run, query))

    def letters_hint(self, run: Run, query: Query) -> LettersHint | None:
        """Whether a query that `search` has just answered would find more by letters."""
        return _with_retries(lambda: letters_hint(run, query))

    def _refresh(self) -> None:
        with self._index_lock, self.open() as run:
            if not refresh_index(run):
                self._next_rebuild = time.monotonic() + _INDEX_PAUSE

    # -- the visitor -------------------------------------------------------------------------------------

    def visitor(self, request: Request) -> str:
        """The name that signs decisions; empty if the visitor has not given one."""
        if self.reviewer:
            return self.reviewer
        return clean_name(unquote(request.scope["tipmine.cookies"].get(REVIEWER_COOKIE, "")))

    def render(self, request: Request, template: str, run: Run | None = None, **values: Any) -> Response:
        """A page; decisions just made are shown once at its top, with a button to undo them."""
        notice = self._notice(request, run) if run is not None else None
        if run is not None:
            values["names"] = self.names(run)
        status = values.pop("status", 200)
        path = request.url.path
        content = self.templates.get_template(template).render(
            path=path,
            here=path + (f"?{request.url.query}" if request.url.query else ""),
            csrf=request.scope["tipmine.csrf"],
            visitor=self.visitor(request),
            fixed_visitor=bool(self.reviewer),
            notice=notice,
            run_name=self.folder.resolve().name,
            **values,
        )
        response = HTMLResponse(content, status)
        if NOTICE_COOKIE in request.scope["tipmine.cookies"]:
            response.delete_cookie(NOTICE_COOKIE)
        return response

    def _notice(self, request: Request, run: Run) -> Decision | None:
        number = whole_number(request.scope["tipmine.cookies"].get(NOTICE_COOKIE, ""))
        if number is None:
            return None
        return next((decision for decision in history(run.connection) if decision.id == number), None)


def desk_of(request: Request) -> Desk:
    """The desk that answers a request."""
    desk: Desk = request.app.state.desk
    return desk


def clean_name(name: str) -> str:
    """A reviewer's name made printable, on one line, and not too long."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:NAME_LENGTH]


def local_path(target: str) -> str:
    """The given address if it is on this desk; the start page if it would lead elsewhere.

    >>> local_path("/read?doc=a"), local_path("//evil.example"), local_path("https://evil.example")
    ('/read?doc=a', '/', '/')
    """
    fine = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if fine and "\\" not in target else "/"


def read_address(doc: str, page: int = 0, passage: str = "", **more: str) -> str:
    """The address of a document's page in the reader."""
    asked = {"doc": doc} | ({"page": str(page)} if page else {}) | ({"passage": passage} if passage else {}) | more
    return "/read?" + urlencode(asked)


def _run_stamp(folder: Path) -> int:
    path = folder / RUN_FILE
    return path.stat().st_mtime_ns if path.is_file() else 0


def _with_retries(search_index: Callable[[], Result]) -> Result:
    """The result of `search_index`, which is called again after a pause while the index cannot be opened."""
    for pause in _PAUSES:
        try:
            return search_index()
        except (RunError, OSError, ValueError):
            # Another visitor's rebuild is putting the new index in place and holds the lock.
            time.sleep(pause)
    return search_index()


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tipmine.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "pillars": PILLARS,
        "kinds": KINDS,
        "roles": ROLES,
        "most_letters": MOST_LETTERS,
        "query_name_length": MOST_NAME,
        "name_length": NAME_LENGTH,
        "label_length": LABEL_LENGTH,
        "label": label,
        "short": short_label,
        "fields": {"pillar": pillar_field, "actor": actor_field, "link": link_field, "kind": KIND, "label": LABEL},
        "read_address": read_address,
        "search_address": search_address,
    }
    environment.filters |= {
        "item": item_number,
        "shown": shown_text,
        "shade": shade,
        "kind": kind_word,
        "levels": levels,
        "thai_time": thai_time,
        "decision": decision_words,
        "score": lambda value: f"{value:.2f}",
        "number": lambda value: f"{value:,}",
        "reason": reason_words,
        "repair": repair_words,
        "pillars_note": pillars_note,
        "q": lambda value: quote(str(value), safe=""),
    }
    return environment
