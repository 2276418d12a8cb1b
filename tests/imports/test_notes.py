"""Remarks are understood in six languages; the remark itself is always kept."""

from datetime import date

import pytest

from schemas.vocabulary import NameRole, PlaceKind, Relation, StatedBy
from service.imports import ReadOptions, read_list
from service.imports.dates import DateHabits
from service.imports.draft import Draft, ListContext
from service.imports.fact_cells import read_place
from service.imports.name_cells import read_kin, read_name
from service.imports.note_rules import count_of_children
from service.imports.notes import mark_staff_names, read_note
from tests.imports.tables import delimited

CONTEXT = ListContext("t", 1, "", date(2020, 1, 1), {0: DateHabits()})


def noted(text: str) -> Draft:
    draft = Draft(CONTEXT, 2)
    read_note(draft, text)
    return draft


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("+3 zarok", 3),
        ("و ٣ أطفال", 3),
        ("ومعها طفلين", 2),
        ("with 3 children", 3),
        ("и 3 детей", 3),
        ("с двумя детьми", 0),
        ("et 2 enfants", 2),
        ("ve 4 çocuk", 4),
        ("لديها ٥ اطفال", 5),
        ("ومعها ثلاثة اطفال", 3),
        ("+2", 2),
        ("children: 4", 4),
        ("with her baby", 1),
        ("с ребенком", 1),
        ("has two children", 2),
        ("ومعها طفل", 1),
        ("û 3 zarok", 3),
    ],
)
def test_children_are_counted(text: str, count: int) -> None:
    assert noted(text).unnamed_children == count


@pytest.mark.parametrize(
    "text",
    [
        "محكومة ٢٠ سنة",
        "youngest of 5",
        "3 children died",
        "٣ أطفال متوفين",
        "child no 3",
        "5 years old",
        "tent 3",
        "room 12",
        "half siblings C3-C5",
        "اخت رقم ١١",
        "в палатке 3",
    ],
)
def test_other_numbers_are_not_children(text: str) -> None:
    assert noted(text).unnamed_children == 0


@pytest.mark.parametrize(
    "text",
    [
        "لديها ٥ اطفال في دار الايواء",
        "her 3 children in the orphanage",
        "3 детей в детском доме",
        "3 enfants à l'orphelinat",
    ],
)
def test_children_elsewhere_are_declared_only(text: str) -> None:
    draft = noted(text)
    assert draft.unnamed_children == 0
    assert draft.declared_children in (3, 5)


def test_some_children_elsewhere() -> None:
    """Of four children, three in a home: one is unnamed here."""
    draft = noted("لديها ٤ اطفال، ثلاثة منهم في دار الايتام")
    assert (draft.declared_children, draft.unnamed_children) == (4, 1)


def test_one_count_said_twice_is_one() -> None:
    assert noted("+3 zarok / و ٣ أطفال").unnamed_children == 3


@pytest.mark.parametrize(
    "text",
    [
        "مع الام",
        "مع والدته",
        "With mother",
        "with his mother",
        "с матерью",
        "avec sa mère",
        "annesiyle",
        "bi diya xwe re",
        "لەگەڵ دایکی",
    ],
)
def test_with_mother(text: str) -> None:
    assert noted(text).with_mother is True


def test_without_mother() -> None:
    assert noted("separated from mother").with_mother is False
    assert noted("with stepfather").with_mother is None


@pytest.mark.parametrize(
    "text",
    [
        "الام في السجن",
        "mother in prison",
        "мать в тюрьме",
        "mère en prison",
        "annesi cezaevinde",
        "dayik girtî ye",
    ],
)
def test_mother_elsewhere(text: str) -> None:
    assert noted(text).mother_elsewhere is True


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("الام متوفية", Relation.MOTHER),
        ("mother dead", Relation.MOTHER),
        ("мать погибла", Relation.MOTHER),
        ("mère décédée", Relation.MOTHER),
        ("dayik miriye", Relation.MOTHER),
        ("annesi öldü", Relation.MOTHER),
        ("الاب متوفي", Relation.FATHER),
        ("father killed", Relation.FATHER),
        ("отец убит", Relation.FATHER),
        ("père mort", Relation.FATHER),
        ("bav miriye", Relation.FATHER),
        ("babası ölü", Relation.FATHER),
        ("mêr miriye", Relation.HUSBAND),
        ("husband killed", Relation.HUSBAND),
        ("муж погиб", Relation.HUSBAND),
        ("زوجها مقتول", Relation.HUSBAND),
    ],
)
def test_dead_kin(text: str, relation: Relation) -> None:
    draft = noted(text)
    assert [(k.relation, k.alive) for k in draft.kin] == [(relation, False)]


def test_both_parents_in_one_breath() -> None:
    draft = noted("الام متوفية والاب متوفي")
    assert {(k.relation, k.alive) for k in draft.kin} == {(Relation.MOTHER, False), (Relation.FATHER, False)}


@pytest.mark.parametrize(
    "text",
    ["first husband of mother is father", "mother says the boy is hers", "father unknown", "الاب غير معروف"],
)
def test_no_name_is_made_up(text: str) -> None:
    assert not [k for k in noted(text).kin if k.name is not None]


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("الاب مراد؟", Relation.FATHER, "مراد"),
        ("father: Murad", Relation.FATHER, "Murad"),
        ("отец: Мурад", Relation.FATHER, "Мурад"),
        ("mêr: Tahir, girtî (Hesekê)", Relation.HUSBAND, "Tahir"),
        ("husband Murad", Relation.HUSBAND, "Murad"),
        ("sister Makka with him", Relation.SISTER, "Makka"),
        ("brother of Daud", Relation.OTHER_FAMILY, "Daud"),
        ("اخت داود", Relation.OTHER_FAMILY, "داود"),
    ],
)
def test_named_kin(text: str, relation: Relation, name: str) -> None:
    assert (relation, name) in [(k.relation, k.name.text) for k in noted(text).kin if k.name]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("اخت رقم ١١", ["11"]),
        ("half siblings C3-C5", ["C3", "C4", "C5"]),
        ("brother of no. 7", ["7"]),
        ("sister of 12 and 14", ["12", "14"]),
        ("сестра № 5", ["5"]),
        ("siblings 2-3", ["2", "3"]),
        ("see no 4", ["4"]),
        ("brother, 5 years", []),
        ("sister 5 y", []),
    ],
)
def test_numbers_of_relatives(text: str, numbers: list[str]) -> None:
    assert noted(text).linked_numbers == numbers


@pytest.mark.parametrize(
    ("text", "place", "kind", "teller"),
    [
        ("from Kizlyar", "Kizlyar", PlaceKind.ORIGIN, StatedBy.LIST),
        ("says village near Derbent", "Derbent", PlaceKind.ORIGIN, StatedBy.SELF),
        ("تقول ان جدتها في بويناكسك", "بويناكسك", PlaceKind.ORIGIN, StatedBy.SELF),
        ("родом из Хасавюрта", "Хасавюрта", PlaceKind.ORIGIN, StatedBy.LIST),
        ("عثر عليه في تلعفر مع اخته", "تلعفر", PlaceKind.FOUND_AT, StatedBy.LIST),
        ("found in Mosul", "Mosul", PlaceKind.FOUND_AT, StatedBy.LIST),
        ("Baxoz", "Baxoz", PlaceKind.FOUND_AT, StatedBy.LIST),
        ("originaire de Grozny", "Grozny", PlaceKind.ORIGIN, StatedBy.LIST),
        ("says grandmother lives in Kaspiysk", "Kaspiysk", PlaceKind.ORIGIN, StatedBy.SELF),
    ],
)
def test_places(text: str, place: str, kind: PlaceKind, teller: StatedBy) -> None:
    assert (place, kind, teller) in [(p.text, p.kind, p.stated_by) for p in noted(text).places]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("تتكلم الروسية", "الروسية"),
        ("zimanê Rûsî jî dizane", "Rûsî"),
        ("bi Rûsî diaxive", "Rûsî"),
        ("speaks Chechen", "Chechen"),
        ("говорит по-русски", "по-русски"),
        ("parle russe", "russe"),
        ("Rusça konuşuyor", "Rusça"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert [s.text for s in noted(text).languages] == [language]


@pytest.mark.parametrize(
    "text",
    [
        "ندبة في اليد اليسرى",
        "scar on left hand",
        "шрам на подбородке",
        "cicatrice au front",
        "birthmark on neck",
    ],
)
def test_marks(text: str) -> None:
    assert [m.text for m in noted(text).marks] == [text]


def test_own_word_on_nationality() -> None:
    (said,) = noted("شيشانية حسب قولها").nationalities
    assert (said.text, said.stated_by) == ("شيشانية", StatedBy.SELF)


def test_kunya_and_former_household() -> None:
    draft = noted("kunya Umm Tahir; old HH P7-0340?")
    assert [(n.role, n.text) for n in draft.names] == [(NameRole.KUNYA, "Umm Tahir")]
    assert [(i.kind, i.value) for i in draft.identifiers] == [("household_before", "P7-0340")]


@pytest.mark.parametrize(
    "text", ["الاسم من الدار", "name given by the orphanage", "имя дали в приюте", "named by staff"]
)
def test_staff_given_names(text: str) -> None:
    """A name given by an institution carries that role, whatever column it stood in."""
    draft = Draft(CONTEXT, 2)
    read_name(draft, "نوح", NameRole.FULL)
    read_note(draft, text)
    mark_staff_names(draft)
    assert [n.role for n in draft.names] == [NameRole.STAFF_GIVEN]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("رئيسة سلطانوفا (أم داود)", [("full", "رئيسة سلطانوفا (أم داود)"), ("kunya", "أم داود")]),
        ("Darya (Khadija)", [("full", "Darya (Khadija)"), ("other", "Khadija")]),
        ("أم داود الشيشانية", [("kunya", "أم داود الشيشانية")]),
        ("أبو بكر", [("full", "أبو بكر")]),
        ("أم كلثوم سلطانوفا", [("full", "أم كلثوم سلطانوفا")]),
        ("Umm Tahir and 3 children", [("kunya", "Umm Tahir")]),
        ("أم نوح و ٣ أطفال", [("kunya", "أم نوح")]),
        ("هاجر (لا تعرف اسم الاب)", [("full", "هاجر")]),
        ("طفل مجهول", []),
        ("unknown", []),
        ("Hajar (Tunisian)", [("full", "Hajar (Tunisian)")]),
        ("Raisa (née Sultanova)", [("full", "Raisa (née Sultanova)"), ("other", "Sultanova")]),
        ("\u202bداود\u202c سلطانوف", [("full", "\u202bداود\u202c سلطانوف")]),
        ("نرگس\u200cبانو", [("full", "نرگس\u200cبانو")]),
    ],
)
def test_name_cells(cell: str, names: list[tuple[str, str]]) -> None:
    """Names stay exactly as written; kunya and other names are taken out of brackets as well."""
    draft = Draft(CONTEXT, 2)
    read_name(draft, cell, NameRole.FULL)
    assert [(n.role.value, n.text) for n in draft.names] == names


@pytest.mark.parametrize(
    ("cell", "name", "alive", "note"),
    [
        ("زاريما (متوفاة)", "زاريما", False, "متوفاة"),
        ("تانزيلا - متوفية", "تانزيلا", False, "متوفية"),
        ("Zaira (in prison)", "Zaira", None, "in prison"),
        ("deceased", None, False, "deceased"),
        ("Raisa", "Raisa", None, ""),
        ("Тамара?", "Тамара", None, ""),
        ("Uzbek, name unk.", None, None, "Uzbek, name unk."),
        ("Abu Nuh (Tunisian)", "Abu Nuh", None, "Tunisian"),
    ],
)
def test_kin_cells(cell: str, name: str | None, alive: bool | None, note: str) -> None:
    draft = Draft(CONTEXT, 2)
    read_kin(draft, cell, Relation.MOTHER)
    (kin,) = draft.kin
    assert (kin.name and kin.name.text, kin.alive, kin.note) == (name, alive, note)


@pytest.mark.parametrize("cell", ["-", "?", "مجهولة", "unknown", "неизвестно", "inconnue", "nenas"])
def test_unknown_kin(cell: str) -> None:
    draft = Draft(CONTEXT, 2)
    read_kin(draft, cell, Relation.MOTHER)
    assert not draft.kin


def test_transfers() -> None:
    draft = Draft(CONTEXT, 2)
    read_place(draft, "Roj (from al-Hol 12/2020)", PlaceKind.HELD_AT)
    assert [(p.kind, p.text, p.latest) for p in draft.places] == [
        (PlaceKind.HELD_AT, "Roj", None),
        (PlaceKind.TRANSFERRED_FROM, "al-Hol", date(2020, 12, 31)),
    ]


def test_long_remarks_are_read_in_little_time() -> None:
    """No remark of 2,000 characters, however repetitive, makes a pattern run on."""
    for bait in ("with her ", "اخت ", "(", "mother ", "3 children", "a1-", "من ", "من قرية قرب ", "not "):
        text = (bait * 2_000)[:2_000]
        assert len(noted(text).notes) <= 1
        count_of_children(text)


def test_a_row_that_only_counts_children_gives_them_to_the_row_above() -> None:
    rows = [
        ["ФИО", "Пол", "Возраст"],
        ["Тагирбекова Зарема", "ж", "28"],
        ["+2 детей", "", ""],
        ["Омаров Юсуф", "м", "4"],
    ]
    reading = read_list(delimited(rows), "list.csv", ReadOptions(list_id="t"))
    assert [(r.row, r.placeholder) for r in reading.records] == [(2, 0), (2, 1), (2, 2), (4, 0)]
    assert [(s.row, s.reason) for s in reading.skipped] == [(1, "header"), (3, "count_of_row_above")]
