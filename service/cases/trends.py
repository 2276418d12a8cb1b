"""Three small plots for the home page of reviewers: what is proposed, what was decided, how long it waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from schemas.link import Band
from schemas.review import Move
from service.cases.reviews import WORKING_STATES
from service.security.actors import Actor
from service.speech import marked
from service.store import counts
from service.store.columns import now
from service.store.work import Work

WEEKS = 8
_DECIDES = (Move.REJECT, Move.RECOMMEND, Move.CONFIRM, Move.DISAGREE)
# days, and the words for links that are younger; the last has no end
_AGES = (
    (7, marked("under a week")),
    (30, marked("a week to a month")),
    (90, marked("one to three months")),
    (None, marked("over three months")),
)


@dataclass(frozen=True)
class Count:
    """One bar: `words` are English and spoken where they are shown."""

    words: str
    number: int


@dataclass(frozen=True)
class Trends:
    """`bands` of what the newest matching proposes; `weeks`, the oldest first, the last up to this moment;
    `ages` of links that wait, from their first proposal.
    """

    bands: tuple[Count, ...]
    weeks: tuple[int, ...]
    ages: tuple[Count, ...]


def trends(work: Work, actor: Actor) -> Trends:
    """Counts of the actor's organisation; the caller asks whether the actor may read its queue."""
    own = actor.organisation_id
    bands = counts.links_by_band(work.session, own)
    return Trends(
        bands=tuple(Count(band.value, bands.get(band.value, 0)) for band in Band),
        weeks=_weeks(work, own),
        ages=_ages(work, own),
    )


def _weeks(work: Work, organisation_id: str) -> tuple[int, ...]:
    today = now()
    decided = counts.decided_since(work.session, organisation_id, _DECIDES, today - timedelta(weeks=WEEKS))
    found = [0] * WEEKS
    for moment in decided:
        found[WEEKS - 1 - min((today - moment) // timedelta(weeks=1), WEEKS - 1)] += 1
    return tuple(found)


def _ages(work: Work, organisation_id: str) -> tuple[Count, ...]:
    today = now()
    ends = [days for days, _words in _AGES if days is not None]
    older = [
        counts.undecided_older(work.session, organisation_id, WORKING_STATES, today - timedelta(days=days))
        for days in (0, *ends)
    ]
    return tuple(_between(older, words, place) for place, (_days, words) in enumerate(_AGES))


def _between(older: Sequence[int], words: str, place: int) -> Count:
    following = older[place + 1] if place + 1 < len(older) else 0
    return Count(words, older[place] - following)
