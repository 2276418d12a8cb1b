"""The role in the family on both sides: a mother is not listed as somebody's small daughter."""

from matching.evidence.row import Finding, missing, row
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Relation, SoughtRole

_CHILD = {Relation.SON, Relation.DAUGHTER, Relation.CHILD, Relation.GRANDCHILD}
_ADULT = {Relation.HEAD, Relation.WIFE, Relation.HUSBAND, Relation.MOTHER, Relation.FATHER}


def compare(sought: Profile, recorded: Profile, policy: Policy) -> Finding:
    role, listed = sought_role(sought), listed_role(recorded)
    if not role or not listed:
        return missing("household_role", (role, listed))
    fits = (role == "child") == (listed == "child")
    level = "fits" if fits else "contradicts"
    sentence = "The role in the household fits." if fits else "The list has this person in another role."
    return row("household_role", level, policy.household_role[level], (role, listed), sentence)


def sought_role(sought: Profile) -> str:
    """`mother`, `father` or `child`; empty for anybody else."""
    known = {SoughtRole.MOTHER, SoughtRole.FATHER, SoughtRole.CHILD}
    return sought.role.value if sought.role in known else ""


def listed_role(recorded: Profile) -> str:
    """`child` or `adult` as the list says; empty where it does not."""
    if recorded.relation in _CHILD or recorded.with_mother:
        return "child"
    return "adult" if recorded.relation in _ADULT else ""
