"""Names in parts with roles, by the customs they follow; every part keeps its place in the original."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.names.lexicon import lexicon
from matching.names.parse import parse_name
from matching.names.parts import ParsedName, PartRole
from schemas.vocabulary import NameRole, Sex


def _roles(name: ParsedName) -> dict[str, str]:
    return {part.text: part.role.value for part in name.parts}


@pytest.mark.parametrize(
    ("text", "given_name", "surname", "father"),
    [
        ("Исрапилова Заира Магомедовна", "Заира", "Исрапилова", "Магомедовна"),
        ("Заира Магомедовна Исрапилова", "Заира", "Исрапилова", "Магомедовна"),
        ("ИСРАПИЛОВА ЗАИРА МАГОМЕДОВНА", "ЗАИРА", "ИСРАПИЛОВА", "МАГОМЕДОВНА"),
        ("Магомедов Магомед Магомедович", "Магомед", "Магомедов", "Магомедович"),
        ("Токтосун кызы Айнура", "Айнура", "", "Токтосун"),
        ("Айнура Токтосун кызы", "Айнура", "", "Токтосун"),
        ("اينورا توكتوسون قيزي", "اينورا", "", "توكتوسون"),
        ("Rustam Anvar o'g'li Karimov", "Rustam", "Karimov", "Anvar"),
        ("Aygün Məmməd qızı Əliyeva", "Aygün", "Əliyeva", "Məmməd"),
        ("Омарова Жанар Серікқызы", "Жанар", "Омарова", "Серікқызы"),
        ("Саидзода Гулбахор", "Гулбахор", "Саидзода", ""),
        ("زائرة محمد إسرافيلوفا", "زائرة", "إسرافيلوفا", "محمد"),
        ("عبد الرحمن محمد سليمانوف", "عبد الرحمن", "سليمانوف", "محمد"),
        ("علي بن محمد الداغستاني", "علي", "", "محمد"),
        ("GAZIEV Ibrahim", "Ibrahim", "GAZIEV", ""),
        ("Israilova, Madina", "Madina", "Israilova", ""),
        ("Умукусум Гаджиева", "Умукусум", "Гаджиева", ""),
        ("Абубакар Дудуркаев", "Абубакар", "Дудуркаев", ""),
        ("أم كلثوم محمدوفا", "أم كلثوم", "محمدوفا", ""),
    ],
)
def test_parts_of_a_full_name(text: str, given_name: str, surname: str, father: str) -> None:
    name = parse_name(text)
    assert [part.text for part in name.given] == [given_name]
    assert [part.text for part in name.surnames] == ([surname] if surname else [])
    assert [part.text for part in name.patronymics] == ([father] if father else [])
    assert name.kunya is None


@pytest.mark.parametrize(
    ("text", "child", "sex", "nisbas"),
    [
        ("أم أبو بكر الشيشانية", "أبو بكر", Sex.FEMALE, ("Chechen",)),
        ("Um Ebubekir El Şîşanî", "Ebubekir", Sex.FEMALE, ("Chechen",)),
        ("Умм Абубакар", "Абубакар", Sex.FEMALE, ()),
        ("أم عائشة الأذرية", "عائشة", Sex.FEMALE, ("Azerbaijani",)),
        ("Oum Assia", "Assia", Sex.FEMALE, ()),
        ("Umm Abdurrahman", "Abdurrahman", Sex.FEMALE, ()),
        ("Abu Yahya (Tunisian)", "Yahya", Sex.MALE, ("Tunisian",)),
        ("أم مسلمة الأوزبكية", "مسلمة", Sex.FEMALE, ("Uzbek",)),
        ("زائرة محمد إسرافيلوفا (أم ابراهيم)", "ابراهيم", Sex.FEMALE, ()),
    ],
)
def test_kunyas_tell_the_child_and_the_sex_of_the_bearer(
    text: str, child: str, sex: Sex, nisbas: tuple[str, ...]
) -> None:
    name = parse_name(text)
    assert name.kunya is not None
    assert (name.kunya.text, name.kunya.kunya_sex, name.kunya_sex) == (child, sex, sex)
    assert name.kunya.groups
    assert name.nisbas == nisbas


_LIKE_KUNYAS = ["Умукусум", "Абубакар", "Уммахан", "Абусупьян", "أم كلثوم", "أبو بكر", "Умму Кульсум"]


@pytest.mark.parametrize("text", _LIKE_KUNYAS)
def test_given_names_that_look_like_a_kunya_are_none(text: str) -> None:
    name = parse_name(text)
    assert name.kunya is None
    assert [part.text for part in name.given] == [text]


@pytest.mark.parametrize(
    ("text", "given_name", "others"),
    [
        ("Ekaterina (Khadija)", "Ekaterina", ["Khadija"]),
        ("Xedîce (Katya)", "Xedîce", ["Katya"]),
        ("Amina / Alina", "Amina", ["Alina"]),
    ],
)
def test_alternatives_in_brackets_are_kept_apart(text: str, given_name: str, others: list[str]) -> None:
    name = parse_name(text)
    assert [part.text for part in name.given] == [given_name]
    assert [part.text for part in name.others] == others


def test_a_name_given_by_an_institution_is_marked() -> None:
    name = parse_name("طفل مجهول (سمي يوسف)")
    assert name.given == ()
    assert [(part.text, part.role) for part in name.others] == [("يوسف", PartRole.STAFF_GIVEN)]


@pytest.mark.parametrize(
    ("text", "names", "notes"),
    [
        ("فاطمة (لا تعرف اسم الاب)", ["فاطمة"], 1),
        ("تنزيلة (متوفية)", ["تنزيلة"], 1),
        ("تانزيلا - متوفية", ["تانزيلا"], 1),
        ("Zaira (in prison)", ["Zaira"], 1),
        ("مجهولة", [], 1),
        ("deceased", [], 1),
        ("узбек, имя неизвестно", [], 1),
        ("Uzbek, name unk.", [], 1),
    ],
)
def test_notes_are_no_names(text: str, names: list[str], notes: int) -> None:
    name = parse_name(text)
    assert [part.text for part in name.names] == names
    assert len(name.notes) == notes


def test_oblique_cases_of_a_letter_are_understood() -> None:
    name = parse_name("ищу Иванову Анну Сергеевну")
    assert _roles(name)["Иванову"] == "surname"
    assert lexicon().label(min(name.given[0].groups)) == "Anna"
    assert lexicon().label(min(name.patronymics[0].groups)) == "Sergey"


def test_a_patronymic_has_the_groups_of_the_father_and_a_surname_none_of_a_given_name() -> None:
    name = parse_name("Магомедов Магомед Магомедович")
    assert name.patronymics[0].groups == name.given[0].groups
    assert not name.surnames[0].groups & name.given[0].groups


@pytest.mark.parametrize(
    ("role", "property_name"),
    [(NameRole.GIVEN, "given"), (NameRole.SURNAME, "surnames"), (NameRole.PATRONYMIC, "patronymics")],
)
def test_a_told_role_is_believed(role: NameRole, property_name: str) -> None:
    name = parse_name("Руслан", role)
    assert [part.text for part in getattr(name, property_name)] == ["Руслан"]


def test_a_kunya_column_may_leave_out_its_head() -> None:
    name = parse_name("Ibrahim", NameRole.KUNYA)
    assert name.kunya is not None
    assert name.kunya.text == "Ibrahim"


def _by_custom() -> list[tuple[str, str]]:
    table = Path(__file__).parent / "cultures" / "roles.tsv"
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [(name, roles) for _, name, roles in (line.split("\t") for line in lines[1:])]


@pytest.mark.parametrize(("text", "roles"), _by_custom())
def test_every_part_has_the_role_that_its_custom_gives_it(text: str, roles: str) -> None:
    assert [part.role.value for part in parse_name(text).parts] == roles.split()


_PIECES = st.sampled_from(
    [
        *(
            "أم",
            "أبو",
            "عبد",
            "الله",
            "بن",
            "محمد",
            "Umm",
            "el",
            "Abu",
            "o'g'li",
            "кызы",
            "уулу",
            "Магомед",
            "М.",
        ),
        *("(", ")", "/", " - ", ",", "-", "«", "؟", "+", "Ӏ", "1", "٣", "\u200f", "\u0301", "\n"),
    ]
)


@given(
    st.one_of(
        st.text(max_size=300), st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES).map("".join)
    )
)
def test_any_text_is_parsed_with_true_places_and_the_original_untouched(text: str) -> None:
    name = parse_name(text)
    assert name.original == text
    for part in name.parts:
        assert text[part.start : part.end] == part.text
        assert part.text.strip()
    starts = [part.start for part in name.parts]
    assert starts == sorted(starts)


def test_of_many_unknown_words_the_known_ones_after_them_are_still_read() -> None:
    """Four unknown words of a long name, five of a short one are as many as a name has; a name, a particle
    or a note behind them is not lost.
    """
    long = parse_name("Бетрун Кавлор Дисмет Фолгур Онвель Ибрагим Ургвит (أم إبراهيم)")
    read = [part.text for part in long.parts]
    assert read == ["Бетрун", "Кавлор", "Дисмет", "Фолгур", "Ибрагим", "إبراهيم"]
    assert long.kunya is not None
    short = parse_name("Бетрун Кавлор Дисмет Фолгур Онвель Ургвит")
    assert [part.text for part in short.parts] == ["Бетрун", "Кавлор", "Дисмет", "Фолгур", "Онвель"]
