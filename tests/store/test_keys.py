"""The key file, and what the service refuses to start with."""

import json
from pathlib import Path

import pytest

from service.cases import intake
from service.errors import HomewardError
from service.security.actors import PUBLIC
from service.store.keys import KeyRing, KeysRefused
from service.store.work import open_store
from tests.cases import invented
from tests.support.stores import add_staff, settings_for


def test_a_saved_ring_is_the_same_ring(tmp_path: Path) -> None:
    """Everything that was sealed and hashed before a restart opens after it."""
    ring = KeyRing.fresh()
    ring.save(tmp_path / "keys.json")
    again = KeyRing.load(tmp_path / "keys.json")
    assert again.sealing_key(again.current, "a") == ring.sealing_key(ring.current, "a")
    assert again.mac("case_code", b"x") == ring.mac("case_code", b"x")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    """A second ring at the same place is refused: the first opens the database."""
    KeyRing.fresh().save(tmp_path / "keys.json")
    with pytest.raises(KeysRefused) as refused:
        KeyRing.fresh().save(tmp_path / "keys.json")
    assert refused.value.code == "key_file_exists"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """Any bit for group or others refuses."""
    path = tmp_path / "keys.json"
    KeyRing.fresh().save(path)
    path.chmod(mode)
    with pytest.raises(KeysRefused) as refused:
        KeyRing.load(path)
    assert refused.value.code == "key_file_open_to_others"


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", '{"sealing": {"current": "a", "keys": {"a": "c2hvcnQ="}}, "macs": {}}'],
)
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    """Short, empty and foreign files are refused with a sentence, never with a guess."""
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeysRefused) as refused:
        KeyRing.load(path)
    assert refused.value.code == "key_file_damaged"


def test_a_missing_key_file_refuses_to_start(database_url: str, tmp_path: Path) -> None:
    """Without keys nothing is opened; the sentence names the command that makes them."""
    settings = settings_for(database_url, tmp_path, key_file=tmp_path / "elsewhere.json")
    (tmp_path / "elsewhere.json").unlink(missing_ok=True)
    with pytest.raises(KeysRefused) as refused:
        open_store(settings)
    assert "homeward key create" in refused.value.sentence


def test_the_wrong_key_file_refuses_to_start(database_url: str, tmp_path: Path) -> None:
    """A database that other keys have sealed is not opened, also when its mark was removed."""
    settings = settings_for(database_url, tmp_path)
    store = open_store(settings)
    add_staff(store, "Invented Relief", "staff")
    with store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1))
    store.close()
    settings.keys_at.unlink()
    KeyRing.fresh().save(settings.keys_at)
    with pytest.raises(KeysRefused) as refused:
        open_store(settings)
    assert refused.value.code == "key_file_of_another_database"


def test_a_ring_shows_no_key(tmp_path: Path) -> None:
    """Neither its text form nor an error tells key material."""
    ring = KeyRing.fresh()
    ring.save(tmp_path / "keys.json")
    secrets = json.loads((tmp_path / "keys.json").read_text())["macs"].values()
    assert not any(secret in repr(ring) for secret in secrets)
    assert issubclass(KeysRefused, HomewardError)
