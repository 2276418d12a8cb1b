"""How functions are compiled: those called from Python, and those that only compiled functions call.

None makes arrays of its own, so that nobody counts who holds the arrays that are handed on: the counting
would cost more than the work, and twice as long to compile.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., Any])
_ALL: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
_SUMS: dict[str, Any] = {**_ALL, "fastmath": True}
_INNER: dict[str, Any] = {**_ALL, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


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
