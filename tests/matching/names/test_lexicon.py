"""The reviewed name tables: groups join scripts, weak links never merge, contradictions are caught."""

import pytest

from matching.names.lexicon import lexicon
from matching.names.lexicon_check import contradictions
from matching.names.parts import groups_of_spelling
from matching.names.script import fold
from matching.names.tables import rows


def _groups(text: str) -> frozenset[str]:
    return groups_of_spelling(fold(text))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Магомед", "محمد", "Muhammad", "Mihemed", "ماغوميد"),
        ("Патимат", "فاطمة", "فاطمه", "Fatma"),
        ("Катя", "Екатерина", "كاتيا", "Katya"),
        ("Хадижат", "خديجه", "Xedîce", "Hadija"),
        ("Рукият", "رقيه", "Rukia"),
        ("Зарема", "زارما", "زريمة"),
        ("Абдурахман", "عبدالرحمن", "عبد الرحمن"),
        ("Умукусум", "أم كلثوم"),
        ("Гулбахор", "كلبهار"),
    ],
)
def test_spellings_of_one_name_share_a_group(spellings: tuple[str, ...]) -> None:
    assert frozenset.intersection(*(_groups(spelling) for spelling in spellings))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Зара", "Захра"),
        ("Захра", "Зухра"),
        ("София", "Сафия"),
        ("Мария", "Марьям"),
        ("أمينة", "آمنة"),
        ("محمود", "محمد"),
        ("سعيد", "سيد"),
        ("صادق", "صديق"),
        ("Зарина", "Зарема"),
        ("حليم", "عليم"),
        ("Ева", "Хава"),
    ],
)
def test_names_that_are_confused_are_linked_weakly_and_never_one_group(one: str, two: str) -> None:
    assert not _groups(one) & _groups(two)
    assert lexicon().weak_reason(_groups(one), _groups(two))


def test_the_committed_tables_contradict_themselves_nowhere() -> None:
    assert contradictions() == []


def test_contradictions_are_found() -> None:
    groups = [dict(row) for row in rows("name_groups.tsv")][:3]
    links = [{"group_a": "G001", "group_b": "G999", "reason": "by ear"}]
    groups[1] = groups[1] | {"id": "G001", "arabic": groups[1]["arabic"] + "|محمد|Ahmad"}
    groups[2] = groups[2] | {"frequency": "9"}
    found = "\n".join(contradictions(groups, links))
    assert "id G001 stands in 2 rows" in found
    assert "Ahmad in column arabic is not arabic" in found
    assert "frequency has to be 1 to 5" in found
    assert "unknown group G999" in found


def test_an_unmarked_shared_spelling_is_a_contradiction() -> None:
    groups = [dict(row) for row in rows("name_groups.tsv")][:2]
    groups[1]["cyrillic"] += "|Магомед"
    assert any("not marked ambiguous" in sentence for sentence in contradictions(groups, []))
