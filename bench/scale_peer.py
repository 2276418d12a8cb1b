"""What is done without a matcher: candidates by exact keys, the rest by rapidfuzz on romanised names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from anyascii import anyascii
from families_measure import Shown
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist
from world import Place

from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import NameRole

_NAMES = (NameRole.GIVEN, NameRole.SURNAME, NameRole.FULL, NameRole.KUNYA)


def keyed(
    requests: list[TracingRequest], records: Iterable[tuple[Place, DetaineeRecord]], top: int
) -> dict[str, list[Shown]]:
    """Records that share the first three letters of a name, or two letters and the year of birth."""
    held: list[Place] = []
    names: list[str] = []
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, record in records:
        if not record.placeholder:
            for key in set(_keys(record.person)):
                by_key[key].append(len(held))
            held.append(place)
            names.append(_roman(record.person))
    found: dict[str, list[Shown]] = {}
    for request in requests:
        for sought in request.sought:
            near = sorted({number for key in _keys(sought.person) for number in by_key.get(key, ())})
            scores = cdist([_roman(sought.person)], [names[n] for n in near], scorer=token_sort_ratio)[0]
            best = sorted(zip((-float(s) for s in scores), near, strict=True))[:top]
            found[sought.person_id] = [Shown(held[n], False, -score / 100) for score, n in best]
    return found


def _keys(person: Person) -> Iterator[str]:
    years = {day.year for b in person.births for day in (b.earliest, b.latest) if day}
    for word in _roman(person).split():
        if len(word) >= 3:
            yield word[:3]
            yield from (f"{word[:2]}{year}" for year in years)


def _roman(person: Person) -> str:
    return anyascii(" ".join(name.text for name in person.names if name.role in _NAMES)).lower()
