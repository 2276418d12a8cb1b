"""The mother's name: the strongest fact about a child, and what joins siblings."""

from matching.evidence.agreement import Agreement, agreement
from matching.evidence.row import Finding, missing, row
from matching.gallery import Gallery, NameKind
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex


def compare(sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy) -> Finding:
    shown = (sought.show("mother") or _texts(sought.mothers), recorded.show("mother"))
    if sought.mothers and not recorded.mothers and recorded.mother_kunyas:
        return _by_kunya(sought, recorded, gallery, policy, shown)
    if not sought.mothers or not recorded.mothers:
        return missing(
            "mother_name", (shown[0] if sought.mothers else "", shown[1] if recorded.mothers else "")
        )
    best = _best(sought.mothers, recorded.mothers, NameKind.GIVEN, gallery, policy)
    evidence = row("mother_name", best.level, best.weight, shown, best.sentence, best.code)
    return evidence._replace(detail=best.detail)


def _best(
    wanted: tuple[NamePart, ...],
    words: tuple[NamePart, ...],
    kind: NameKind,
    gallery: Gallery,
    policy: Policy,
) -> Agreement:
    found = (
        agreement(a, b, gallery.chance(kind, a, b, Sex.FEMALE), policy.mother) for a in wanted for b in words
    )
    return max(found, key=lambda a: a.weight)


def _by_kunya(
    sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy, shown: tuple[str, str]
) -> Finding:
    """The list gives only "Umm X": it agrees when X is the child itself, otherwise it says little."""
    found = [
        agreement(a, b, gallery.chance(NameKind.GIVEN, a, b, Sex.UNKNOWN), policy.kunya)
        for a in sought.given
        for b in recorded.mother_kunyas
    ]
    best = max(found, key=lambda a: a.weight, default=None)
    if best is None or best.weight <= 0:
        return missing("mother_name", (shown[0], ""))
    sentence = "The mother is called after this child (kunya)."
    return row("mother_name", "kunya", 0.3 * best.weight, shown, sentence, "kunya_matches_child")


def _texts(parts: tuple[NamePart, ...]) -> str:
    return ", ".join(p.text for p in parts)
