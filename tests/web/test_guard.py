from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import HOST, Visitor
from tipmine.errors import RunError
from tipmine.records import DocumentInfo
from tipmine.store.decisions import history
from tipmine.store.run import Run
from tipmine.web import create_app
from tipmine.web.desk import local_path
from tipmine.web.guard import HEADERS, MAX_BODY
from tipmine.web.pictures import find_file

REC = "p-report.pdf-0"
WORD = "secret-word"
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- named to the desk, nothing listens
CHOICE = {"subject": REC, "field": "pillar:protection", "value": "no"}


def test_every_answer_carries_the_headers(desk: Visitor) -> None:
    for address in ("/", "/nothing", "/static/desk.css", "/search.csv", "/read?doc=x"):
        headers = desk.get(address).headers
        assert {name: headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert "'unsafe" not in HEADERS["content-security-policy"]


def test_an_error_of_the_desk_itself_shows_no_detail_and_carries_the_headers(folder: Path) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    app = create_app(folder)
    app.state.desk.search = lambda *_: 1 / 0
    answer = TestClient(app, base_url=HOST, raise_server_exceptions=False).get("/search")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "a b", "127.0.0.1:99999999", "10.0.0.1"]
)
def test_a_foreign_host_name_is_refused(desk: Visitor, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8470", "[::1]:8470", "LOCALHOST"])
def test_names_of_this_machine_are_served(desk: Visitor, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:9", "file://127.0.0.1:8470", "http://127.0.0.1:8470.x", None],
)
def test_a_form_from_another_origin_changes_nothing(desk: Visitor, run: Run, origin: str | None) -> None:
    assert desk.post("/decide", origin=origin, **CHOICE).status_code == 403
    assert history(run.connection) == []


@pytest.mark.parametrize("token", ["", "0" * 64, "ก"])
def test_a_form_without_the_visitor_s_token_changes_nothing(desk: Visitor, run: Run, token: str) -> None:
    for address in ("/decide", "/decide/passage", "/decide/confirm", "/undo", "/name"):
        assert desk.post(address, csrf=token, **CHOICE).status_code == 403
    assert history(run.connection) == []


def test_a_token_of_another_visitor_is_refused(desk: Visitor, other: Visitor, run: Run) -> None:
    assert desk.post("/decide", csrf=other.csrf(), **CHOICE).status_code == 403
    assert history(run.connection) == []


def test_decisions_are_never_made_by_following_a_link(desk: Visitor, run: Run) -> None:
    for address in ("/decide", "/decide/passage", "/decide/confirm", "/undo"):
        assert desk.get(address, params=CHOICE).status_code in (404, 405)
    assert history(run.connection) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(desk: Visitor, method: str) -> None:
    assert desk.client.request(method, "/").status_code == 405


def test_forms_of_another_type_or_too_large_are_refused(desk: Visitor, run: Run) -> None:
    headers = {"origin": HOST, "content-type": "application/json"}
    assert desk.client.post("/decide", content=b"{}", headers=headers).status_code == 415
    assert desk.post("/decide", value="x" * (MAX_BODY + 1)).status_code == 413

    def endless() -> Any:
        for _ in range(100):
            yield b"a=" + b"x" * 10_000

    headers["content-type"] = "application/x-www-form-urlencoded"
    try:
        assert desk.client.post("/decide", content=endless(), headers=headers).status_code >= 400
    except Exception as error:  # noqa: BLE001 -- a broken connection is as good an answer
        assert "isconnect" in type(error).__name__
    assert history(run.connection) == []


def test_long_addresses_are_refused(desk: Visitor) -> None:
    assert desk.get("/search?q=" + "a" * 61_000).status_code == 414


def test_a_desk_with_a_token_shows_nothing_without_it(folder: Path) -> None:
    visitor = Visitor(create_app(folder, token=WORD, host=EVERYWHERE))
    for address in ("/", "/search", "/read?doc=report.pdf", "/search.csv", "/?token=wrong", "/?token="):
        answer = visitor.get(address)
        assert answer.status_code == 401
        assert "ล่าม" not in answer.text


def test_a_forged_key_is_refused_whatever_letters_it_has(folder: Path) -> None:
    visitor = Visitor(create_app(folder, token=WORD, host=EVERYWHERE))
    assert visitor.get("/", headers={"cookie": r'tipmine_key_8470="\351"'}).status_code == 401


def test_the_token_is_given_once_and_leaves_the_address(folder: Path) -> None:
    visitor = Visitor(create_app(folder, token=WORD, host=EVERYWHERE))
    answer = visitor.get("/search?q=ล่าม&token=secret-word")
    assert answer.status_code == 303
    assert "token" not in answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert "secret-word" not in cookie and "HttpOnly" in cookie
    assert visitor.get(answer.headers["location"]).status_code == 200


def test_a_token_never_leads_to_another_site(folder: Path) -> None:
    visitor = Visitor(create_app(folder, token=WORD, host=EVERYWHERE))
    answer = visitor.client.get("http://127.0.0.1:8470//evil.example/?token=secret-word")
    assert answer.headers["location"].startswith("/evil.example")


def test_with_a_token_addresses_of_the_network_are_served_and_foreign_names_are_not(folder: Path) -> None:
    visitor = Visitor(create_app(folder, token=WORD, host=EVERYWHERE))
    assert visitor.get("/", headers={"host": "192.168.1.5:8470"}).status_code == 401
    assert visitor.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "", "/a\nb"]
)
def test_a_form_leads_on_only_within_the_desk(desk: Visitor, target: str) -> None:
    assert local_path(target) == "/"
    assert desk.post("/decide", next=target, **CHOICE).headers["location"] == "/"


@pytest.mark.parametrize(
    "doc", ["../../etc/passwd", "/etc/passwd", "..%2f..%2fsecret.pdf", "report.pdf/../report.pdf", "report.pdf\0.png"]
)
def test_no_path_from_outside_reaches_the_disk(desk: Visitor, doc: str) -> None:
    for address in ("/read", "/picture"):
        assert desk.get(address, params={"doc": doc, "page": "1"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_static_files_are_only_the_desk_s_own(desk: Visitor, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404 or "def build" not in answer.text


def test_a_document_that_lies_outside_the_corpus_is_not_drawn(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.4")
    assert find_file(DocumentInfo("../secret.pdf", str(secret)), corpus).path is None
    assert find_file(DocumentInfo("a.pdf", str(secret)), corpus).path is None
    (corpus / "link.pdf").symlink_to(secret)
    assert find_file(DocumentInfo("link.pdf"), corpus).path is None
    (corpus / "own.pdf").write_bytes(b"%PDF-1.4")
    assert find_file(DocumentInfo("own.pdf"), corpus).path == (corpus / "own.pdf").resolve()


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.4 broken"])
def test_a_file_that_cannot_be_drawn_costs_one_picture(tmp_path: Path, content: bytes) -> None:
    from tipmine.records import Page, Quality
    from tipmine.web.pictures import Pictures

    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert Pictures().page(path, Page(1, 595.0, 842.0, Quality(1.0, "clean")), 700) is None


def test_a_folder_without_a_run_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run"):
        create_app(tmp_path)
