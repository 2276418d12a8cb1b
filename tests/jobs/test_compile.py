"""What is compiled once serves every process that comes after."""

import subprocess
import sys

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


def test_the_next_process_compiles_nothing() -> None:
    """After `homeward compile` neither a search nor a run waits for the compiler."""
    subprocess.run([sys.executable, "-m", "service", "compile"], check=True)
    told = subprocess.run([sys.executable, "-c", COUNTED], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["0"]
