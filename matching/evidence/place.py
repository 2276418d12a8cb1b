"""The place and time last heard of against the date of entry: somebody heard of elsewhere after the
day on which a list says that they entered cannot be that row, unless a date is wrong."""

from datetime import timedelta

from matching.evidence.origins import origins_in
from matching.evidence.row import Finding, missing, row
from matching.names.script import fold
from matching.profile import Profile
from matching.weights import Policy

# Lists lag, and "last heard of in 2017" is known to the month at best.
_SLACK = timedelta(days=62)


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    shown = (sought.show("last_known"), str(recorded.entered_on or ""))
    places = {fold(p) for p, _ in sought.last_known}
    if _same_place(places, recorded.held):
        sentence = "Last heard of at the place where the list was made."
        return row(
            "place_time",
            "same_place",
            policy.place_time["same_place"],
            shown,
            sentence,
            "last_heard_consistent",
        )
    if not sought.last_known or recorded.entered_on is None:
        return missing("place_time", shown)
    heard = max(day for _, day in sought.last_known)
    if heard > recorded.entered_on + _SLACK:
        sentence = "Last heard of elsewhere after the day on which the list says this person entered."
        return row(
            "place_time", "impossible", policy.place_time["impossible"], shown, sentence, "order_impossible"
        )
    sentence = "Last heard of before the day of entry on the list."
    return row(
        "place_time", "consistent", policy.place_time["consistent"], shown, sentence, "last_heard_consistent"
    )


def _same_place(heard: set[str], held: tuple[str, ...]) -> bool:
    if not heard or not held:
        return False
    towns = origins_in(heard).towns & origins_in(held).towns
    return bool(towns) or any(len(h) > 3 and h in fold(place) for h in heard for place in held)
