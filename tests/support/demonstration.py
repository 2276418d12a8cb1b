"""The demonstration as `make demo` loads it, served to a browser from this process."""

import threading
import time
from collections.abc import Iterator
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
    """`address` is where it is served; `store` is what it serves."""

    store: Store
    address: str

    def cookie(self, login: str) -> dict[str, str]:
        """A living sign-in of one of its accounts, as the sign-in page would have set it."""
        with self.store.begin() as work:
            account = accounts.by_login(work.session, login)
            assert account is not None
            token = sessions.open_session(work, account, second_factor=False).token
        return {"name": sessions.cookie_name(self.store.settings), "value": token, "url": self.address}


def load(folder: Path) -> Store:
    """Everything that `homeward demo` loads, matched and reviewed a little."""
    with held(folder) as kept:
        workspace = open_workspace(kept)
        store = open_store(workspace.settings)
        for task in tasks(store, workspace):
            task.run(lambda: None)
        return store


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    store = load(tmp_path_factory.mktemp("demonstration") / "data")
    port = free_port()
    app = create_app(store.settings.model_copy(update={"rate_limits": False}), store)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield Demonstration(store, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()
    store.close()
