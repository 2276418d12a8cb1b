"""How Homeward is tested.

Tests state promises, and they keep to the real thing. The store, the API and the journey run on
SQLite and on a PostgreSQL server started for the run; the pages run in the distribution's
Chromium, against a real server process, over a real socket; the worker is a real process and is
really killed. Nothing of our own is replaced by a double. A test's name and docstring say what is
promised; a test that cannot fail is removed.

The tests mirror the tree: tests/schemas, tests/matching, tests/service. Beside them stand the tests
that look at everything at once: the layers and the words of the tree (test_architecture.py), the
matcher without the service (test_matching_alone.py), and the journey from request to verification.

Where PostgreSQL or Chromium is missing the run fails and says which package to install. It does not
skip: a skipped promise looks kept.

People in tests are invented. Warnings are errors. No test measures time; figures live in bench/.
Generated examples are drawn anew on each run, but under CI always the same ones: a change is judged
by what it changed.
"""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "homeward",
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("homeward")

# a file is one piece of work, so the longest begin first and no processor waits for the last one
LONGEST = (
    "security/test_every_move.py",
    "pages/test_walks.py",
    "api/test_uniformity.py",
    "pages/test_tour.py",
    "pages/test_refusals.py",
    "jobs/test_fleet.py",
    "jobs/test_kill.py",
    "jobs/test_commands.py",
    "api/test_public_status.py",
    "test_no_names_in_logs.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first; within a file the order stays."""
    order = {name: place for place, name in enumerate(LONGEST)}

    def place_of(item: pytest.Item) -> int:
        file = item.nodeid.split("::")[0].removeprefix("tests/")
        return order.get(file, len(LONGEST))

    items.sort(key=place_of)


def pytest_collection_finish() -> None:
    """What was imported stays, so no collection need look through it again and again."""
    gc.collect()
    gc.freeze()


pytest_plugins = (
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.stores",
    "tests.support.chromium",
    "tests.support.processes",
    "tests.support.staffed",
    "tests.support.filled",
    "tests.support.cluster",
    "tests.support.compiled",
    "tests.support.demonstration",
)
