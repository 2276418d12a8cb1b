"""The word catalogues of the public pages."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import service.pages
from schemas.review import PublicStatus
from service.languages import KNOWN, USUAL
from service.pages.public.reading import CONSENTS, RELATIONS
from service.pages.words import best_language, words_of

LOCALES = Path(service.pages.__file__).parent / "locales"
LANGUAGES = tuple(language for language in KNOWN if (LOCALES / language).exists())
LATIN, CYRILLIC, ARABIC = "[a-zà-ÿ]", "[а-яёғқҳҷӣӯәіңөұүһӏ]", "[\u0621-\u064a]"
LETTERS = {
    "ru": CYRILLIC,
    "en": LATIN,
    "ar": ARABIC,
    "fr": LATIN,
    "tr": LATIN,
    "uz": LATIN,
    "tg": CYRILLIC,
    "kk": CYRILLIC,
    "ky": CYRILLIC,
    "ce": CYRILLIC,
}
# a Chechen line that nobody could word surely stands in Russian, and says so above it
BORROWED = "# in Russian, for want of a sure Chechen wording"
# a line that quotes another one, for the reader to find it on the page
QUOTING = {
    "receipt.next_2": "code.contact_us",
    "problem.person_name": "request.person_nameless",
    "help.a2": "request.person_others",
    "help.a3": "request.person_others",
}


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "homeward.po").open("rb") as file:
        return read_po(file, locale=None)


def table(language: str) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue(language) if message.id}


EVERY = table("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_key(language: str) -> None:
    """No relative meets an English sentence, or an error, because a translation is missing."""
    found = table(language)
    assert found.keys() == EVERY
    assert all(words == words.strip() != "" for words in found.values())
    assert not any(message.fuzzy or message.pluralizable for message in catalogue(language) if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_served_is_what_translators_wrote(language: str) -> None:
    """The compiled catalogue says the same as the written one; `make words` compiles it anew."""
    words = words_of(language)
    assert {key: words(key) for key in EVERY} == table(language)


def test_every_known_language_has_its_words_and_says_who_has_read_them() -> None:
    """What no native speaker has read is marked in the catalogue, on its pages, and is off unless asked for.

    Arabic waits for its reader too: it is on because most lists and many relatives speak it.
    """
    assert set(LANGUAGES) == set(KNOWN)
    unread = {language for language in LANGUAGES if words_of(language).unread}
    assert unread & set(USUAL) == {"ar"}
    assert unread >= set(KNOWN) - set(USUAL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_for_values(language: str) -> None:
    """{n}, {organisation} ... stand in each language where they stand in English."""
    for key, words in table(language).items():
        assert _places(words) == _places(words_of("en")(key)), key


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_and_file_names_are_the_same_everywhere(language: str) -> None:
    """Nobody is told to shorten a message to another length, or to look for another file."""
    for key, words in table(language).items():
        for told in (r"\d+", r"draft\.json"):
            assert sorted(re.findall(told, words)) == sorted(re.findall(told, words_of("en")(key))), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_line_quotes_stands_on_the_page(language: str) -> None:
    found = table(language)
    for key, quoted in QUOTING.items():
        assert found[quoted].casefold() in found[key].casefold(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_answers_to_a_consent_are_explained_in_the_words_of_the_answers(language: str) -> None:
    """What a yes means stands first, then what a no means."""
    found = table(language)
    explained = rf"{found['site.yes']}\s?: .+\. {found['site.no']}\s?: .+\."
    for name in CONSENTS:
        told = found[f"request.{name.removeprefix('consent_')}_consequence"]
        assert re.fullmatch(explained, told), name


def test_what_chechen_borrows_is_what_russian_says() -> None:
    """A promise mended in Russian is mended in Chechen too; only the answers keep their names."""
    russian, chechen = table("ru"), table("ce")
    yes, no = chechen["site.yes"], chechen["site.no"]
    for key in borrowed("ce"):
        told = re.sub(rf"^{yes}: (.+) {no}: ", r"Да: \1 Нет: ", chechen[key])
        told = re.sub(rf"«{yes}»( \(да\))?", "«да»", told, flags=re.IGNORECASE)
        told = re.sub(rf"«{no}»( \(нет\))?", "«нет»", told, flags=re.IGNORECASE)
        assert told == russian[key], key
    assert [language for language in KNOWN if borrowed(language)] == ["ce"]


def test_each_table_is_written_in_its_own_script() -> None:
    """A sentence forgotten in another language is noticed, be it in the same letters."""
    assert LETTERS.keys() == set(KNOWN)
    whose: dict[str, str] = {}
    for language, letters in LETTERS.items():
        own = re.compile(letters, re.IGNORECASE)
        found = table(language)
        lost = [
            key
            for key, words in found.items()
            if not own.search(words) and key not in ("site.name", "site.direction", "site.native_reader")
        ]
        assert lost == [], language
        assert found["site.direction"] == words_of(language).direction
        for words in {
            words for key, words in found.items() if words.count(" ") >= 2 and key not in borrowed(language)
        }:
            assert whose.setdefault(words, language) == language, words
    assert [language for language in LANGUAGES if words_of(language).direction == "rtl"] == ["ar"]


def test_every_value_of_the_form_has_words() -> None:
    for relation in RELATIONS:
        assert f"relation.{relation.value}" in EVERY
    for status in PublicStatus:
        assert {f"code.{status.value}", f"code.{status.value}_words"} <= EVERY
    for name in CONSENTS:
        key = name.removeprefix("consent_")
        assert {f"request.{key}_question", f"request.{key}_consequence"} <= EVERY


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("ce,ar;q=0.8", "ar"),
        ("fr-FR,fr;q=0.9,ru;q=0.5", "ru"),
        ("de-DE,de;q=0.9", "en"),
        ("en;q=0.2,ar;q=0.7", "ar"),
        ("", "en"),
        (";;q=x,,*;q=", "en"),
    ],
)
def test_the_browsers_wish_decides_where_no_language_is_in_the_address(header: str, language: str) -> None:
    assert best_language(header) == language


def borrowed(language: str) -> set[str]:
    """Keys whose line is marked as standing in Russian."""
    text = (LOCALES / language / "LC_MESSAGES" / "homeward.po").read_text("utf-8")
    marked = [entry for entry in text.split("\n\n") if BORROWED in entry]
    return {found[1] for entry in marked if (found := re.search(r'msgid "(.+)"', entry))}
