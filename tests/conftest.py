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

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "homeward",
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("homeward")

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
