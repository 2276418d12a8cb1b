"""What matching costs as lists grow, and what the short list of candidates loses: JSON.

    python bench/scale.py [--rows 3000 10000 30000] [--requests-per-row 0.1 | --requests N]
                          [--seed 1] [--sample 40]
                          [--plot FILE.svg] [--data ../shared/data]

Invented worlds of `world.py`, read from files through the import by a process of its own; each size is
matched in another, which reads one record after the other, so that its peak of memory is its own. Seconds by
stage, the slope of cost against rows, which of the best records of an exhaustive scoring are candidates, and
beside all that rapidfuzz with exact keys, and Splink on DuckDB where it is installed (the extra `bench`).
"""

import argparse
import gc
import json
import math
import os
import pickle
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
import scale_splink  # noqa: E402  (as above)
from families import TOP, read  # noqa: E402  (as above)
from families_measure import Person, Shown, people, recall  # noqa: E402  (as above)
from scale_peer import keyed  # noqa: E402  (as above)
from scale_plot import log_log  # noqa: E402  (as above)
from scale_records import RecordFile  # noqa: E402  (as above)
from world import Asked, Place, Truth, build  # noqa: E402  (as above)
from world_people import Names  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.linker import Linker  # noqa: E402  (as above)
from matching.mothers import family_profiles  # noqa: E402  (as above)
from schemas.registry import DetaineeRecord  # noqa: E402  (as above)
from schemas.tracing import TracingRequest  # noqa: E402  (as above)

AT = (1, 10, 50)
MOST_ROWS = 200_000  # of one world


def peak_gb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 3)


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Watch:
    """Wall and processor seconds of stages, and the peak of memory after each."""

    def __init__(self, before: dict[str, dict[str, float]] | None = None) -> None:
        """`before`: stages that another process went through."""
        self.stages = dict(before or {})
        self._wall, self._cpu = time.perf_counter(), cpu()

    def stage(self, name: str, without: float = 0.0) -> None:
        """`without`: seconds of it that are not to count."""
        wall, used = time.perf_counter() - without, cpu() - without
        self.stages[name] = {
            "wall_s": round(wall - self._wall, 2), "cpu_s": round(used - self._cpu, 2), "peak_gb": peak_gb(),
        }  # fmt: skip
        print(name, self.stages[name], file=sys.stderr, flush=True)
        self._wall, self._cpu = time.perf_counter(), cpu()


@dataclass(frozen=True)
class Made:
    """A world without its records, and what making it took."""

    requests: list[TracingRequest]
    asked: list[Asked]
    truth: dict[str, Truth]
    stages: dict[str, dict[str, float]]


def one_size(rows: int, chosen: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return _measured(rows, chosen, Path(folder))


def _measured(rows: int, chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    records, made = RecordFile(folder / "records"), folder / "made"
    # in a process of its own, which takes its memory with it
    maker = get_context("spawn").Process(target=make, args=(rows, chosen, records, made))
    maker.start()
    maker.join()
    if maker.exitcode:
        raise SystemExit("The world could not be made.")
    made_of: Made = pickle.loads(made.read_bytes())
    asked, watch = made_of.requests, Watch(made_of.stages)
    linker = Linker(record for _, record in records)
    gc.collect()
    gc.freeze()  # as the worker does
    watch.stage("prepare", without=records.seconds)
    next(iter(linker.weigh(asked[:1])))  # compiles, or loads what was compiled
    watch.stage("compile")
    shown = {
        request.request_id: [
            [(linker.lines[p].record_id, float(c)) for p, c in zip(*of_one, strict=True) if p >= 0]
            for of_one in zip(links.position, links.chance, strict=True)
        ]
        for request, links in linker.weigh(asked, TOP, os.cpu_count() or 1)
    }
    watch.stage("match")
    ranked = people(made_of.asked, made_of.truth, _placed(asked, shown, records))
    sought = sum(len(request.sought) for request in asked)
    result: dict[str, Any] = {
        "rows": rows, "requests": len(asked), "people": sought, "stages": watch.stages,
        "ms_per_person": round(1000 * watch.stages["match"]["wall_s"] / sought, 3),
        **recall(ranked), **best_f1(ranked),
        "exhaustive": exhaustive(linker, asked, chosen.sample, chosen.seed),
    }  # fmt: skip
    watch.stage("exhaustive")
    peer = people(made_of.asked, made_of.truth, keyed(asked, records, TOP))
    watch.stage("rapidfuzz")
    result["rapidfuzz_exact_keys"] = {**recall(peer), **best_f1(peer), **watch.stages["rapidfuzz"]}
    if scale_splink.installed():
        other = people(made_of.asked, made_of.truth, scale_splink.splinked(asked, records, TOP))
        watch.stage("splink")
        result["splink"] = {**recall(other), **best_f1(other), **watch.stages["splink"]}
    return result


def make(rows: int, chosen: argparse.Namespace, records: RecordFile, made: Path) -> None:
    """A world of so many rows: its records into one file, the rest into another."""
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    requests = chosen.requests or max(20, round(rows * chosen.requests_per_row))
    watch, first = Watch(), min(rows, MOST_ROWS)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), chosen.seed, requests, first, names, spelling)
        watch.stage("generate")
        data = read(world)
    there = records.append(data.records)
    while there < rows:
        more = min(rows - there, MOST_ROWS)
        there += records.append(strangers(there, more, chosen.seed, names, spelling))
    watch.stage("read")
    made.write_bytes(pickle.dumps(Made(data.requests, world.asked, world.truth, watch.stages)))


def _placed(
    requests: list[TracingRequest], shown: dict[str, list[list[tuple[str, float]]]], records: RecordFile
) -> dict[str, list[Shown]]:
    """What was found for each sought person, by the rows of the files."""
    wanted = {record_id for found in shown.values() for links in found for record_id, _ in links}
    places = {
        record.record_id: (place, bool(record.placeholder))
        for place, record in records
        if record.record_id in wanted
    }
    return {
        one.person_id: [Shown(*places[record_id], chance) for record_id, chance in links]
        for request in requests
        for one, links in zip(request.sought, shown[request.request_id], strict=False)
    }


def strangers(
    number: int, rows: int, seed: int, names: Names, spelling: Spelling
) -> list[tuple[Place, DetaineeRecord]]:
    """Further lists, of people whom nobody of the world seeks: the import takes no longer files. Making them
    counts as reading.
    """
    with tempfile.TemporaryDirectory() as folder:
        read_rows = read(build(Path(folder), 1000 * seed + number, 1, rows, names, spelling)).records
    return [
        (
            (f"{number}/{label}", row),
            record.model_copy(
                update={"list_id": f"{number}/{record.list_id}", "record_id": f"{number}/{record.record_id}"}
            ),
        )
        for (label, row), record in read_rows
    ]


def best_f1(found: Sequence[Person]) -> dict[str, float]:
    """The best F1 of links over all thresholds: a pair of a person and one of its rows counts."""
    pairs = sorted(((k.probability, k.right) for p in found for k in p.links), reverse=True)
    true = sum(len(p.truth.rows) or bool(p.truth.counted) for p in found)
    best = hits = 0.0
    for number, (_, right) in enumerate(pairs, 1):
        hits += right
        best = max(best, 2 * hits / (number + true))
    return {"f1": round(best, 4)}


def exhaustive(linker: Linker, requests: list[TracingRequest], size: int, seed: int) -> dict[str, float]:
    """Of the records that weigh most when all are compared, those that were candidates, in a sample."""
    chosen = random.Random(seed).sample(requests, min(size, len(requests)))
    met, count, likely, reached = dict.fromkeys(AT, 0), 0, 0, 0
    for request in chosen:
        family = family_profiles(request)
        whole, candidates, picked = linker.everything(family)
        for person in range(len(request.sought)):
            order = np.argsort(-whole[person], kind="stable")
            mine = set(candidates[picked[person]].tolist())
            for k in AT:
                met[k] += len(mine & set(order[:k].tolist()))
            worth = [one for one in order[:50].tolist() if whole[person, one] > 5000]
            likely, reached = likely + len(worth), reached + len(mine & set(worth))
            count += 1
    shares = {f"best_{k}": round(met[k] / (k * count), 4) for k in AT}
    return {"people": count, **shares, "of_5_bits_and_more": round(reached / max(1, likely), 4)}


def slope(results: list[dict[str, Any]], stage: str) -> float:
    """The exponent of the processor's time against rows."""
    rows = [math.log(one["rows"]) for one in results]
    cost = [math.log(max(0.01, one["stages"][stage]["cpu_s"])) for one in results]
    return round(float(np.polyfit(rows, cost, 1)[0]), 3)


def main() -> None:
    chosen = _options()
    if chosen.one:
        print(json.dumps(one_size(chosen.one, chosen)))
        return
    results = []
    for rows in chosen.rows:
        told = [sys.executable, __file__, *sys.argv[1:], "--one", str(rows)]
        done = subprocess.run(told, check=True, stdout=subprocess.PIPE, text=True)
        results.append(json.loads(done.stdout))
        print(json.dumps({"rows": rows, "stages": results[-1]["stages"]}), file=sys.stderr)
    summary: dict[str, Any] = {"sizes": results}
    if len(results) > 1:
        summary["slopes"] = {stage: slope(results, stage) for stage in ("read", "prepare", "match")}
    if chosen.plot:
        chosen.plot.write_text(log_log(results), encoding="utf-8")
    print(json.dumps(summary, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[3000, 10_000, 30_000])
    parser.add_argument("--requests-per-row", type=float, default=0.1)
    parser.add_argument("--requests", type=int, help="so many at every size, instead of a share of the rows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=40, help="requests scored against everybody")
    parser.add_argument("--one", type=int, help="this size alone, in this process")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    return parser.parse_args()


if __name__ == "__main__":
    main()
