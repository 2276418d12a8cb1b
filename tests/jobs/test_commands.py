"""The commands of an installation, as processes of their own."""

import json
import time
from importlib.metadata import version
from pathlib import Path

from sqlmodel import select

from service.store.tables import CandidateLinkRow
from service.store.work import open_store
from tests.cases.test_lists import HEADINGS, rows
from tests.support.processes import Installation, Running
from tests.support.stores import settings_for


def test_from_an_empty_machine_to_a_matched_list(installation: Installation, tmp_path: Path) -> None:
    """Version, doctor, user, import-list twice, match: each says what it did, the second list is no other."""
    assert installation.command("--version").stdout.strip() == version("homeward")
    examined = installation.command("doctor", "--json")
    assert {finding["sound"] for finding in json.loads(examined.stdout)} == {True}, examined.stdout
    added = installation.command(
        *("user", "add", "anna", "--role", "importer", "--organisation", "Invented Relief"),
        "--password-stdin",
        stdin="a long invented pass phrase\n",
    )
    assert added.returncode == 0, added.stderr
    path = tmp_path / "children.csv"
    path.write_text("\n".join([HEADINGS, *rows(range(12))]), "utf-8")

    first = json.loads(installation.command("import-list", str(path), "--commit", "--json").stdout)
    again = json.loads(installation.command("import-list", str(path), "--commit", "--json").stdout)
    assert [(r["state"], r["records"], r["repeated"]) for r in first] == [("published", 12, False)]
    assert [(r["list_id"], r["repeated"]) for r in again] == [(first[0]["list_id"], True)]

    matched = installation.command("match", "--json")
    assert matched.returncode == 0, matched.stderr
    assert json.loads(matched.stdout)["state"] == "done"
    worker = installation.command("worker", "--until-idle")
    assert worker.returncode == 0, worker.stderr
    store = open_store(settings_for(installation.database_url, tmp_path, key_file=installation.key_file))
    with store.read() as work:
        assert work.session.exec(select(CandidateLinkRow)).all() == []  # nobody has asked yet
    store.close()


def test_without_a_key_file_nothing_starts(installation: Installation) -> None:
    """Every command that needs the keys ends with one sentence that says how to make them."""
    installation.key_file.unlink()
    for command in ("serve", "worker", "match"):
        ended = installation.command(command)
        assert ended.returncode == 1
        assert "homeward key create" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert installation.command("doctor").returncode == 1


def test_a_worker_beside_a_server_does_not_outlive_it(installation: Installation) -> None:
    """However the server ends: nobody keeps lists in memory, or takes up work, after it is gone."""
    for end in (Running.kill, Running.stop):
        server = installation.serve("--with-worker")
        deadline = time.monotonic() + 60
        while "worker_started" not in server.log:
            assert time.monotonic() < deadline, server.log
            time.sleep(0.05)
        end(server)
        while "worker_stopped" not in server.log:
            assert time.monotonic() < deadline, server.log
            time.sleep(0.05)
