"""What an enquirer is to the family, as a cell says it in one of our languages."""

import pytest

from schemas.vocabulary import Relation
from service.files.relation_words import relations_of
from service.languages import KNOWN
from service.pages.public.reading import RELATIONS
from service.pages.words import words_of

# "my son" in such a cell is mostly the person sought, not the one who asks: better not read than wrongly
NOT_READ = (Relation.SON, Relation.DAUGHTER, Relation.OTHER_FAMILY, Relation.OTHER_NONFAMILY)


@pytest.mark.parametrize("language", KNOWN)
def test_a_word_of_our_own_form_is_never_read_as_another_relation(language: str) -> None:
    """A table filled in from the form's words: a cousin is no uncle, and no sister a brother."""
    for relation in RELATIONS:
        label = words_of(language)(f"relation.{relation.value}")
        assert relations_of(label)[:1] in ((), (relation,)), label


@pytest.mark.parametrize("language", ["ru", "en", "fr", "tr", "uz", "tg"])
def test_the_words_of_our_own_form_are_read(language: str) -> None:
    for relation in RELATIONS:
        label = words_of(language)(f"relation.{relation.value}")
        assert relations_of(label)[:1] == (() if relation in NOT_READ else (relation,)), label


@pytest.mark.parametrize("mark", ["ʻ", "'", "’", "`"])
def test_an_uzbek_word_is_read_with_the_mark_that_the_keyboard_had(mark: str) -> None:
    assert relations_of(f"tog{mark}asi") == (Relation.UNCLE,)
