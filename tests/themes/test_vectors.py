"""What brings turns together: their matter and, where talk keeps to it, the turns around; not the room."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from tipmine.records import TextUnit
from tipmine.themes import vectors
from tipmine.themes.vectors import _surroundings, neighbour_likeness, theme_vectors
from tipmine.tokenize import words

MATTERS = {
    "ล่าม": ("ล่ามหายากมาก", "ต้องหาคนแปลภาษาเอง", "ไม่มีล่ามภาษาพม่า"),
    "เงิน": ("เบิกเงินช้า", "ควักกระเป๋าจ่ายเองก่อน", "เงินสำรองจ่ายเบิกไม่ได้"),
    "ย้าย": ("เจ้าหน้าที่ย้ายบ่อย", "คนใหม่มาต้องสอนงานใหม่", "โยกย้ายทุกปี"),
}
ROOMS = {"north": ("เปิ้น", "ฮู้", "เจ้า", "แต้"), "south": ("หวา", "แหลง", "พันนั้น", "หร็อย")}


def turns() -> list[TextUnit]:
    """Three matters in two rooms, every turn with the words of its room."""
    return [
        TextUnit(f"{room}#{matter}{at}", " ".join((text, *accent)), (*words(text), *accent), room, "utterance", "")
        for room, accent in ROOMS.items()
        for matter, texts in MATTERS.items()
        for at, text in enumerate(texts)
    ]


def lead_of_matter(units: list[TextUnit]) -> float:
    """How much nearer turns of one matter in two rooms are than turns of two matters in one room."""
    points = theme_vectors(units)
    near = points @ points.T
    matter, room = ([unit.id.split("#")[side].rstrip("012") for unit in units] for side in (1, 0))
    size = range(len(units))
    same = [near[i, j] for i in size for j in size if matter[i] == matter[j] and room[i] != room[j]]
    other = [near[i, j] for i in size for j in size if matter[i] != matter[j] and room[i] == room[j]]
    return float(np.mean(same) - np.mean(other))


def test_what_a_transcript_shares_does_not_bring_its_turns_together(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lead_of_matter(turns())
    monkeypatch.setattr(vectors, "MANY_TURNS", 1e9)  # nothing is taken away
    assert found > 0 and found > lead_of_matter(turns())


def test_one_transcript_alone_keeps_its_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [unit for unit in turns() if unit.doc == "north"]
    found = theme_vectors(alone)
    monkeypatch.setattr(vectors, "MANY_TURNS", 1e9)
    assert np.array_equal(found, theme_vectors(alone))


def test_talk_is_coherent_if_neighbours_are_nearer_than_others() -> None:
    points = np.eye(2, dtype=np.float32)[[0, 0, 1, 1]]
    around = sparse.csr_matrix(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], float))
    keeps = neighbour_likeness(points, around, [False] * 4)
    wanders = neighbour_likeness(points[[0, 2, 1, 3]], around, [False] * 4)
    assert keeps == pytest.approx(2 / 3) and wanders < 0
    assert neighbour_likeness(points, around, [True] * 3 + [False]) == 0


def test_where_nobody_leads_only_the_nearest_turns_of_the_document_count() -> None:
    units = [TextUnit(f"u{n}", "ก ข", ("ก", "ข"), "a" if n < 6 else "b", "utterance", "") for n in range(8)]
    around = _surroundings(units, [False] * 8)
    assert around[3].nonzero()[1].tolist() == [1, 2, 4, 5]
    assert around[6].nonzero()[1].tolist() == [7]
    assert around[0, 1] > around[0, 2] > 0
