"""How well names are found across scripts, on the development set of real names; prints JSON.

    python bench/names.py [--data DIR] [--training DIR] [--quick] [--pairs ru-ar,ar-ru] [--track real]
    [--candidates 50000] [--draws 3] [--peers] [--misses FILE]

The task is that of the README beside the data. More than 10,000 candidates are measured beside 10,000
in the same draws, so that the loss is seen. What the file does not yield is composed from the training
tokens. The data are for measurement only and stay outside the project; so does the file of misses.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import names_peers  # noqa: E402  (the path above comes first)
from names_draws import loss, over_draws  # noqa: E402  (as above)
from names_measure import measure  # noqa: E402  (as above)
from names_negatives import nearest_wrong  # noqa: E402  (as above)
from names_padding import Padding  # noqa: E402  (as above)
from names_roman import by_anyascii, by_icu, by_uroman  # noqa: E402  (as above)
from names_task import SEED, Tasks, load  # noqa: E402  (as above)

SHARED = ROOT.parent / "shared"
PAIRS = ("ru-ar", "ar-ru", "ar-en", "en-ar", "ru-en", "en-ru")
USUAL = 10_000


class Run:
    """One call of the benchmark."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.people = load(chosen.data)
        self.tasks = Tasks(
            self.people, chosen.track, Padding(chosen.training), 200 if chosen.quick else 10**9
        )
        self.no_peers = names_peers.missing()
        self.roman = (by_anyascii,) if self.no_peers else (by_anyascii, by_uroman, by_icu)

    def results(self) -> dict[str, Any]:
        chosen = self.chosen
        pairs = {pair: self._pair(pair) for pair in chosen.pairs.split(",")}
        return {
            "track": chosen.track,
            "seed": SEED,
            "draws": chosen.draws,
            "pairwise_negatives_by": [roman.__name__.removeprefix("by_") for roman in self.roman],
            "versions": names_peers.versions(),
            "peers": self.no_peers or "measured" if chosen.peers else "not asked for",
            "pairs": pairs,
        }

    def _pair(self, pair: str) -> dict[str, Any]:
        size = 3000 if self.chosen.quick else self.chosen.candidates
        sizes = sorted({min(size, USUAL), size})
        found = {str(one): self._size(pair, one) for one in sizes}
        if len(sizes) > 1:
            found["loss_in_points"] = loss(*found.values())
        sys.stderr.write(f"{pair} {json.dumps(found, ensure_ascii=False)}\n")
        return found

    def _size(self, pair: str, size: int) -> dict[str, Any]:
        runs = [self._draw(pair, size, draw) for draw in range(self.chosen.draws)]
        return runs[0] if len(runs) == 1 else {"over_draws": over_draws(runs), "draws": runs}

    def _draw(self, pair: str, size: int, draw: int) -> dict[str, Any]:
        task = self.tasks.build(pair, size, draw)
        judgement = nearest_wrong(task, self.roman)
        figures = measure(task, self.people, judgement, self.chosen.misses)
        if self.chosen.peers and not self.no_peers:
            figures["peers"] = names_peers.measure_peers(task, self.people, judgement)
        return figures


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, default=SHARED / "bench" / "names")
    options.add_argument("--training", type=Path, default=SHARED / "data" / "training")
    options.add_argument("--quick", action="store_true", help="200 queries, 3,000 candidates")
    options.add_argument("--pairs", default=",".join(PAIRS))
    options.add_argument("--track", choices=("real", "composed"), default="real")
    options.add_argument("--candidates", type=int, default=USUAL)
    options.add_argument("--draws", type=int, default=1)
    options.add_argument("--peers", action="store_true", help="measure released matchers too (bench extra)")
    options.add_argument("--misses", type=Path, default=None, help="append the misses, for reading")
    print(json.dumps(Run(options.parse_args()).results(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
