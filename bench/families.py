"""How well families are found and how true the probabilities are, on invented worlds read from files: JSON.

    python bench/families.py [--requests 300] [--rows 5000] [--seeds 1 2 3] [--ask N] [--alone] [--bare]
                             [--misses FILE] [--plot FILE.svg] [--data ../shared/data]

`--alone` ranks once more without family evidence: names and ages only, mothers, kunyas and households taken
out of the data. Worlds are made by `world.py`; a plain baseline stands beside.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from families_baseline import baseline  # noqa: E402  (the path above comes first)
from families_measure import Person, Shown, figures, people, recall  # noqa: E402  (as above)
from world import Place, World, build  # noqa: E402  (as above)
from world_layouts import FILES  # noqa: E402  (as above)
from world_people import Names  # noqa: E402  (as above)
from world_rows import DATES  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.linker import Linker  # noqa: E402  (as above)
from matching.weights import POLICY, Policy  # noqa: E402  (as above)
from schemas.person import Person as SomePerson  # noqa: E402  (as above)
from schemas.registry import DetaineeRecord  # noqa: E402  (as above)
from schemas.tracing import TracingRequest  # noqa: E402  (as above)
from service.files.linking import read_lists, read_requests_file  # noqa: E402  (as above)
from service.files.list_inputs import Sayings, list_inputs  # noqa: E402  (as above)

TOP = 10


@dataclass
class Read:
    """A world as the import read it."""

    requests: list[TracingRequest]
    records: list[tuple[Place, DetaineeRecord]]
    seconds: float


def read(world: World) -> Read:
    started = time.perf_counter()
    days = [f"{FILES[letter]}={DATES[letter]}" for letter in FILES]
    lists = read_lists(list_inputs(world.lists, Sayings(days, (), ())))
    requests = list(read_requests_file(world.folder / "requests.csv").requests)
    records = [
        ((label, record.row), record)
        for label, reading in lists.readings.items()
        for record in reading.records
    ]
    return Read(requests, records, time.perf_counter() - started)


def ranked(
    requests: Iterable[TracingRequest], records: list[tuple[Place, DetaineeRecord]], policy: Policy = POLICY
) -> dict[str, list[Shown]]:
    places = {record.record_id: (place, bool(record.placeholder)) for place, record in records}
    linker = Linker((record for _, record in records), policy)
    found: dict[str, list[Shown]] = {}
    for request, links in linker.weigh(requests, TOP, os.cpu_count() or 1):
        for person, one in enumerate(request.sought):
            ranked = zip(links.position[person].tolist(), links.chance[person].tolist(), strict=True)
            for position, chance in ranked:
                if position >= 0:
                    place, counted = places[linker.lines[position].record_id]
                    found.setdefault(one.person_id, []).append(Shown(place, counted, chance))
    return found


def without_family(read: Read) -> Read:
    """The same data with nothing left but each person's own names and age."""
    records = [
        (place, record.model_copy(update={
            "person": _alone(record.person), "household_id": None, "with_mother": None,
            "declared_children": None,
            "mother_elsewhere": None, "linked_numbers": (), "printed_number": "",
        }))
        for place, record in read.records
        if not record.placeholder
    ]  # fmt: skip
    requests = [
        request.model_copy(update={
            "request_id": f"{request.request_id}/{one.person_id}", "unnamed_children": 0,
            "sought": (one.model_copy(update={"person": _alone(one.person)}),),
        })
        for request in read.requests
        for one in request.sought
    ]  # fmt: skip
    return Read(requests, records, 0.0)


def _alone(person: SomePerson) -> SomePerson:
    own = tuple(n for n in person.names if n.role.value != "kunya")
    return SomePerson(names=own, births=person.births, sex=person.sex)


def one_world(
    chosen: argparse.Namespace, seed: int, names: Names, spelling: Spelling
) -> tuple[dict[str, Any], list[Person]]:
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), seed, chosen.requests, chosen.rows, names, spelling)
        data = read(world)
    if chosen.ask and chosen.ask < len(data.requests):
        data.requests = random.Random(seed).sample(data.requests, chosen.ask)
        kept = {request.request_id for request in data.requests}
        world.asked = [one for one in world.asked if one.cells["request_id"] in kept]
    started = time.perf_counter()
    found = people(world.asked, world.truth, ranked(data.requests, data.records))
    seconds = time.perf_counter() - started
    result: dict[str, Any] = {
        "seed": seed,
        "world": world.shares,
        "read_s": round(data.seconds, 1),
        "rank_s": round(seconds, 1),
    }
    result |= figures(found)
    if not chosen.bare:
        plain = baseline(data.requests, data.records)
        result["baseline"] = recall(people(world.asked, world.truth, plain))
    if chosen.alone:
        alone = without_family(data)
        result["without_family"] = recall(
            people(world.asked, world.truth, ranked(alone.requests, alone.records))
        )
    return result, found


def means(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean over the seeds of every figure that all of them have."""
    shared: dict[str, Any] = {}
    for key, value in results[0].items():
        others = [one.get(key) for one in results]
        if isinstance(value, dict):
            shared[key] = means([one for one in others if isinstance(one, dict)])
        elif isinstance(value, (int, float)) and all(isinstance(one, (int, float)) for one in others):
            shared[key] = round(statistics.fmean(others), 4)
    return shared


def main() -> None:
    chosen = _options()
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    results, everybody = [], []
    for seed in chosen.seeds:
        result, found = one_world(chosen, seed, names, spelling)
        results.append(result)
        everybody += found
        print(
            json.dumps({k: v for k, v in result.items() if k in ("seed", "listed", "ece", "rank_s")}),
            file=sys.stderr,
        )
    if chosen.misses:
        _write_misses(chosen.misses, everybody)
    if chosen.plot:
        from families_plot import reliability

        chosen.plot.write_text(reliability(everybody), encoding="utf-8")
    print(
        json.dumps(
            {"requests": chosen.requests, "rows": chosen.rows, "mean": means(results), "worlds": results},
            indent=1,
        )
    )


def _write_misses(path: Path, found: list[Person]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for person in found:
            if (person.listed and person.rank > 1) or any(
                k.probability > 0.5 and not k.right for k in person.links
            ):
                file.write(json.dumps({
                    "person": person.asked.person_id, "kind": person.asked.kind,
                    "role": person.asked.role, "rank": person.rank,
                    "hard": sorted(person.hard), "cells": person.asked.cells,
                    "true": sorted(person.truth.rows | person.truth.counted),
                    "links": [(k.place, k.counted, round(k.probability, 4),
                    k.right) for k in person.links[:4]],
                }, ensure_ascii=False) + "\n")  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--ask", type=int, help="rank only so many of the requests, drawn at random")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--bare", action="store_true", help="without the baseline, slow in a large world")
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    return parser.parse_args()


if __name__ == "__main__":
    main()
