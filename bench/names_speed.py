"""Speed and size of the name engine; prints JSON.

    python bench/names_speed.py [--training DIR] [--names 1000000] [--queries 2000] [--singles 200]

Names of all three scripts are composed from the training tokens. The first figures are of a list of
10,000 names; then the long list is prepared and asked one query at a time. Loading is measured in fresh
processes, less what the bare interpreter takes.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from names_padding import Padding  # noqa: E402  (as above)

from matching.names.rank import NameIndex  # noqa: E402  (as above)

SEED = 41
LIST = 10_000
LANGUAGES = ("ru", "ar", "en")
_CORES = len(os.sched_getaffinity(0))
_STARTS = 5
_PATIENCE = 120  # seconds of single queries after which those asked must do
_BARE = "pass"
_ENGINE = (
    "from matching.names.rank import rank_names; list(rank_names(['Anna Mayskaya'], ['Анна Майская'], 1))"
)
_TABLES = """
import time
from matching.names.encoder import encoder
from matching.names.letter_tables import letters
from matching.names.lexicon import lexicon
from matching.names.weights import weights
begun = time.perf_counter()
letters(), encoder(), lexicon(), weights()
print(1000 * (time.perf_counter() - begun))
"""
_FOREIGN = """
import importlib, sys
own = {"matching", "schemas", "__main__", *sys.stdlib_module_names}
print(" ".join(name for name in sys.modules if name.partition(".")[0] not in own))
"""
_IMPORT = """
import contextlib, importlib
for name in %r.split():
    with contextlib.suppress(Exception):
        importlib.import_module(name)
"""


def composed(padding: Padding, count: int, draw: int) -> list[str]:
    """Distinct names, a third in each script, mixed."""
    shares = [count // 3, count // 3, count - 2 * (count // 3)]
    names = [
        name
        for language, share in zip(LANGUAGES, shares, strict=True)
        for name in padding.names(language, share, set(), set(), draw)
    ]
    random.Random(SEED + draw).shuffle(names)
    return names


def batch(padding: Padding, queries: int) -> dict[str, float]:
    """Many queries at once against a list of 10,000, the ten best of each; other queries warm it up."""
    index = NameIndex.of(composed(padding, LIST, 1), _CORES)
    list(index.rank(composed(padding, 200, 2), 10))
    asked = composed(padding, queries, 3)
    wall, cpu = time.perf_counter(), time.process_time()
    list(index.rank(asked, 10))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "queries_per_wall_s": round(queries / wall),
        "queries_per_cpu_s": round(queries / cpu),
        "peak_rss_mb": _peak(),
    }


def singles(padding: Padding, size: int, count: int) -> dict[str, float]:
    """One query at a time against a long list; every query is new to the index."""
    names = composed(padding, size, 4)
    bare = _peak()
    begun = time.perf_counter()
    index = NameIndex.of(names, _CORES)
    prepared = time.perf_counter() - begun
    for query in composed(padding, 5, 5):
        list(index.rank([query], 10))
    spent = []
    for query in composed(padding, count, 6):
        begun = time.perf_counter()
        list(index.rank([query], 10))
        spent.append(1000 * (time.perf_counter() - begun))
        if sum(spent) > 1000 * _PATIENCE:
            break
    return {
        "names": len(names),
        "queries": len(spent),
        "prepare_wall_s": round(prepared, 1),
        "one_query_p50_ms": _ms(float(np.percentile(spent, 50))),
        "one_query_p99_ms": _ms(float(np.percentile(spent, 99))),
        "peak_rss_mb": _peak(),
        "peak_rss_before_mb": bare,
    }


def loading() -> dict[str, float]:
    """Milliseconds of a fresh process above the bare interpreter: all, and what its libraries alone take;
    of reading the tables by itself.
    """
    foreign = _run(_ENGINE + "\n" + _FOREIGN).stdout.strip()
    bare, libraries, engine = (_start(code) for code in (_BARE, _IMPORT % foreign, _ENGINE))
    return {
        "bare_interpreter_ms": _ms(bare),
        "libraries_ms": _ms(libraries - bare),
        "tables_ms": _ms(statistics.median(float(_run(_TABLES).stdout) for _ in range(_STARTS))),
        "import_and_first_query_ms": _ms(engine - bare),
    }


def _start(code: str) -> float:
    """The median time of fresh processes that run `code`; a first one fills the caches of the disk."""
    spent = []
    for _ in range(_STARTS + 1):
        begun = time.perf_counter()
        _run(code)
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent[1:])


def _run(code: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True
    )


def package_bytes() -> dict[str, int]:
    sizes = {
        name: sum(file.stat().st_size for file in (ROOT / "matching" / name).iterdir() if file.is_file())
        for name in ("models", "data")
    }
    return {**sizes, "together": sum(sizes.values())}


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _ms(value: float) -> float:
    return round(value, 2)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--training", type=Path, default=ROOT.parent / "shared" / "data" / "training")
    options.add_argument("--names", type=int, default=1_000_000, help="length of the long list")
    options.add_argument("--queries", type=int, default=2000)
    options.add_argument("--singles", type=int, default=200, help="queries against the long list")
    chosen = options.parse_args()
    padding = Padding(chosen.training)
    found = {
        "seed": SEED,
        "cores": os.cpu_count(),
        "loading": loading(),
        "bytes": package_bytes(),
        "list_of_10000": batch(padding, chosen.queries),
        "long_list": singles(padding, chosen.names, chosen.singles),
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
