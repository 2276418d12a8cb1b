"""How often each level of agreement comes out for two spellings of one name, and for two names: JSON.

    python bench/names_levels.py [--pairs 8000] [--seed 5] [--data ../shared/data]

Names of the table of groups as they are met in life, surnames, and attested words that are in no group, each
written twice by `world_spelling.py`. The rates in `matching/weights.py` are these, rounded towards caution.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from world_people import Names  # noqa: E402  (the path above comes first)
from world_spelling import Spelling  # noqa: E402  (as above)

from matching.names.compare import MatchLevel, compare_parts  # noqa: E402  (as above)
from matching.names.parse import parse_name  # noqa: E402  (as above)
from matching.names.parts import NamePart  # noqa: E402  (as above)
from schemas.vocabulary import NameRole  # noqa: E402  (as above)

_SCRIPTS = ("arabic", "latin", "latin", "cyrillic")
_GRADED = {MatchLevel.SAME_SKELETON, MatchLevel.SOUND_ALIKE, MatchLevel.SPELLED_ALIKE}
Written = Callable[[str, str], str]


def part(text: str, role: NameRole) -> NamePart | None:
    parts = parse_name(text, role).parts
    return parts[0] if len(parts) == 1 else None


def level(one: NamePart, two: NamePart) -> str:
    match = compare_parts(one, two)
    graded = f" {match.similarity:.1f}" if match.level in _GRADED else ""
    return match.level.value + graded


def rates(
    pick: Callable[[], str],
    written: Written,
    role: NameRole,
    pairs: int,
    dice: random.Random,
    ungrouped: bool,
) -> dict[str, dict[str, float]]:
    same: Counter[str] = Counter()
    strangers: Counter[str] = Counter()
    for _ in range(pairs):
        token, other, script = pick(), pick(), dice.choice(_SCRIPTS)
        asked = part(written(token, "cyrillic"), role)
        listed, else_ = part(written(token, script), role), part(written(other, script), role)
        if asked is None or listed is None or else_ is None or (ungrouped and asked.groups):
            continue
        same[level(asked, listed)] += 1
        if token != other and not asked.groups & else_.groups:
            strangers[level(asked, else_)] += 1
    return {
        name: {
            "same": round(same[name] / same.total(), 5),
            "strangers": round(strangers[name] / max(1, strangers.total()), 5),
        }
        for name in sorted(set(same) | set(strangers))
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    words = sorted(t for t in spelling.tables["arabic"] if spelling.has(t) and 4 <= len(t) <= 9)

    def given(token: str, script: str) -> str:
        return spelling.write(token, script, dice, 0.04 if script == "cyrillic" else 0.12)

    def surname(token: str, script: str) -> str:
        return spelling.surname(token, dice.random() < 0.5, script, dice)

    told = {
        "given": rates(
            lambda: names.pick(dice.choice("mf"), dice), given, NameRole.GIVEN, chosen.pairs, dice, False
        ),
        "surname": rates(lambda: names.surname(dice), surname, NameRole.SURNAME, chosen.pairs, dice, False),
        "in_no_group": rates(lambda: dice.choice(words), given, NameRole.GIVEN, chosen.pairs, dice, True),
    }
    print(json.dumps({"seed": chosen.seed, "pairs": chosen.pairs, **told}, indent=1))


if __name__ == "__main__":
    main()
