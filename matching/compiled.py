"""How functions are compiled: those called from Python, and those that only compiled functions call.

None makes arrays of its own, so that nobody counts who holds the arrays that are handed on: the counting
would cost more than the work, and twice as long to compile.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit

_Function = TypeVar("_Function", bound=Callable[..., Any])
_ALL: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
_SUMS: dict[str, Any] = {**_ALL, "fastmath": True}
_INNER: dict[str, Any] = {**_ALL, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def kept_in() -> Path:
    """Where compiled code is kept: a directory for each state of the sources, below NUMBA_CACHE_DIR or beside
    them. numba looks at the file of a function only; when another function that it calls has changed, or a
    record that it is given, what was compiled before would be wrong or could not be read.
    """
    sources, digest = Path(__file__).parent, sha256()
    for source in sorted(sources.rglob("*.py")):
        digest.update(source.read_bytes())
    return Path(_GIVEN or sources / "__pycache__") / f"compiled-{digest.hexdigest()[:16]}"


_SETTINGS: Any = config  # numba makes its attributes when it is imported
_GIVEN: str = _SETTINGS.CACHE_DIR
_SETTINGS.CACHE_DIR = str(kept_in())


def outer(function: _Function) -> _Function:
    """Compiled, kept on disk, runs without the interpreter's lock."""
    compiled: _Function = njit(**_ALL)(function)
    return compiled


def sums(function: _Function) -> _Function:
    """The same for long sums, whose terms may be added in any order."""
    compiled: _Function = njit(**_SUMS)(function)
    return compiled


def inner(function: _Function) -> _Function:
    """The same for functions that Python never calls, which need no wrappers."""
    compiled: _Function = njit(**_INNER)(function)
    return compiled


def merged(function: _Function) -> _Function:
    """The same for functions that are called for every pair: copied into the caller, since a call hands
    over hundreds of numbers that say where the arrays are.
    """
    compiled: _Function = njit(inline="always", **_INNER)(function)
    return compiled
