"""Handles forms: decisions about tags, kinds, labels and links, saved queries, and the reviewer's name.

Every form is first checked for the visitor's token, then every decision against the run: a decision about a passage,
an actor, a theme or a link that the run does not have is refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tipmine.errors import QuestionError, UsageError
from tipmine.records import PILLARS, ROLES, ActorTag
from tipmine.store import decisions, saved
from tipmine.store.database import now
from tipmine.store.decisions import Decision
from tipmine.store.fields import KIND, LABEL, Field, actor_field, pillar_field
from tipmine.store.run import Run
from tipmine.web.desk import LABEL_LENGTH, NOTICE_COOKIE, REVIEWER_COOKIE, clean_name, desk_of, local_path
from tipmine.web.guard import csrf_matches
from tipmine.web.names import refusal_words
from tipmine.web.numbers import whole_number
from tipmine.web.search_params import SearchParams

_NOTICE_SECONDS = 60
"""Seconds that a new decision waits for the page that shows it, with a button to undo it."""
_YEAR_SECONDS = 365 * 24 * 3600
"""Seconds for which a browser keeps the reviewer's name."""
Form = Mapping[str, str]
Answer = tuple[Field, str]
"""Field and value of a decision."""
_REFUSED = "บันทึกการตัดสินนี้ไม่ได้: ค่าที่ส่งมาไม่ถูกต้อง"
_NO_PILLAR: Sequence[Answer] = tuple((pillar_field(code), "no") for code in PILLARS)
"""The answers of the button for "no pillar": all five, since a passage counts as decided only with all of them."""


def form_endpoint(action: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a form: reads it, checks the visitor's token, and runs `action` outside the event loop."""

    async def endpoint(request: Request) -> Response:
        form: FormData = await request.form(max_fields=60, max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        if not csrf_matches(request.scope, fields.get("csrf", "")):
            raise HTTPException(403, "หน้านี้เก่าแล้ว กรุณาโหลดหน้าใหม่แล้วลองอีกครั้ง")
        return await run_in_threadpool(action, request, fields)

    return endpoint


def decide(request: Request, form: Form) -> Response:
    """Records one decision (`subject`, `field`, `value`) and redirects to `next`."""
    value = form.get("value", "")
    try:
        field = Field.parse(form.get("field", ""))
    except UsageError as error:
        raise HTTPException(400, _REFUSED) from error
    if field == LABEL:
        value = " ".join("".join(c for c in value if c.isprintable()).split())[:LABEL_LENGTH]
    return _record(request, form, form.get("subject", ""), [(field, value)])


def decide_passage(request: Request, form: Form) -> Response:
    """Records decisions about a whole passage: every pillar, the kind and the actors as in the form.

    With `answer=none` all pillars are rejected and the rest stays as it was.
    """
    desk = desk_of(request)
    subject = form.get("subject", "")
    if form.get("answer") == "none":
        return _record(request, form, subject, _NO_PILLAR)
    answers: list[Answer] = [(pillar_field(code), "yes" if f"pillar.{code}" in form else "no") for code in PILLARS]
    answers.append((KIND, form.get("kind", "")))
    with desk.open() as run:
        actors = _machine_actors(run, subject)
    for tag in actors:
        given = form.get(f"actor.{tag.start}:{tag.end}", "")
        if given == "no":
            answers.append((actor_field(tag.start, tag.end), "no"))
        elif given in ROLES:
            answers.append(_role_answer(tag, given))
    return _record(request, form, subject, answers)


def confirm(request: Request, form: Form) -> Response:
    """Confirms all tags that a passage shows or, with `answer=none`, rejects every pillar, shown or not."""
    desk = desk_of(request)
    subject = form.get("subject", "")
    with desk.open() as run:
        machine = {(tag.start, tag.end): tag for tag in _machine_actors(run, subject)}
        tagging = run.taggings(ids=[subject])[subject]
    if form.get("answer") == "none":
        return _record(request, form, subject, _NO_PILLAR)
    answers: list[Answer] = [(KIND, tagging.kind)]
    answers += [(pillar_field(tag.code), "yes") for tag in tagging.pillars]
    answers += [_role_answer(machine[tag.start, tag.end], tag.role) for tag in tagging.actors]
    return _record(request, form, subject, answers)


def _role_answer(machine: ActorTag, role: str) -> Answer:
    """The answer that an actor tagged by the machine has this role: a confirmation if the machine says the same."""
    return actor_field(machine.start, machine.end), "yes" if role == machine.role else decisions.role_value(role)


def _record(request: Request, form: Form, subject: str, answers: Sequence[Answer]) -> Response:
    """Stores the answers about one subject together and redirects to `next`. HTTPException 400 if there are none."""
    if not answers:
        raise HTTPException(400, "ไม่มีคำตอบให้บันทึก")
    desk = desk_of(request)
    reviewer = desk.visitor(request)
    target = local_path(form.get("next", "/"))
    if not reviewer:
        return _redirect_to_name_form(target)
    # Decisions made together share a time and are undone together.
    at = now()
    number = 0
    with desk.open() as run:
        try:
            if not all(run.holds(subject, field) for field, _value in answers):
                raise HTTPException(404, "ไม่มีรายการนี้ในชุดงาน")
            with run.transaction():
                for field, value in answers:
                    number = decisions.decide(run.connection, subject, field, value, reviewer, at)
        except UsageError as error:
            raise HTTPException(400, _REFUSED) from error
    return _redirect_with_notice(target, number)


def _machine_actors(run: Run, subject: str) -> Sequence[ActorTag]:
    tagging = run.machine_taggings(ids=[subject]).get(subject)
    if tagging is None:
        raise HTTPException(404, "ไม่มีข้อความนี้ในชุดงาน")
    return tagging.actors


def undo(request: Request, form: Form) -> Response:
    """Undoes the decision `number` of this visitor (default: the last) and those made together with it."""
    desk = desk_of(request)
    reviewer = desk.visitor(request)
    target = local_path(form.get("next", "/"))
    number = whole_number(form.get("number", ""))
    with desk.open() as run, run.transaction():
        mine = [d for d in decisions.history(run.connection) if d.reviewer == reviewer and not d.undone]
        wanted = [d for d in mine if d.id == number] if number is not None else mine[-1:]
        if not wanted:
            raise HTTPException(404, "ไม่มีการตัดสินของคุณให้เลิกทำ")
        for decision in _made_together(mine, wanted[0]):
            decisions.undo(run.connection, decision.id)
    if target.startswith("/review") and "queue=" not in target:
        # Back to the passage whose decision was undone.
        target = "/review?" + urlencode({"item": wanted[0].subject})
    return _redirect_with_notice(target, wanted[0].id)


def _made_together(mine: Sequence[Decision], wanted: Decision) -> list[Decision]:
    return [d for d in mine if (d.subject, d.at) == (wanted.subject, wanted.at)]


def _redirect_with_notice(target: str, number: int) -> Response:
    response = RedirectResponse(target, 303)
    response.set_cookie(NOTICE_COOKIE, str(number), max_age=_NOTICE_SECONDS, httponly=True, samesite="strict")
    return response


def save_query(request: Request, form: Form) -> Response:
    """Saves the query of a search page, given by its address `query`, under `name`."""
    desk = desk_of(request)
    reviewer, address = desk.visitor(request), local_path(form.get("query", ""))
    if not reviewer:
        return _redirect_to_name_form(address)
    params = SearchParams.read(QueryParams(address.partition("?")[2]))
    with desk.open() as run:
        try:
            saved.save_query(run.connection, form.get("name", ""), params.query(), reviewer)
        except QuestionError as error:
            raise HTTPException(400, f"บันทึกคำค้นนี้ไม่ได้: {refusal_words(error)}") from error
        except UsageError as error:
            wanted = f"ต้องมีชื่อไม่เกิน {saved.MOST_NAME} ตัวอักษร และมีคำหรือตัวกรอง"
            raise HTTPException(400, f"บันทึกคำค้นนี้ไม่ได้: {wanted}") from error
    return RedirectResponse(address + "#saved", 303)


def remove_query(request: Request, form: Form) -> Response:
    """Deletes the saved query `name` and redirects to `next`."""
    desk = desk_of(request)
    target = local_path(form.get("next", "/search"))
    if not desk.visitor(request):
        return _redirect_to_name_form(target)
    with desk.open() as run:
        try:
            saved.remove_query(run.connection, form.get("name", ""))
        except UsageError as error:
            raise HTTPException(404, "ไม่มีคำค้นชื่อนี้") from error
    return RedirectResponse(target + "#saved", 303)


def _redirect_to_name_form(target: str) -> Response:
    """A redirect to the page that asks for a name, which then leads to `target`."""
    return RedirectResponse("/name?" + urlencode({"next": target}), 303)


def ask_name(request: Request) -> Response:
    """The page that asks for the reviewer's name."""
    desk = desk_of(request)
    target = local_path(request.query_params.get("next", "/"))
    with desk.open() as run:
        known = sorted({decision.reviewer for decision in decisions.history(run.connection)})
        return desk.render(request, "name.html", run, target=target, known=known)


def set_name(request: Request, form: Form) -> Response:
    """Stores the reviewer's name in a cookie."""
    desk = desk_of(request)
    name = clean_name(form.get("name", ""))
    response = RedirectResponse(local_path(form.get("next", "/")), 303)
    if not desk.reviewer and name:
        value = quote(name, safe="")
        response.set_cookie(REVIEWER_COOKIE, value, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
    return response
