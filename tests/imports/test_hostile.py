"""No file harms the service: each hostile file ends in a clear refusal or in a report."""

import pytest

from service.imports import FileRejected, ReadOptions, read_list
from tests.imports.hostile import Hostile, cases

CASES = list(cases())


def test_there_are_enough_of_them() -> None:
    """At least sixty different files are tried."""
    assert len({case.name for case in CASES}) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file(case: Hostile) -> None:
    """A refusal carries its code and says what to do; a file that is read reports what was wrong with it."""
    codes = (case.code,) if isinstance(case.code, str) else case.code
    try:
        reading = read_list(case.build(), case.file_name, ReadOptions(list_id="hostile"), case.limits)
    except FileRejected as refusal:
        refused, reading = refusal, None
    else:
        refused = None
    if refused is not None:
        assert refused.code in codes
        assert refused.sentence.endswith(".")
        assert len(refused.sentence) < 200
    if reading is not None:
        assert "" in codes
        assert {problem.code for problem in reading.problems} >= set(case.problems)
        assert case.people is None or len(reading.records) == case.people
