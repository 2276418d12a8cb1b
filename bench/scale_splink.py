"""The same worlds linked by Splink on DuckDB, as somebody would set it up who knows it and not the names."""

import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from anyascii import anyascii
from families_measure import Shown
from world import Place

from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import NameRole, Relation, Sex

_NAMES = (NameRole.SURNAME, NameRole.GIVEN, NameRole.PATRONYMIC, NameRole.FULL, NameRole.OTHER)
_LEAST = 1e-5  # of the probability of pairs that are looked at
_RANDOM_PAIRS = 2e6
COLUMNS = ("unique_id", "name", "first", "second", "mother", "born", "sex")


def installed() -> bool:
    return importlib.util.find_spec("splink") is not None


def splinked(
    requests: list[TracingRequest], records: Iterable[tuple[Place, DetaineeRecord]], top: int
) -> dict[str, list[Shown]]:
    """The `top` most probable records of each sought person. Names are romanised and their words sorted;
    pairs share a word of the name, or the year of birth and a beginning; the model is learned from the data.
    """
    from splink import DuckDBAPI, Linker

    mothers = {
        (request.request_id, other.person_id): other.person
        for request in requests
        for other in request.sought
        if other.role.value == "mother"
    }
    left = []
    for request in requests:
        own = [person for (of, _), person in mothers.items() if of == request.request_id]
        for sought in request.sought:
            mother = own[0] if own and sought.role.value == "child" else None
            left.append(_row(sought.person_id, sought.person, mother))
    held: list[Place] = []
    right = []
    for place, record in records:
        if not record.placeholder:
            right.append(_row(str(len(held)), record.person, None))
            held.append(place)
    database = DuckDBAPI()
    tables = [database.register(_columns(rows), table_name=name) for name, rows in _sides(left, right)]
    linker = Linker(tables, _settings(), log_level=50)
    return _linked(linker, held, top)


def _sides(left: list[Any], right: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    yield "sought", left
    yield "listed", right


def _linked(linker: Any, held: list[Place], top: int) -> dict[str, list[Shown]]:
    from splink import block_on

    linker.training.estimate_probability_two_random_records_match([block_on("name", "born")], recall=0.2)
    linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=1)
    for rule in (block_on("first", "born"), block_on("name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=_LEAST)
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for one in pairs.as_record_list():
        sought, number = one["unique_id_l"], one["unique_id_r"]
        if one.get("source_dataset_l") == "listed":
            sought, number = number, sought
        found[sought].append((-float(one["match_probability"]), int(number)))
    return {
        person: [Shown(held[number], False, -chance) for chance, number in sorted(best)[:top]]
        for person, best in found.items()
    }


def _settings() -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import SettingsCreator, block_on

    years = comparisons.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            levels.NullLevel("born"),
            levels.ExactMatchLevel("born"),
            levels.CustomLevel("abs(born_l - born_r) <= 1", "a year apart"),
            levels.CustomLevel("abs(born_l - born_r) <= 3", "three years apart"),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8, 0.7]),
            comparisons.JaroWinklerAtThresholds("mother", [0.95, 0.88, 0.8]),
            years,
            comparisons.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first"),
            block_on("second"),
            "l.first = r.second",
            "l.second = r.first",
            "substr(l.name, 1, 4) = substr(r.name, 1, 4) and l.born = r.born",
            "substr(l.mother, 1, 4) = substr(r.mother, 1, 4) and abs(l.born - r.born) <= 1 and l.sex = r.sex",
        ],
    )


def _row(number: str, person: Person, mother: Person | None) -> tuple[Any, ...]:
    words = sorted(_roman(person))
    named = [kin.name.text for kin in person.kin_named(Relation.MOTHER) if kin.name is not None]
    mothers = sorted(_roman(mother)) if mother else anyascii(" ".join(named)).lower().split()
    days = [day for birth in person.births for day in (birth.earliest, birth.latest) if day]
    return (
        number,
        " ".join(words) or None,
        words[0] if words else None,
        words[1] if len(words) > 1 else None,
        " ".join(mothers) or None,
        (min(days).year + max(days).year) // 2 if days else None,
        None if person.sex is Sex.UNKNOWN else person.sex.value,
    )


def _columns(rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))


def _roman(person: Person) -> list[str]:
    written = " ".join(name.text for name in person.names if name.role in _NAMES)
    return [word for word in anyascii(written).lower().split() if len(word) > 1]
