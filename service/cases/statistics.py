"""What was done, in numbers: requests, links, decisions, how long they take, how far reviewers agree.

Counts below five are not told: with few cases a number is a person. How much the matching misses is
estimated from weak links drawn by lot (`service.store.links.in_sample`), not from those that somebody
happened to look at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from schemas.link import Band
from schemas.review import Move
from service.security.access import Operation, require
from service.security.actors import Actor
from service.speech import marked
from service.store import counts, links
from service.store.counts import Judged
from service.store.work import Work

FEWEST = 5
_DECIDES = frozenset({Move.REJECT, Move.RECOMMEND})
_SECOND = frozenset({Move.CONFIRM, Move.DISAGREE})


@dataclass(frozen=True)
class Figure:
    """One number. `value` is None where it is too small to be told, or where there is nothing to count."""

    name: str
    label: str  # of what within the name: a state, a move; empty when there is but one
    value: float | None
    means: str


def statistics(work: Work, actor: Actor) -> tuple[Figure, ...]:
    """Every figure of the actor's organisation. Numbers alone, so it is no reading of anybody."""
    require(actor, Operation.READ_STATISTICS)
    own = actor.organisation_id
    judged = counts.judgements(work.session, own)
    return (
        *counted("requests", marked("requests by state"), counts.requests_by_state(work.session, own)),
        *counted("links", marked("links by state"), links.count_by_state(work.session, own)),
        *counted(
            "links_proposed", marked("links now proposed, by band"), counts.links_by_band(work.session, own)
        ),
        *counted("judgements", marked("judgements by move"), Counter(one.move.value for one in judged)),
        *_durations(judged),
        _agreement(judged),
        *below_threshold(judged, counts.links_by_band(work.session, own).get(Band.DO_NOT_SHOW.value, 0)),
    )


def counted(name: str, means: str, found: Mapping[str, int]) -> list[Figure]:
    """A figure for each label. With one small number hidden the next smallest is too: a sum would tell it."""
    hidden = {label for label, number in found.items() if _told(number) is None}
    others = sorted((number, label) for label, number in found.items() if number and label not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return [
        Figure(name, label, None if label in hidden else float(number), means)
        for label, number in sorted(found.items())
    ]


def _told(number: int) -> float | None:
    return float(number) if number == 0 or number >= FEWEST else None


def _share(part: int, whole: int) -> float | None:
    """A share of enough cases. The part may be small: the whole is what hides it."""
    return round(part / whole, 3) if whole >= FEWEST else None


def _by_link(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(one.link_id, []).append(one)
    return found


def _durations(judged: Sequence[Judged]) -> list[Figure]:
    to_first: list[timedelta] = []
    to_second: list[timedelta] = []
    for history in _by_link(judged).values():
        first = next((one for one in history if one.move in _DECIDES), None)
        second = next((one for one in history if one.move in _SECOND), None)
        if first:
            to_first.append(first.decided_at - first.proposed_at)
        if first and second:
            to_second.append(second.decided_at - first.decided_at)
    means = marked("median days from the proposal to the first decision, and from there to the second")
    return [
        Figure("days_to_decision", "first", _median_days(to_first), means),
        Figure("days_to_decision", "second", _median_days(to_second), means),
    ]


def _median_days(spans: Sequence[timedelta]) -> float | None:
    if len(spans) < FEWEST:
        return None
    return round(median(span.total_seconds() for span in spans) / 86_400, 2)


def _agreement(judged: Sequence[Judged]) -> Figure:
    votes = Counter(one.move for one in judged if one.move in _SECOND)
    return Figure(
        "agreement",
        "",
        _share(votes[Move.CONFIRM], votes.total()),
        marked("share of second opinions that agree with the first"),
    )


def below_threshold(judged: Sequence[Judged], weak: int) -> list[Figure]:
    """What the threshold loses. `weak`: how many links below it are proposed now.

    The share of the drawn sample that was recommended, times all weak links, estimates the people whom
    reviewers would not have been shown.
    """
    decided = lost = found = 0
    for history in _by_link(judged).values():
        moves = [one.move for one in history if one.move in _DECIDES]
        recommended = bool(moves) and moves[-1] is Move.RECOMMEND
        if history[0].band is not Band.DO_NOT_SHOW:
            found += recommended
        elif moves and links.in_sample(history[0].link_id):
            decided += 1
            lost += recommended
    means = marked("weak links drawn by lot and decided, the share recommended among them, and the recall")
    return [
        Figure("below_threshold", "decided", _told(decided), means),
        Figure("below_threshold", "share_recommended", _share(lost, decided), means),
        Figure("below_threshold", "recall", _recall(found, (lost, decided), weak), means),
    ]


def _recall(found: int, sample: tuple[int, int], weak: int) -> float | None:
    """Of all pairs that reviewers would recommend, the share above the threshold; None for few cases."""
    lost, decided = sample
    if decided < FEWEST or found < FEWEST:
        return None
    return round(found / (found + weak * lost / decided), 3)
