"""How well families are linked on invented populations: recall, calibration, precision, as JSON.

    python bench/families.py [--families 600] [--requests 200] [--seed 1] [--data ../shared/data]

A sought person is right at rank k if a row of that very person is among the first k. A quarter of
the families are on no list. Links of probability p are right when the row is that person's.
"""

import argparse
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from population import Spelling, World  # noqa: E402  (the path above comes first)

from matching.linker import Linker  # noqa: E402  (as above)
from matching.weights import POLICY  # noqa: E402  (as above)
from schemas.link import CandidateLink  # noqa: E402  (as above)


def main() -> None:
    options = _options()
    spelling = Spelling(options.data / "training", options.data / "given_name_groups.tsv")
    world = World(options.seed, options.families, spelling)
    started = time.perf_counter()
    linker = Linker(world.records)
    built = time.perf_counter()
    requests = world.requests(options.requests)
    links = {r.request_id: linker.rank(r, top=10).links for r in requests}
    ranked = time.perf_counter()
    people = [p.person_id for r in requests for p in r.sought]
    flat = [link for found in links.values() for link in found]
    figures = {
        "policy": POLICY.version,
        "families": options.families,
        "records": len(world.records),
        "requests": len(requests),
        "people": len(people),
        "seconds_to_build": round(built - started, 2),
        "seconds_per_request": round((ranked - built) / max(1, len(requests)), 4),
        **_recall(world, people, flat),
        **_calibration(world, people, flat),
    }
    json.dump(figures, sys.stdout, indent=2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=600)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    return parser.parse_args()


def _right(world: World, link: CandidateLink) -> bool:
    truth = world.truth.get(link.person_id, set())
    row = ":".join(link.record_id.split(":")[:2]) + ":"
    return link.record_id in truth or (row in truth and not link.record_id.endswith(":0"))


def _recall(world: World, people: list[str], links: list[CandidateLink]) -> dict[str, object]:
    ranks = {
        p: min((k.rank for k in links if k.person_id == p and _right(world, k)), default=99) for p in people
    }
    listed = [p for p in people if world.truth.get(p)]
    at = {f"recall@{k}": round(sum(ranks[p] <= k for p in listed) / len(listed), 4) for k in (1, 5, 10)}
    return {
        "listed_people": len(listed),
        **at,
        "mrr": round(sum(1 / ranks[p] for p in listed) / len(listed), 4),
    }


def _calibration(world: World, people: list[str], links: list[CandidateLink]) -> dict[str, object]:
    pairs = [(k.probability, _right(world, k)) for k in links]
    bins: list[dict[str, float]] = []
    error = 0.0
    for low in (0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99):
        high = {
            0: 0.01,
            0.01: 0.05,
            0.05: 0.1,
            0.1: 0.2,
            0.2: 0.3,
            0.3: 0.5,
            0.5: 0.7,
            0.7: 0.9,
            0.9: 0.99,
        }.get(low, 1.01)
        inside = [(p, y) for p, y in pairs if low <= p < high]
        if inside:
            mean, share = sum(p for p, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)
            bins.append({"said": round(mean, 3), "true": round(share, 3), "links": len(inside)})
            error += abs(mean - share) * len(inside) / len(pairs)
    absent = {p for p in people if not world.truth.get(p)}
    sure = {k.person_id for k in links if k.probability >= 0.9 and k.person_id in absent}
    return {
        "precision_at_0.5": _precision(pairs, 0.5),
        "precision_at_0.9": _precision(pairs, 0.9),
        "recall_at_0.5": round(
            len({k.person_id for k in links if k.probability >= 0.5 and _right(world, k)})
            / max(1, len(people) - len(absent)),
            4,
        ),
        "brier": round(sum((p - y) ** 2 for p, y in pairs) / len(pairs), 4),
        "expected_calibration_error": round(error, 4),
        "on_no_list": len(absent),
        "on_no_list_shown_as_sure": len(sure),
        "reliability": bins,
    }


def _precision(pairs: list[tuple[float, bool]], threshold: float) -> float | None:
    above = [y for p, y in pairs if p >= threshold]
    return round(sum(above) / len(above), 4) if above else None


if __name__ == "__main__":
    main()
