# ruff: noqa: N818 - "KeysRefused" says what happened
"""The key file: one JSON file outside the database that opens everything in it.

Losing it means losing every sealed value; whoever holds it and the database reads everything.
"""

import base64
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.errors import HomewardError

KEY_BYTES = 32
ROOT = "root"
# Keys that can be replaced alone; the keys of all other purposes are derived from the root.
OWN_KEYS = (ROOT, "case_code", "audit")


class KeysRefused(HomewardError):
    """The key file is missing, readable by others, damaged, or not the one of this database."""

    status = 500


@dataclass(frozen=True, repr=False)
class KeyRing:
    """The keys of one installation. `sealing` maps key ids to master keys; `current` seals new values."""

    current: str
    sealing: dict[str, bytes]
    macs: dict[str, bytes]
    _derived: dict[tuple[str, bytes], bytes] = field(default_factory=dict, compare=False)

    @classmethod
    def fresh(cls) -> Self:
        """A new ring of random keys."""
        key_id = secrets.token_hex(4)
        return cls(
            key_id,
            {key_id: secrets.token_bytes(KEY_BYTES)},
            {purpose: secrets.token_bytes(KEY_BYTES) for purpose in OWN_KEYS},
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file. Raises `KeysRefused` when missing, open to others or damaged."""
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                raise KeysRefused(
                    "key_file_open_to_others",
                    "The key file can be read by others than its owner. Run chmod 600 on it and start again.",
                )
            kept = json.loads(path.read_text("ascii"))
            sealing = {str(name): _key(text) for name, text in kept["sealing"]["keys"].items()}
            ring = cls(
                str(kept["sealing"]["current"]),
                sealing,
                {purpose: _key(kept["macs"][purpose]) for purpose in OWN_KEYS},
            )
            ring.sealing[ring.current]
        except OSError:
            raise KeysRefused(
                "key_file_missing",
                "The key file cannot be read. Point HOMEWARD_KEY_FILE at it, or make one for a new "
                "installation with: homeward key create",
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeysRefused(
                "key_file_damaged",
                "The key file is damaged. Restore its copy; do not make a new one.",
            ) from None
        return ring

    def save(self, path: Path) -> None:
        """Write a new key file with mode 0600. Raises `KeysRefused` when the file exists already."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {
            "version": 1,
            "sealing": {
                "current": self.current,
                "keys": {name: base64.b64encode(key).decode() for name, key in self.sealing.items()},
            },
            "macs": {purpose: base64.b64encode(key).decode() for purpose, key in self.macs.items()},
        }
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise KeysRefused(
                "key_file_exists",
                "There is a key file already. It is not replaced: the database would become unreadable.",
            ) from None
        with os.fdopen(opened, "w", encoding="ascii") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())

    def sealing_key(self, key_id: str, organisation_id: str) -> bytes:
        """The key that seals one organisation's values. Raises KeyError for an unknown key id."""
        return self._derive(f"homeward seal 1|{organisation_id}", self.sealing[key_id])

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA-256 (32 bytes) under a key that serves this purpose alone."""
        return hmac.digest(self._mac_key(purpose), message, "sha256")

    def _mac_key(self, purpose: str) -> bytes:
        if purpose in self.macs and purpose != ROOT:
            return self.macs[purpose]
        return self._derive(f"homeward mac 1|{purpose}", self.macs[ROOT])

    def _derive(self, info: str, root: bytes) -> bytes:
        known = self._derived.get((info, root))
        if known is None:
            known = HKDF(SHA256(), KEY_BYTES, None, info.encode()).derive(root)
            self._derived[(info, root)] = known
        return known


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has the wrong length")
    return key
