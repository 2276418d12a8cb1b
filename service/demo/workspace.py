"""The directory of a demonstration: database, keys and logins, with a mark that says they are its own."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.config import Settings
from service.errors import Conflict
from service.security.actors import Role
from service.store.keys import KeyRing

MARK = "homeward-demo.json"
DATABASE, KEYS = "homeward.db", "keys.json"
LOCK = ".homeward-demo.lock"
OURS = (DATABASE, f"{DATABASE}-journal", f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, MARK)  # the mark last
ORGANISATION = "Demonstration Network"
# login -> roles; the administrator is the first, and makes the others
ACCOUNTS: dict[str, tuple[Role, ...]] = {
    "demo-admin": (Role.ADMINISTRATOR,),
    "demo-intake": (Role.INTAKE,),
    "demo-importer": (Role.IMPORTER,),
    "demo-reviewer": (Role.REVIEWER,),
    "demo-second": (Role.SECOND_REVIEWER,),
    "demo-lead": (Role.CHILD_PROTECTION_LEAD,),
    "demo-privacy": (Role.DATA_PROTECTION_OFFICER,),
    "demo-auditor": (Role.AUDITOR,),
}
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Workspace:
    """A demonstration directory that is ours: `passwords` by login, `ready` once everything is loaded."""

    folder: Path
    passwords: dict[str, str]
    ready: bool

    @property
    def settings(self) -> Settings:
        """Settings of the demonstration alone: nothing of the environment leads it to other data."""
        return Settings(
            environment="development",
            data_dir=self.folder,
            database_url=f"sqlite:///{self.folder / DATABASE}",
            key_file=self.folder / KEYS,
            public_host="",
            staff_host="",
            secure_cookies=False,  # plain http on this machine only
            rate_limits=True,
            log_level="warning",
            second_factor="optional",
            behind_proxy=False,
        )

    def say_ready(self) -> "Workspace":
        done = Workspace(self.folder, self.passwords, ready=True)
        _write_mark(done)
        return done


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """The directory, made when absent and held against a second demonstration in it.

    A directory that holds anything without our mark is never touched: raises Conflict
    (`not_a_demo_directory`, `demo_is_running`).
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _not_ours()
    if folder.exists() and {path.name for path in folder.iterdir()} - {LOCK}:
        _read_mark(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Conflict(
                "demo_is_running", "A demonstration is running in this directory already. Stop it first."
            ) from None
        yield folder


def open_workspace(folder: Path, *, fresh: bool = False) -> Workspace:
    """The demonstration in a held `folder`: a kept one, or a new one with new keys and passwords.

    One whose loading was broken off is begun anew. Only files that a demonstration made are removed.
    """
    if (folder / MARK).exists():
        kept = _read_mark(folder)
        if kept.ready and not fresh:
            return kept
        for name in OURS:
            (folder / name).unlink(missing_ok=True)
    made = Workspace(folder, {login: _password() for login in ACCOUNTS}, ready=False)
    _write_mark(made)
    KeyRing.fresh().save(made.settings.keys_at)
    return made


def _password() -> str:
    """75 random bits in three groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))


def _read_mark(folder: Path) -> Workspace:
    try:
        kept = json.loads((folder / MARK).read_text(encoding="ascii"))
        return Workspace(
            folder, {login: str(kept["logins"][login]) for login in ACCOUNTS}, bool(kept["ready"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise _not_ours() from None


def _write_mark(workspace: Workspace) -> None:
    target = workspace.folder / MARK
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"ready": workspace.ready, "logins": workspace.passwords}, file, indent=1)


def _not_ours() -> Conflict:
    return Conflict(
        "not_a_demo_directory",
        "This directory holds something that the demonstration did not make. Name an empty one with "
        "--data-dir; nothing was changed.",
    )
