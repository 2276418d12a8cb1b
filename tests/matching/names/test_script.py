"""Match keys: one for all typings of a spelling, the original untouched, no cost for hostile text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.names.script import MAX_LENGTH, capped, fold, lettered, readings, script_of
from matching.names.skeleton import MAX_READINGS, skeletons
from matching.names.words import segments
from schemas.vocabulary import Script


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ӏумар", "Iумар", "lумар", "1умар", "|умар", "Умар"),  # palochka as typed
        ("АхӀмад", "АхIмад", "Ахмад"),
        ("Мaгомед", "Магомед"),  # Latin a inside Cyrillic
        ("Фёдоров", "Федоров", "ФЕДОРОВ"),
        ("إبراهيم", "ابراهيم", "اِبْرَاهِيم", "ابـراهـيم", "ابراهیم"),
        ("فاطمة", "فاطمه"),
        ("كریم", "کريم", "كريم"),
        ("Şîşanî", "Sisani", "SISANI"),
        ("İbrahim", "Ibrahim", "ıbrahim"),
        ("Қурбон", "Курбон"),
        ("عبد\u200cالله", "عبدالله"),
        ("\u202bمحمد\u202c", "محمد"),
    ],
)
def test_typings_of_one_spelling_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Заира", Script.CYRILLIC),
        ("ГIайирханов", Script.CYRILLIC),
        ("زائرة", Script.ARABIC),
        ("Xedîce", Script.LATIN),
        ("Xedîce خديجة", Script.MIXED),
        ("١٢٣ -", Script.NONE),
        ("", Script.NONE),
        ("文", Script.OTHER),
    ],
)
def test_the_script_is_recognised(text: str, script: Script) -> None:
    assert script_of(text) is script


def test_sounds_of_diacritics_are_kept_in_the_skeleton_though_not_in_the_key() -> None:
    assert fold("Şamil") == fold("Samil")
    assert set(skeletons("Şamil")) & set(skeletons("Шамиль"))
    assert not set(skeletons("Samil")) & set(skeletons("Şamil"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Хайдаров", "حيدروف"),
        ("Исрапилова", "إسرافيلوفا"),
        ("Гаджиев", "غازييف"),
        ("Гаджиев", "GAZIEV"),
        ("Гаджиев", "حجييف"),
        ("Сулейманов", "سليمانوف"),
        ("Темирханова", "تمرخانوفا"),
        ("Саидзода", "سعيدزاده"),
        ("Омарова", "عمروفا"),
        ("Ушаева", "اوشايفا"),
        ("Батаева", "Bataïeva"),
        ("Юлдашева", "Yo'ldosheva"),
        ("Вахаев", "واخاييف"),
        ("Мурад", "مورات"),
        ("Горбунов", "Gorbunoff"),
    ],
)
def test_spellings_of_one_name_share_a_sound_skeleton(one: str, two: str) -> None:
    assert set(skeletons(one)) & set(skeletons(two))


@given(st.text(max_size=400))
def test_folding_twice_is_folding_once(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert len(key) <= MAX_LENGTH


@settings(max_examples=400)
@given(st.text(alphabet=st.sampled_from("аӏIl1|ьъخهةـ\u064b\u0301\u200dşıİ-'’ "), max_size=60))
def test_folding_twice_is_folding_once_for_troublesome_letters(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=400))
def test_any_text_has_a_script_and_few_readings(text: str) -> None:
    assert script_of(text) in Script
    assert len(skeletons(text)) <= MAX_READINGS


def test_marks_and_length_are_capped_before_normalisation() -> None:
    hostile = "а" + "\u0301" * 100_000
    assert len(capped(hostile)) <= 5
    assert len(fold("ﷺ" * 1000)) <= MAX_LENGTH  # one code point that normalises to eighteen


@settings(max_examples=400)
@given(
    st.text(
        alphabet=st.sampled_from("аӏIl1|ьъсТhكژةـ\u064b\u0301\u0308\u200dşıüİ-'’ﷺǄё /"), max_size=MAX_LENGTH
    )
)
def test_words_read_together_are_read_as_each_by_itself(text: str) -> None:
    words = [word.text for segment in segments(text) for word in segment.words]
    assert readings(words) == [(lettered(word), fold(word)) for word in words]
