"""Figures about ranked links of invented families: recall, precision, calibration, by difficulty."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from world import Place, Truth
from world_requests import Asked

KS = (1, 5, 10)
_BANDS = ((5, "0 to 5"), (11, "6 to 11"), (17, "12 to 17"), (200, "grown"))
_SCRIPT_OF = {"a": "arabic", "b": "latin and arabic", "c": "latin", "d": "cyrillic"}


@dataclass(frozen=True)
class Shown:
    """One link: where it leads, how likely it is said to be, whether that is right."""

    place: Place
    counted: bool  # an unnamed child of the row
    probability: float
    right: bool = False


@dataclass
class Person:
    """A sought person with the links shown, best first."""

    asked: Asked
    truth: Truth
    links: list[Shown] = field(default_factory=list)

    @property
    def listed(self) -> bool:
        return bool(self.truth.rows or self.truth.counted)

    @property
    def rank(self) -> int:
        """The place of the first right link; 99 when there is none."""
        return next((n for n, link in enumerate(self.links, 1) if link.right), 99)

    @property
    def hard(self) -> set[str]:
        kinds = set(self.truth.hard)
        if self.truth.counted and not self.truth.rows:
            kinds.add("unnamed")
        if len({file for file, _ in self.truth.rows}) > 1:
            kinds.add("two lists")
        return kinds or {"plain"}

    @property
    def bears_a_name(self) -> bool:
        """Whether a row bears a name of the person that the family knows."""
        return bool(self.truth.rows) and not self.truth.hard & {"kunya only", "renamed"}


def people(asked: Iterable[Asked], truth: dict[str, Truth], links: dict[str, list[Shown]]) -> list[Person]:
    found = []
    for one in asked:
        held = truth.get(one.key, Truth()) if one.key else Truth()
        shown = [
            Shown(k.place, k.counted, k.probability, k.place in (held.counted if k.counted else held.rows))
            for k in links.get(one.person_id, [])
        ]
        found.append(Person(one, held, shown))
    return found


def recall(found: list[Person]) -> dict[str, float]:
    ranks = [p.rank for p in found if p.listed]
    size = max(1, len(ranks))
    at = {f"recall@{k}": round(sum(rank <= k for rank in ranks) / size, 4) for k in KS}
    return {"people": len(ranks), **at, "mrr": round(sum(1 / r for r in ranks if r < 99) / size, 4)}


def by(found: list[Person], kinds: Callable[[Person], Iterable[str]]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Person]] = {}
    for person in found:
        for kind in kinds(person):
            groups.setdefault(kind, []).append(person)
    return {kind: recall(groups[kind]) for kind in sorted(groups)}


def precision(found: list[Person], least: float) -> float | None:
    sure = [link.right for person in found for link in person.links if link.probability >= least]
    return round(sum(sure) / len(sure), 4) if sure else None


def calibration(found: list[Person], bins: int = 10) -> dict[str, object]:
    """Mean distance of what was said from what was so, over tenths, all links and those said at 2 % or
    more.
    """
    pairs = [(link.probability, link.right) for person in found for link in person.links]
    kept = [pair for pair in pairs if pair[0] >= 0.02]
    table = []
    for number in range(bins):
        inside = [p for p in kept if min(int(p[0] * bins), bins - 1) == number]
        if inside:
            table.append(
                {
                    "said": _mean(p for p, _ in inside),
                    "true": _mean(float(y) for _, y in inside),
                    "links": len(inside),
                }
            )
    return {
        "brier": round(sum((p - y) ** 2 for p, y in pairs) / max(1, len(pairs)), 5),
        "ece": error(pairs, bins),
        "ece_from_2_percent": error(kept, bins),
        "reliability": table,
    }


def error(pairs: list[tuple[float, bool]], bins: int = 10) -> float:
    total = 0.0
    for number in range(bins):
        inside = [p for p in pairs if min(int(p[0] * bins), bins - 1) == number]
        total += abs(sum(p - y for p, y in inside))
    return round(total / max(1, len(pairs)), 4)


def pr_auc(found: list[Person]) -> float:
    """Average precision over all links, the surest first; true rows that no link shows count as missed."""
    pairs = sorted(((link.probability, link.right) for p in found for link in p.links), reverse=True)
    true = sum(len(p.truth.rows) or bool(p.truth.counted) for p in found)
    hits, total = 0, 0.0
    for number, (_, right) in enumerate(pairs, 1):
        if right:
            hits += 1
            total += hits / number
    return round(total / max(1, true), 4)


def false_alarms(found: list[Person]) -> dict[str, object]:
    claims = [p for p in found if p.asked.kind == "false"]
    absent = [p for p in found if not p.listed and p.asked.kind != "false"]

    def share(group: list[Person], least: float) -> float:
        return round(sum(any(k.probability >= least for k in p.links) for p in group) / max(1, len(group)), 4)

    return {
        "false_claims": len(claims),
        "false_claims_at_0.9": share(claims, 0.9),
        "false_claims_at_0.5": share(claims, 0.5),
        "on_no_list": len(absent),
        "on_no_list_at_0.5": share(absent, 0.5),
        "on_no_list_at_0.9": share(absent, 0.9),
    }


def figures(found: list[Person]) -> dict[str, object]:
    kunya = [p for p in found if p.truth.hard == {"kunya only"} or "kunya only" in p.truth.hard]
    return {
        "listed": recall(found),
        "row_bears_a_name": recall([p for p in found if p.bears_a_name]),
        "kunya_only_mothers": recall(
            [p for p in kunya if p.asked.role == "mother" and len(p.truth.rows) == 1]
        ),
        "pr_auc": pr_auc(found),
        "precision_at_0.5": precision(found, 0.5),
        "precision_at_0.9": precision(found, 0.9),
        **calibration(found),
        **false_alarms(found),
        "by_difficulty": by(found, lambda p: p.hard),
        "by_role": by(found, lambda p: [p.asked.role]),
        "by_sex": by(found, lambda p: [p.asked.cells.get("sex", "")]),
        "by_kind": by(found, lambda p: [p.asked.kind]),
        "by_age": by(found, lambda p: [_age_band(p.asked.cells.get("birth_date", ""))]),
        "by_origin": by(found, lambda p: [p.asked.cells.get("origin", "").split(", ")[-1] or "not said"]),
        "by_script": by(found, _scripts),
        "by_list": by(found, lambda p: {file for file, _ in p.truth.rows | p.truth.counted}),
    }


def _age_band(birth: str) -> str:
    """Years in 2020, as far as the request tells."""
    if not birth[:4].isdigit():
        return "not said"
    years = 2020 - int(birth[:4])
    return next(name for most, name in _BANDS if years <= most)


def _scripts(person: Person) -> set[str]:
    """Script of the request and of each list that holds the person: `cyrillic to arabic`."""
    letters = person.asked.cells.get("given_name", "")[:1]
    mine = "cyrillic" if "\u0400" <= letters < "\u0530" else "arabic" if letters > "\u0600" else "latin"
    files = {file for file, _ in person.truth.rows | person.truth.counted}
    return {f"{mine} to {_SCRIPT_OF[file[-5:-4] if '.xlsx' not in file else 'd']}" for file in files}


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4)
