"""The review queue: passages one by one, doubtful and random ones in turn, or a second reading.

With `only=doubtful` the queue holds only passages with a doubtful tag.

A second reading shows passages that others have decided and this visitor has not, with the machine's tags but without
the others' answers, so that agreement can be measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tipmine.records import Passage
from tipmine.report.pieces import pieces
from tipmine.review.sample import ToReview, choose, doubt
from tipmine.store.decisions import Decision, about_tags, conflicts, history, link_decisions
from tipmine.store.doubts import doubts_of
from tipmine.store.run import Run
from tipmine.web.agreement import agreements
from tipmine.web.desk import Desk, desk_of
from tipmine.web.marks import tag_spans

QUEUES = ("first", "second", "conflicts", "history")
_LEAST_SURE = 240
"""Passages in the queue about which the model is least sure."""
_AT_RANDOM = 160
"""Passages in the queue drawn at random; their ratio to the others is that in `_ROUND`."""
_ROUND = ("least sure", "least sure", "least sure", "random", "random")
"""The order in which passages chosen for either reason alternate: who stops early has seen random ones, too."""
_HISTORY = 200
"""Most decisions listed, newest first."""


@dataclass(frozen=True, slots=True)
class Context:
    """The passages right before and after the one under review."""

    before: Passage | None
    after: Passage | None


def review(request: Request) -> Response:
    """The queue that `queue` names; `item` puts one passage first, `skip` continues after one."""
    desk = desk_of(request)
    asked = request.query_params.get("queue")
    queue = asked if asked in QUEUES else QUEUES[0]
    with desk.open() as run:
        made = history(run.connection)
        if queue == "conflicts":
            pairs = conflicts(run.connection)
            passages = run.passages_by_id(_passages_concerned([d for pair in pairs for d in pair]))
            values = {"pairs": pairs, "agreements": agreements(made), "passages": passages}
        elif queue == "history":
            newest = made[::-1][:_HISTORY]
            values = {
                "decisions": newest,
                "passages": run.passages_by_id(_passages_concerned(newest)),
                "all": len(made),
            }
        else:
            values = _queue(desk, run, request, made, second=queue == "second")
        template = "review.html" if queue in QUEUES[:2] else f"review_{queue}.html"
        return desk.render(request, template, run, queue=queue, **values)


def _queue(desk: Desk, run: Run, request: Request, made: Sequence[Decision], *, second: bool) -> dict[str, Any]:
    """The template values of the first or second reading: the passage to read now, how many are left, and where."""
    params, visitor = request.query_params, desk.visitor(request)
    values: dict[str, Any] = {"only_doubtful": params.get("only") == "doubtful"}
    if second:
        waiting, address = _second_reading(run, made, visitor), "/review?queue=second"
    else:
        waiting, address = _first_reading(desk, run, made), "/review"
        doubtful = [item for item in waiting if item.doubts]
        values |= {"all_left": len(waiting), "doubtful_left": len(doubtful)}
        if values["only_doubtful"]:
            waiting, address = doubtful, "/review?only=doubtful"
    values |= {"left": len(waiting), "address": address}
    ordered = _put_first(run, waiting, params.get("item", ""), params.get("skip", ""))
    return values | _shown_item(run, ordered, made, visitor)


def _passages_concerned(decisions: Sequence[Decision]) -> list[str]:
    """The passages that decisions are about, including the evidence of links."""
    evidence = [key for d in decisions for key in link_decisions({d.field: d})]
    return [*(d.subject for d in decisions), *evidence]


def _first_reading(desk: Desk, run: Run, made: Sequence[Decision]) -> list[ToReview]:
    """The queue of the first reading, drawn once per run so that it does not change during the review."""
    stamp = (desk.stamp(run)[0],)
    drawn = desk.cached("queue", stamp, lambda: choose(run, least_sure=_LEAST_SURE, at_random=_AT_RANDOM))
    decided = {decision.subject for decision in about_tags(made)}
    turn = len(decided) % len(_ROUND)
    left = [item for item in drawn if item.passage.id not in decided]
    left_by_reason = {why: iter([item for item in left if item.why == why]) for why in ("least sure", "random")}
    ordered: list[ToReview] = []
    while len(ordered) < len(left):
        wanted = _ROUND[turn % len(_ROUND)]
        other = "random" if wanted == "least sure" else "least sure"
        item = next(left_by_reason[wanted], None) or next(left_by_reason[other], None)
        if item is not None:
            ordered.append(item)
        turn += 1
    return ordered


def _second_reading(run: Run, made: Sequence[Decision], visitor: str) -> list[ToReview]:
    """The passages that others have decided and this visitor has not; none for a visitor without a name."""
    if not visitor:
        return []
    about = about_tags(made)
    mine = {decision.subject for decision in about if decision.reviewer == visitor}
    others = dict.fromkeys(decision.subject for decision in about if decision.reviewer != visitor)
    return _to_review(run, (key for key in others if key not in mine))


def _to_review(run: Run, ids: Iterable[str]) -> list[ToReview]:
    """The passages with these ids, with the machine's tags; unknown ids are left out."""
    passages = run.passages_by_id(ids)
    taggings = run.machine_taggings(ids=passages)
    return [ToReview(each, taggings[each.id], "random", doubt(taggings[each.id])) for each in passages.values()]


def _put_first(run: Run, waiting: list[ToReview], item: str, skip: str) -> list[ToReview]:
    """The queue with the passage `item` first or, if that is empty, with `skip` and those before it at its end."""
    ids = [each.passage.id for each in waiting]
    if item in ids:
        place = ids.index(item)
        return [waiting[place], *waiting[:place], *waiting[place + 1 :]]
    if item:
        return [*_to_review(run, [item]), *waiting]
    if skip in ids:
        place = ids.index(skip) + 1
        return [*waiting[place:], *waiting[:place]]
    return waiting


def _shown_item(run: Run, waiting: Sequence[ToReview], made: Sequence[Decision], visitor: str) -> dict[str, Any]:
    """The template values of the first passage of a queue."""
    if not waiting:
        return {"item": None}
    item = waiting[0]
    passages = run.passages(doc=item.passage.doc)
    place = next(at for at, passage in enumerate(passages) if passage.id == item.passage.id)
    tagging = item.tagging
    # A second reading hides others' decisions, so the doubts that they settled are shown again.
    mine = {d.field: d for d in made if d.subject == item.passage.id and d.reviewer == visitor and not d.undone}
    return {
        "item": item,
        "doubts": doubts_of(tagging, mine),
        "pieces": pieces(item.passage.text, tag_spans(tagging)),
        "tags": {tag.code: tag for tag in tagging.pillars},
        "context": Context(
            passages[place - 1] if place else None, passages[place + 1] if place + 1 < len(passages) else None
        ),
    }
