"""Every rule: its wild cases are repaired, its look-alikes are left, by the whole of the repair."""

from __future__ import annotations

import pytest

from tipmine.extract.repair import RULES, explain, repair_text, replay, undo

REPAIRS = [pytest.param(*case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.repairs)]
LEAVES = [pytest.param(case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.leaves)]


@pytest.mark.parametrize(("broken", "whole"), REPAIRS)
def test_each_wild_case_is_repaired_and_the_repair_can_be_undone(broken: str, whole: str) -> None:
    repaired = repair_text(broken)
    assert repaired.text == whole
    assert replay(broken, repaired.edits) == whole
    assert undo(whole, repaired.edits) == broken
    assert all(explain(edit) for edit in repaired.edits)


@pytest.mark.parametrize("text", LEAVES)
def test_each_look_alike_is_left_as_it_is(text: str) -> None:
    assert repair_text(text).text == text


def test_rule_ids_are_unique_and_every_rule_tells_its_story_in_two_languages() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.story and rule.thai and rule.repairs and rule.leaves for rule in RULES)


def test_every_rule_makes_one_of_its_own_repairs() -> None:
    for rule in RULES:
        used = {edit.rule for broken, _ in rule.repairs for edit in repair_text(broken).edits}
        assert rule.id in used, rule.id
