"""What is compiled once serves every process that comes after."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from matching import compiled

COUNTED = """
from numba.core import event
from matching import ahead

class Compiled(event.Listener):
    count = 0
    def on_start(self, told): Compiled.count += 1
    def on_end(self, told): pass

event.register("numba:compile", Compiled())
ahead.compile_search()
ahead.compile_matching()
print(Compiled.count)
"""

INSIDE = """
from typing import NamedTuple
from matching.compiled import inner

class {name}(NamedTuple):
    number: float

Told = {name}

@inner
def value(told): return told.number + {value}
"""
AROUND = """
from matching.compiled import outer
from matching.inside import Told, value

@outer
def given(told): return int(value(told))

def told(): return given(Told(0.0))
"""


def test_the_next_process_compiles_nothing() -> None:
    """After `homeward compile` neither a search nor a run waits for the compiler."""
    subprocess.run([sys.executable, "-m", "service", "compile"], check=True)
    told = subprocess.run([sys.executable, "-c", COUNTED], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["0"]


def test_after_an_upgrade_nothing_of_the_version_before_is_run(tmp_path: Path) -> None:
    """Whether a function that is called changed, or the record that is handed on has another name."""
    alone = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    package = tmp_path / "matching"
    package.mkdir()
    shutil.copy(Path(compiled.__file__), package)
    (package / "__init__.py").touch()
    for name, value in (("First", 1), ("First", 2), ("Second", 3)):
        (package / "inside.py").write_text(INSIDE.format(name=name, value=value))
        (package / "around.py").write_text(AROUND)
        told = subprocess.run(
            [sys.executable, "-c", "from matching import around; print(around.told())"],
            cwd=tmp_path, check=True, capture_output=True, text=True, env=alone,
        )  # fmt: skip
        assert told.stdout.split() == [str(value)]
