"""Run by test_matching_alone.py in a directory that holds schemas/ and matching/ only.

Refuses to import anything but the standard library and the libraries of those two layers, imports
every module of theirs, ranks one request, and prints what it saw as JSON.
"""

import json
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

# The layers' own libraries, and what those need.
ALLOWED = {"schemas", "matching", "pydantic", "numba", "numpy", "scipy", "rapidfuzz", "jellyfish"} | {
    "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection", "_distutils_hack",
    "llvmlite",
}  # fmt: skip


class OnlyTheseLayers(MetaPathFinder):
    """Refuses every other top-level module, as if it were not installed."""

    def __init__(self) -> None:
        self.refused: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top in ALLOWED or top in sys.stdlib_module_names or top.startswith("_sysconfigdata"):
            return None  # the last is the standard library's too, named after the platform
        self.refused.add(top)
        raise ModuleNotFoundError(f"{fullname} is not part of the matcher", name=fullname)


def main() -> None:
    """Import, rank, print."""
    gate = OnlyTheseLayers()
    sys.meta_path.insert(0, gate)
    import matching
    import schemas

    names = [
        module.name
        for package in (schemas, matching)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    for name in names:
        import_module(name)

    from matching.linker import Linker
    from schemas.person import BirthInterval, Person, PersonName
    from schemas.registry import DetaineeRecord
    from schemas.tracing import SoughtPerson, TracingRequest
    from schemas.vocabulary import Sex, SoughtRole

    def person(name: str, sex: Sex, year: int) -> Person:
        from datetime import date

        born = BirthInterval(earliest=date(year, 1, 1), latest=date(year, 12, 31))
        return Person(names=(PersonName(text=name),), sex=sex, births=(born,))

    records = [
        DetaineeRecord(record_id=key, list_id="l-1", row=row, person=person(name, sex, year))
        for row, (key, name, sex, year) in enumerate(
            [
                ("r-other", "خديجة سليمان", Sex.FEMALE, 1979),
                ("r-same", "زارينا إسماعيلوفا", Sex.FEMALE, 1990),
                ("r-man", "إسماعيل زاريف", Sex.MALE, 1990),
            ],
            start=2,
        )
    ]
    sought = SoughtPerson(
        person_id="p-1", role=SoughtRole.MOTHER, person=person("Исмаилова Зарина", Sex.FEMALE, 1990)
    )
    links = Linker(records).rank(TracingRequest(request_id="q-1", sought=(sought,)), top=3).links
    outside = sorted(
        name for name in ("service", "sqlalchemy", "fastapi", "structlog") if name in sys.modules
    )
    print(
        json.dumps(
            {
                "modules": names,
                "matching": matching.__file__,
                "best": links[0].record_id,
                "weights": [link.weight for link in links],
                "outside": outside,
            }
        )
    )


main()
