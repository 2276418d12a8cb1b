"""A policy learned from reviewed links, as a small file that people can read and compare."""

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from matching.weights import POLICY, Policy

_LEAST, _MOST = 0.1, 4.0
_MOST_SHIFT = 8.0


class PolicyError(ValueError):
    """The text is no policy; the message says what is wrong with it."""


def written(policy: Policy) -> str:
    """The version, factors and shift as JSON; the table itself stays in the program."""
    told = {
        "version": policy.version,
        "table": POLICY.version,
        "factors": dict(sorted(policy.factors.items())),
        "shift": policy.shift,
    }
    return json.dumps(told, indent=2) + "\n"


def read(text: str) -> Policy:
    """Raises `PolicyError`: no JSON, another table's factors, or a number out of reason."""
    try:
        told: Any = json.loads(text)
        version, table = str(told["version"]), str(told["table"])
        factors = {str(kind): float(factor) for kind, factor in told["factors"].items()}
        shift = float(told["shift"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PolicyError("it is not a file that `homeward weights estimate` wrote") from error
    if table != POLICY.version:
        raise PolicyError(
            f"it was learned on table {table}, the program has {POLICY.version}: estimate again"
        )
    if not all(_LEAST <= factor <= _MOST for factor in factors.values()) or not abs(shift) <= _MOST_SHIFT:
        raise PolicyError("a factor or the shift is out of reason")
    return replace(POLICY, version=version, factors=MappingProxyType(factors), shift=shift)
