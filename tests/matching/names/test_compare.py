"""Comparing names: the better pair is judged better, by sound and by name, for every community and script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.names.aligner import best_alignment
from matching.names.compare import MatchLevel, compare_names, compare_parts
from matching.names.frequency import NameFrequencies
from matching.names.parse import parse_name
from schemas.vocabulary import NameRole, Sex

ORDER = list(MatchLevel)


def _part(text: str, role: NameRole = NameRole.GIVEN):  # type: ignore[no-untyped-def]
    return parse_name(text, role).parts[0]


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("Магомед", "محمد", MatchLevel.SAME_GROUP),
        ("Патимат", "فاطمة", MatchLevel.SAME_GROUP),
        ("Катя", "Ekaterina", MatchLevel.SAME_GROUP),
        ("Юсуп", "Юсуп", MatchLevel.SAME_SPELLING),
        ("Фёдор", "Федор", MatchLevel.SAME_SPELLING),
        ("عبدالرحمن", "عبد الرحمن", MatchLevel.SAME_SPELLING),
        ("Зара", "Захра", MatchLevel.WEAK_LINK),
        ("София", "صفية", MatchLevel.WEAK_LINK),
        ("محمود", "محمد", MatchLevel.WEAK_LINK),
        ("Амир", "عمر", MatchLevel.DIFFERS),
        ("Мадина", "خديجة", MatchLevel.DIFFERS),
    ],
)
def test_given_names_by_level(one: str, two: str, level: MatchLevel) -> None:
    assert compare_parts(_part(one), _part(two)).level is level


SURNAMES = [
    ("Исрапилова", "إسرافيلوفا"),
    ("Хайдаров", "حيدروف"),
    ("Гаджиев", "غازييف"),
    ("Гаджиев", "GAZIEV"),
    ("Темирханова", "تمرخانوفا"),
    ("Ушаева", "اوشايفا"),
    ("Дудуркаева", "Dudurkajewa"),
    ("Дудуркаев", "دودوركاييف"),
    ("Юлдашева", "Yo'ldosheva"),
    ("Батаева", "Bataïeva"),
    ("Горемыкина", "Goremykina"),
    ("Эльмурзаева", "إلمورزاييفا"),
]


@pytest.mark.parametrize(("one", "two"), SURNAMES)
def test_one_surname_in_two_spellings_agrees_and_shows_its_letters(one: str, two: str) -> None:
    match = compare_parts(_part(one, NameRole.SURNAME), _part(two, NameRole.SURNAME))
    assert match.level in {MatchLevel.SAME_GROUP, MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE}
    assert match.similarity >= 0.6
    assert match.aligned
    assert one in match.how or match.how.endswith("~ " + "-".join(letters for _, letters in match.aligned))


@pytest.mark.parametrize(("one", "two"), SURNAMES)
def test_a_foreign_surname_never_agrees_better(one: str, two: str) -> None:
    sought = _part(one, NameRole.SURNAME)
    right = compare_parts(sought, _part(two, NameRole.SURNAME))
    for _, other in SURNAMES:
        if one == "Гаджиев" and other in {"غازييف", "GAZIEV"}:
            continue  # the same name twice in the list
        wrong = compare_parts(sought, _part(other, NameRole.SURNAME))
        assert wrong.similarity <= right.similarity


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        ("Исрапилова Заира Магомедовна", "زائرة محمد إسرافيلوفا", "زهراء محمد إسماعيلوفا"),
        ("Гаджиев Ибрагим Шамилевич", "ابراهيم غازييف", "ابراهيم غانييف"),
        ("Гаджиев Ибрагим", "GAZIEV Ibrahim", "GANIEV Ibrahim"),
        ("Дудуркаева Хадижа", "Xedîce Dudurkajewa", "Xedîce Durdykowa"),
        ("Магомед-Расул Алиев", "محمد رسول علييف", "محمد علييف"),
        ("Токтосун кызы Айнура", "اينورا توكتوسون قيزي", "اينورا توكتار قيزي"),
        ("Саидзода Гулбахор", "كلبهار سعيدزاده", "كلناز سعيدزاده"),
        ("Омарова Жанар", "Janar OMAROVA", "Jannat OMAROVA"),
        ("Евлоев Адам Исаевич", "آدم عيسى", "آدم موسى"),
        ("Zarema Temirkhanova", "تمرخانوفا زارما", "تمرخانوفا زارينا"),
        ("Иванову Анну", "Иванова Анна", "Иванова Алла"),
        ("Batajewa Luisa", "Батаева Луиза", "Бадаева Лариса"),
        ("Ekaterina Morozova", "Морозова Катя", "Морозова Кристина"),
    ],
)
def test_the_true_name_weighs_more_than_a_near_one(asked: str, better: str, worse: str) -> None:
    name = parse_name(asked)
    right, wrong = compare_names(name, parse_name(better)), compare_names(name, parse_name(worse))
    assert right.weight > wrong.weight
    assert right.weight > 0


def test_names_without_anything_in_common_weigh_against() -> None:
    found = compare_names(parse_name("Ольга Морозова"), parse_name("رستم بختيار"))
    assert found.level is MatchLevel.DIFFERS
    assert found.weight < -3
    assert {part.text for part in found.unmatched_a} == {"Ольга", "Морозова"}


def test_what_is_missing_on_one_side_hardly_matters() -> None:
    full = parse_name("Гаджиев Ибрагим Шамилевич")
    short = compare_names(full, parse_name("ابراهيم غازييف"))
    clash = compare_names(full, parse_name("ابراهيم بختيار غازييف"))
    assert [part.text for part in short.unmatched_a] == ["Шамилевич"]
    assert short.weight > clash.weight


def test_the_order_of_the_words_does_not_matter() -> None:
    one = compare_names(parse_name("Madina Israilova"), parse_name("Исраилова Мадина"))
    two = compare_names(parse_name("Israilova Madina"), parse_name("Мадина Исраилова"))
    assert one.weight == two.weight


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    boys = [(_part("Магомед"), Sex.MALE)] * 300 + [(_part("Турпал"), Sex.MALE)]
    frequencies = NameFrequencies(boys)
    common = compare_names(parse_name("Магомед"), parse_name("محمد"), frequencies)
    rare = compare_names(parse_name("Турпал"), parse_name("توربال"), frequencies)
    assert rare.weight > common.weight + 2
    assert frequencies.share(_part("محمد").key, Sex.MALE) > 0.5
    assert frequencies.share("никто", Sex.MALE) >= 0.0005


def test_the_letters_that_met_are_shown_for_a_reader_of_either_script() -> None:
    match = compare_parts(_part("Гаджиев", NameRole.SURNAME), _part("غازييف", NameRole.SURNAME))
    assert match.aligned == (("га", "غا"), ("джи", "زي"), ("ев", "يف"))
    assert "га-джи-ев ~ غا-زي-يف" in match.how


def test_alignment_is_the_same_from_both_sides() -> None:
    ratio, cut = best_alignment("Сулейманов", "سليمانوف")
    turned, back = best_alignment("سليمانوف", "Сулейманов")
    assert ratio == pytest.approx(turned)
    assert cut == tuple((right, left) for left, right in back)


_WORDS = st.sampled_from(
    [
        "Магомед",
        "محمد",
        "Ибрагимова",
        "Dudurkaev",
        "عبد",
        "الله",
        "أم",
        "кызы",
        "x" * 50,
        "щ" * 90,
        "Ӏ",
        "О'",
        "-",
        "()",
    ]
)


@settings(max_examples=60)
@given(
    st.lists(_WORDS, max_size=8).map(" ".join),
    st.one_of(st.text(max_size=250), st.lists(_WORDS).map(" ".join)),
)
def test_any_two_names_compare_the_same_both_ways(one: str, two: str) -> None:
    left, right = parse_name(one), parse_name(two)
    straight, turned = compare_names(left, right), compare_names(right, left)
    assert straight.weight == pytest.approx(turned.weight, abs=0.01)
    assert straight.level is turned.level


def test_words_of_one_key_meet_each_by_its_own_sounds() -> None:
    """Şahin and Sahin have one match key; neither is compared for the other."""
    found = compare_names(parse_name("Şahin Sahin"), parse_name("Шахин Сахин"))
    assert {(pair.a.text, pair.b.text) for pair in found.pairs} == {("Şahin", "Шахин"), ("Sahin", "Сахин")}


def test_a_nisba_or_kunya_that_only_one_side_has_is_left_over() -> None:
    found = compare_names(parse_name("أم إبراهيم"), parse_name("Умм Ибрагим аш-Шишани"))
    assert [part.text for part in found.unmatched_b] == ["аш-Шишани"]
    found = compare_names(parse_name("Заира Исрапилова"), parse_name("زائرة إسرافيلوفا (أم ابراهيم)"))
    assert [part.text for part in found.unmatched_b] == ["ابراهيم"]
    both = compare_names(parse_name("علي الشيشاني"), parse_name("Али аш-Шишани"))
    assert both.unmatched_a == both.unmatched_b == ()
