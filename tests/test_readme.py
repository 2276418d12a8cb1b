"""The README's commands work as they stand there."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.missing import fail_for_missing

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"
_READY_SECONDS = 180.0


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """`homeward demo` on a free port; what it prints with --json."""
    arguments = ["demo", "--data-dir", str(tmp_path / "demo"), "--port", "0", "--json"]
    said, log = tmp_path / "said.json", tmp_path / "log"
    with said.open("wb") as out, log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", *arguments], cwd=ROOT, stdout=out, stderr=errors
        )
    deadline = time.monotonic() + _READY_SECONDS
    while not said.read_text("utf-8").endswith("\n"):
        assert process.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.1)
    told: dict[str, Any] = json.loads(said.read_text("utf-8"))
    yield told
    process.terminate()
    process.wait(30)


def curl_lines() -> list[str]:
    """The lines of the block that shows the API."""
    block = re.search(r"```bash\n(# a relative.*?)```", README, re.DOTALL)
    assert block
    return [line for line in block.group(1).splitlines() if not line.startswith("#")]


def test_the_five_lines_of_the_api_do_what_they_say(demo: dict[str, Any], tmp_path: Path) -> None:
    """File, ask, sign in, read the queue, claim: each line as printed, earlier answers filled in."""
    if shutil.which("curl") is None:
        fail_for_missing("curl", "curl")
    password = next(login["password"] for login in demo["logins"] if login["login"] == "demo-reviewer")
    filled = {"PASSWORD": password}

    def run(line: str) -> dict[str, Any]:
        ready = line.replace(ADDRESS + "/", demo["public"])
        shell = subprocess.run(
            ["bash", "-c", ready], cwd=tmp_path, env=os.environ | filled, capture_output=True, check=True
        )
        answer: dict[str, Any] = json.loads(shell.stdout)
        return answer

    file, status, sign_in, queue, claim = curl_lines()
    filled["CODE"] = run(file)["code"]
    assert run(status)["status"] == "received"
    filled["CSRF_TOKEN"] = run(sign_in)["csrf_token"]
    links = run(queue)["items"]
    assert len(links) == 5
    assert links == sorted(links, key=lambda link: -link["weight"])
    filled["LINK_ID"] = links[0]["link_id"]
    assert run(claim)["state"] == "under_review"


def test_the_matcher_is_used_from_python_as_shown() -> None:
    """The Python lines rank a request."""
    from schemas.person import Person, PersonName
    from schemas.registry import DetaineeRecord
    from schemas.tracing import SoughtPerson, TracingRequest

    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block
    person = Person(names=(PersonName(text="Амина Тарамова"),))
    names: dict[str, Any] = {
        "records": [DetaineeRecord(record_id="r1", list_id="l1", row=2, person=person)],
        "request": TracingRequest(request_id="q1", sought=(SoughtPerson(person_id="p1", person=person),)),
    }
    exec(block.group(1), names)
    assert names["links"][0].record_id == "r1"


def test_every_command_of_make_is_explained_by_make() -> None:
    """`make` alone lists each command with a sentence, and the README's commands are among them."""
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)$", README, re.MULTILINE):
        assert f"make {''.join(name)}" in listed
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert all(f"make {target} " in listed for target in targets.group(1).split())
