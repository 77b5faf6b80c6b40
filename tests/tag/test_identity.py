"""Which actor a name means: its row of the gazetteer, or itself where it adds a proper name or is a part of a body."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tag.conftest import cases
from tipmine.records import DEFAULT_SEED
from tipmine.tag import actors
from tipmine.tag.actors import Identity, Linker, PassageNames, SectorModel, codebook_names
from tipmine.tag.candidates import CandidateFinder
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.open_names import Name
from tipmine.tokenize import PhraseFinder


@pytest.fixture(scope="module")
def finder() -> CandidateFinder:
    return CandidateFinder(load_gazetteer(), PhraseFinder)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_gazetteer(), _sector_model())


def _sector_model() -> SectorModel:
    names, sectors = ["มูลนิธิ", "สมาคม", "คณะ"], ["ngo", "private", "government"]
    return SectorModel.fit(names, [""] * len(names), sectors, seed=DEFAULT_SEED)


def meant(finder: CandidateFinder, linker: Linker, name: str) -> Identity:
    text = f"{name} ควรรายงาน"
    ((identity,),) = linker.identify([PassageNames(text, [Name(0, len(name), 1.0)], finder.find(text))])
    return identity


@pytest.mark.parametrize("case", cases("identity.jsonl"))
def test_a_name_means_its_own_body(case: dict[str, Any], finder: CandidateFinder, linker: Linker) -> None:
    identity = meant(finder, linker, case["text"])
    assert identity.actor == case["actor"]
    if not case["actor"]:
        assert identity.name == case["text"]


def test_offices_of_a_body_in_provinces_and_districts_are_actors_below_it() -> None:
    actors = load_gazetteer().actors
    assert actors["cdd_district"].parent == actors["cdd_provincial"].parent == "cdd"
    assert actors["cdd_district"].name == "สำนักงานพัฒนาชุมชนอำเภอ"
    assert "สำนักงานพัฒนาชุมชนอำเภอ" not in actors["cdd"].name


@pytest.mark.parametrize(
    ("joined", "parts"),
    [
        ("บช.ภ.7 และ สภ.เมือง", ["บช.ภ.7", "สภ.เมือง"]),
        ("สพป.เขต 1 และ ศธจ.", ["สพป.เขต 1", "ศธจ."]),
        ("พมจ.และสสจ.", ["พมจ.", "สสจ."]),
        ("กรมป้องกันและบรรเทาสาธารณภัย", ["กรมป้องกันและบรรเทาสาธารณภัย"]),
    ],
)
def test_joined_names_are_split_after_the_number_of_a_region(
    joined: str, parts: list[str], finder: CandidateFinder
) -> None:
    names = codebook_names(joined, [Name(0, len(joined), 1.0)], finder.find(joined))
    assert [joined[name.start : name.end] for name in names] == parts


def test_the_sectors_of_names_are_remembered_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "_NAMES_KEPT", 5)
    model = _sector_model()
    found = [model.predict([f"มูลนิธิ{number}"], [""]) for number in range(40)]
    assert found == [["ngo"]] * 40
    assert len(model._seen) <= 6
