"""The worked example of docs/matching.md is what the matcher says."""

import re
from datetime import date
from pathlib import Path

import pytest

from matching.linker import Linker
from schemas.link import CandidateLink
from tests.matching.people import aged, born, record, request, sought

PAGE = Path(__file__).resolve().parents[2] / "docs" / "matching.md"
DAY = date(2019, 4, 1)
LIST = [
    ("آمنة تراموفا", "female", 5, "زولاي", "شيشانية"),
    ("محمد علييف", "male", 7, "مريم", "روسي"),
    ("زينب حسنوفا", "female", 4, "عائشة", "داغستانية"),
]


def link(mother_known: bool = True) -> CandidateLink:
    rows = [
        record(
            2 + n, full=name, sex=sex, birth=aged(age, DAY), nationality=nation, list_date=DAY,
            **({"mother": mother} if mother_known else {}),
        )
        for n, (name, sex, age, mother, nation) in enumerate(LIST)
    ]  # fmt: skip
    girl = sought(
        "1", "child", surname="Тарамова", given="Амина", patronymic="Руслановна", sex="female",
        birth=born(2014), mother="Зулай", origin="Чечня",
    )  # fmt: skip
    return Linker(rows).rank(request(girl)).links[0]


def test_every_documented_row_has_the_bits_of_the_evidence() -> None:
    line = re.compile(r"^\| ([a-z' ]+) \|.*\| ([-+]?\d[.\d]*) \| .* \|$", re.MULTILINE)
    rows = line.findall(PAGE.read_text("utf-8"))
    names = {"mother's name": "mother_name", "father's name": "father_name"}
    documented = {names.get(fact, fact.replace(" ", "_")): float(bits) for fact, bits in rows}
    found = {e.comparison: e.weight for e in link().evidence}
    assert len(documented) == 8
    assert {fact: found[fact] for fact in documented} == pytest.approx(documented, abs=0.06)


def test_the_documented_sums_hold() -> None:
    assert (link().weight, link().probability) == pytest.approx((8.9, 0.81), abs=0.06)
    assert (link(False).weight, link(False).probability) == pytest.approx((2.06, 0.69), abs=0.06)
