"""The word tables of the public pages."""

import re
from string import Formatter

import pytest

from schemas.review import PublicStatus
from service.pages.public.reading import CONSENTS, RELATIONS
from service.pages.words import LANGUAGES, best_language, words_of

EVERY = words_of("en").table.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_key(language: str) -> None:
    """No relative meets an English sentence, or an error, because a translation is missing."""
    table = words_of(language).table
    assert table.keys() == EVERY
    assert all(words.strip() for words in table.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_for_values(language: str) -> None:
    """{n}, {organisation} ... stand in each language where they stand in English."""
    for key, words in words_of(language).table.items():
        assert _places(words) == _places(words_of("en")(key)), key


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_each_table_is_written_in_its_own_script() -> None:
    """A sentence forgotten in another language is noticed."""
    for language, letters in (("ru", "[а-яё]"), ("ar", "[\u0621-\u064a]"), ("en", "[a-z]")):
        own = re.compile(letters, re.IGNORECASE)
        lost = [
            key
            for key, words in words_of(language).table.items()
            if not own.search(words) and key not in ("site.name", "site.direction")
        ]
        assert lost == [], language
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
        ("de-DE,de;q=0.9", "en"),
        ("en;q=0.2,ar;q=0.7", "ar"),
        ("", "en"),
        (";;q=x,,*;q=", "en"),
    ],
)
def test_the_browsers_wish_decides_where_no_language_is_in_the_address(header: str, language: str) -> None:
    assert best_language(header) == language
