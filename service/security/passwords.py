"""Passwords: argon2id, one verification for each attempt, whoever is asked for."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.errors import Unprocessable

SHORTEST, LONGEST = 12, 256  # code points
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# 64 MiB and a fifth of a second each: strangers must not make the server do twenty at once
_TURNSTILE = threading.BoundedSemaphore(3)


def hash_password(password: str, login: str = "") -> str:
    """The argon2id digest to store. Raises Unprocessable for a password that is too easy."""
    check_strength(password, login)
    with _TURNSTILE:
        return _HASHER.hash(password)


def check_strength(password: str, login: str = "") -> None:
    """Length decides; composition rules only make people write passwords down."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Unprocessable("password_length", f"Use a password of {SHORTEST} to {LONGEST} characters.")
    plain = password.casefold()
    if len(set(plain)) < 5 or (login and login.casefold() in plain):
        raise Unprocessable(
            "password_too_easy", "Use at least five different characters, and not the account's own name."
        )


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is right. `stored=None` (unknown account) takes the same work and fails."""
    with _TURNSTILE:
        try:
            matches = _HASHER.verify(stored or _decoy(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return matches and stored is not None


@cache
def _decoy() -> str:
    return _HASHER.hash("nobody's password")
