"""The routes of the desk and its error pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tipmine.errors import TipmineError, UsageError
from tipmine.report.names import facet_codes, facet_names
from tipmine.store.database import database_error, may_write
from tipmine.store.language import NEAR_WORDS
from tipmine.web import actions
from tipmine.web.desk import Desk, desk_of
from tipmine.web.guard import HEADERS, Guard
from tipmine.web.names import refusal_words
from tipmine.web.pages import agencies, find, overview, reader, reports, review, themes, tracing

_TITLES = {404: "ไม่พบหน้านี้", 403: "ไม่รับแบบฟอร์มนี้", 400: "คำขอไม่ถูกต้อง"}
STATIC = Path(__file__).parent / "static"


def build(folder: Path, *, corpus: Path | None, token: str, reviewer: str, host: str) -> Starlette:
    """The application; see `tipmine.web.create_app` for the arguments."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, token=token, host=host)],
        exception_handlers={
            HTTPException: _refused,
            UsageError: _not_understood,
            TipmineError: _failed,
            sqlite3.DatabaseError: _failed,
            500: _broken,
        },
    )
    app.state.desk = Desk(folder, corpus, reviewer)
    # Otherwise Starlette builds this at the first request, and two at once would get guards with different secrets.
    app.middleware_stack = app.build_middleware_stack()
    return app


def _routes() -> list[Route | Mount]:
    get, post = ["GET"], ["POST"]
    return [
        Route("/", overview.overview, methods=get),
        Route("/search", find.find, methods=get),
        Route("/search.{format}", find.download, methods=get),
        Route("/passage/{id}", reader.passage, methods=get),
        Route("/read", reader.read, methods=get),
        Route("/picture", reader.picture, methods=get),
        Route("/themes", themes.themes, methods=get),
        Route("/themes/{id}", themes.theme, methods=get),
        Route("/trace", tracing.trace, methods=get),
        Route("/trace/{id}", tracing.recommendation, methods=get),
        Route("/agencies", agencies.agencies, methods=get),
        Route("/agencies.{format}", agencies.download, methods=get),
        Route("/report.{format}", reports.report, methods=get),
        Route("/review", review.review, methods=get),
        Route("/help", _help, methods=get),
        Route("/name", actions.ask_name, methods=get),
        Route("/name", actions.form_endpoint(actions.set_name), methods=post),
        Route("/decide", actions.form_endpoint(actions.decide), methods=post),
        Route("/decide/passage", actions.form_endpoint(actions.decide_passage), methods=post),
        Route("/decide/confirm", actions.form_endpoint(actions.confirm), methods=post),
        Route("/queries", actions.form_endpoint(actions.save_query), methods=post),
        Route("/queries/remove", actions.form_endpoint(actions.remove_query), methods=post),
        Route("/undo", actions.form_endpoint(actions.undo), methods=post),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _help(request: Request) -> Response:
    desk = desk_of(request)
    return desk.render(
        request,
        "help.html",
        facet_names=facet_names(),
        facet_values={facet: facet_codes(facet) for facet in facet_names()},
        near_words=NEAR_WORDS,
    )


def _message(request: Request, status: int, title: str, text: str, *, detail: str = "") -> Response:
    desk = desk_of(request)
    return desk.render(request, "message.html", title=title, text=text, detail=detail, status=status)


def _refused(request: Request, error: Exception) -> Response:
    """The page for an unknown address or an invalid form."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class only
    title = _TITLES.get(error.status_code, "ทำตามคำขอไม่ได้")
    # The framework's own details are English phrases that add nothing to the title.
    ours = any(letter >= "\N{THAI CHARACTER KO KAI}" for letter in error.detail)
    return _message(request, error.status_code, title, error.detail if ours else "")


def _not_understood(request: Request, error: Exception) -> Response:
    """The page for an invalid query."""
    assert isinstance(error, UsageError)  # noqa: S101 -- registered for this class only
    return _message(request, 400, _TITLES[400], refusal_words(error))


def _failed(request: Request, error: Exception) -> Response:
    """The page for a run that cannot be read or written now; details are only in the server's log."""
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
        raise error  # an error of the desk itself
    worded = database_error(error) if isinstance(error, sqlite3.Error) else error
    text = "ฐานข้อมูลของชุดงานใช้ไม่ได้ในขณะนี้ อาจมีโปรแกรมอื่นกำลังเขียนอยู่ หรือโฟลเดอร์ถูกย้าย รอสักครู่แล้วโหลดหน้านี้ใหม่"
    folder = desk_of(request).folder
    if folder.is_dir() and not may_write(folder):
        text = "ชุดงานนี้อยู่ในที่ที่อ่านได้อย่างเดียว จึงบันทึกอะไรไม่ได้ ให้คัดลอกโฟลเดอร์ชุดงานไปไว้ในที่ที่เขียนได้"
    return _message(request, 503, "อ่านหรือบันทึกชุดงานไม่ได้", text, detail=str(worded))


def _broken(request: Request, _error: Exception) -> Response:
    """The page for an error in the desk itself; details are only in the server's log."""
    response = _message(request, 500, "ระบบขัดข้อง", "รายละเอียดอยู่ในหน้าต่างที่สั่ง tipmine serve")
    response.headers.update(HEADERS)  # this handler answers from outside the guard
    return response
