"""The husband a list names beside a woman, against her husbands and the fathers of her sought children.

She may have had several, and a list knows the last: a difference says little.
"""

from matching.evidence.agreement import agreement
from matching.evidence.row import Finding, missing, row
from matching.gallery import Gallery, NameKind
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> Finding:
    shown = ", ".join(part.text for part in sought.spouses), recorded.show("spouse")
    if not sought.spouses or not recorded.spouses:
        return missing("spouse", (shown[0], shown[1] if recorded.spouses else ""))
    sex = Sex.FEMALE if sought.sex is Sex.MALE else Sex.MALE
    best = max(
        (
            agreement(a, b, gallery.chance(NameKind.GIVEN, a, b, sex), policy.spouse)
            for a in sought.spouses
            for b in recorded.spouses
        ),
        key=lambda found: found.weight,
    )
    found = row("spouse", best.level, best.weight, shown, best.sentence, best.code)
    return found._replace(detail=best.detail)
