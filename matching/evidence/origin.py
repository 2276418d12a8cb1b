"""Origin, nationality and nisba: same, wider, a neighbour's name, or incompatible.

A list calls many a North Caucasian "Chechen" and anybody with a Russian passport "Russian"; a child
may carry its father's nationality. So only a clear contradiction counts against a link, and against
a child less than against its mother.
"""

from matching.evidence.origins import parents_of
from matching.evidence.row import Finding, missing, row
from matching.gallery import Gallery
from matching.profile import Profile
from matching.weights import Policy


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> Finding:
    shown = (
        sought.show("origin") or sought.show("nationality") or ", ".join(sorted(sought.origins.values)),
        "; ".join(filter(None, (recorded.show("nationality"), recorded.show("origin"))))
        or ", ".join(sorted(recorded.origins.values)),
    )
    if not sought.origins or not recorded.origins:
        return missing("origin", (shown[0] if sought.origins else "", shown[1] if recorded.origins else ""))
    towns = sought.origins.towns & recorded.origins.towns
    if towns:
        sentence = "The same town or district is named."
        return row("origin", "same_town", policy.origin["same_town"], shown, sentence, "origin_same")
    return _by_value(sought, recorded, gallery, policy, shown)


def _by_value(
    sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy, shown: tuple[str, str]
) -> Finding:
    same = sought.origins.values & recorded.origins.values
    if same:
        value = min(same, key=gallery.origin_share)
        weight = gallery.bits(policy.origin["same_m"], gallery.origin_share(value), policy.origin["same_cap"])
        sentence = f"Both are called {value}."
        return row("origin", "same", max(0.2, weight), shown, sentence, "nisba_same")
    level = max((_level(s, r) for s in sought.origins.values for r in recorded.origins.values), default=0)
    if level == 2:
        sentence = (
            "Different names of one region: lists call many North Caucasians Chechen, or only Caucasian."
        )
        return row("origin", "near", policy.origin["near"], shown, sentence, "nisba_broader")
    if level == 1:
        sentence = "One side uses the wider name: citizenship instead of origin."
        return row("origin", "broader", policy.origin["broader"], shown, sentence, "nisba_broader")
    who = "child" if sought.is_child else "adult"
    sentence = "The origins do not fit together."
    if sought.is_child:
        sentence += " A child may have been given its father's nationality."
    return row(
        "origin", "incompatible", policy.origin[f"incompatible_{who}"], shown, sentence, "nisba_incompatible"
    )


def _level(sought: str, recorded: str) -> int:
    """2: neighbours within the Caucasus; 1: one is a wider name of the other; 0: incompatible."""
    sought_chain, recorded_chain = (sought, *parents_of(sought)), (recorded, *parents_of(recorded))
    if "Caucasian" in sought_chain and "Caucasian" in recorded_chain:
        return 2
    return 1 if sought in recorded_chain or recorded in sought_chain else 0
