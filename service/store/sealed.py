# ruff: noqa: N818 - "SealBroken" says what happened
"""Sealed columns: AES-256-GCM bound to the table, column, row and organisation they stand in.

A blob is `1:<key id>:` + 12 random bytes + ciphertext. The text is padded to steps of 256 bytes, so
that the length of a name does not show.
"""

import os
from dataclasses import dataclass
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from service.errors import HomewardError
from service.store.keys import KeyRing

FORMAT = b"1"
NONCE_BYTES = 12
STEP = 256
LENGTH_BYTES = 8

V = TypeVar("V", bound=BaseModel)


class SealBroken(HomewardError):
    """A sealed value was moved, changed, or sealed with a key that is not at hand."""

    status = 500

    def __init__(self) -> None:
        super().__init__(
            "seal_broken",
            "A stored value does not open: it was altered, moved, or sealed with another key. "
            "Tell the administrator; nothing was changed.",
        )


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands. Opening it anywhere else fails."""

    table: str
    column: str
    row_id: str
    organisation_id: str

    def bound(self, key_id: str) -> bytes:
        return "|".join((self.table, self.column, self.row_id, self.organisation_id, key_id)).encode()


class Sealer:
    """Seals and opens with the keys of one ring."""

    def __init__(self, keys: KeyRing) -> None:
        self.keys = keys

    def seal(self, place: Place, data: bytes) -> bytes:
        key_id = self.keys.current
        nonce = os.urandom(NONCE_BYTES)
        size = LENGTH_BYTES + len(data)
        padded = len(data).to_bytes(LENGTH_BYTES, "big") + data + bytes(-size % STEP)
        cipher = AESGCM(self.keys.sealing_key(key_id, place.organisation_id))
        head = FORMAT + b":" + key_id.encode("ascii") + b":"
        return head + nonce + cipher.encrypt(nonce, padded, place.bound(key_id))

    def open(self, place: Place, blob: bytes) -> bytes:
        """The sealed bytes. Raises `SealBroken` for anything but the value sealed for this place."""
        try:
            version, name, rest = blob.split(b":", 2)
            if version != FORMAT:
                raise SealBroken
            key_id = name.decode("ascii")
            cipher = AESGCM(self.keys.sealing_key(key_id, place.organisation_id))
            padded = cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.bound(key_id))
        except (ValueError, KeyError, InvalidTag):
            raise SealBroken from None
        size = int.from_bytes(padded[:LENGTH_BYTES], "big")
        return padded[LENGTH_BYTES : LENGTH_BYTES + size]

    def seal_value(self, place: Place, value: BaseModel) -> bytes:
        return self.seal(place, value.model_dump_json().encode())

    def open_value(self, place: Place, blob: bytes, kind: type[V]) -> V:
        return kind.model_validate_json(self.open(place, blob))

    def seal_text(self, place: Place, text: str) -> bytes:
        return self.seal(place, text.encode())

    def open_text(self, place: Place, blob: bytes) -> str:
        return self.open(place, blob).decode()


def key_id_of(blob: bytes) -> str:
    """The id of the key a blob was sealed with, for rotation. Raises ValueError for no blob of ours."""
    _, name, _ = blob.split(b":", 2)
    return name.decode("ascii")
