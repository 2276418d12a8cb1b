"""What a plain program does: one romanisation, token_sort_ratio on given name + surname, ages within three
years.
"""

from collections import defaultdict

from anyascii import anyascii
from families_measure import Shown
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist
from world import Place

from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import NameRole

_YEARS = 3


def baseline(
    requests: list[TracingRequest], records: list[tuple[Place, DetaineeRecord]], top: int = 10
) -> dict[str, list[Shown]]:
    held = [(place, record) for place, record in records if not record.placeholder]
    names = [_roman(record.person.names) for _, record in held]
    years = [_year(record.person.births) for _, record in held]
    found: dict[str, list[Shown]] = defaultdict(list)
    for request in requests:
        for sought in request.sought:
            asked, born = _roman(sought.person.names), _year(sought.person.births)
            scores = cdist([asked], names, scorer=token_sort_ratio)[0]
            fits = [
                (-float(score), number)
                for number, score in enumerate(scores)
                if born is None or years[number] is None or abs(born - (years[number] or 0)) <= _YEARS
            ]
            for score, number in sorted(fits)[:top]:
                found[sought.person_id].append(Shown(held[number][0], False, -score / 100))
    return found


def _roman(names) -> str:  # type: ignore[no-untyped-def]
    kept = [
        n.text for n in names if n.role in (NameRole.GIVEN, NameRole.SURNAME, NameRole.FULL, NameRole.KUNYA)
    ]
    return anyascii(" ".join(kept)).lower()


def _year(births) -> int | None:  # type: ignore[no-untyped-def]
    days = [day.year for b in births for day in (b.earliest, b.latest) if day]
    return round(sum(days) / len(days)) if days else None
