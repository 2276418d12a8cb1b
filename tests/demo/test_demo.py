"""`homeward demo`: the example data in a store of its own, matched, reviewed a little, and served."""

import json
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from schemas.review import LinkState
from service.cases import lists, reviews
from service.cases.sign_in import Credentials, sign_in
from service.demo.workspace import DATABASE, KEYS, MARK, held, open_workspace
from service.errors import Conflict
from service.security.actors import Actor, Role
from service.store import accounts
from service.store.states import ListState
from service.store.work import Store, open_store

COMMAND = (sys.executable, "-m", "service", "demo", "--json")


def run(folder: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [*COMMAND, "--no-serve", "--data-dir", str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    """What the first run said."""
    done = run(folder)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _store(folder: Path) -> Store:
    with held(folder):
        return open_store(open_workspace(folder).settings)


def _actor(store: Store, login: str) -> Actor:
    with store.read() as work:
        account = accounts.by_login(work.session, login)
        assert account is not None
        roles = frozenset(Role(role) for role in accounts.roles_of(work.session, account.id))
        return Actor(account.id, account.organisation_id, roles)


def test_everything_is_loaded_and_matched(told: dict[str, Any]) -> None:
    """Twenty-five requests, four published lists, and links for every sought person."""
    assert (told["requests"], told["lists"]) == (25, 4)
    assert told["people_on_lists"] >= 117
    assert told["links"] >= 59


def test_every_role_can_sign_in_with_its_printed_password(folder: Path, told: dict[str, Any]) -> None:
    """There is a login for each duty, and the printed passwords open them."""
    roles = {role for login in told["logins"] for role in login["roles"]}
    assert roles == set(Role) - {Role.MACHINE_CLIENT}
    store = _store(folder)
    for login in told["logins"]:
        assert sign_in(store, Credentials(login["login"], login["password"]))
    store.close()


def test_every_desk_finds_something_to_do(folder: Path, told: dict[str, Any]) -> None:
    """The second reviewer has a verified link to decide, the importer a newer edition to look at."""
    del told
    store = _store(folder)
    with store.begin() as work:
        second = _actor(store, "demo-second")
        wanted = reviews.QueueWanted(states=(LinkState.VERIFIED_BY_EVIDENCE,))
        verified = reviews.read_queue(work, second, wanted).items
        wanted = reviews.QueueWanted(states=(LinkState.NEEDS_INFORMATION, LinkState.REJECTED))
        others = reviews.read_queue(work, second, wanted).items
        contested = reviews.read_queue(work, second, reviews.QueueWanted(contested=True)).items
    assert [item.person_id for item in verified] == ["Q15-1"]
    assert others
    assert {"Q01-2", "Q02-1"} <= {item.person_id for item in contested}
    with store.read() as work:
        views = lists.list_lists(work, _actor(store, "demo-importer")).rows
    waiting = [view for view in views if view.state is ListState.PREVIEW]
    assert [view.edition for view in waiting] == [2]
    difference = waiting[0].details.difference
    assert difference is not None
    assert difference.new_rows
    assert difference.gone_rows
    assert difference.changed
    store.close()


def test_what_it_writes_is_for_its_owner_only(folder: Path, told: dict[str, Any]) -> None:
    del told
    for name in (DATABASE, KEYS, MARK):
        assert stat.S_IMODE((folder / name).stat().st_mode) & 0o077 == 0, name
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_name_stands_in_the_clear(folder: Path, told: dict[str, Any]) -> None:
    """The database file holds no sought or listed name in any of its scripts."""
    del told
    kept = (folder / DATABASE).read_bytes()
    for name in ("Абдурахманова", "Тепсуркаева", "TEPSURKAEVA", "Ergasheva", "فيروزة"):
        assert name.encode() not in kept
        assert json.dumps(name).encode() not in kept


def test_a_second_run_goes_on_with_the_same_data(folder: Path, told: dict[str, Any]) -> None:
    again = run(folder)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == told


def test_it_serves_on_this_machine_only(folder: Path, told: dict[str, Any]) -> None:
    """Pages answer on the printed loopback address, and the process ends when asked to."""
    command = [*COMMAND, "--data-dir", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = json.loads(server.stdout.readline())
            assert said["public"].startswith("http://127.0.0.1:")
            with urllib.request.urlopen(said["public"] + "healthz", timeout=60) as answer:
                assert answer.status == 200
            with urllib.request.urlopen(said["staff"], timeout=60) as answer:
                assert answer.status == 200
            second = run(folder)
            assert second.returncode != 0
            assert "[demo_is_running]" in second.stderr
        finally:
            server.terminate()
        assert server.wait(60) in (0, -15)
    assert {key: said[key] for key in ("requests", "links")} == {
        key: told[key] for key in ("requests", "links")
    }


def test_a_foreign_directory_is_left_alone(tmp_path: Path) -> None:
    """Neither a directory with somebody's files nor a file is ever begun anew, `--fresh` or not."""
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / DATABASE).write_bytes(b"precious")
    for more in ([], ["--fresh"]):
        done = run(foreign, *more)
        assert done.returncode != 0
        assert "[not_a_demo_directory]" in done.stderr
    assert [path.name for path in foreign.iterdir()] == [DATABASE]
    assert (foreign / DATABASE).read_bytes() == b"precious"
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(Conflict), held(link):
        pass


def test_a_broken_off_loading_is_begun_anew(tmp_path: Path) -> None:
    """Keys and passwords of a half-loaded demonstration are replaced, other files beside it stay."""
    folder = tmp_path / "demo"
    with held(folder) as ours:
        first = open_workspace(ours)
        (folder / DATABASE).write_bytes(b"half")
        (folder / "notes.txt").write_text("mine")
        second = open_workspace(ours)
    assert second.passwords != first.passwords
    assert not (folder / DATABASE).exists()
    assert (folder / "notes.txt").read_text() == "mine"
    with held(folder) as ours:
        ready = open_workspace(ours).say_ready()
        assert open_workspace(ours) == ready
        assert open_workspace(ours, fresh=True).passwords != ready.passwords


def test_the_environment_does_not_lead_it_to_other_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database or key file named for the real service is not what the demonstration opens."""
    monkeypatch.setenv("HOMEWARD_DATABASE_URL", "postgresql+psycopg://real/cases")
    monkeypatch.setenv("HOMEWARD_KEY_FILE", "/srv/real/keys.json")
    monkeypatch.setenv("HOMEWARD_DATA_DIR", "/srv/real")
    with held(tmp_path / "demo") as ours:
        settings = open_workspace(ours).settings
    assert settings.url == f"sqlite:///{ours / DATABASE}"
    assert settings.keys_at == ours / KEYS
