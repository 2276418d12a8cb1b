"""What a reviewer's search finds and how long it takes: JSON.

    python bench/search.py [--rows 5000 30000] [--requests 300] [--seed 1] [--pad 0]
                           [--data ../shared/data]

Invented worlds of `world.py`, read through the import, each list prepared by itself. Each sought person with
a row of their own is searched by the name as the relative wrote it, alone, with the age, and by the first
five letters of each word. `--pad` adds so many records that bear names composed of attested tokens.
"""

import argparse
import gc
import itertools
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from families import read  # noqa: E402  (as above)
from names_padding import Padding  # noqa: E402  (as above)
from world import build  # noqa: E402  (as above)
from world_people import Names  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.list_search import ListSearch, Narrowed  # noqa: E402  (as above)
from matching.names.vocabulary import Vocabulary  # noqa: E402  (as above)
from matching.search import Lists, search  # noqa: E402  (as above)
from schemas.person import Person, PersonName  # noqa: E402  (as above)
from schemas.registry import DetaineeRecord  # noqa: E402  (as above)

SHOWN = 20
POOL = ThreadPoolExecutor(os.cpu_count() or 1)
TODAY = date(2022, 1, 1)


def one_size(rows: int, chosen: argparse.Namespace) -> dict[str, Any]:
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), chosen.seed, chosen.requests, rows, names, spelling)
        data = read(world)
    lists: dict[str, list[DetaineeRecord]] = {}
    for _, record in data.records:
        lists.setdefault(record.list_id, []).append(record)
    for number, some in enumerate(_padding(chosen)):
        lists[f"padding {number}"] = some
    begun = time.perf_counter()
    words = Vocabulary()
    prepared = Lists({key: ListSearch(some, words) for key, some in lists.items()})
    lists.clear()
    seconds = time.perf_counter() - begun
    places = {record.record_id: place for place, record in data.records}
    keys = {one.person_id: one.key for one in world.asked}
    asked = []
    for request in data.requests:
        for one in request.sought:
            held = world.truth.get(keys.get(one.person_id) or "")
            if held and held.rows and one.person.headline:
                asked.append((one.person, set(held.rows)))
    search(prepared, "Заира", Narrowed(), SHOWN, POOL)  # compiled, or loaded
    gc.collect()
    gc.freeze()  # as the server does
    return {
        "rows": sum(map(len, prepared.by_key.values())), "lists": len(prepared.by_key), "asked": len(asked),
        "prepare_s": round(seconds, 2),
        "whole_name": _figures(prepared, places, [(p.headline, Narrowed(), r) for p, r in asked]),
        "with_age": _figures(
            prepared, places, [(p.headline, Narrowed(_age(p), TODAY), r) for p, r in asked if _age(p)]
        ),
        "given_name": _figures(prepared, places, [(_given(p), Narrowed(), r) for p, r in asked]),
        "beginnings": _figures(
            prepared, places, [(" ".join(w[:5] for w in p.headline.split()), Narrowed(), r) for p, r in asked]
        ),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
    }  # fmt: skip


def _figures(
    prepared: Lists, places: dict[str, Any], asked: list[tuple[str, Narrowed, set[Any]]]
) -> dict[str, float]:
    met, times, shown = 0, [], 0
    for name, narrowed, right in asked:
        begun = time.perf_counter()
        found = search(prepared, name, narrowed, SHOWN, POOL)
        times.append(1000 * (time.perf_counter() - begun))
        shown += len(found)
        met += any(places.get(prepared.by_key[key].record_ids[hit.position]) in right for key, hit in found)
    return {
        "asked": len(asked), f"found_in_{SHOWN}": round(met / max(1, len(asked)), 4),
        "shown": round(shown / max(1, len(asked)), 1),
        **{f"p{p}_ms": round(float(np.percentile(times, p)), 1) for p in (50, 99)},
    }  # fmt: skip


def _age(person: Person) -> int | None:
    days = [day for birth in person.births for day in (birth.earliest, birth.latest) if day]
    return int((TODAY - min(days)).days / 365.25) if days else None


def _given(person: Person) -> str:
    words = person.headline.split()
    return words[1] if len(words) > 2 else words[0]  # a Russian surname comes first


def _padding(chosen: argparse.Namespace) -> Iterator[list[DetaineeRecord]]:
    """Lists of at most 100,000 people, half of them written in Arabic."""
    padding = Padding(chosen.data / "training")
    left, dice = chosen.pad, random.Random(chosen.seed)
    while left > 0:
        some, count = [], min(left, 100_000)
        for language, share in (("ar", count // 2), ("en", count - count // 2)):
            for words in itertools.islice(padding.drawn(language, dice), share):
                name = PersonName(text=" ".join(words))
                number = f"{left}-{len(some)}"
                some.append(
                    DetaineeRecord(
                        record_id=number, list_id=f"p{left}", row=len(some) + 1, person=Person(names=(name,))
                    )
                )
        left -= count
        yield some


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="+", default=[5000, 30_000])
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pad", type=int, default=0)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    print(json.dumps([one_size(rows, chosen) for rows in chosen.rows], indent=1))


if __name__ == "__main__":
    main()
