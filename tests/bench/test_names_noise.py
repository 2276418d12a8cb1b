"""The noise of the bench: school grammar, traditions of spelling, and that it leans on nothing of ours."""

import ast
import random
from pathlib import Path

import pytest

from bench import names_noise_cases as cases
from bench.names_hostile_shapes import LONGEST, hostile, mutated
from bench.names_noise_latin import spelled
from bench.names_noise_rules import initials, respaced, swapped, typing

BENCH = Path(__file__).resolve().parents[2] / "bench"


def test_a_woman_and_a_man_in_the_dative() -> None:
    woman = [
        cases.given("Зарема", True, "dative"),
        cases.patronymic("Мурадовна", True, "dative"),
        cases.surname("Цахбиева", True, "dative"),
    ]
    man = [
        cases.given("Руслан", False, "dative"),
        cases.patronymic("Мурадович", False, "dative"),
        cases.surname("Цахбиев", False, "dative"),
    ]
    assert woman == ["Зареме", "Мурадовне", "Цахбиевой"]
    assert man == ["Руслану", "Мурадовичу", "Цахбиеву"]
    assert cases.given("Айшат", True, "genitive") == "Айшат"


@pytest.mark.parametrize(
    ("tradition", "latin"),
    [
        ("english", "Zhasur Chantarov"),
        ("french", "Jassour Tchantarov"),
        ("german", "Schassur Tschantarow"),
        ("turkish", "Jasur Çantarov"),
    ],
)
def test_one_name_in_four_traditions(tradition: str, latin: str) -> None:
    assert spelled("Жасур Чантаров", tradition) == latin


def test_noise_changes_the_writing_and_keeps_the_words() -> None:
    dice = random.Random(1)
    words = ["Руслан", "Мурадович", "Цахбиев"]
    assert initials(words, dice) == ["Р.", "М.", "Цахбиев"]
    assert sorted(swapped(words, dice)) == sorted(words)
    assert "".join(respaced(words, dice)).lower() == "".join(words).lower()
    assert typing("ru", 2)(words, dice) != words


def test_hostile_names_are_seeded_and_bounded() -> None:
    first, second = random.Random(5), random.Random(5)
    names = [mutated(hostile(first), first) for _ in range(50)]
    assert names == [mutated(hostile(second), second) for _ in range(50)]
    assert max(map(len, names)) <= LONGEST


def test_the_noise_shares_nothing_with_the_matcher() -> None:
    """Else the matcher would be measured on what it was made of."""
    for path in [*BENCH.glob("names_noise_*.py"), BENCH / "names_invented.py", BENCH / "names_padding.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in {"matching", "service", "schemas"}
            elif isinstance(node, ast.Import):
                assert not any(name.name.startswith(("matching", "service")) for name in node.names)
