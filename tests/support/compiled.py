"""What is compiled when it is first needed, compiled before a test that counts on an answer at once."""

import pytest


@pytest.fixture(scope="session")
def search_compiled() -> None:
    """A search by name; kept beside the program, it serves the processes that tests start too."""
    from matching.ahead import compile_search

    compile_search()
