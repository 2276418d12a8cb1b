"""The compiled matcher says how much, the evidence says why: both come to the same. People are invented."""

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.compiled import outer
from matching.gallery import Gallery
from matching.linker import Linker
from matching.names.parse import parse_name
from matching.names.parts import NamePart
from matching.names.partwise import MatchLevel, compare_parts
from matching.scale.assignment_kernel import assign, assignment_room
from matching.scale.part_kernel import compare_many, new_memo
from matching.scale.parts import PartTable
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import Relation
from tests.matching.people import aged, born, record, request, sought

GIVEN = ("Хамза", "حمزة", "HAMZA", "Gamza", "Зайнаб", "زينب", "Zeynep", "Зара", "زهراء", "Ольянта", "Айза",
         "رستمأبوبكر", "Магомед", "محمد", "Muhammad", "Мухамед")  # fmt: skip
FAMILY = ("Магомедов", "Магомедова", "محمدوفا", "MAGOMEDOVA", "Израилов", "إسرافيلوفا", "الحلبي", "Чапаева")
FATHERS = ("Рустам", "رستم", "Ибрагим", "إبراهيم", "Ibrahim", "Абубакар")
WHERE = ("Грозный", "Чечня", "Дагестан", "Chechen", "روسية", "Russian", "Узбекистан")
HOUSES = (None, None, "7", "8")

maybe = st.sampled_from
birth = st.one_of(st.none(), st.integers(1, 40).map(aged), st.integers(1980, 2018).map(born))


def facts(**of: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A dictionary of the facts that are not None."""
    return st.fixed_dictionaries(of).map(lambda found: {k: v for k, v in found.items() if v is not None})


LISTED = facts(
    given=maybe((None, *GIVEN)), surname=maybe((None, None, *FAMILY)), father=maybe((None, None, *FATHERS)),
    full=maybe((None, None, "أم حمزة", "حمزة رستم محمدوف", "محمدوفا زينب")),
    mother=maybe((None, *GIVEN, "أم حمزة")), sex=maybe(("male", "female", "unknown")), birth=birth,
    origin=maybe((None, *WHERE)), household=maybe(HOUSES),
    relation=maybe((None, Relation.SON, Relation.HEAD)), declared=maybe((None, None, 1, 3)),
    entered=maybe((None, date(2017, 3, 1))), held=maybe((None, "مخيم الهول")),
    staff_given=maybe((None, None, "نور")),
)  # fmt: skip
SOUGHT = facts(
    given=maybe((None, *GIVEN)), surname=maybe((None, *FAMILY)), mother=maybe((None, *GIVEN)),
    patronymic=maybe((None, "Рустамович", "Ибрагимовна")), father=maybe((None, *FATHERS)),
    kunya=maybe((None, None, "Умм Хамза")), sex=maybe(("male", "female", "unknown")), birth=birth,
    origin=maybe((None, *WHERE)), other=maybe((None, None, "Айша")),
    heard=maybe((None, ("Ракка", date(2018, 5, 1)), ("лагерь аль-Холь", date(2019, 1, 1)))),
)  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[DetaineeRecord], TracingRequest]:
    listed = draw(st.lists(LISTED, min_size=1, max_size=9))
    lists = draw(st.lists(st.sampled_from(("L1", "L2")), min_size=len(listed), max_size=len(listed)))
    records = [record(row, name, **one) for row, (name, one) in enumerate(zip(lists, listed, strict=True), 1)]
    if draw(st.booleans()):
        records += [record(row, "L1", household="7", placeholder=row, sex="unknown") for row in (90, 91)]
    roles = draw(
        st.lists(st.sampled_from(("mother", "child", "child", "father", "other")), min_size=1, max_size=4)
    )
    people = [sought(f"p{n}", role, **draw(SOUGHT)) for n, role in enumerate(roles)]
    return records, request(*people, unnamed=draw(st.integers(0, 2)))


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_every_link_weighs_the_sum_of_its_reasons(world: tuple[list[DetaineeRecord], TracingRequest]) -> None:
    records, asked = world
    linker = Linker(records)
    (_, weighed), *_ = linker.weigh([asked], top=20)
    links = linker.rank(asked, top=20).links
    for person, one in enumerate(asked.sought):
        mine = [link for link in links if link.person_id == one.person_id]
        positions = [p for p in weighed.position[person].tolist() if p >= 0]
        assert [link.record_id for link in mine] == [linker.lines[p].record_id for p in positions]
        for link, millibits in zip(mine, weighed.weight[person].tolist(), strict=False):
            assert round(1000 * link.weight) == millibits
            assert round(1000 * sum(e.weight for e in link.evidence)) == millibits


@outer
def _assign(gain: Any, rows: int, columns: int, floats: Any, places: Any, mate: Any) -> None:
    assign(gain, rows, columns, floats, places, mate)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_people_are_assigned_as_by_the_library_even_when_two_ways_are_as_good(
    rows: int, columns: int, data: st.DataObject
) -> None:
    cells = st.sampled_from((0.0, 0.0, 1.5, 1.5, 2.25))
    gain = np.array([[data.draw(cells) for _ in range(columns)] for _ in range(rows)])
    mate = np.zeros(6, dtype=np.int64)
    _assign(gain, rows, columns, *assignment_room(6), mate)
    wanted = np.full(rows, -1)
    left, right = linear_sum_assignment(gain, maximize=True)
    wanted[left] = right
    assert mate[:rows].tolist() == wanted.tolist()


LEVELS = (
    "differs", "same_spelling", "same_group", "same_skeleton", "sound_alike", "sound_alike", "spelled_alike",
    "spelled_alike", "weak_link",
)  # fmt: skip
_NEAR = {MatchLevel.SOUND_ALIKE: 0.85, MatchLevel.SPELLED_ALIKE: 0.55}


def test_words_meet_at_the_same_level() -> None:
    texts = (*GIVEN, *FAMILY, *FATHERS, "Шамиль", "شاميل", "Chamil", "Şamil", "Шамсудин", "ანა", "Гаджиев",
             "غازييف", "Hadjiev", "Исрапилова", "Israfilova")  # fmt: skip
    parts: dict[NamePart, None] = {}
    for text in texts:
        parts.update(dict.fromkeys(parse_name(text).parts))
    table, every = PartTable(Gallery([])), list(parts)
    numbers = np.array([table.number(part) for part in every])
    left, right = np.repeat(numbers, len(every)), np.tile(numbers, len(every))
    levels, similar = np.zeros(len(left), dtype=np.int8), np.zeros(len(left))
    compare_many(table.arrays(), left, right, new_memo(), levels, similar)
    for place, (one, two) in enumerate((a, b) for a in every for b in every):
        match = compare_parts(one, two)
        assert LEVELS[levels[place]] == match.level.value, (one.text, two.text)
        if match.level in _NEAR:
            near = match.similarity >= _NEAR[match.level]
            assert (levels[place] in (4, 6)) is near, (one.text, two.text)
