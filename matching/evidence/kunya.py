"""A kunya ("Umm Ibrahim") against the names of the sought children, or against a kunya known at home.

Usually the first-born's name; it may also be aspirational or changed, so a difference weighs little.
"""

from matching.evidence.agreement import agreement
from matching.evidence.row import Finding, missing, row
from matching.gallery import Gallery, NameKind
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> Finding:
    children = ", ".join(dict.fromkeys(p.text for p in sought.kunya_children))
    shown = (sought.show("kunya") or children, recorded.show("kunya") or recorded.show("name"))
    if not sought.kunya_children or not recorded.kunya_children:
        return missing(
            "kunya", (shown[0] if sought.kunya_children else "", shown[1] if recorded.kunya_children else "")
        )
    best = max(
        (
            agreement(a, b, gallery.chance(NameKind.GIVEN, a, b, Sex.UNKNOWN), policy.kunya)
            for a in sought.kunya_children
            for b in recorded.kunya_children
        ),
        key=lambda a: a.weight,
    )
    if best.weight <= 0:
        sentence = (
            "The kunya names nobody among the sought children; a kunya need not be a living child's name."
        )
        return row("kunya", "differs", best.weight, shown, sentence, "kunya_differs")
    sentence = f"The kunya is the name of a sought child ({best.sentence})"
    return row("kunya", best.level, best.weight, shown, sentence, "kunya_matches_child")
