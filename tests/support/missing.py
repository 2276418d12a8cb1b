"""Says which system package a test run lacks. A missing part fails the run; it is never skipped."""

from typing import NoReturn

import pytest


def fail_for_missing(what: str, *packages: str) -> NoReturn:
    """Fail the running test with the exact command that installs what it needs."""
    pytest.fail(
        f"{what} is not installed, and these tests run on the real thing. "
        f"Install it with:  apt-get install -y {' '.join(packages)}",
        pytrace=False,
    )
