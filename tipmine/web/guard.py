"""Security checks on every request (hosts, origins, sizes, the access token), and the headers of every response.

The desk shows passages about people who can be hurt, on a machine whose browser also visits other sites. Another site
must therefore not be able to read it (Host is checked against DNS rebinding; answers may not be framed or embedded), to
write to it (Origin is checked, and every form carries a token bound to the visitor), or to run anything in it (the
content security policy admits only the desk's own style sheet, script and font).
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
import socket
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipmine.web.numbers import whole_number

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_BODY = 256 * 1024
"""Largest form in bytes. The longest one holds a query of 5,000 letters twice, to save it and to return to it."""
MAX_ADDRESS = 60_000
"""Longest path and query string in bytes: a Thai letter takes nine, and a query may have 5,000 letters."""
_FOREIGN_FORM = "แบบฟอร์มนี้ไม่ได้ส่งจากหน้าของระบบ\nThis form was not sent from the desk's own page."
_WHOLE_ADDRESS = (
    "ต้องเปิดด้วยที่อยู่ทั้งบรรทัดที่ tipmine serve พิมพ์ให้ (มี ?token= ต่อท้าย)\n"
    "Open the address that `tipmine serve` printed, with its token."
)
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # "no-referrer" would make browsers send `Origin: null` with the desk's own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
_SESSION = "tipmine_visit"
_SESSION_FORM = re.compile(r"[0-9a-f]{32}")
_HOST_FORM = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?")
_FORM_TYPE = "application/x-www-form-urlencoded"


class Guard:
    """ASGI middleware in front of the whole desk."""

    def __init__(self, app: ASGIApp, *, token: str = "", host: str = "127.0.0.1") -> None:
        self._app = app
        self._token = token
        self._secret = secrets.token_bytes(32)
        self._hosts = LOOPBACK | {host.lower().strip("[]")}
        self._any_address = bool(token) and host in ("0.0.0.0", "::", "")  # noqa: S104 -- compared, not bound
        if self._any_address:
            self._hosts |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # web sockets, which the desk does not use
        headers = Headers(scope=scope)
        cookies = read_cookies(headers.get("cookie", ""))
        visit = cookies.get(_SESSION, "")
        fresh = not _SESSION_FORM.fullmatch(visit)
        if fresh:
            visit = secrets.token_hex(16)
        scope["tipmine.cookies"] = cookies
        scope["tipmine.csrf"] = self._sign(f"form:{visit}")
        answer = self._refuse(scope, headers) or self._ask_for_token(scope, headers, cookies)
        send = _with_headers(send, f"{_SESSION}={visit}; Path=/; HttpOnly; SameSite=Strict" if fresh else "")
        if answer is not None:
            await answer(scope, receive, send)
        else:
            await self._app(scope, _limited(receive), send)

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        """The response to a request that must not pass; None if it may."""
        if not self._host_allowed(headers.get("host", "")):
            return PlainTextResponse("เปิดหน้านี้ด้วยชื่อเครื่องนี้ไม่ได้\nThis desk is not served under that name.", 421)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("GET and POST only", 405, headers={"allow": "GET, HEAD, POST"})
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return PlainTextResponse("ที่อยู่นี้ยาวเกินไป\nThe address is too long.", 414)
        if scope["method"] != "POST":
            return None
        if not _same_origin(headers):
            return PlainTextResponse(_FOREIGN_FORM, 403)
        if headers.get("content-type", "").split(";")[0].strip().lower() != _FORM_TYPE:
            return PlainTextResponse("Forms only", 415)
        length = whole_number(headers.get("content-length", "0"))
        if length is None or length > MAX_BODY:
            return PlainTextResponse("แบบฟอร์มใหญ่เกินไป\nThe form is too large.", 413)
        return None

    def _host_allowed(self, host: str) -> bool:
        match = _HOST_FORM.fullmatch(host)
        if match is None:
            return False
        name = match.group(1).strip("[]").lower().rstrip(".")
        return name in self._hosts or (self._any_address and _is_address(name))

    def _ask_for_token(self, scope: Scope, headers: Headers, cookies: Mapping[str, str]) -> Response | None:
        """None if the visitor has given the token or none is required; else the response that asks for it."""
        if not self._token or scope["path"].startswith("/static/"):
            return None
        # Browsers share cookies between ports, so two desks on one machine need two names.
        port = headers.get("host", "").rpartition(":")[2]
        name = f"tipmine_key_{port}" if port.isdecimal() else "tipmine_key"
        key = self._sign(f"key:{self._token}")
        if hmac.compare_digest(cookies.get(name, "").encode(), key.encode()):
            return None
        question = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((value for field, value in question if field == "token"), "")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return PlainTextResponse(_WHOLE_ADDRESS, 401)
        # Redirected so that the token does not stay in the address bar, the history or a sent link.
        rest = urlencode([(field, value) for field, value in question if field != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(name, key, httponly=True, samesite="lax", path="/")
        return answer


def csrf_matches(scope: Scope, given: str) -> bool:
    """Whether a form has the token of this visitor's pages."""
    return hmac.compare_digest(given.encode(), str(scope["tipmine.csrf"]).encode())


def read_cookies(header: str) -> dict[str, str]:
    """The cookies of a request; empty if the header is malformed."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same_origin(headers: Headers) -> bool:
    """Whether a form came from a page of this desk, by Origin or, if the browser leaves that out, by Sec-Fetch-Site."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    scheme, _, place = origin.partition("://")
    return scheme in ("http", "https") and place.lower() == headers.get("host", "").lower()


def _with_headers(send: Send, cookie: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
            if cookie:
                headers.append("set-cookie", cookie)
        await send(message)

    return wrapped


def _limited(receive: Receive) -> Receive:
    """Stop reading a body that turns out larger than announced."""
    received = 0

    async def wrapped() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY:
            return {"type": "http.disconnect"}
        return message

    return wrapped
