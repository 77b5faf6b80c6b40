"""The gazetteer: its rows hang together, and colliding forms are settled by what is around them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tipmine.tag.candidates import CandidateFinder, split_tokens
from tipmine.tag.codebook import SECTORS, fixed_names, seed_lexicon
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tokenize import PhraseFinder, tokenize_text


@pytest.fixture(scope="module")
def finder() -> CandidateFinder:
    return CandidateFinder(load_gazetteer(), PhraseFinder)


def found(finder: CandidateFinder, text: str) -> dict[str, str]:
    return {text[c.start : c.end]: c.actor for c in finder.find(text)}


def test_every_row_has_a_name_a_known_sector_and_a_parent_that_exists() -> None:
    actors = load_gazetteer().actors
    assert len(actors) >= 300
    for actor in actors.values():
        assert actor.name
        assert actor.sector in SECTORS, actor.id
        assert not actor.parent or actor.parent in actors, actor.id


def test_no_body_belongs_to_itself_over_its_parents() -> None:
    actors = load_gazetteer().actors
    for actor in actors.values():
        above, seen = actor.parent, {actor.id}
        while above:
            assert above not in seen, actor.id
            seen.add(above)
            above = actors[above].parent


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("ธนาคารออมสินร่วมให้ทุนประกอบอาชีพ", "ธนาคารออมสิน", "gsb"),
        ("กรมยุโรปหารือกับผู้แทนต่างประเทศ", "กรมยุโรป", "mfa_europe"),
        ("หน่วย นรข. ลาดตระเวนลำน้ำโขง", "นรข.", "mekong_riverine"),
        ("สถานี บขส. ติดป้ายเตือนภัย", "บขส.", "transport_co"),
        ("มหาวิทยาลัยธรรมศาสตร์อบรมล่าม", "มหาวิทยาลัยธรรมศาสตร์", "u_thammasat"),
        ("คณะกรรมการหมู่บ้านเฝ้าระวังคนแปลกหน้า", "คณะกรรมการหมู่บ้าน", "village_committee"),
        ("ตำรวจ บก.ปคบ. ตรวจสำนักงานจัดหางานเถื่อน", "บก.ปคบ.", "cppd"),
        ("ด่านตรวจคนหางานระงับการเดินทาง", "ด่านตรวจคนหางาน", "jobseeker_checkpoint"),
    ],
)
def test_a_body_is_itself_and_not_the_one_that_it_belongs_to(
    finder: CandidateFinder, text: str, name: str, actor: str
) -> None:
    assert found(finder, text).get(name) == actor


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("เสนอรองอธิบดีกรมการจัดหางานทราบ", "รองอธิบดีกรมการจัดหางาน", "doe"),
        ("นายสมมติ รัฐมนตรีว่าการกระทรวงการท่องเที่ยวและกีฬา", "รัฐมนตรีว่าการกระทรวงการท่องเที่ยวและกีฬา", "mots"),
        ("รมว.กลาโหมสั่งการ", "รมว.กลาโหม", "mod"),
        ("รองปลัดกระทรวงยุติธรรมเป็นประธาน", "รองปลัดกระทรวงยุติธรรม", "moj"),
        ("ปลัดกระทรวงมอบนโยบาย", "ปลัดกระทรวง", "permanent_secretary"),
        ("รองผู้ว่าราชการจังหวัดเพชรบูรณ์ลงพื้นที่", "รองผู้ว่าราชการจังหวัดเพชรบูรณ์", "vice_governor"),
        ("นายอำเภอเมืองเพชรบูรณ์ตรวจ", "นายอำเภอเมืองเพชรบูรณ์", "district_chief"),
        ("สำนักงานจัดหางานกรุงเทพมหานครพื้นที่ 1 - 10 รับแจ้ง", "สำนักงานจัดหางานกรุงเทพมหานครพื้นที่ 1 - 10", "prov_employment"),
        ("ประชุมกับ พมจ.ระนอง แล้ว", "พมจ.ระนอง", "psdhs"),
        ("ส่งสำนวนให้ ภ.จว. ชุมพร แล้ว", "ภ.จว. ชุมพร", "prov_police"),
        ("ศรส.จ.พิษณุโลก ลงพื้นที่", "ศรส.จ.พิษณุโลก", "ssrs"),
        ("ศรส. จังหวัดละแห่ง", "ศรส.", "ssrs"),
        # The province is where they work, and no part of their name.
        ("ทีมสหวิชาชีพเพชรบูรณ์", "ทีมสหวิชาชีพ", "mdt"),
        ("ผู้ว่าราชการจังหวัดชายแดน", "ผู้ว่าราชการจังหวัด", "governor"),
    ],
)
def test_an_office_is_named_with_its_title_and_its_province(
    finder: CandidateFinder, text: str, name: str, actor: str
) -> None:
    assert found(finder, text).get(name) == actor


def test_candidates_do_not_overlap(finder: CandidateFinder) -> None:
    text = "ปลัดกระทรวงแรงงานจังหวัด ผู้ว่าราชการจังหวัดกรุงเทพมหานครควร"
    candidates = finder.find(text)
    assert candidates
    assert all(before.end <= after.start for before, after in pairwise(candidates))


def test_a_form_of_several_rows_can_be_settled() -> None:
    for form, readings in load_gazetteer().readings.items():
        if len({reading.actor for reading in readings}) > 1:
            assert sum(not reading.cues and not reading.default for reading in readings) <= 1, form


def test_the_committee_and_the_police_division_share_an_abbreviation(finder: CandidateFinder) -> None:
    committee = found(finder, "คณะกรรมการ ปคม. มีมติเห็นชอบแผนปฏิบัติการ")
    police = found(finder, "ตำรวจ บก.ปคม. เข้าจับกุมผู้ต้องหา")
    assert committee == {"คณะกรรมการ ปคม.": "atip_committee"}
    assert police["บก.ปคม."] == "atpd"


def test_stops_may_be_there_or_not(finder: CandidateFinder) -> None:
    for body in ("สำนักงาน ปปง.", "สำนักงาน ป.ป.ง."):
        assert set(found(finder, f"{body} ยึดทรัพย์").values()) == {"amlo"}


def test_a_longer_phrase_that_is_no_actor_wins_over_what_it_holds(finder: CandidateFinder) -> None:
    assert "ครอบครัว" not in found(finder, "ความรุนแรงในครอบครัวเพิ่มขึ้น")
    assert "ครอบครัว" in found(finder, "ควรสร้างความเข้าใจให้ครอบครัว")


def test_tokens_are_cut_at_the_edges_of_candidates(finder: CandidateFinder) -> None:
    text = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์ควรช่วยเด็กและสตรี"
    candidates = finder.find(text)
    tokens = split_tokens(tokenize_text(text), candidates)
    assert "".join(token.text for token in tokens) == text
    starts = {token.start for token in tokens}
    assert all(candidate.start in starts for candidate in candidates)


def test_names_that_prove_nothing_are_found_with_spaces_in_them() -> None:
    assert fixed_names().search("การป้องกันและปราบปรามการค้ามนุษย์")
    assert fixed_names().search("ป้องกัน  ปราบปรามการค้ามนุษย์")
    assert not fixed_names().search("ป้องกันเด็กจากนายหน้า")
    assert len(seed_lexicon()) > 300


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("จังหวัดหนองพลับจึงควรเปิดสายด่วน", "จังหวัดหนองพลับ"),
        ("และจังหวัดน่านต้องรายงานผล", "จังหวัดน่าน"),
        ("จังหวัดจึงควรเปิดสายด่วน", "จังหวัด"),
        ("ในจังหวัดน่านควรมีล่าม", None),
        ("ใน 22 จังหวัดชายทะเลต้องตรวจเรือ", None),
        ("จังหวัดที่เสี่ยงควรมีล่าม", None),
    ],
)
def test_a_province_that_should_act_is_found_by_any_name(finder: CandidateFinder, text: str, held: str | None) -> None:
    named = [name for name, actor in found(finder, text).items() if actor == "province"]
    assert named == ([held] if held else [])


def test_where_people_are_exploited_is_no_group_of_people(finder: CandidateFinder) -> None:
    assert "fishers" not in found(finder, "คดีบังคับใช้แรงงานในเรือประมงเพิ่มขึ้น").values()
    assert "fishers" in found(finder, "ควรอบรมแรงงานในเรือประมง").values()


def test_two_heads_named_in_one_breath_are_two_actors(finder: CandidateFinder) -> None:
    for text in ("กำนันผู้ใหญ่บ้าน", "กำนัน ผู้ใหญ่บ้าน", "กำนัน/ผู้ใหญ่บ้าน"):
        assert list(found(finder, text).values()) == ["kamnan", "village_head"]
