"""Staff read their own language: the pages and what the matcher says; names stay as written."""

import runpy
import string
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from starlette.testclient import TestClient

from service import speech
from service.app import create_app
from service.pages import inert, staff_words
from tests.support.staffed import Staffed, build_staffed

CI = Path(__file__).resolve().parents[2] / ".ci"
LANGUAGES = ("ru", "ar")
ALONE = {"ru": 0, "ar": 3}  # plural forms, the first ones, that stand for one number each


def catalogue(language: str) -> "dict[object, object]":
    path = Path(speech.__file__).parent / "pages" / "locales" / language / "LC_MESSAGES" / "staff.po"
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language) if message.id}


@pytest.fixture(scope="module")
def today() -> "set[object]":
    """Every text that the code and templates of today can show."""
    sys.path.insert(0, str(CI))
    try:
        collected = runpy.run_path(str(CI / "staff_words.py"))["collected"]()
    finally:
        sys.path.remove(str(CI))
    return {message.id for message in collected if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_its_words(language: str, today: "set[object]") -> None:
    """A new text without a translation, or one that nobody shows any more: `make words`, then translate."""
    known = catalogue(language)
    assert set(known) == today
    empty = [text for text, said in known.items() if not (all(said) if isinstance(said, tuple) else said)]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_filled_in_is_lost(language: str) -> None:
    """A translation has the places of its English, in any order; numbered ones may be dropped.

    A plural form of one number alone may say it in its word, as Arabic does: one person, the dual.
    """
    for text, said in catalogue(language).items():
        originals = text if isinstance(text, tuple) else (text,)
        for form in said[ALONE[language] :] if isinstance(said, tuple) else (said,):
            wanted, found = places(originals[-1]), places(str(form))
            assert found <= wanted, text
            assert {one for one in wanted - found if not one.isdigit()} == set(), text


def places(text: object) -> "set[str]":
    named = set(str(text).replace("%%", "").split("%(")[1:])
    braces = {name for _, name, _, _ in string.Formatter().parse(str(text).replace("%(", "")) if name}
    return {one.split(")")[0] for one in named} | braces


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("Same sex.", "Пол совпадает."),
        ("Both are called nohchi.", "С обеих сторон назван один народ или край: nohchi."),
        (
            "same name group: Ясир = Yasir (Yasir); only on the left: Ахъядович",
            "одна группа имён: Ясир = Yasir (Yasir); только слева: Ахъядович",
        ),
        (
            "The birth dates are 2 years apart; ages on lists are estimates. "
            "The list's day stands for the year only.",
            "Даты рождения расходятся, лет: 2; возраст в списках оценивают на глаз. "
            "Число и месяц в списке условны, известен только год.",
        ),
        ("Also in this household: А = B (+1.2); В = D (+2.1).", "Ещё в этом домохозяйстве: А = B (+1.2); В = D (+2.1)."),  # noqa: E501 - one row
        ("same spelling: Home = Home", "то же написание: Home = Home"),
        ("Both are called Chechen.", "С обеих сторон названы чеченцы или Чечня."),
        (
            "same spelling: Аза = Аза; it stands where another part of the name is expected (swapped)",
            "то же написание: Аза = Аза; стоит там, где ожидается другая часть имени (переставлено)",
        ),
        (
            "No boys on these lists have such a given name; no age was given.",
            "В этих списках с таким именем (возраст не указан): 0 (мальчики).",
        ),
        (
            "Another list seems to hold this person too (row 5, 9): read both before judging.",
            "Похоже, этот человек есть и в другом списке (№ строки: 5, 9): "
            "прочитайте обе записи, прежде чем решать.",
        ),
        ("A sentence that nobody has translated.", "A sentence that nobody has translated."),
    ],
)  # fmt: skip
def test_what_was_made_from_pieces_is_recognised(english: str, russian: str) -> None:
    """Names and numbers are carried over untouched; several sentences are spoken one by one."""
    with speech.speaking("ru"):
        assert speech.sentence(english) == russian
    assert speech.sentence(english) == english


def test_a_level_is_no_step() -> None:
    """`close` of an age is near; `close` of a link ends it."""
    with speech.speaking("ru"):
        assert staff_words.level("close") == "близко"
        assert staff_words.move("close") == "Закрыть"


def test_a_value_as_written_is_not_spoken() -> None:
    """A count of the matcher is said in the reader's language; a name like one of its words is not."""
    with speech.speaking("ru"):
        assert staff_words.compared("3 others sought", "household") == "разыскиваются ещё: 3"
        assert staff_words.compared("child", "household_role") == "ребёнок"
        assert staff_words.compared("child", "given_name") == "child"


def test_a_name_of_the_other_direction_is_kept_apart() -> None:
    """In an Arabic sentence a Latin or Cyrillic name, in an English one an Arabic name."""
    arabic = str(inert.prose("الاسم DENIEV Yasir = ياسر.", "rtl"))
    assert '<bdi dir="auto">DENIEV Yasir</bdi>' in arabic
    assert arabic.count("<bdi") == 1
    english = str(inert.prose("The name DENIEV Yasir = ياسر.", "ltr"))
    assert '<bdi dir="auto">ياسر</bdi>' in english


def test_the_choice_is_kept_and_others_keep_theirs(staffed: Staffed) -> None:
    """The address chooses, a cookie of the staff surface keeps it; an unknown language chooses nothing."""
    reader, other = staffed.sign_in("reviewer@north"), staffed.sign_in("reviewer@north")
    chosen = reader.get("/staff?language=ru")
    assert chosen.headers["Content-Language"] == "ru"
    assert "Что ждёт" in chosen.text
    assert "HttpOnly" in chosen.headers["Set-Cookie"]
    assert "Что ждёт" in reader.get("/staff").text
    assert "What waits" in other.get("/staff").text
    assert "What waits" in other.get("/staff?language=xx").text
    assert "ما ينتظر" in other.get("/staff", headers={"Accept-Language": "ar-IQ,en;q=0.5"}).text


def test_a_fault_of_ours_speaks_the_readers_language(tmp_path: Path) -> None:
    built = build_staffed(tmp_path, f"sqlite:///{tmp_path / 'homeward.db'}")
    app = create_app(built.store.settings, built.store)

    def broken() -> None:
        raise RuntimeError

    app.add_api_route("/staff/broken", broken)
    client = TestClient(app, raise_server_exceptions=False)
    told = {
        language: client.get("/staff/broken", headers={"Accept": "text/html", "Accept-Language": language})
        for language in ("en", "ru", "ar")
    }
    assert {answer.status_code for answer in told.values()} == {500}
    assert "Something went wrong on our side." in told["en"].text
    assert "У нас произошла ошибка." in told["ru"].text
    assert "حدث خطأ من جانبنا." in told["ar"].text
    built.store.close()


@pytest.mark.parametrize(
    ("language", "told"), [("ru", "Это слишком велико, чтобы быть принятым."), ("ar", "هذا أكبر من أن يُقبل.")]
)
def test_too_much_at_once_is_said_in_the_readers_language(staffed: Staffed, language: str, told: str) -> None:
    """Whether its size was declared or is counted on the way."""
    client, form = staffed.client(), {"Content-Type": "application/x-www-form-urlencoded"}
    wanted = {**form, "Accept": "text/html", "Accept-Language": language}
    for body in (b"x" * 2_000_000, iter([b"x" * 1_000_000] * 2)):
        answer = client.post("/staff/sign-in", content=body, headers=wanted)
        assert answer.status_code == 413
        assert told in answer.text


def test_the_api_speaks_english(staffed: Staffed) -> None:
    """Programs read codes and English sentences whatever a browser has chosen."""
    client = staffed.sign_in("reviewer@north")
    client.get("/staff?language=ru")
    told = client.get("/api/v1/links/" + "0" * 32, headers={"Accept-Language": "ru"})
    assert told.json()["detail"] == "There is nothing here."
    assert "Content-Language" not in told.headers
