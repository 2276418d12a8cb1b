"""The place and time last heard of against the date of entry: somebody heard of elsewhere after the
day on which a list says that they entered cannot be that row, unless a date is wrong."""

from datetime import timedelta
from functools import lru_cache

from matching.evidence.origins import towns_in
from matching.evidence.row import Finding, missing, row
from matching.names.script import fold
from matching.profile import Profile
from matching.weights import Policy

# Words that say that the last news came from a camp or prison.
_DETENTION = (
    "лагер", "тюрьм", "колони", "сизо", "приют", "фаза", "хол", "родж", "рож", "camp", "prison", "jail",
    "hol", "hawl", "roj", "annex", "مخيم", "سجن", "معتقل", "الهول", "روج", "kamp", "zindan", "қамоқ",
)  # fmt: skip
_CONSISTENT = "last_heard_consistent"
# Lists lag, and "last heard of in 2017" is known to the month at best.
_SLACK = timedelta(days=62)


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    shown = (sought.show("last_known"), str(recorded.entered_on or ""))
    weights = policy.place_time
    if same_place(frozenset(p for p, _ in sought.last_known), frozenset(recorded.held)):
        sentence = "Last heard of at the place where the list was made."
        return row("place_time", "same_place", weights["same_place"], shown, sentence, _CONSISTENT)
    if not sought.last_known or recorded.entered_on is None:
        return missing("place_time", shown)
    place, heard = max(sought.last_known, key=lambda said: said[1])
    late = (heard - recorded.entered_on - _SLACK).days
    if late <= 0:
        sentence = "Last heard of before the day of entry on the list."
        return row("place_time", "consistent", weights["consistent"], shown, sentence, _CONSISTENT)
    if is_detention(place) and not recorded.held:
        sentence = "Last heard of from a camp or prison, which may be the one of this list."
        return row("place_time", "unclear", 0.0, shown, sentence)
    weight = weights["late"] + min(1.0, late / 365) * (weights["impossible"] - weights["late"])
    sentence = "Last heard of elsewhere after the day on which the list says this person entered."
    return row("place_time", "impossible", weight, shown, sentence, "order_impossible")


def is_detention(place: str) -> bool:
    """Whether the words name a camp, a prison or a home rather than a town."""
    words = fold(place).replace("-", " ").split()
    return any(word.startswith(fold(start)) for word in words for start in _DETENTION)


@lru_cache(maxsize=65536)
def same_place(heard: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a place last heard of and a place of the list are one, by the table of towns or by the word."""
    if not heard or not held:
        return False
    places, folded = [fold(place) for place in held], [fold(place) for place in heard]
    return bool(towns_in(heard) & towns_in(held)) or any(
        len(one) > 3 and one in place for one in folded for place in places
    )
