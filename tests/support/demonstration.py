"""The demonstration as `make demo` loads it, served to a browser from this process."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from service.app import create_app
from service.demo.loading import tasks
from service.demo.workspace import held, open_workspace
from service.security import sessions
from service.store import accounts
from service.store.work import Store, open_store
from tests.support.processes import free_port


@dataclass(frozen=True)
class Demonstration:
    """`address` is where it is served; `store` is what it serves; `passwords` by login."""

    store: Store
    address: str
    passwords: dict[str, str]

    def cookie(self, login: str) -> dict[str, str]:
        """A living sign-in of one of its accounts, as the sign-in page would have set it."""
        with self.store.begin() as work:
            account = accounts.by_login(work.session, login)
            assert account is not None
            token = sessions.open_session(work, account, second_factor=False).token
        return {"name": sessions.cookie_name(self.store.settings), "value": token, "url": self.address}


@dataclass(frozen=True)
class Loaded:
    """An open store with its logins' passwords."""

    store: Store
    passwords: dict[str, str]


def load(folder: Path) -> Loaded:
    """Everything that `homeward demo` loads, matched and reviewed a little."""
    with held(folder) as kept:
        workspace = open_workspace(kept)
        store = open_store(workspace.settings)
        for task in tasks(store, workspace):
            task.run(lambda: None)
        return Loaded(store, workspace.say_ready().passwords)


@contextmanager
def served(loaded: Loaded) -> Iterator[Demonstration]:
    """The pages over this store, on 127.0.0.1; the store is closed afterwards."""
    store = loaded.store
    port = free_port()
    app = create_app(store.settings.model_copy(update={"rate_limits": False}), store)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield Demonstration(store, f"http://127.0.0.1:{port}", loaded.passwords)
    server.should_exit = True
    thread.join()
    store.close()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a demonstration that nobody has touched; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    load(folder).store.close()
    return folder


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """One for all tests of a module that only look."""
    with served(load(tmp_path_factory.mktemp("demonstration") / "data")) as shown:
        yield shown


@pytest.fixture
def own_demonstration(loaded: Path, tmp_path: Path) -> Iterator[Demonstration]:
    """A fresh one for a test that works in it."""
    folder = tmp_path / "data"
    shutil.copytree(loaded, folder)
    with held(folder) as kept:
        workspace = open_workspace(kept)
        opened = Loaded(open_store(workspace.settings), workspace.passwords)
    with served(opened) as shown:
        yield shown
