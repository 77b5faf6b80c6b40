from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import write_sample_run
from tipmine.errors import UsageError
from tipmine.questions import query
from tipmine.store import index
from tipmine.store.decisions import conflicts, decide, history, undo
from tipmine.store.entries import lacks_decisions, refresh_index
from tipmine.store.run import Run

REC = "p-report.pdf-0"
TURN = "p-group.docx-0"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as opened:
        yield opened


def codes(run: Run, key: str) -> list[str]:
    return [tag.code for tag in run.taggings()[key].pillars]


def test_a_rejected_pillar_is_gone_until_the_decision_is_undone(run: Run) -> None:
    number = decide(run.connection, REC, "pillar:protection", "no", "สมศรี")
    assert codes(run, REC) == []
    undo(run.connection, number)
    assert codes(run, REC) == ["protection"]
    assert [d.undone for d in history(run.connection)] == [True]


def test_an_added_pillar_carries_the_name_of_who_added_it(run: Run) -> None:
    decide(run.connection, REC, "pillar:partnership", "yes", "สมศรี")
    tags = run.taggings()[REC].pillars
    assert [(tag.code, tag.by) for tag in tags] == [("protection", "model"), ("partnership", "สมศรี")]
    assert [tag.reason for tag in tags] == ["คำ", "คนติดป้ายนี้เอง ระบบไม่ได้เสนอ"]


def test_passages_have_the_kind_in_force(run: Run) -> None:
    def kinds() -> dict[str, str]:
        found = {passage.id: passage.kind for passage in run.passages()}
        assert found == {key: tagging.kind for key, tagging in run.taggings().items()}
        assert found == {key: passage.kind for key, passage in run.passages_by_id(found).items()}
        for kind in ("plan", "finding", "recommendation"):
            assert {p.id for p in run.passages(kind=kind)} == {key for key in found if found[key] == kind}
        return {key: kind for key, kind in found.items() if key in (REC, TURN)}

    decide(run.connection, REC, "kind", "plan", "ก")
    number = decide(run.connection, REC, "kind", "finding", "ข")
    decide(run.connection, TURN, "pillar:policy", "yes", "ก")
    assert kinds() == {REC: "finding", TURN: "utterance"}
    undo(run.connection, number)
    assert kinds() == {REC: "plan", TURN: "utterance"}
    assert set(run.frame("passages")["kind"]) == {"recommendation", "finding", "utterance"}


def test_a_role_can_be_corrected_and_an_actor_taken_away(run: Run) -> None:
    first, second = run.taggings()[REC].actors
    decide(run.connection, REC, f"actor:{first.start}:{first.end}", "role=partner", "ก")
    decide(run.connection, REC, f"actor:{second.start}:{second.end}", "no", "ก")
    assert [(a.text, a.role, a.by) for a in run.taggings()[REC].actors] == [("ตำรวจ", "partner", "ก")]


def test_the_last_reviewer_wins_and_the_conflict_is_listed(run: Run) -> None:
    decide(run.connection, REC, "pillar:protection", "no", "ก")
    decide(run.connection, REC, "pillar:protection", "yes", "ข")
    assert codes(run, REC) == ["protection"]
    assert [(a.reviewer, b.reviewer) for a, b in conflicts(run.connection)] == [("ก", "ข")]


def test_rejecting_the_only_strong_link_leaves_a_partial_coverage(run: Run) -> None:
    decide(run.connection, REC, f"link:{TURN}", "no", "ก")
    trace = run.traces()[0]
    assert [item.id for item in trace.evidence] == ["p-report.pdf-2"]
    assert trace.coverage == "partial"


def test_a_confirmed_link_makes_the_coverage_direct(run: Run) -> None:
    decide(run.connection, REC, "link:p-report.pdf-2", "yes", "ก")
    trace = run.traces()[0]
    assert trace.coverage == "direct"
    assert {item.id: item.band for item in trace.evidence}["p-report.pdf-2"] == "confirmed"


def test_a_person_s_theme_label_is_shown(run: Run) -> None:
    decide(run.connection, "t-1", "label", "ขาดล่าม", "ก")
    assert run.themes().themes[0].label == "ขาดล่าม"


@pytest.mark.parametrize(
    ("field", "value"),
    [("pillar:nothing", "yes"), ("pillar:policy", "maybe"), ("actor:9:3", "no"), ("kind", "song"), ("label", " ")],
)
def test_what_cannot_be_meant_is_refused(run: Run, field: str, value: str) -> None:
    with pytest.raises(UsageError, match="cannot decide"):
        decide(run.connection, REC, field, value, "ก")
    assert history(run.connection) == []


def test_a_confirmed_link_that_is_proposed_no_more_is_kept_last(run: Run) -> None:
    decide(run.connection, REC, f"link:{TURN}", "yes", "ก")
    run.connection.execute("DELETE FROM evidence WHERE rec = ? AND target = ?", (REC, TURN))
    trace = run.traces()[0]
    assert trace.coverage == "direct"
    assert [(item.id, item.band, item.kind) for item in trace.evidence] == [
        ("p-report.pdf-2", "likely", "finding"),
        (TURN, "confirmed", "utterance"),
    ]
    assert trace.evidence[-1].reasons and trace.evidence[-1].rank == 3


def test_a_confirmed_link_to_a_passage_that_is_gone_counts_no_more(run: Run) -> None:
    decide(run.connection, REC, "link:p-gone", "yes", "ก")
    run.connection.execute("DELETE FROM evidence WHERE rec = ? AND target = ?", (REC, TURN))
    trace = run.traces()[0]
    assert trace.coverage == "partial"
    assert [item.id for item in trace.evidence] == ["p-report.pdf-2"]


def test_a_rejected_link_never_raises_the_coverage(run: Run) -> None:
    run.connection.execute("UPDATE traces SET coverage = 'none' WHERE rec = ?", (REC,))
    decide(run.connection, REC, f"link:{TURN}", "no", "ก")
    assert run.traces()[0].coverage == "none"


def test_the_coverage_follows_the_best_link(run: Run) -> None:
    run.connection.execute("UPDATE evidence SET band = 'likely' WHERE rec = ?", (REC,))
    assert run.traces()[0].coverage == "partial"
    run.connection.execute("UPDATE traces SET coverage = 'partial' WHERE rec = ?", (REC,))
    run.connection.execute("UPDATE evidence SET band = 'confirmed' WHERE target = ?", (TURN,))
    assert run.traces()[0].coverage == "direct"


def test_decisions_are_part_of_the_caller_s_transaction_or_stored_at_once(run: Run) -> None:
    number = decide(run.connection, REC, "kind", "plan", "ก")
    assert not run.connection.in_transaction
    with pytest.raises(UsageError), run.transaction():
        undo(run.connection, number)
        decide(run.connection, REC, "kind", "finding", "ก")
        decide(run.connection, REC, "kind", "song", "ก")
    assert [(d.value, d.undone) for d in history(run.connection)] == [("plan", False)]


@pytest.mark.parametrize("number", [2**63, 10**30, -(10**30)])
def test_a_number_larger_than_the_database_holds_is_no_decision(run: Run, number: int) -> None:
    with pytest.raises(UsageError):
        undo(run.connection, number)


def test_a_search_sees_decisions_made_since_the_index_was_built(run: Run) -> None:
    assert not lacks_decisions(run)
    number = decide(run.connection, REC, "pillar:partnership", "yes", "ก")
    assert lacks_decisions(run) and list(query(run.folder, "", pillar="partnership")["id"]) == [REC]
    undo(run.connection, number)
    assert lacks_decisions(run) and not len(query(run.folder, "", pillar="partnership"))
    assert not lacks_decisions(run)


def test_an_index_that_cannot_be_rebuilt_still_answers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(run.connection, REC, "pillar:partnership", "yes", "ก")

    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(index, "index_words", full)
    assert not refresh_index(run)
    assert list(query(run.folder, "", pillar="protection")["id"])
    assert not (run.folder / "index.new").exists()
