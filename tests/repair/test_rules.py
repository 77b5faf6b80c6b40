"""Every rule: its wild cases are repaired, its look-alikes are left, by the whole of the repair."""

from __future__ import annotations

import pytest

from tipmine.extract.repair import RULES, explain, repair_lines, repair_text, replay, undo
from tipmine.extract.repair.edits import Repaired
from tipmine.extract.repair.rule import Rule

REPAIRS = [pytest.param(*case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.repairs)]
LEAVES = [pytest.param(case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.leaves)]
AWAKE = [pytest.param(rule, case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.leaves_if_awake)]
ASLEEP = [pytest.param(rule, case, id=f"{rule.id}-{i}") for rule in RULES for i, case in enumerate(rule.leaves_asleep)]


def beside_its_repairs(rule: Rule, text: str) -> Repaired:
    """`text` after repair in a document whose other lines are those that `rule` repairs: a dormant rule is awake."""
    *others, repaired = repair_lines([*(broken for broken, _ in rule.repairs), text])
    assert rule.id in {edit.rule for other in others for edit in other.edits}, f"{rule.id} is asleep"
    return repaired


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


@pytest.mark.parametrize(("rule", "text"), AWAKE)
def test_each_look_alike_of_a_dormant_rule_is_left_where_the_rule_is_awake(rule: Rule, text: str) -> None:
    assert beside_its_repairs(rule, text).edits == ()


@pytest.mark.parametrize(("rule", "text"), ASLEEP)
def test_what_a_dormant_rule_would_change_is_left_in_an_undamaged_document(rule: Rule, text: str) -> None:
    assert rule.id in {edit.rule for edit in beside_its_repairs(rule, text).edits}
    assert repair_text(text).edits == ()
    assert all(not line.edits for line in repair_lines([*(whole for _, whole in rule.repairs), text]))


def test_only_dormant_rules_have_look_alikes_for_when_they_are_awake_and_all_of_them_do() -> None:
    assert [rule.id for rule in RULES if rule.dormant] == [rule.id for rule in RULES if rule.leaves_if_awake]
    assert all(rule.dormant for rule in RULES if rule.leaves_asleep)


def test_rule_ids_are_unique_and_every_rule_tells_its_story_in_two_languages() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.story and rule.thai and rule.repairs and (rule.leaves or rule.leaves_if_awake) for rule in RULES)


def test_every_rule_makes_one_of_its_own_repairs() -> None:
    for rule in RULES:
        used = {edit.rule for broken, _ in rule.repairs for edit in repair_text(broken).edits}
        assert rule.id in used, rule.id
