"""Weights learned from reviewed links of one world, tried on worlds not seen: log loss and calibration as
JSON.

    python bench/families_learned.py [--reviewed 500] [--requests 300] [--rows 5000] [--seeds 1 2 3]

The links of the first seed are "reviewed" (their truth is known): the ones said at 2 % or more, as reviewers
see them. The others are fresh.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from families import read  # noqa: E402  (the path above comes first)
from families_measure import error  # noqa: E402  (as above)
from world import Truth, World, build  # noqa: E402  (as above)
from world_people import Names  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.linker import Linker  # noqa: E402  (as above)
from matching.reestimate import Reviewed, reestimate  # noqa: E402  (as above)
from matching.weights import POLICY, Policy  # noqa: E402  (as above)

Pair = tuple[str, str]
_TOP = 30
_FLOOR = 1e-3
_SEEN = 0.02  # the least probability of a link that a reviewer is shown


def links(world: World, policy: Policy) -> dict[Pair, Reviewed]:
    """Every link of a person to a row, with what is true of it."""
    data = read(world)
    places = {record.record_id: place for place, record in data.records}
    linker = Linker((record for _, record in data.records), policy)
    truth = {one.person_id: world.truth.get(one.key, Truth()) if one.key else Truth() for one in world.asked}
    found = {}
    for request in data.requests:
        for link in linker.rank(request, top=_TOP).links:
            bits: dict[str, float] = {}
            for row in link.evidence:
                bits[row.comparison] = bits.get(row.comparison, 0.0) + row.weight
            same = places[link.record_id] in truth[link.person_id].rows
            if link.relation.value == "same_person":
                found[link.person_id, link.record_id] = Reviewed(bits, link.probability, same)
    return found


def told(found: dict[Pair, Reviewed], judged: list[Pair], truth: dict[Pair, Reviewed]) -> dict[str, float]:
    """Loss over the same pairs for every policy; a pair no longer among the first is said to be nobody."""
    said = [(found[pair].probability if pair in found else 0.0, truth[pair].same) for pair in judged]
    loss = [-math.log(min(1.0, max(_FLOOR, p if same else 1 - p))) for p, same in said]
    return {"links": len(said), "log_loss": round(sum(loss) / len(loss), 4), "ece": error(said)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reviewed", type=int, default=500)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)

    def world(seed: int, policy: Policy) -> dict[Pair, Reviewed]:
        with tempfile.TemporaryDirectory() as folder:
            return links(build(Path(folder), seed, chosen.requests, chosen.rows, names, spelling), policy)

    seen = [one for one in world(chosen.seeds[0], POLICY).values() if one.probability >= _SEEN]
    random.Random(0).shuffle(seen)
    estimate = reestimate(seen[: chosen.reviewed], POLICY, "learned")
    fresh = []
    for seed in chosen.seeds[1:]:
        old, new = world(seed, POLICY), world(seed, estimate.policy)
        judged = [pair for pair, one in old.items() if one.probability >= _SEEN]
        fresh.append({"seed": seed, "old": told(old, judged, old), "new": told(new, judged, old)})
    print(json.dumps({
        "reviewed": estimate.links, "confirmed": estimate.confirmed, "better": estimate.better,
        "cross_validated": {"old": round(estimate.old_loss, 4), "new": round(estimate.new_loss, 4)},
        "shift": estimate.policy.shift, "factors": dict(estimate.policy.factors), "fresh": fresh,
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
