"""Words by their first sounds: those that begin so are found, all of them, however the vocabulary grew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.names.beginnings import Beginnings
from matching.names.name_table import NameTable
from matching.names.rank import NameIndex
from matching.names.skeleton import skeletons

WORDS = (
    "Заира",
    "Зара",
    "Зарема",
    "زائرة",
    "Zaira",
    "إسرافيلوفا",
    "Исрапилова",
    "Israfil",
    "Ибрагим",
    "إبراهيم",
)
WORDS += ("Газиев", "غازييف", "Xedîce", "Хадижат", "خديجة", "И", "ال", "Zh", "Жанна", "Карим", "كريموف")
VOCABULARIES = st.lists(st.sampled_from(WORDS), unique=True)


def by_hand(texts: list[str], asked: tuple[str, ...]) -> dict[int, int]:
    """The words that begin with one of these sounds: how many sounds each has more, at least."""
    found: dict[int, int] = {}
    for place, text in enumerate(texts):
        more = [
            len(sound) - len(begun)
            for sound in skeletons(text)
            for begun in asked
            if len(begun) >= 2 and sound.startswith(begun)
        ]
        if more:
            found[place] = min(more)
    return found


@given(VOCABULARIES, st.sampled_from(WORDS), st.integers(1, 6), st.integers(0, 20))
def test_all_words_that_begin_so_are_found_in_order(
    texts: list[str], asked: str, letters: int, early: int
) -> None:
    sounds = skeletons(asked[:letters])
    grown = Beginnings().behind(texts[:early]).behind(texts[early:])
    assert grown.words == len(texts)
    places, missing = (side.tolist() for side in grown.of(sounds))
    assert places == sorted(places)
    least: dict[int, int] = {}
    for place, more in zip(places, missing, strict=True):
        least[place] = min(more, least.get(place, more))
    assert least == by_hand(texts, sounds)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 30), st.integers(0, 9)),
)
def test_a_name_is_marked_by_the_least_mark_of_its_words(names: list[str], marks: dict[int, int]) -> None:
    held = NameTable(names)
    words = np.array(sorted(marks), dtype=np.int64)
    given_marks = np.array([marks[word] for word in words.tolist()], dtype=np.uint8)
    found = NameIndex(held).marked(words, given_marks, 100).tolist()
    for name, mark in enumerate(found):
        mine = held.names.words[held.names.first[name] : held.names.first[name + 1]].tolist()
        assert mark == min((marks[word] for word in mine if word in marks), default=100)
